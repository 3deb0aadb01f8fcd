import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import { whoActed } from '../lib/roles.ts'
import { PhotoAtDesk, photoAtDesk } from '../photo/at-desk.ts'
import { reissueReasons } from '../programme/shape-cards.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById } from '../roster/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { movesOf, storyOf, wholeDispute } from './case-store.ts'
import { owedBackOf } from './ledger.ts'
import { countReissues } from './office-list.ts'
import { waysOf } from './payment-rules.ts'
import { countUnmatched } from './receipt-store.ts'
import { RepaymentNow, repaymentNow } from './repayment-now.ts'
import { countWaiting } from './repayment-store.ts'
import { dueOf, reissueById } from './store.ts'
import { whoName } from './who.ts'

const tags = ['reissue']
const config = { policy: ['office', 'cashier'], purpose: 'money', shows: 'money' } as const
const Amount = Type.Integer({ description: 'Whole minor units' })
const Currency = Type.Object({ code: Type.String(), minorDigits: Type.Integer() })

/** How many applications each of the office's lists has. */
export const ReissueCounts = Type.Object({
  currency: Currency,
  open: Type.Integer(),
  unpaid: Type.Integer(),
  'to-make': Type.Integer(),
  'to-collect': Type.Integer(),
  disputed: Type.Integer(),
  'owed-back': Type.Integer(),
  'second-person': Type.Integer({ description: 'Repayments that wait for a second person' }),
  receipts: Type.Integer({ description: 'Kiosk money that is nobody’s yet' }),
})
export type ReissueCounts = Type.Static<typeof ReissueCounts>

/** An application with its ledger and its story. */
export const ReissueCase = Type.Object({
  id: Type.Integer(),
  currency: Currency,
  studentNumber: Type.String(),
  name: Both,
  photo: orNull(PhotoAtDesk),
  reason: Type.Enum([...reissueReasons]),
  edition: Type.String(),
  fee: Amount,
  due: orNull(Amount),
  owedBack: Amount,
  repayment: RepaymentNow,
  appliedAt: Moment,
  lapsesAt: Moment,
  settled: orNull(Type.Enum(['free', 'paid', 'waived'])),
  producedAt: orNull(Moment),
  endedAt: orNull(Moment),
  ended: orNull(Type.String()),
  paysAtCounter: Type.Boolean(),
  dispute: orNull(
    Type.Object({
      at: Moment,
      said: Type.String(),
      mine: Type.Boolean({ description: 'Put forward by who reads this: somebody else decides it' }),
      decidedAt: orNull(Moment),
      granted: orNull(Type.Boolean()),
      reason: orNull(Type.String()),
    }),
  ),
  moves: Type.Array(
    Type.Object({
      at: Moment,
      by: Both,
      kind: Type.String(),
      to: Type.String(),
      from: Type.String(),
      amount: Amount,
      reason: orNull(Type.String()),
      receipt: orNull(Type.String()),
    }),
  ),
  story: Type.Array(Type.Object({ at: Moment, by: Both, act: Type.String() })),
})
export type ReissueCase = Type.Static<typeof ReissueCase>

/** What the office reads of reissues: how many there are of each kind, and one with its money. */
export function reissueCaseRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/reissues/counts',
    {
      config,
      schema: { tags, summary: 'How many applications each list has', response: { 200: ReissueCounts } },
    },
    request =>
      register.look(request.actor, async act => ({
        currency: (await programmeInForce(act)).campus.currency,
        ...(await countReissues(act)),
        receipts: await countUnmatched(act),
        'second-person': await countWaiting(act),
      })),
  )

  server.get(
    '/api/v1/reissues/:id',
    {
      config,
      schema: {
        tags,
        summary: 'One application with its ledger and its story',
        description: 'The read is journalled.',
        params: Type.Object({ id: RowId }),
        response: { 200: ReissueCase },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const reissue = await reissueById(act, request.params.id)
        if (reissue === null) throw problem(404, 'not-found', request.language)
        const { id, personId } = reissue
        const programme = await programmeInForce(act)
        const person = await personById(act, personId)
        const dispute = await wholeDispute(act, id)
        const { owed } = await owedBackOf(act, id)
        const decides = act.actor.kind === 'office'
        await act.note({ act: 'reissue read', personId, facts: { reissue: id } })
        return {
          id,
          currency: programme.campus.currency,
          studentNumber: reissue.studentNumber,
          name: bothNames(person!),
          // Who takes the money sees the money: how somebody looks and what they dispute is the office's.
          photo: decides ? await photoAtDesk(act, personId, programme) : null,
          reason: reissue.reason,
          edition:
            programme.editions.find(each => each.id === reissue.edition)?.name[request.language] ??
            reissue.edition,
          fee: reissue.amount,
          due: dueOf(reissue),
          owedBack: owed,
          repayment: await repaymentNow(act, { reissueId: id, receipt: null }, owed),
          appliedAt: reissue.appliedAt.toString(),
          lapsesAt: reissue.lapsesAt.toString(),
          settled: reissue.settled,
          producedAt: reissue.producedAt?.toString() ?? null,
          endedAt: reissue.endedAt?.toString() ?? null,
          ended: reissue.endedAs,
          paysAtCounter: waysOf(programme, reissue.kind).includes('counter'),
          dispute: (decides || null) &&
            dispute && {
              at: dispute.at.toString(),
              said: dispute.said,
              mine: whoActed(dispute.by) === act.actor.id,
              decidedAt: dispute.decidedAt?.toString() ?? null,
              granted: dispute.granted,
              reason: dispute.reason,
            },
          moves: (await movesOf(act, id)).map(({ nameZh, nameEn, ...move }) => ({
            ...move,
            by: whoName(move.by, { nameZh, nameEn }),
            at: move.at.toString(),
          })),
          story: (await storyOf(act, reissue)).map(each => ({
            act: each.act,
            by: whoName(each.by, each),
            at: each.at.toString(),
          })),
        }
      }),
  )
}
