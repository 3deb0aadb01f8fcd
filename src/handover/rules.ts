import type { CardRefusal } from '../card/rules.ts'
import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import type { ProofRefusal } from './proof.ts'
import type { SigningManner } from './signature.ts'

/** An old card as the register knows it, or null where it knows none. */
type ShownCard = { personId: number; cardId: number; reportedLost: boolean } | null

/**
 * What was shown at the desk (the notice's point 4): the old card on the reader, the old card to the clerk's own
 * eyes (a chip that no longer answers, a desk without a reader), or the app's live proof.
 */
export type Evidence =
  | { kind: 'old-card' | 'old-card-seen'; shown: ShownCard }
  | { kind: 'app-proof'; proof: Decision<{ personId: number; nonce: string }, ProofRefusal>; used: boolean }

/** Why what was shown does not prove who stands there, in the order in which it is told. */
export const evidenceRefusals = [
  'old-card-unknown',
  'no-old-card',
  'old-card-of-somebody-else',
  'old-card-reported-lost',
  'proof-not-ours',
  'proof-too-old',
  'proof-used',
  'proof-of-somebody-else',
] as const
export type EvidenceRefusal = (typeof evidenceRefusals)[number]

/** Whether what was shown proves that this person stands at the desk. */
export function provesIdentity(
  evidence: Evidence,
  personId: number,
): Decision<{ cardId: number | null; nonce: string | null }, EvidenceRefusal> {
  if (evidence.kind !== 'app-proof') {
    const { shown, kind } = evidence
    if (shown === null) return no(kind === 'old-card' ? 'old-card-unknown' : 'no-old-card')
    if (shown.personId !== personId) return no('old-card-of-somebody-else')
    if (shown.reportedLost) return no('old-card-reported-lost')
    return yes({ cardId: shown.cardId, nonce: null })
  }
  const { proof, used } = evidence
  if (!proof.ok) return proof
  if (used) return no('proof-used')
  if (proof.personId !== personId) return no('proof-of-somebody-else')
  return yes({ cardId: null, nonce: proof.nonce })
}

/** What a desk still needs, in the order in which it is asked for. Any order of scans leads through them. */
export type NextAtDesk = 'person' | 'card' | 'evidence' | 'signature'

type StandingRefusal<Eligibility extends string> =
  | Eligibility
  | 'another-counter'
  | CardRefusal
  | EvidenceRefusal

/** What lies before the clerk so far; null is what nobody has scanned yet. */
export interface Standing<Eligibility extends string> {
  /** Whether the person may collect a card today, and at which counters. */
  eligible: { ok: true; where: readonly string[] } | Refused<Eligibility> | null
  counter: string
  /** Whether the chip that was read may be given to this person. */
  card: Decision<object, CardRefusal> | null
  identity: Decision<object, EvidenceRefusal> | null
}

/** What the desk needs next, or why it goes no further: the person first, then the card, then the evidence. */
export function nextAtDesk<Eligibility extends string>({
  eligible,
  counter,
  card,
  identity,
}: Standing<Eligibility>): Decision<{ next: NextAtDesk }, StandingRefusal<Eligibility>> {
  if (eligible === null) return yes({ next: 'person' })
  if (!eligible.ok) return eligible
  if (!eligible.where.includes(counter)) return no('another-counter', { counters: eligible.where.join(', ') })
  if (card && !card.ok) return card
  if (identity && !identity.ok) return identity
  if (card === null) return yes({ next: 'card' })
  return yes({ next: identity === null ? 'evidence' : 'signature' })
}

/** A name as it is compared: case, blanks and the width of letters do not matter. */
const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s.,·-]/g, '')
    .toLowerCase()

/**
 * Whether this is a signature: lines that were drawn, the person's own name or a part of it (so that a scan which
 * fell into the field is none), or a clerk's word for it.
 */
export function isSigned(
  { manner, picture }: { manner: SigningManner; picture: string },
  names: readonly string[],
): Decision<object, 'not-signed' | 'name-differs'> {
  if (manner === 'witnessed') return yes({})
  if (manner === 'drawn') return /L/.test(picture) ? yes({}) : no('not-signed')
  const written = plainName(picture)
  if (written === '') return no('not-signed')
  const isName = written.length > 1 && names.some(name => plainName(name).includes(written))
  return isName ? yes({}) : no('name-differs')
}

export type HandoverRefusal<Eligibility extends string> =
  | 'unknown-person'
  | StandingRefusal<Eligibility>
  | 'not-signed'
  | 'name-differs'

/** Everything the desk knows when the clerk presses the last key. */
export interface HandoverFacts<Eligibility extends string> {
  /** Our id and both names; null where nobody has that number. */
  person: { id: number; names: readonly string[] } | null
  eligible: { ok: true; where: readonly string[] } | Refused<Eligibility>
  counter: string
  card: Decision<object, CardRefusal>
  evidence: Evidence
  signature: { manner: SigningManner; picture: string }
}

/**
 * Whether the card may be handed over (the notice's points 3 and 4): the person is known and may collect here
 * today, the chip is this person's, identity is proved, and the person has signed. In this order.
 */
export function mayHandOver<Eligibility extends string>(
  facts: HandoverFacts<Eligibility>,
): Decision<{ cardId: number | null; nonce: string | null }, HandoverRefusal<Eligibility>> {
  const { person, eligible, counter, card } = facts
  if (person === null) return no('unknown-person')
  const identity = provesIdentity(facts.evidence, person.id)
  const standing = nextAtDesk({ eligible, counter, card, identity })
  if (!standing.ok) return standing
  const signed = isSigned(facts.signature, person.names)
  return signed.ok ? identity : signed
}
