import { endingOf } from '../card/numbers.ts'
import { listExtras } from '../extras/list-extras.ts'
import { sayMoney } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayFrom } from '../server/perform.ts'
import type { Act } from '../server/register.ts'
import { maskedDestination } from './destination.ts'
import { expectedBy } from './late-refunds.ts'
import {
  type CaseFacts,
  feesTakenOff,
  lateness,
  mayAskRefund,
  mayChange,
  mayWithdraw,
  stageOf,
} from './rules.ts'
import type { RefundCard, RefundCase, RefundStanding } from './standing.ts'
import { destinationOfCase, type RefundFacts, refundFacts } from './store.ts'
import { words } from './words.ts'

/** How refusals of a refund's holder are said. */
export const sayRefund = sayFrom({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

interface Here {
  programme: Programme
  today: Temporal.PlainDate
  language: Language
}

const dayIn = (zone: string, at: Temporal.Instant): string =>
  at.toZonedDateTimeISO(zone).toPlainDate().toString()

/** The way of a case with its days: asked, sent, received by the issuer, paid. */
function stepsOf(facts: CaseFacts, zone: string): RefundCase['steps'] {
  const stage = stageOf(facts)
  const again = stage === 'asked'
  const failed = stage === 'refused' || stage === 'closed' || stage === 'withdrawn'
  const days: Record<RefundCase['steps'][number]['step'], string | null> = {
    asked: dayIn(zone, facts.askedAt),
    sent: again || !facts.sentAt ? null : dayIn(zone, facts.sentAt),
    received: again ? null : (facts.receivedOn?.toString() ?? null),
    paid: facts.paid?.on.toString() ?? null,
  }
  const at = { asked: 1, sent: 2, received: 3, paid: 4, refused: 3, closed: 3, withdrawn: 1 }[stage]
  return (['asked', 'sent', 'received', 'paid'] as const).map((step, place) => ({
    step,
    state: place < at ? 'done' : place > at ? 'waiting' : failed ? 'failed' : 'current',
    on: days[step],
  }))
}

function caseReply(facts: CaseFacts, to: string | null, { programme, today, language }: Here): RefundCase {
  const stage = stageOf(facts)
  const { zone, currency } = programme.campus
  const expected = expectedBy(programme, facts)
  const { late } = lateness(facts, { today, expectedBy: expected })
  return {
    stage,
    why: facts.why,
    way: facts.way,
    to,
    askedAt: facts.askedAt.toString(),
    steps: stepsOf(facts, zone),
    promisedBy: stage === 'received' ? (facts.promisedBy?.toString() ?? null) : null,
    expectedBy: stage === 'sent' ? (expected?.toString() ?? null) : null,
    late,
    paid: facts.paid && {
      amount: facts.paid.amount,
      on: facts.paid.on.toString(),
      said: sayMoney(facts.paid.amount, currency),
    },
    issuerSaid:
      facts.no && (stage === 'refused' || stage === 'closed')
        ? {
            kind: facts.no.kind,
            on: facts.no.on.toString(),
            reason: facts.no.reason,
            message: words[language].issuerSays[facts.no.reason],
          }
        : null,
    mayChange: mayChange(facts).ok,
    mayWithdraw: stage !== 'withdrawn' && mayWithdraw(facts).ok,
  }
}

async function cardReply(
  act: Act,
  card: RefundFacts['cards'][number],
  kind: RefundFacts['kind'],
  here: Here,
): Promise<RefundCard> {
  const { programme, today, language } = here
  const asking = mayAskRefund(card)
  const to = card.case && (await destinationOfCase(act, card.case.caseId))
  const why = card.case && !asking.ok ? card.case.why : asking.ok ? asking.why : null
  const fees = programme.issuer.refundWays.flatMap(way =>
    why === null
      ? []
      : feesTakenOff(programme, { why, way, on: today, kind }).map(fee => ({
          way,
          ...fee,
          said: sayMoney(fee.amount, programme.campus.currency),
        })),
  )
  return {
    cardId: card.cardId,
    edition: nameOf(programme.editions, card.edition),
    // The last digits of a new card prove that it is in hand: they are told of those alone that are in use or were.
    ending: card.ending || card.hasAccess || card.replaced ? endingOf(card.printedNumber) : null,
    mayAsk: asking.ok,
    why,
    whyNot: asking.ok ? null : { refusal: asking.refusal, message: sayRefund(asking, language) },
    fees,
    case: card.case && caseReply(card.case, to && maskedDestination(to), here),
  }
}

const rank = (card: RefundCard): number => {
  if (card.case && card.case.stage !== 'withdrawn') return 0
  return card.mayAsk ? 1 : 2
}

/** How refunds of a person's cards stand, in one language; null where there is no such person. */
export async function refundOf(
  act: Act,
  personId: number,
  language: Language,
): Promise<RefundStanding | null> {
  const programme = await programmeInForce(act)
  const { issuer, deadline, campus, doesNotMove } = programme
  const facts = await refundFacts(act, personId, { ending: deadline.editions, locks: false })
  if (facts === null) return null
  const here = { programme, language, today: act.now.toZonedDateTimeISO(campus.zone).toPlainDate() }
  const cards: RefundCard[] = []
  for (const card of facts.cards) cards.push(await cardReply(act, card, facts.kind, here))
  // What is on a lost card is locked already; on any other a pass would be lost with it.
  const wouldLose = cards.some(({ mayAsk, why }) => mayAsk && why !== 'lost')
  const withMoney = new Set(doesNotMove.filter(({ refund }) => refund).map(({ id }) => id))
  const items = wouldLose ? (await listExtras(act, personId, language)).items : []
  return {
    issuer: issuer.name,
    workingDays: issuer.refundWorkingDays,
    ways: issuer.refundWays,
    bankAccount: issuer.bankAccount ?? 'taiwan',
    passes: items.filter(({ id }) => withMoney.has(id)).map(({ name, advice }) => ({ name, advice })),
    cards: cards.sort((a, b) => rank(a) - rank(b)),
  }
}
