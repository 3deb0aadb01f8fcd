import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import type { Programme } from '../programme/shape.ts'
import { reissueReasons } from '../programme/shape-cards.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { dayOf, moneyWays } from './cashier-rules.ts'
import { boundsOf, type Count, countsOn, type DayMove, movesOn, movesSql } from './cashier-store.ts'
import { countRefusalWords, wayNames } from './cashier-words.ts'
import { countDrawer } from './count-drawer.ts'
import { reasonNames } from './list-words.ts'
import { whoName } from './who.ts'

const tags = ['cashier']
const readers = { policy: ['office', 'cashier', 'auditor'], purpose: 'money', shows: 'money' } as const
const Amount = Type.Integer({ description: 'Whole minor units; what was paid back is negative' })
const Day = Type.String({ format: 'date', description: 'Of the campus’s calendar' })

const CountShape = Type.Object({
  payments: Type.Integer(),
  expected: Amount,
  counted: Amount,
  note: orNull(Type.String()),
  at: Moment,
  by: Both,
})

export const CashierReply = Type.Object({
  day: Day,
  today: Day,
  currency: Type.Object({ code: Type.String(), minorDigits: Type.Integer() }),
  totals: Type.Object({ counter: Amount, kiosk: Amount, online: Amount, 'paid-back': Amount }),
  sums: Type.Array(
    Type.Object({
      way: Type.Enum([...moneyWays]),
      place: Both,
      by: Both,
      reason: orNull(Type.Enum([...reissueReasons])),
      payments: Type.Integer(),
      amount: Amount,
    }),
  ),
  counters: Type.Array(
    Type.Object({
      counter: Type.String({ description: 'Empty: taken by who sits at no counter' }),
      name: Both,
      payments: Type.Integer(),
      expected: Amount,
      counts: Type.Array(CountShape, {
        description: 'The first one first; the last one is of all payments or not',
      }),
      counted: Type.Boolean({ description: 'The last count is of everything that was taken' }),
    }),
  ),
})
export type CashierReply = Type.Static<typeof CashierReply>

type Place = Pick<DayMove, 'way' | 'place'>
const nowhere = both('', '')

/** Where money came in, by name. */
function placeName(programme: Programme, { way, place }: Place): Bilingual {
  if (way === 'counter')
    return (
      programme.counters.find(({ id }) => id === place)?.name ??
      both(place || '卡務承辦', place || 'Card office')
    )
  if (way === 'kiosk')
    return programme.reissue.kiosks.find(({ id }) => id === place)?.name ?? both(place, place)
  return nowhere
}

const countReply = (count: Count) => ({
  payments: count.payments,
  expected: count.expected,
  counted: count.counted,
  note: count.note,
  at: count.at.toString(),
  by: whoName(count.by, count),
})

type Listed = DayMove & { at: Temporal.Instant; where: Bilingual }
const columns: ExportColumn<Listed>[] = [
  { header: both('序號', 'Entry'), text: row => String(row.moveId) },
  { header: both('時間', 'Time'), moment: row => row.at },
  { header: both('方式', 'Way'), text: (row, { language }) => wayNames[row.way][language] },
  { header: both('地點', 'Where'), text: (row, { language }) => row.where[language] },
  { header: both('經手', 'By'), text: (row, { language }) => whoName(row.by, row)[language] },
  {
    header: both('用途', 'For'),
    text: (row, { language }) => row.reason && reasonNames[row.reason][language],
  },
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('收據', 'Receipt'), text: row => row.receipt },
  { header: both('金額', 'Amount'), money: row => row.amount },
]

const say = sayFrom(countRefusalWords)

/** The cashier's day: what came in where and by whom, what was paid back, and what was counted. */
export function cashierRoutes(server: Server, { register }: { register: Register }): void {
  const params = Type.Object({ day: Day })

  server.get(
    '/api/v1/cashier/:day',
    {
      config: readers,
      schema: {
        tags,
        summary: 'A day’s money: taken at counters, kiosks and online, paid back, and counted',
        description: 'Of the ledger of fees, by the day of the move. Who paid is in the export alone.',
        params,
        response: { 200: CashierReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const { zone, currency } = programme.campus
        const day = Temporal.PlainDate.from(request.params.day)
        const moves = await movesOn(act, day, zone)
        const found = dayOf(moves)
        const counts = await countsOn(act, day)
        await act.note({ act: 'cashier day read', facts: { day: day.toString() } })
        return {
          day: day.toString(),
          today: act.now.toZonedDateTimeISO(zone).toPlainDate().toString(),
          currency,
          totals: found.totals,
          sums: found.sums.map(({ place, by, ...sum }) => ({
            way: sum.way,
            reason: sum.reason,
            payments: sum.payments,
            amount: sum.amount,
            place: placeName(programme, { way: sum.way, place }),
            by: whoName(by, moves.find(move => move.by === by)!),
          })),
          counters: found.counters.map(each => {
            const own = counts.filter(({ counter }) => counter === each.counter)
            return {
              ...each,
              name: placeName(programme, { way: 'counter', place: each.counter }),
              counts: own.map(countReply),
              counted: own.at(-1)?.payments === each.payments,
            }
          }),
        }
      }),
  )

  server.post(
    '/api/v1/cashier/:day/counts',
    {
      config: { policy: ['office', 'cashier'], purpose: 'money', shows: 'money' },
      schema: {
        tags,
        summary: 'Take down what was counted of a counter’s takings of a day',
        description:
          'Once, and again only after another payment of that day. `payments` is how many were looked at; a difference ' +
          'needs a note. What is taken down is never changed.',
        params,
        body: Type.Object(
          {
            counter: Type.String({ maxLength: 40 }),
            payments: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
            counted: Type.Integer({ minimum: 0, maximum: 2_000_000_000, description: 'Whole minor units' }),
            note: Type.String({ maxLength: 500 }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ difference: Amount, correction: Type.Boolean() }) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        countDrawer(act, { ...request.body, day: Temporal.PlainDate.from(request.params.day) }),
      ),
  )

  exportsList(
    server,
    { register },
    {
      of: '/api/v1/cashier/:day',
      name: 'cashier-day',
      title: both('出納日結', 'Cashier day'),
      policy: readers.policy,
      purpose: 'money',
      tags,
      query: {},
      params: { day: Day },
      columns,
      async *rows(act, { day }) {
        const programme = await programmeInForce(act)
        const bounds = boundsOf(Temporal.PlainDate.from(day), programme.campus.zone)
        for await (const move of rowsOf<DayMove>(act, 'export_cashier', movesSql, bounds))
          yield { ...move, where: placeName(programme, move) }
      },
    },
  )
}
