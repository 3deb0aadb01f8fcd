import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import { csvRow } from '../lib/spreadsheet-guard.ts'
import { reissueReasons } from '../programme/shape-cards.ts'
import type { Server } from '../server/http.ts'
import { peopleIn } from '../server/people-in.ts'
import type { Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import {
  type ListedReissue,
  type ListedState,
  listedStates,
  listReissues,
  mostListed,
} from './office-list.ts'
import { cardsToMake, mostToMake, type ToMake } from './produce.ts'
import { unmatchedReceipts } from './receipt-store.ts'
import { RepaymentNow, receiptRepayments } from './repayment-now.ts'

const tags = ['reissue']
const config = { policy: 'office', purpose: 'money', shows: 'money' } as const
const withMoney = { policy: ['office', 'cashier'], purpose: 'money', shows: 'money' } as const

const Listed = Type.Object({
  id: Type.Integer(),
  studentNumber: Type.String(),
  name: Both,
  cardId: Type.Integer(),
  reason: Type.Enum([...reissueReasons]),
  edition: Type.String(),
  fee: Type.Integer(),
  appliedAt: Moment,
  lapsesAt: Moment,
  settled: orNull(Type.Enum(['free', 'paid', 'waived'])),
  producedAt: orNull(Moment),
  disputed: orNull(Type.String({ description: 'What the holder says of the fee' })),
  owedBack: Type.Integer(),
  ended: orNull(Type.String()),
})

/** A list of applications; `most` is how many it has at most. */
export const ListedReissues = Type.Object({ reissues: Type.Array(Listed), most: Type.Integer() })
export type ListedReissues = Type.Static<typeof ListedReissues>

const ToMakeShape = Type.Object({
  id: Type.Integer(),
  studentNumber: Type.String(),
  nameZh: Type.String(),
  nameEn: Type.String(),
  department: Type.String(),
  edition: Type.String(),
  reason: Type.String(),
  settledAt: Moment,
})

const columns = ['studentNumber', 'nameZh', 'nameEn', 'department', 'edition', 'reason'] as const
const header = ['student_number', 'name_zh', 'name_en', 'department', 'edition', 'reason']

/** The list for the card maker as CSV, with the mark by which spreadsheets know UTF-8. */
const csvOf = (cards: readonly ToMake[]): string =>
  `\uFEFF${[header, ...cards.map(card => columns.map(column => card[column]))].map(csvRow).join('')}`

const State = Type.Optional(Type.Enum([...listedStates]))

/** An application as a list has it. */
const reissueReply = (row: ListedReissue) => ({
  id: row.id,
  studentNumber: row.studentNumber,
  name: bothNames(row),
  cardId: row.forCard,
  reason: row.reason,
  edition: row.edition,
  fee: row.amount,
  appliedAt: row.appliedAt.toString(),
  lapsesAt: row.lapsesAt.toString(),
  settled: row.settled,
  producedAt: row.producedAt?.toString() ?? null,
  disputed: row.disputed,
  owedBack: row.owedBack,
  ended: row.endedAs,
})

/** The office's lists: applications as they stand, what the card maker makes, and kiosk money that is nobody's yet. */
export function reissueListRoutes(server: Server, { register }: { register: Register }): void {
  const listed = (request: FastifyRequest, asked: { state?: ListedState; studentNumber?: string }) =>
    register.look(request.actor, async act => {
      const { state = 'open', studentNumber = null } = asked
      const rows = await listReissues(act, { state, studentNumber })
      await act.note({ act: 'reissues read', facts: { list: state, many: rows.length } })
      return { most: mostListed, reissues: rows.map(reissueReply) }
    })

  server.get(
    '/api/v1/reissues',
    {
      config: withMoney,
      schema: {
        tags,
        summary: 'Applications as they stand',
        description: `The oldest ${mostListed} of one list.`,
        querystring: Type.Object({ state: State }),
        response: { 200: ListedReissues },
      },
    },
    request => listed(request, request.query),
  )

  server.post(
    '/api/v1/reissues/search',
    {
      config: withMoney,
      schema: {
        tags,
        summary: 'Applications of one list, of one student number',
        description:
          'By POST, because addresses are kept in logs and histories, and a student number must not be.',
        body: Type.Object(
          { state: State, studentNumber: Type.String({ minLength: 1, maxLength: 40 }) },
          { additionalProperties: false },
        ),
        response: { 200: ListedReissues },
      },
    },
    request => listed(request, request.body),
  )

  server.get(
    '/api/v1/reissues/to-make',
    {
      config,
      schema: {
        tags,
        summary: 'Which cards the card maker makes: settled, and no card yet',
        description: `The first ${mostToMake}. When the file of cards is taken into stock, they are off this list.`,
        response: { 200: Type.Object({ cards: Type.Array(ToMakeShape) }) },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const cards = await cardsToMake(act)
        await act.note({ act: 'reissues read', facts: { list: 'to-make', many: cards.length } })
        return { cards: cards.map(card => ({ ...card, settledAt: card.settledAt.toString() })) }
      }),
  )

  server.get(
    '/api/v1/reissues/to-make.csv',
    {
      config,
      schema: { tags, summary: 'The same list as CSV, for the card maker', produces: ['text/csv'] },
    },
    async (request, reply) => {
      const cards = await register.look(request.actor, async act => {
        const list = await cardsToMake(act)
        await act.note({ act: 'reissues read', facts: { list: 'to-make.csv', many: list.length } })
        peopleIn(list, request.peopleShown)
        return list
      })
      void reply.header('content-type', 'text/csv; charset=utf-8')
      void reply.header('content-disposition', 'attachment; filename="cards-to-make.csv"')
      void reply.header('cache-control', 'no-store')
      return reply.send(csvOf(cards))
    },
  )

  server.get(
    '/api/v1/kiosk/receipts/unmatched',
    {
      config: withMoney,
      schema: {
        tags,
        summary: 'Kiosk money that is nobody’s yet',
        description: 'The oldest 200. Each pays when its number is typed, or its student applies.',
        response: {
          200: Type.Object({
            receipts: Type.Array(
              Type.Object({
                number: Type.String(),
                kiosk: Type.String(),
                amount: Type.Integer(),
                studentNumber: orNull(Type.String()),
                paidAt: Moment,
                repayment: RepaymentNow,
              }),
            ),
          }),
        },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const receipts = await unmatchedReceipts(act)
        const standings = await receiptRepayments(act, receipts)
        await act.note({ act: 'reissues read', facts: { list: 'unmatched-receipts', many: receipts.length } })
        return {
          receipts: receipts.map(({ number, kiosk, amount, studentNumber, paidAt }) => ({
            number,
            kiosk,
            amount,
            studentNumber,
            paidAt: paidAt.toString(),
            repayment: standings.get(number)!,
          })),
        }
      }),
  )
}
