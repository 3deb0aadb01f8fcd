import { Type } from 'typebox'
import { forPresent, notePresent, present } from '../handover/present.ts'
import { sayAtDesk } from '../handover/present-words.ts'
import { personTyped } from '../roster/store.ts'
import { longestStudentNumber } from '../roster/student-number.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { askRefund } from './ask-refund.ts'
import { changeRefund, withdrawRefund } from './change-refund.ts'
import { refundOf } from './refund-of.ts'
import { Again, typedDestination } from './routes.ts'
import { RefundStandingShape } from './standing.ts'
import { words } from './words.ts'

/** How refusals of a refund at a desk are said. */
export const sayRefundAtDesk = sayAtDesk({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

const config = { policy: ['desk', 'office'], purpose: 'desk', shows: 'money' } as const
const tags = ['desk']
const path = '/api/v1/desk/people/refund'

/**
 * What a holder who stands at a desk asks of the issuer, written down for them: where the money goes is theirs to say,
 * and no amount passes the desk, neither as a number nor as money.
 */
export function refundDeskRoutes(server: Server, { register }: { register: Register }): void {
  const performing = { register, say: sayRefundAtDesk, changesAccess: false }
  const response = { 200: Again }

  server.post(
    `${path}/standing`,
    {
      config,
      schema: {
        tags,
        summary: 'How refunds of somebody who is present stand; the read is journalled',
        body: Type.Object(
          { studentNumber: Type.String({ minLength: 1, maxLength: longestStudentNumber * 2 }) },
          { additionalProperties: false },
        ),
        response: { 200: RefundStandingShape },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const named = await personTyped(act, request.body.studentNumber)
        if (!named.ok) throw refusalProblem(sayRefundAtDesk, request.language, named)
        await notePresent(act, named.person.id)
        return (await refundOf(act, named.person.id, request.language))!
      }),
  )

  for (const [to, summary, does] of [
    ['', 'Ask the issuer to pay back what is on a card, for its holder who is present', askRefund],
    ['/change', 'Change where the money goes, for the holder who is present', changeRefund],
  ] as const)
    server.post(
      `${path}${to}`,
      { config, schema: { tags, summary, body: present({ cardId: RowId, ...typedDestination }), response } },
      request =>
        perform({ ...performing, request }, act => {
          const { cardId, studentNumber: _, checked: __, ...to } = request.body
          return forPresent(act, request.body, (forThem, personId) => does(forThem, { personId, cardId, to }))
        }),
    )

  server.post(
    `${path}/withdrawal`,
    {
      config,
      schema: {
        tags,
        summary: 'Withdraw a refund that was not sent yet, for the holder who is present',
        body: present({ cardId: RowId }),
        response,
      },
    },
    request =>
      perform({ ...performing, request }, act =>
        forPresent(act, request.body, (forThem, personId) =>
          withdrawRefund(forThem, { personId, cardId: request.body.cardId }),
        ),
      ),
  )
}
