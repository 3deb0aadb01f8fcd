import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { forPresent, present } from '../handover/present.ts'
import { sayAtDesk } from '../handover/present-words.ts'
import { no, yes } from '../lib/decision.ts'
import { reissueReasons } from '../programme/shape-cards.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { applyForReissue, withdrawReissue } from './apply.ts'
import { foundCardAgain } from './found-again.ts'
import { decideDispute, disputeFee, payAtCounter, waiveFee } from './office.ts'
import { typeReceipt } from './pay-at-kiosk.ts'
import { payBack } from './repay.ts'
import { Receipt } from './routes.ts'
import { newestHeld } from './standing.ts'
import { words } from './words.ts'

/** How refusals to staff are said, also of who is present. */
export const sayReissueAtDesk = sayAtDesk({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

const tags = ['reissue']
const closed = { additionalProperties: false }
const OneReissue = Type.Object({ id: RowId })
const Reason = Type.String({
  maxLength: 500,
  description: 'Why; it is kept, and told the holder where it concerns them',
})
const atADesk = { policy: ['desk', 'office'], purpose: 'money', shows: 'money' } as const
const inTheOffice = { policy: 'office', purpose: 'money', shows: 'money' } as const
const takesMoney = { policy: ['desk', 'office', 'cashier'], purpose: 'money', shows: 'money' } as const
const paysBack = { policy: ['office', 'cashier'], purpose: 'money', shows: 'money' } as const

/** What staff do with reissues: for who stands before them, and what the office alone decides. */
export function reissueStaffRoutes(server: Server, { register }: { register: Register }): void {
  const options = (request: FastifyRequest) => ({
    register,
    request,
    say: sayReissueAtDesk,
    changesAccess: false,
  })

  server.post(
    '/api/v1/reissues',
    {
      config: atADesk,
      schema: {
        tags,
        summary: 'Apply for a reissue for a person who is present',
        description:
          'For their newest card. As `POST /api/v1/me/reissue`; the journal says who applied for them.',
        body: present({ reason: Type.Enum([...reissueReasons]), photoIsRight: Type.Boolean() }),
        response: { 200: Type.Object({ again: Type.Boolean(), reissueId: Type.Integer() }) },
      },
    },
    request =>
      perform(options(request), act => {
        const { reason, photoIsRight } = request.body
        return forPresent(act, request.body, async (forThem, personId) => {
          const card = await newestHeld(forThem, personId)
          if (card === null) return no('not-your-card')
          return applyForReissue(forThem, { personId, cardId: card.cardId, reason, photoIsRight })
        })
      }),
  )

  server.post(
    '/api/v1/reissues/disputes',
    {
      config: atADesk,
      schema: {
        tags,
        summary: 'Dispute the fee for a person who is present',
        body: present({ said: Type.String({ maxLength: 1000 }) }),
        response: { 200: Type.Object({ again: Type.Boolean() }) },
      },
    },
    request =>
      perform(options(request), act =>
        forPresent(act, request.body, async (forThem, personId) => {
          const done = await disputeFee(forThem, { personId, said: request.body.said })
          return done.ok ? yes({ again: done.again }) : done
        }),
      ),
  )

  server.post(
    '/api/v1/reissues/withdrawal',
    {
      config: atADesk,
      schema: {
        tags,
        summary: 'Take an unpaid application back, for a person who is present',
        body: present({}),
        response: { 200: Type.Object({ reissueId: Type.Integer() }) },
      },
    },
    request =>
      perform(options(request), act =>
        forPresent(act, request.body, (forThem, personId) => withdrawReissue(forThem, { personId })),
      ),
  )

  server.post(
    '/api/v1/reissues/receipt',
    {
      config: atADesk,
      schema: {
        tags,
        summary: 'Pay with a kiosk’s receipt, for a person who is present',
        body: present({ number: Receipt }),
        response: { 200: Type.Object({ matched: Type.Boolean() }) },
      },
    },
    request =>
      perform(options(request), act =>
        forPresent(act, request.body, (forThem, personId) =>
          typeReceipt(forThem, { personId, typed: request.body.number }),
        ),
      ),
  )

  server.post(
    '/api/v1/reissues/:id/payment',
    {
      config: takesMoney,
      schema: {
        tags,
        summary: 'Take the fee at a counter',
        description:
          'Of those whose kind pays at the counter; at the counters where reissued cards are collected.',
        params: OneReissue,
        response: { 200: Type.Object({ reissueId: Type.Integer(), amount: Type.Integer() }) },
      },
    },
    request =>
      perform(options(request), async act => {
        const { reissue } = await programmeInForce(act)
        return payAtCounter(act, { reissueId: request.params.id, at: reissue.at })
      }),
  )

  server.post(
    '/api/v1/reissues/:id/waiver',
    {
      config: inTheOffice,
      schema: {
        tags,
        summary: 'Let the fee go',
        description: 'What was paid already is owed back.',
        params: OneReissue,
        body: Type.Object({ reason: Reason }, closed),
        response: { 200: Type.Object({ reissueId: Type.Integer(), wasPaid: Type.Boolean() }) },
      },
    },
    request =>
      perform(options(request), act =>
        waiveFee(act, { reissueId: request.params.id, reason: request.body.reason }),
      ),
  )

  server.post(
    '/api/v1/reissues/:id/decision',
    {
      config: inTheOffice,
      schema: {
        tags,
        summary: 'Decide a dispute about the fee',
        description:
          'Never by who put it forward. Granted, the fee is let go; else there is as long again to pay it.',
        params: OneReissue,
        body: Type.Object({ granted: Type.Boolean(), reason: Reason }, closed),
        response: { 200: Type.Object({ reissueId: Type.Integer(), granted: Type.Boolean() }) },
      },
    },
    request =>
      perform(options(request), act => decideDispute(act, { reissueId: request.params.id, ...request.body })),
  )

  server.post(
    '/api/v1/reissues/:id/found',
    {
      config: atADesk,
      schema: {
        tags,
        summary: 'The lost card was found: make no new one, and give it its campus access back',
        description: 'Until the new card is made. Its stored value stays locked.',
        params: OneReissue,
        response: {
          200: Type.Object({
            reissueId: Type.Integer(),
            cardId: Type.Integer(),
            fee: Type.Enum(['nothing-paid', 'kept', 'paid-back']),
          }),
        },
      },
    },
    // It opens doors again, and so takes its place among the acts that windows wait for.
    request =>
      perform({ ...options(request), changesAccess: true }, act =>
        foundCardAgain(act, { reissueId: request.params.id }),
      ),
  )

  server.post(
    '/api/v1/reissues/:id/repayment',
    {
      config: paysBack,
      schema: {
        tags,
        summary: 'Record that what was owed back has been paid back',
        description:
          'Never to oneself, and no more than one person pays back alone on a day; more waits for a second person, who is ' +
          'asked at `/repayment/question`.',
        params: OneReissue,
        body: Type.Object({ reason: Reason }, closed),
        response: { 200: Type.Object({ reissueId: Type.Integer(), amount: Type.Integer() }) },
      },
    },
    request =>
      perform(options(request), act =>
        payBack(act, { reissueId: request.params.id, reason: request.body.reason }),
      ),
  )
}
