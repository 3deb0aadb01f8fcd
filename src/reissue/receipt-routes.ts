import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { assignReceipt, handBackReceipt } from './office-receipts.ts'
import { sayReissue } from './routes.ts'

const config = { policy: ['office', 'cashier'], purpose: 'money', shows: 'money' } as const
const tags = ['reissue']
const closed = { additionalProperties: false }
const Receipt = Type.String({
  minLength: 1,
  maxLength: 80,
  description: 'The receipt’s number; width, blanks and dashes do not matter',
})
const Reason = Type.String({ maxLength: 500, description: 'Why; it stands on the ledger' })
const Amount = Type.Integer({ description: 'Whole minor units' })

/** What the office does with kiosk money that matches nobody. The receipt's number stands in the body, never in an address. */
export function receiptRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/kiosk/receipts/assignment',
    {
      config,
      schema: {
        tags,
        summary: 'Say which application kiosk money of nobody pays',
        description:
          'Where a student number was mistyped at the kiosk, or none was typed. Settles as a receipt that is matched: the ' +
          'application is open, its kind pays at kiosks, and the amount is what is due; else it is refused with both amounts.',
        body: Type.Object({ number: Receipt, reissueId: RowId, reason: Reason }, closed),
        response: {
          200: Type.Object({ again: Type.Boolean(), reissueId: Type.Integer(), amount: Amount }),
        },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, act => {
        const { number, reissueId, reason } = request.body
        return assignReceipt(act, { typed: number, reissueId, reason })
      }),
  )

  server.post(
    '/api/v1/kiosk/receipts/repayment',
    {
      config,
      schema: {
        tags,
        summary: 'Record that kiosk money of nobody has been paid back',
        description:
          'Whole, by whom and when this is posted. A receipt pays an application or is paid back, never both; somebody else ' +
          'who records the same is told that it was paid back already.',
        body: Type.Object({ number: Receipt, reason: Reason }, closed),
        response: { 200: Type.Object({ again: Type.Boolean(), amount: Amount }) },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, act =>
        handBackReceipt(act, { typed: request.body.number, reason: request.body.reason }),
      ),
  )
}
