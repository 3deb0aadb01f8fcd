import { Type } from 'typebox'
import { yes } from '../lib/decision.ts'
import { reissueReasons } from '../programme/shape-cards.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { applyForReissue, withdrawReissue } from './apply.ts'
import { disputeFee } from './office.ts'
import { typeReceipt } from './pay-at-kiosk.ts'
import { beginPayment } from './pay-online.ts'
import type { PaymentProvider } from './payment.ts'
import { offerFor, ReissueOfferShape, ReissueStandingShape, reissueOf } from './standing.ts'
import { words } from './words.ts'

/** How refusals of this room are said. */
export const sayReissue = sayFrom({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

const config = { policy: 'student' } as const
const tags = ['me']
const closed = { additionalProperties: false }
/** A receipt's number, as somebody types it. */
export const Receipt = Type.String({
  maxLength: 80,
  description: 'As typed: width, blanks and dashes do not matter',
})

/** The holder's own routes: what there is, applying, paying, disputing, taking back. */
export function reissueRoutes(
  server: Server,
  { register, payments }: { register: Register; payments: PaymentProvider | null },
): void {
  server.get(
    '/api/v1/me/reissue',
    {
      config: { ...config, scope: 'card:read' },
      schema: {
        tags,
        summary: 'My reissue: how it stands, and what I could apply for',
        description:
          '`standing` is my newest application, null where there is none or its card was collected. `offer` says of my ' +
          'newest card for which reasons it is issued anew now, for how much, and until when that could be paid.',
        response: {
          200: Type.Object({
            standing: Type.Union([ReissueStandingShape, Type.Null()]),
            offer: Type.Union([ReissueOfferShape, Type.Null()]),
          }),
        },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        standing: await reissueOf(act, request.actor.personId!),
        offer: await offerFor(act, request.actor.personId!),
      })),
  )

  server.post(
    '/api/v1/me/reissue',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Apply for a reissue',
        description:
          'In place of a card that is lost (report it first), damaged, or bears a former name. The photo on record is ' +
          'printed: `photoIsRight` says that the holder looked at it. The fee is that of today and stays so; unpaid, the ' +
          'application lapses. Applying for the same again is harmless.',
        body: Type.Object(
          { cardId: RowId, reason: Type.Enum([...reissueReasons]), photoIsRight: Type.Boolean() },
          closed,
        ),
        response: { 200: Type.Object({ again: Type.Boolean(), reissueId: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, act =>
        applyForReissue(act, { ...request.body, personId: request.actor.personId! }),
      ),
  )

  server.post(
    '/api/v1/me/reissue/withdrawal',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Take my unpaid application back',
        response: { 200: Type.Object({ reissueId: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, act =>
        withdrawReissue(act, { personId: request.actor.personId! }),
      ),
  )

  server.post(
    '/api/v1/me/reissue/payment',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Pay online: where to go',
        description:
          'Send the payer’s browser to `goTo`. That it comes back proves nothing; ask `GET /api/v1/me/reissue` whether ' +
          'the payment was confirmed.',
        response: { 200: Type.Object({ paymentId: Type.String(), goTo: Type.String() }) },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, act =>
        beginPayment(act, { personId: request.actor.personId! }, payments),
      ),
  )

  server.post(
    '/api/v1/me/reissue/receipt',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Pay with a kiosk’s receipt',
        description:
          '`matched` is false where the kiosk has not told of this receipt yet: the number is kept, and pays when it does.',
        body: Type.Object({ number: Receipt }, closed),
        response: { 200: Type.Object({ matched: Type.Boolean() }) },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, act =>
        typeReceipt(act, { personId: request.actor.personId!, typed: request.body.number }),
      ),
  )

  server.post(
    '/api/v1/me/reissue/dispute',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Say that the fee is not due',
        description:
          'For the programme’s reasons. The office decides; meanwhile the application does not lapse.',
        body: Type.Object({ said: Type.String({ maxLength: 1000 }) }, closed),
        response: { 200: Type.Object({ again: Type.Boolean() }) },
      },
    },
    request =>
      perform({ register, request, say: sayReissue, changesAccess: false }, async act => {
        const done = await disputeFee(act, { personId: request.actor.personId!, said: request.body.said })
        return done.ok ? yes({ again: done.again }) : done
      }),
  )
}
