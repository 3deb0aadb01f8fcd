import type { CardRefusal } from '../card/rules.ts'
import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import type { ProofRefusal } from './proof.ts'
import type { SigningManner } from './signature.ts'

/** What was shown at the desk: the old card, or the app's live proof (the notice's point 4). */
export type Evidence =
  | { kind: 'old-card'; shown: { personId: number; cardId: number; reportedLost: boolean } | null }
  | { kind: 'app-proof'; proof: Decision<{ personId: number; nonce: string }, ProofRefusal>; used: boolean }

/** Why what was shown does not prove who stands there, in the order in which it is told. */
export const evidenceRefusals = [
  'old-card-unknown',
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
  if (evidence.kind === 'old-card') {
    const { shown } = evidence
    if (shown === null) return no('old-card-unknown')
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

export type HandoverRefusal<Eligibility extends string> =
  | 'unknown-person'
  | Eligibility
  | 'another-counter'
  | CardRefusal
  | EvidenceRefusal
  | 'not-signed'

/** Everything the desk knows when the clerk presses the last key. */
export interface HandoverFacts<Eligibility extends string> {
  personId: number | null
  /** Whether the person may collect a card today, and at which counters. */
  eligible: { ok: true; where: readonly string[] } | Refused<Eligibility>
  counter: string
  /** Whether the chip that was read may be given to this person. */
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
  if (facts.personId === null) return no('unknown-person')
  if (!facts.eligible.ok) return facts.eligible
  if (!facts.eligible.where.includes(facts.counter))
    return no('another-counter', { counters: facts.eligible.where.join(', ') })
  if (!facts.card.ok) return facts.card
  const identity = provesIdentity(facts.evidence, facts.personId)
  if (!identity.ok) return identity
  const { manner, picture } = facts.signature
  if (manner !== 'witnessed' && picture.trim() === '') return no('not-signed')
  return identity
}
