import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import { whoActed } from '../lib/roles.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { answerRepayment, askToHandBack, askToPayBack, takeBackRepayment } from './repayment.ts'
import { type ListedRepayment, listRepayments, mostRepayments } from './repayment-store.ts'
import { sayReissue } from './routes.ts'
import { whoName } from './who.ts'

const tags = ['reissue']
const config = { policy: ['office', 'cashier'], purpose: 'money', shows: 'money' } as const
const closed = { additionalProperties: false }
const Amount = Type.Integer({ description: 'Whole minor units' })
const Day = Type.String({ format: 'date', description: 'Of the campus’s calendar' })
const Reason = Type.String({ maxLength: 500 })
const OneRepayment = Type.Object({ id: RowId })
const AskedReply = Type.Object({ id: Type.Integer(), amount: Amount, lastDay: Day })

/** For how long what ended stays on the list, so that who asked reads what became of it. */
const endedDays = 30

const Listed = Type.Object({
  id: Type.Integer(),
  reissueId: orNull(Type.Integer({ description: 'Of which application; null: kiosk money of nobody' })),
  receipt: orNull(Type.String()),
  studentNumber: orNull(Type.String()),
  name: orNull(Both),
  amount: Amount,
  already: Type.Integer({ description: 'What who asked had paid back alone that day, as far as it counts' }),
  most: Type.Integer({ description: 'So much one person pays back alone' }),
  reason: Type.String(),
  askedAt: Moment,
  askedBy: Both,
  mine: Type.Boolean({ description: 'Asked by who reads this: somebody else answers it' }),
  lastDay: Day,
  answer: orNull(Type.Enum(['let-go', 'declined', 'taken-back', 'lapsed'])),
  answeredAt: orNull(Moment),
  answeredBy: orNull(Both),
  answerReason: orNull(Type.String()),
})

/** What waits for a second person, and what ended in the last 30 days; `most` is how many there are of each at most. */
export const RepaymentsReply = Type.Object({
  currency: Type.Object({ code: Type.String(), minorDigits: Type.Integer() }),
  waiting: Type.Array(Listed),
  ended: Type.Array(Listed),
  most: Type.Integer(),
})
export type RepaymentsReply = Type.Static<typeof RepaymentsReply>

const listedReply = (row: ListedRepayment, me: string): Type.Static<typeof Listed> => ({
  id: row.id,
  reissueId: row.reissueId,
  receipt: row.receipt,
  studentNumber: row.studentNumber,
  name:
    row.nameZh === null || row.nameEn === null ? null : bothNames({ nameZh: row.nameZh, nameEn: row.nameEn }),
  amount: row.amount,
  already: row.already,
  most: row.most,
  reason: row.reason,
  askedAt: row.askedAt.toString(),
  askedBy: whoName(row.askedBy, { nameZh: row.askerZh, nameEn: row.askerEn }),
  mine: whoActed(row.askedBy) === me,
  lastDay: row.lastDay.toString(),
  answer: row.answer,
  answeredAt: row.answeredAt?.toString() ?? null,
  answeredBy:
    row.answeredBy === null
      ? null
      : whoName(row.answeredBy, { nameZh: row.answererZh, nameEn: row.answererEn }),
  answerReason: row.answerReason,
})

/** Money that is more than one person pays back alone: a second person is asked, and answers. */
export function repaymentRoutes(server: Server, { register }: { register: Register }): void {
  const options = { register, say: sayReissue, changesAccess: false }

  server.get(
    '/api/v1/repayments',
    {
      config,
      schema: {
        tags,
        summary: 'What waits for a second person to be paid back, and what ended in the last 30 days',
        description: `The oldest ${mostRepayments} that wait, and the newest ${mostRepayments} that ended.`,
        response: { 200: RepaymentsReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { currency } = (await programmeInForce(act)).campus
        const { waiting, ended } = await listRepayments(act, act.now.subtract({ hours: 24 * endedDays }))
        await act.note({ act: 'repayments read', facts: { waiting: waiting.length, ended: ended.length } })
        const reply = (row: ListedRepayment) => listedReply(row, act.actor.id)
        return { currency, waiting: waiting.map(reply), ended: ended.map(reply), most: mostRepayments }
      }),
  )

  server.post(
    '/api/v1/reissues/:id/repayment/question',
    {
      config,
      schema: {
        tags,
        summary: 'Ask a second person about what is owed back of an application',
        description:
          'Where it is more than one person pays back alone on a day (`repayments` of the programme). Nothing is paid before ' +
          'somebody else has let it go.',
        params: OneRepayment,
        body: Type.Object({ reason: Reason }, closed),
        response: { 200: AskedReply },
      },
    },
    request =>
      perform({ ...options, request }, async act => {
        const asked = await askToPayBack(act, { reissueId: request.params.id, reason: request.body.reason })
        return asked.ok ? { ...asked, lastDay: asked.lastDay.toString() } : asked
      }),
  )

  server.post(
    '/api/v1/kiosk/receipts/repayment/question',
    {
      config,
      schema: {
        tags,
        summary: 'Ask a second person about kiosk money of nobody',
        description: 'As for an application. Whoever paid at a kiosk and is not known counts as one person.',
        body: Type.Object(
          {
            number: Type.String({ minLength: 1, maxLength: 80, description: 'The receipt’s number' }),
            reason: Reason,
          },
          closed,
        ),
        response: { 200: AskedReply },
      },
    },
    request =>
      perform({ ...options, request }, async act => {
        const { number, reason } = request.body
        const asked = await askToHandBack(act, { typed: number, reason })
        return asked.ok ? { ...asked, lastDay: asked.lastDay.toString() } : asked
      }),
  )

  server.post(
    '/api/v1/repayments/:id/answer',
    {
      config,
      schema: {
        tags,
        summary: 'Let a repayment go, or decline it; never who asked, nor who would receive it',
        description:
          'Let go, it stands on the ledger as paid back, and the money is handed out. Declining needs a reason.',
        params: OneRepayment,
        body: Type.Object({ letGo: Type.Boolean(), reason: Reason }, closed),
        response: { 200: Type.Object({ amount: Amount, letGo: Type.Boolean() }) },
      },
    },
    request =>
      perform({ ...options, request }, act =>
        answerRepayment(act, { id: request.params.id, ...request.body }),
      ),
  )

  server.post(
    '/api/v1/repayments/:id/withdrawal',
    {
      config,
      schema: {
        tags,
        summary: 'Take a question back: who asked, in whatever role',
        params: OneRepayment,
        response: { 200: Type.Object({}) },
      },
    },
    request => perform({ ...options, request }, act => takeBackRepayment(act, request.params.id)),
  )
}
