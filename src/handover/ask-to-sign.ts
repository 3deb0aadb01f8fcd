import { mayHandCard } from '../card/rules.ts'
import type { EligibilityRefusal } from '../eligibility/rules.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import { usualSignatureMinutes } from '../programme/shape.ts'
import { personByNumber } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { allShown, broughtHere, cardScanned, type GivenEvidence, waysFor, withErrand } from './evidence.ts'
import { proxyOf } from './evidence-view.ts'
import { cardAtDesk } from './hand-over.ts'
import { provesIdentity } from './rules.ts'
import { sentenceBoth } from './signature.ts'
import {
  type AskingToSignRefusal,
  mayAskToSign,
  type SigningPlace,
  signingState,
  stillUsable,
} from './signing-rules.ts'
import { keepRequest, newestRequest } from './signing-store.ts'
import { lockPerson } from './store.ts'

/** What lies on the desk, and where somebody is to sign for it. */
export interface AskToSign {
  studentNumber: string
  chip: string
  evidence: readonly GivenEvidence[]
  place: SigningPlace
}

/**
 * Asks who stands at a desk to sign on their own phone, or on the desk's tablet, once nothing but the signature is
 * missing. Asked again for the same card at the same place it is the same question; for another one, the former is
 * withdrawn.
 */
export async function askToSign(
  act: Act,
  { studentNumber, chip, evidence: given, place }: AskToSign,
  proofKeys: Keys,
): Promise<
  Decision<{ request: number; goodUntil: Temporal.Instant }, AskingToSignRefusal<EligibilityRefusal>>
> {
  await lockPerson(act, studentNumber)
  const person = await personByNumber(act, studentNumber)
  if (person === null) return no('unknown-person', { studentNumber })
  const { decision: eligible, programme, today } = await eligibilityOf(act, person)
  const errand = eligible.ok ? eligible : eligible.errand
  const judging = { personId: person.id, programme, proofKeys }
  const evidence = await allShown(act, given, judging)
  const card = await cardScanned(act, chip)
  const edition = eligible.ok ? eligible.edition : ''
  const recipient = { studentNumber: person.studentNumber, edition, zone: programme.campus.zone }
  const proxy = proxyOf(evidence, person.id)
  const standing = {
    eligible,
    counter: act.actor.counter ?? '',
    card: mayHandCard(card && cardAtDesk(card, programme), recipient),
    identity: provesIdentity(evidence, person.id, await waysFor(act, errand, given, judging)),
  }
  const waiting = await newestRequest(act, person.id)
  const clerk = act.actor.id
  const may = mayAskToSign(standing, { place, byProxy: proxy !== null, waiting, clerk, now: act.now })
  if (!may.ok) return withErrand(may, broughtHere(errand, given, programme))

  const { cardId } = card!
  const text = sentenceBoth({ programme, today, edition, holder: person, proxy: proxy?.name ?? null })
  const proxyId = proxy?.id ?? null
  const state = signingState(waiting, { clerk, now: act.now })
  const isSame =
    waiting?.cardId === cardId &&
    waiting.place === place &&
    waiting.proxyId === proxyId &&
    waiting.text['zh-TW'] === text['zh-TW']
  if (isSame && (state === 'asked' || state === 'signed' || state === 'to-witness'))
    return yes({ request: waiting.id, goodUntil: waiting.goodUntil })
  const minutes = programme.pickup.signatureMinutes ?? usualSignatureMinutes
  const goodUntil = act.now.add({ minutes })
  // Asked at another place instead, it is the same visit: what proved who stands there was shown before.
  const proofAt = waiting && stillUsable(waiting, { clerk, now: act.now }) ? waiting.proofAt : act.now
  const asked = { personId: person.id, cardId, proxyId, place, text, proofAt, goodUntil }
  const request = await keepRequest(act, asked)
  await act.note({
    act: 'signature asked for',
    personId: person.id,
    cardId,
    facts: { request, place, counter: act.actor.counter ?? null },
  })
  return yes({ request, goodUntil })
}
