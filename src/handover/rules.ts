import type { CardRefusal } from '../card/rules.ts'
import type { Bring } from '../eligibility/rules.ts'
import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import { type CodeRefusal, codeRefusals, type ProxyAtDesk } from '../proxy/rules.ts'
import type { ProofRefusal } from './proof.ts'
import { isSigned, type SignatureGiven } from './signed.ts'
import type { UseRefusal } from './signing-rules.ts'

/** An old card as the register knows it, or null where it knows none. */
type ShownCard = { personId: number; cardId: number; reportedLost: boolean } | null

/**
 * One thing that was shown at the desk (the notice's point 4): the old card on the reader, the old card to the
 * clerk's own eyes (a chip that no longer answers, a desk without a reader), the app's live proof, a document
 * that the clerk saw, or the code of a proxy. `known`: the programme names that document, and its kind if it asks for one.
 */
export type Evidence =
  | { kind: 'old-card' | 'old-card-seen'; shown: ShownCard }
  | { kind: 'app-proof'; proof: Decision<{ personId: number; nonce: string }, ProofRefusal>; used: boolean }
  | { kind: 'document'; evidence: string; documentKind: string | null; known: boolean }
  /** The one-time code of who collects for somebody else, and for whom it was made. */
  | { kind: 'proxy-code'; proxy: Decision<{ proxy: ProxyAtDesk }, CodeRefusal> }

/** The programme's evidence that was shown, each with how it was read or which kind of document it was. */
export type Shown = Readonly<Record<string, string | null>>

/** Why what was shown does not prove who stands there, in the order in which it is told. */
export const evidenceRefusals = [
  ...codeRefusals,
  'old-card-unknown',
  'no-old-card',
  'old-card-of-somebody-else',
  'old-card-reported-lost',
  'proof-not-ours',
  'proof-used',
  'proof-of-somebody-else',
  'document-unknown',
  'proof-from-later',
  'proof-too-old',
  'evidence-missing',
  'second-person-declined',
  'second-person-missing',
] as const
export type EvidenceRefusal = (typeof evidenceRefusals)[number]

/** What was asked of a second person, by the clerk who now serves this person, and what they said. */
export interface Confirmation {
  id: number
  documents: Shown
  goodUntil: Temporal.Instant
  /** Null while nobody has answered. */
  confirmed: boolean | null
  used: boolean
}

/** A second person said no, to whichever clerk asked, and that still stands. */
export interface Declined {
  documents: Shown
  reason: string
}

/** How this person can prove who they are; the groups are those of their errand. */
export interface Ways {
  bring: Bring
  whenNeither: Bring
  /** Somebody else stands there with a code: the groups are what a proxy brings beside it. */
  byProxy?: boolean
  confirmedBy: 'second-person' | 'clerk-alone'
  confirmation: Confirmation | null
  declined: readonly Declined[]
  now: Temporal.Instant
}

/** What follows from proved identity, for the handover's row. */
export interface Proved {
  shown: Shown
  /** The old card that was shown. */
  cardId: number | null
  /** The live proof that this uses up. */
  nonce: string | null
  /** The second person's word that this uses up. */
  confirmationId: number | null
  /** The authorization of who collects for them, that this uses up. */
  proxyId: number | null
}

/** One thing that holds of a person. */
interface Held {
  evidence: string
  as: string | null
  cardId: number | null
  nonce: string | null
  proxyId: number | null
}

/** One thing that holds of this person, as the handover keeps it; or why it does not. */
export function holdsOf(evidence: Evidence, personId: number): Decision<Held, EvidenceRefusal> {
  const nothingElse = { cardId: null, nonce: null, proxyId: null }
  if (evidence.kind === 'proxy-code') {
    if (!evidence.proxy.ok) return evidence.proxy
    const { proxy } = evidence.proxy
    if (proxy.personId !== personId) return no('proxy-of-somebody-else')
    return yes({ ...nothingElse, evidence: 'proxy-code', as: null, proxyId: proxy.id })
  }
  if (evidence.kind === 'document') {
    const { known, documentKind } = evidence
    if (!known) return no('document-unknown', { evidence: evidence.evidence, kind: documentKind })
    return yes({ ...nothingElse, evidence: evidence.evidence, as: documentKind })
  }
  if (evidence.kind === 'app-proof') {
    const { proof, used } = evidence
    if (!proof.ok) return proof
    if (used) return no('proof-used')
    if (proof.personId !== personId) return no('proof-of-somebody-else')
    return yes({ ...nothingElse, evidence: 'app-proof', as: 'live', nonce: proof.nonce })
  }
  const { shown, kind } = evidence
  if (shown === null) return no(kind === 'old-card' ? 'old-card-unknown' : 'no-old-card')
  if (shown.personId !== personId) return no('old-card-of-somebody-else')
  if (shown.reportedLost) return no('old-card-reported-lost')
  return yes({
    ...nothingElse,
    evidence: 'old-card',
    as: kind === 'old-card' ? 'read' : 'seen',
    cardId: shown.cardId,
  })
}

/** What holds of this person, of all that was shown. */
export const shownOf = (evidence: readonly Evidence[], personId: number): Shown =>
  Object.fromEntries(
    evidence.flatMap(each => {
      const held = holdsOf(each, personId)
      return held.ok ? [[held.evidence, held.as]] : []
    }),
  )

/** Whether one of the groups was shown, all of it. */
const fulfils = (groups: Bring, shown: Shown): boolean =>
  groups.some(group => group.every(evidence => Object.hasOwn(shown, evidence)))

/** What a second person looks at: the documents of each group that was shown whole, and nothing beside them. */
export function documentsAsked(groups: Bring, shown: Shown): Shown {
  const asked = new Set(groups.filter(group => fulfils([group], shown)).flat())
  return Object.fromEntries(
    Object.entries(shown).filter(([id]) => asked.has(id) && id !== 'old-card' && id !== 'app-proof'),
  )
}

/** Whether one of these very documents is among the others. */
const shares = (one: Shown, other: Shown): boolean =>
  Object.entries(one).some(([id, as]) => Object.hasOwn(other, id) && other[id] === as)

const sameShown = (one: Shown, other: Shown): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([id, as]) => Object.hasOwn(other, id) && other[id] === as)

/** What was asked about exactly these documents, while it is good and not used; else nobody has been asked. */
export function standingConfirmation({ confirmation, now }: Ways, documents: Shown): Confirmation | null {
  if (confirmation === null || confirmation.used) return null
  if (Temporal.Instant.compare(now, confirmation.goodUntil) >= 0) return null
  return sameShown(confirmation.documents, documents) ? confirmation : null
}

/**
 * Whether what was shown proves that this person stands at the desk: a whole group of what they were told to bring;
 * or a whole group of what is accepted from who has none of it, and a second person confirmed where the programme
 * wants one. What is false is told first; a live proof that is not of now is as if it had not been shown.
 */
export function provesIdentity(
  evidence: readonly Evidence[],
  personId: number,
  ways: Ways,
): Decision<Proved, EvidenceRefusal> {
  const held = evidence.map(each => holdsOf(each, personId))
  const wrong = held
    .filter(each => !each.ok)
    .sort((a, b) => evidenceRefusals.indexOf(a.refusal) - evidenceRefusals.indexOf(b.refusal))
  const isFalse = wrong.find(({ refusal }) => refusal !== 'proof-too-old' && refusal !== 'proof-from-later')
  if (isFalse) return isFalse

  const good = held.filter(each => each.ok)
  const shown = shownOf(evidence, personId)
  const proved = (confirmationId: number | null) =>
    yes({
      shown,
      cardId: good.find(each => each.cardId !== null)?.cardId ?? null,
      nonce: good.find(each => each.nonce !== null)?.nonce ?? null,
      confirmationId,
      proxyId: good.find(each => each.proxyId !== null)?.proxyId ?? null,
    })
  if (fulfils(ways.bring, shown)) return proved(null)
  if (!fulfils(ways.whenNeither, shown)) return wrong[0] ?? no('evidence-missing')
  if (ways.confirmedBy === 'clerk-alone') return proved(null)
  const documents = documentsAsked(ways.whenNeither, shown)
  // A no stands for everybody: nobody asks other people, or adds a paper, until somebody says yes.
  const declined = ways.declined.find(said => shares(said.documents, documents))
  if (declined) return no('second-person-declined', { reason: declined.reason })
  const confirmation = standingConfirmation(ways, documents)
  return confirmation?.confirmed === true ? proved(confirmation.id) : no('second-person-missing')
}

/** What would complete the proof, a group each: only groups that were begun, where one was; else all of them. */
export function stillMissing(groups: Bring, shown: Shown): Bring {
  const begun = groups.filter(group => group.some(evidence => Object.hasOwn(shown, evidence)))
  return (begun.length > 0 ? begun : groups).map(group =>
    group.filter(evidence => !Object.hasOwn(shown, evidence)),
  )
}

/** What a desk still needs, in the order in which it is asked for. Any order of scans leads through them. */
export type NextAtDesk = 'person' | 'card' | 'evidence' | 'second-person' | 'signature'

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
  const evidence = identity === null ? no('evidence-missing') : identity
  const waits =
    evidence.ok || evidence.refusal === 'evidence-missing' || evidence.refusal === 'second-person-missing'
  if (!evidence.ok && !waits) return evidence
  if (card === null) return yes({ next: 'card' })
  if (evidence.ok) return yes({ next: 'signature' })
  return yes({ next: evidence.refusal === 'second-person-missing' ? 'second-person' : 'evidence' })
}

export type HandoverRefusal<Eligibility extends string> =
  | 'unknown-person'
  | StandingRefusal<Eligibility>
  | 'not-signed'
  | 'name-differs'
  | UseRefusal

/** Everything the desk knows when the clerk presses the last key. */
export interface HandoverFacts<Eligibility extends string> {
  /** Our id and both names; null where nobody has that number. */
  person: { id: number; names: readonly string[] } | null
  /** The name of who signs in the holder's place: their proxy. */
  proxyName?: string | null
  eligible: { ok: true; where: readonly string[] } | Refused<Eligibility>
  counter: string
  card: Decision<object, CardRefusal>
  evidence: readonly Evidence[]
  ways: Ways
  signature: SignatureGiven
}

/**
 * Whether the card may be handed over (the notice's points 3 and 4): the person is known and may collect here
 * today, the chip is this person's, identity is proved, and the person has signed. In this order.
 */
export function mayHandOver<Eligibility extends string>(
  facts: HandoverFacts<Eligibility>,
): Decision<Proved, HandoverRefusal<Eligibility>> {
  const { person, eligible, counter, card } = facts
  if (person === null) return no('unknown-person')
  const identity = provesIdentity(facts.evidence, person.id, facts.ways)
  const standing = nextAtDesk({ eligible, counter, card, identity })
  if (!standing.ok) return standing
  if (!identity.ok) return identity
  const signed = isSigned(facts.signature, facts.proxyName ? [facts.proxyName] : person.names)
  return signed.ok ? identity : signed
}
