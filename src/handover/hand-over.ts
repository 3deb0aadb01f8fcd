import { parseChipNumber } from '../card/numbers.ts'
import { type CardAtDesk, mayHandCard, told } from '../card/rules.ts'
import type { RegisteredCard } from '../card/store.ts'
import type { EligibilityRefusal } from '../eligibility/rules.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { spendAuthorization } from '../proxy/at-desk.ts'
import { personByNumber } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import {
  allShown,
  broughtHere,
  cardScanned,
  type GivenEvidence,
  namedShown,
  waysFor,
  withErrand,
} from './evidence.ts'
import { proxyOf } from './evidence-view.ts'
import { type HandoverRefusal, mayHandOver } from './rules.ts'
import { sentenceBoth } from './signature.ts'
import { type SignatureAtDesk, signatureFor } from './signing.ts'
import { keepUse, withdrawOthers } from './signing-store.ts'
import { keepHandedIn, keepHandovers, keepSignature, lockCard, lockPerson, spendProof } from './store.ts'

/** What the clerk has gathered when the last key is pressed. */
export interface AtDesk {
  studentNumber: string
  /** The chip of the new card, as hexadecimal. */
  chip: string
  evidence: readonly GivenEvidence[]
  signature: SignatureAtDesk
}

/** A card of the register as the rule at the desk sees it. */
export const cardAtDesk = (card: RegisteredCard, programme: Programme): CardAtDesk => ({
  edition: card.edition,
  ours: programme.editions.some(edition => edition.id === card.edition),
  handedOver: card.handedOver
    ? { toStudentNumber: card.handedOver.studentNumber, at: card.handedOver.at }
    : null,
  lostReportedAt: card.lostReportedAt,
  retired: card.retired,
  producedFor: card.madeFor?.studentNumber ?? null,
})

export type DeskRefusal = HandoverRefusal<EligibilityRefusal>

/** What a handover leaves behind, for the clerk's last look. */
export interface HandedOver {
  cardId: number
  personId: number
  at: Temporal.Instant
}

/**
 * Hands a card over (the notice's points 3 and 4): the person may collect here, the chip is this person's, identity
 * is proved by what the person was told to bring, or by what is accepted from who has none of it once a second
 * person has confirmed, the person signs. Whoever shows a proxy's code collects and signs for them. The old card stays
 * with the person.
 */
export async function handOver(
  act: Act,
  desk: AtDesk,
  proofKeys: Keys,
): Promise<Decision<HandedOver, DeskRefusal>> {
  // Statements that are asked together share a round trip and run in this order. The lock first: what the roster says of a
  // person must not change between reading and handing over.
  const [, person, programme] = await Promise.all([
    lockPerson(act, desk.studentNumber),
    personByNumber(act, desk.studentNumber),
    programmeInForce(act),
  ])
  if (person === null) return no('unknown-person', { studentNumber: desk.studentNumber })
  const chip = parseChipNumber(desk.chip)
  const judging = { personId: person.id, programme, proofKeys }
  const [{ decision: eligible, today }, , card, evidence] = await Promise.all([
    eligibilityOf(act, person),
    chip.ok && lockCard(act, chip.chip),
    cardScanned(act, desk.chip),
    allShown(act, desk.evidence, judging),
  ])
  const errand = eligible.ok ? eligible : eligible.errand
  const edition = eligible.ok ? eligible.edition : ''
  const proxy = proxyOf(evidence, person.id)
  const recipient = { studentNumber: person.studentNumber, edition, zone: programme.campus.zone }
  const signs = { programme, today, edition, holder: person, proxy: proxy?.name ?? null }
  const [signature, ways] = await Promise.all([
    signatureFor(act, desk.signature, {
      card,
      personId: person.id,
      studentNumber: person.studentNumber,
      proxyId: proxy?.id ?? null,
      text: eligible.ok ? sentenceBoth(signs) : { 'zh-TW': '', en: '' },
    }),
    waysFor(act, errand, desk.evidence, judging),
  ])
  const decision = mayHandOver({
    person: { id: person.id, names: [person.nameZh, person.nameEn] },
    proxyName: proxy?.name ?? null,
    eligible,
    counter: act.actor.counter ?? '',
    card: mayHandCard(card && cardAtDesk(card, programme), recipient),
    evidence,
    ways,
    signature: signature.fact,
  })
  if (!decision.ok) return withErrand(decision, broughtHere(errand, desk.evidence, programme))
  // Only now, when nothing else stands in the way, is a live proof used up.
  if (decision.nonce && !(await spendProof(act, decision.nonce, person.id))) return no('proof-used')
  const { proxyId } = decision
  if (proxyId !== null && !(await spendAuthorization(act, proxyId)))
    return no('proxy-code-used', { at: told(act.now, programme.campus.zone) })

  const { cardId } = card!
  const { requestId } = signature.kept!
  const { confirmationId } = decision
  const [handedIn] = await Promise.all([
    keepHandedIn(act, { cardId, personId: person.id }),
    keepHandovers(act, [
      {
        cardId,
        personId: person.id,
        edition,
        how: 'desk',
        at: act.now,
        evidence: decision.shown,
        evidenceCardId: decision.cardId,
        confirmationId,
        proxyId,
        counter: act.actor.counter ?? null,
        clerk: act.actor.id,
      },
    ]),
    requestId !== null && keepUse(act, requestId),
    keepSignature(act, {
      cardId,
      ...signature.kept!,
      eraseOn: today.add({ days: programme.retention.signatureDays }),
    }),
    // Nobody is asked any more to sign for what they have: their phone and a tablet show it no longer.
    withdrawOthers(act, { personId: person.id, but: requestId }),
  ])
  const about = { personId: person.id, cardId }
  await act.note(
    ...(handedIn
      ? [{ act: 'card handed in', ...about, cardId: handedIn.cardId, facts: { reason: handedIn.reason } }]
      : []),
    ...(confirmationId === null
      ? []
      : [{ act: 'confirmation used', ...about, facts: { confirmation: confirmationId } }]),
    {
      act: 'card handed over',
      ...about,
      facts: {
        evidence: namedShown(decision.shown),
        counter: act.actor.counter ?? null,
        ...(proxyId === null ? {} : { authorization: proxyId }),
      },
    },
  )
  return yes({ cardId, personId: person.id, at: act.now })
}
