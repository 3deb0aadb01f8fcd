import { parseChipNumber } from '../card/numbers.ts'
import { cardByChip, cardsOf, type RegisteredCard } from '../card/store.ts'
import type { Errand } from '../eligibility/rules.ts'
import type { Refused } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import { isDocument } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { readProxyCode } from '../proxy/at-desk.ts'
import type { Act } from '../server/register.ts'
import { newestConfirmation, standingNos } from './confirmation-store.ts'
import { readAwaited, readProof } from './proof.ts'
import type { Evidence, Shown, Ways } from './rules.ts'
import { stillUsable } from './signing-rules.ts'
import { newestRequest } from './signing-store.ts'
import { proofUsed } from './store.ts'

/**
 * One thing that was shown: the old card's chip as the reader gave it, the clerk's word for having seen it, a live
 * proof, a document that the clerk saw, of which only the kind is kept, or the code of a proxy.
 */
export type GivenEvidence =
  | { kind: 'old-card'; chip: string }
  | { kind: 'old-card-seen' }
  | { kind: 'app-proof'; proof: string }
  | { kind: 'document'; evidence: string; documentKind: string | null }
  | { kind: 'proxy-code'; code: string }

/** The programme's evidence that something given counts as. */
export const evidenceOf = (given: GivenEvidence): string =>
  given.kind === 'document' ? given.evidence : given.kind === 'old-card-seen' ? 'old-card' : given.kind

/** What lies there with one thing more; the same evidence shown again takes the place of the first. */
export const withShown = (shown: readonly GivenEvidence[], more: GivenEvidence): readonly GivenEvidence[] => [
  ...shown.filter(each => evidenceOf(each) !== evidenceOf(more)),
  more,
]

/** A refusal with the person's errand, so that its sentence names what would help this person. */
export const withErrand = <Reason extends string>(
  refused: Refused<Reason>,
  errand: Errand,
): Refused<Reason> & { errand: Errand } => ({ errand, ...refused })

/** What was shown as the journal names them: "id-document:passport, health-proof". */
export const namedShown = (shown: Shown): string =>
  Object.entries(shown)
    .map(([id, as]) => (as === null ? id : `${id}:${as}`))
    .join(', ')

/** A card by what the desk's reader gave, or null. */
export async function cardScanned(act: Act, chip: string): Promise<RegisteredCard | null> {
  const parsed = parseChipNumber(chip)
  return parsed.ok ? cardByChip(act, parsed.chip) : null
}

/** Whether the programme names this document, and of its kinds this one; where it lists none, there is none to say. */
function documentKnown(programme: Programme, evidence: string, documentKind: string | null): boolean {
  const named = isDocument(evidence) && programme.evidence.find(each => each.id === evidence)
  if (!named) return false
  return named.kinds ? named.kinds.some(kind => kind.id === documentKind) : documentKind === null
}

/** The old card in this person's hands: of an edition that the programme ends. */
const oldCardOf = (cards: readonly RegisteredCard[], { deadline }: Programme): RegisteredCard | null =>
  cards.findLast(card => card.handedOver && deadline.editions.includes(card.edition)) ?? null

const asShown = (card: RegisteredCard | null) =>
  card?.handedOver
    ? {
        personId: card.handedOver.personId,
        cardId: card.cardId,
        reportedLost: card.lostReportedAt !== null,
      }
    : null

/** What the desk knows when it judges what was shown. */
export interface Judging {
  /** 0: nobody is there yet. */
  personId: number
  programme: Programme
  proofKeys: Keys
}

/** One thing that was shown, as the register and the programme know it. */
export async function evidenceShown(
  act: Act,
  given: GivenEvidence,
  { personId, programme, proofKeys }: Judging,
): Promise<Evidence> {
  if (given.kind === 'document')
    return { ...given, known: documentKnown(programme, given.evidence, given.documentKind) }
  if (given.kind === 'proxy-code')
    return {
      kind: 'proxy-code',
      proxy: await readProxyCode(act, given.code, { personId: personId || null, programme }),
    }
  if (given.kind === 'app-proof') {
    const proof = await proofShown(act, given.proof, { personId, programme, proofKeys })
    return { kind: 'app-proof', proof, used: proof.ok && (await proofUsed(act, proof.nonce)) }
  }
  if (given.kind === 'old-card-seen')
    return { kind: 'old-card-seen', shown: asShown(oldCardOf(await cardsOf(act, personId), programme)) }
  return { kind: 'old-card', shown: asShown(await cardScanned(act, given.chip)) }
}

/** A live proof; what was good when the desk asked for the signature, or since, stays so while that is awaited. */
async function proofShown(act: Act, proof: string, { personId, programme, proofKeys }: Judging) {
  const { lifetimeSeconds } = programme.appProof
  const read = readProof(proofKeys, proof, act.now, lifetimeSeconds)
  if (read.ok || read.refusal !== 'proof-too-old') return read
  const asked = await newestRequest(act, personId)
  return asked && stillUsable(asked, { clerk: act.actor.id, now: act.now })
    ? readAwaited(proofKeys, proof, { since: asked.proofAt, now: act.now }, lifetimeSeconds)
    : read
}

/** Everything that was shown, in the same order; what is given twice counts as it was given last. */
export async function allShown(
  act: Act,
  given: readonly GivenEvidence[],
  judging: Judging,
): Promise<Evidence[]> {
  const counted = given.reduce<readonly GivenEvidence[]>(withShown, [])
  return Promise.all(counted.map(each => evidenceShown(act, each, judging)))
}

/** What is to be brought to this desk: by the holder, or by who shows a proxy's code, which is proof in itself. */
export function broughtHere<Some extends Pick<Errand, 'bring' | 'whenNeither'>>(
  errand: Some,
  given: readonly GivenEvidence[],
  { pickup }: Programme,
): Some & { byProxy: boolean } {
  const byProxy = given.some(each => each.kind === 'proxy-code')
  return byProxy ? { ...errand, byProxy, bring: pickup.proxy.bring, whenNeither: [] } : { ...errand, byProxy }
}

/** How this person can prove who they are at this desk, and what a second person has said to this clerk. */
export async function waysFor(
  act: Act,
  errand: Pick<Errand, 'bring' | 'whenNeither'>,
  given: readonly GivenEvidence[],
  { personId, programme }: { personId: number; programme: Programme },
): Promise<Ways> {
  const { whenNeitherConfirmedBy: confirmedBy } = programme.pickup
  const asks = confirmedBy === 'second-person' && given.some(each => each.kind === 'document')
  const { bring, whenNeither, byProxy } = broughtHere(errand, given, programme)
  const [confirmation, declined] = asks
    ? await Promise.all([newestConfirmation(act, personId), standingNos(act, personId)])
    : [null, []]
  return { bring, whenNeither, byProxy, confirmedBy, confirmation, declined, now: act.now }
}
