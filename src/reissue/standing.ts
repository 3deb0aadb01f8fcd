import { Type } from 'typebox'
import { sayMoney } from '../lib/say.ts'
import { nameOf } from '../programme/name-of.ts'
import { counterOf, editionIssuedOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { paymentWays, reissueReasons } from '../programme/shape-cards.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { owedBackOf } from './ledger.ts'
import { disputeOf } from './office.ts'
import { mayDispute } from './office-rules.ts'
import { waysOf } from './payment-rules.ts'
import { waitingNumber } from './receipt-store.ts'
import { applicationRefusals, mayApply } from './rules.ts'
import { applicationFacts, asOpen, dueOf, newestReissueOf, type Reissue } from './store.ts'

const Money = Type.Integer({ description: 'Whole minor units of the campus’s currency' })

/** How it stands with a card that is issued anew: what was asked, what is due, and where the card is. */
export const ReissueStandingShape = Type.Object(
  {
    id: Type.Integer(),
    cardId: Type.Integer({ description: 'The card in whose place another one was asked for' }),
    reason: Type.Enum([...reissueReasons]),
    edition: Both,
    appliedAt: Moment,
    fee: Money,
    feeSaid: Type.String({ description: 'The fee with its currency, for example NT$200' }),
    due: Money,
    ways: Type.Array(Type.Enum([...paymentWays])),
    lapsesAt: Moment,
    lastDayToPay: Type.String({ format: 'date' }),
    settledAt: orNull(Moment),
    settled: orNull(Type.Enum(['free', 'paid', 'waived'])),
    waitsForReceipt: orNull(
      Type.String({ description: 'A receipt number that was typed and that no kiosk has told of yet' }),
    ),
    producedAt: orNull(Moment),
    where: orNull(
      Type.Object(
        { counter: Type.String(), name: Both },
        { description: 'Where the card that was made lies' },
      ),
    ),
    dispute: orNull(Type.Enum(['waits', 'granted', 'refused'])),
    mayWithdraw: Type.Boolean(),
    mayDispute: Type.Boolean(),
    owedBack: Money,
    feeKept: Type.Boolean({
      description: 'It has ended without a card, and its fee, which was paid, is not paid back',
    }),
    endedAt: orNull(Moment),
    ended: orNull(Type.Enum(['collected', 'lapsed', 'withdrawn', 'found-again', 'left'])),
  },
  { $id: 'ReissueStanding' },
)
export type ReissueStanding = Type.Static<typeof ReissueStandingShape>

async function standingOf(act: Act, reissue: Reissue, programme: Programme): Promise<ReissueStanding> {
  const { campus, editions, counters } = programme
  const dispute = await disputeOf(act, reissue.id)
  const open = asOpen(reissue)
  const lies = reissue.cardId === null ? null : await counterOfCard(act, reissue.cardId)
  const { owed, back } = await owedBackOf(act, reissue.id)
  return {
    id: reissue.id,
    cardId: reissue.forCard,
    reason: reissue.reason,
    edition: nameOf(editions, reissue.edition),
    appliedAt: reissue.appliedAt.toString(),
    fee: reissue.amount,
    feeSaid: sayMoney(reissue.amount, campus.currency),
    due: dueOf(reissue) ?? 0,
    ways: [...waysOf(programme, reissue.kind)],
    lapsesAt: reissue.lapsesAt.toString(),
    lastDayToPay: lastDay(reissue.lapsesAt, campus.zone),
    settledAt: reissue.settledAt?.toString() ?? null,
    settled: reissue.settled,
    waitsForReceipt: dueOf(reissue) ? await waitingNumber(act, reissue.id) : null,
    producedAt: reissue.producedAt?.toString() ?? null,
    where: lies === null ? null : { counter: lies, name: nameOf(counters, lies) },
    dispute: dispute && (dispute.granted === null ? 'waits' : dispute.granted ? 'granted' : 'refused'),
    mayWithdraw: open?.settled === null,
    mayDispute: dispute === null && mayDispute(open, { dispute, said: '.' }, programme.reissue).ok,
    owedBack: owed,
    feeKept: reissue.endedAs !== null && reissue.settled === 'paid' && owed + back === 0,
    endedAt: reissue.endedAt?.toString() ?? null,
    ended: reissue.endedAs,
  }
}

async function counterOfCard(act: Act, cardId: number): Promise<string | null> {
  const sql = 'select counter from card where id = $1'
  const [row] = await act.statement<{ counter: string | null }>('reissue_card_lies', sql, [cardId])
  return row?.counter ?? null
}

/** The last day on which something that lapses at a moment can be paid, ISO. */
export const lastDay = (lapsesAt: Temporal.Instant, zone: string): string =>
  lapsesAt.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate().toString()

/**
 * How it stands with a person's newest application, for My card; null where there is none, or it is done because its card
 * was collected.
 */
export async function reissueOf(act: Act, personId: number): Promise<ReissueStanding | null> {
  const reissue = await newestReissueOf(act, personId)
  if (reissue === null || reissue.endedAs === 'collected') return null
  return standingOf(act, reissue, await programmeInForce(act))
}

/** What applying would bring now, for the newest card of a person: for each reason, or why not; the whole cost and dates. */
export const ReissueOfferShape = Type.Object({
  cardId: Type.Integer(),
  ending: orNull(Type.String({ description: 'The last four digits printed on a card that is active' })),
  cardEdition: Both,
  edition: orNull(Both),
  reasons: Type.Array(
    Type.Object({
      reason: Type.Enum([...reissueReasons]),
      refusal: orNull(Type.Enum([...applicationRefusals])),
    }),
  ),
  fee: orNull(Money),
  feeSaid: orNull(Type.String()),
  lastDayToPay: orNull(Type.String({ format: 'date' })),
  ways: Type.Array(Type.Enum([...paymentWays])),
})
export type ReissueOffer = Type.Static<typeof ReissueOfferShape>

// Until a card is active its digits prove that it is in the holder's hand: they are asked there, and told nowhere.
const newestSql = `
  select h.card_id as "cardId", c.edition, case when h.how = 'before-gatehouse' or a.card_id is not null then right(c.printed_number, 4) end as ending
  from handover h join card c on c.id = h.card_id left join activation a on a.card_id = h.card_id
  where h.person_id = $1 order by h.at desc, h.card_id desc limit 1`

/** The newest card that was handed to a person. */
export interface NewestHeld {
  cardId: number
  edition: string
  ending: string | null
}

/** The newest card that was handed to a person, which is the one that can be issued anew; null where none was. */
export async function newestHeld(act: Act, personId: number): Promise<NewestHeld | null> {
  const [row] = await act.statement<NewestHeld>('newest_held', newestSql, [personId])
  return row ?? null
}

/** What a person could apply for now; null for who never had a card. Nothing is decided by it. */
export async function offerFor(act: Act, personId: number): Promise<ReissueOffer | null> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const card = await newestHeld(act, personId)
  if (card === null) return null
  const issued = editionIssuedOn(programme, today)
  const facts = await applicationFacts(act, { personId, cardId: card.cardId, issued: issued?.id ?? '' })
  const decided = reissueReasons.map(reason => ({
    reason,
    decision: mayApply(facts, { cardId: card.cardId, reason, photoIsRight: true }, programme, today),
  }))
  const may = decided.flatMap(({ decision }) => (decision.ok && !decision.again ? [decision] : []))[0]
  return {
    cardId: card.cardId,
    ending: card.ending,
    cardEdition: nameOf(programme.editions, card.edition),
    edition: issued?.name ?? null,
    reasons: decided.map(({ reason, decision }) => ({
      reason,
      refusal: decision.ok ? null : decision.refusal,
    })),
    fee: may?.amount ?? null,
    feeSaid: may ? sayMoney(may.amount, programme.campus.currency) : null,
    lastDayToPay: may ? lastDay(may.lapsesAt, programme.campus.zone) : null,
    ways: [...waysOf(programme, facts.kind)],
  }
}

/** Where reissued cards are collected, as the programme names them and where they are counters it knows. */
export const reissueCounters = (programme: Programme) =>
  programme.reissue.at.flatMap(id => counterOf(programme, id) ?? [])
