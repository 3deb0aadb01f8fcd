import { type TProperties, Type } from 'typebox'
import { yes } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { foundAgain, withdrawLoss } from './found-again.ts'
import { missingOf, type ReplacementProduced } from './missing.ts'
import { MissingShape } from './missing-shape.ts'
import { pauseAccess, resumeAccess } from './pause.ts'
import { type Reported, reportLost } from './report-lost.ts'
import { words } from './words.ts'

/** How refusals of somebody who misses a card are said. */
export const sayLoss = sayFrom({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

const Again = Type.Boolean({ description: 'It was so before; nothing was done twice' })

/** A loss report as it was kept. */
export const ReportedReply = Type.Object({
  again: Again,
  reportedAt: Moment,
  sendAt: Type.String({
    format: 'date-time',
    description: 'When it leaves for the issuer; until then it can be withdrawn',
  }),
  sentAt: Type.Union([Moment, Type.Null()]),
})
/** What a card that is there again got back. */
export const GotBackReply = Type.Object({
  again: Again,
  as: Type.Enum(['withdrawn', 'found', 'again'], {
    description: 'withdrawn: before it was sent; found: after it, so that the stored value stays locked',
  }),
  custody: Type.Boolean(),
  campusAccess: Type.Boolean({ description: 'Doors open to it again; false too where its date has come' }),
  storedValue: Type.Boolean({ description: 'Its stored value was never locked' }),
})
/** Paused campus access. */
export const PausedReply = Type.Object({ again: Again, since: Moment })
/** Campus access that goes on. */
export const ResumedReply = Type.Object({ again: Again })

/** A report as the API says it. */
export const reportedReply = ({ again, at, sendAt, sentAt }: Reported) => ({
  again,
  reportedAt: at.toString(),
  sendAt: sendAt.toString(),
  sentAt: sentAt?.toString() ?? null,
})

/** The moment for which a report is put off, from a body; whether it may be is the act's to say. */
export const SendAt = Type.Optional(
  Type.String({
    format: 'date-time',
    description: 'Put off: it leaves at the first sending time at or after this',
  }),
)
/** A moment from a body. */
export const momentIn = (text: string | undefined): Temporal.Instant | null =>
  text === undefined ? null : Temporal.Instant.from(text)

/** What the routes of this room are made with. */
export interface LossRooms {
  register: Register
  replacementProduced: ReplacementProduced
}

const body = <Extra extends TProperties>(extra: Extra) =>
  Type.Object({ cardId: RowId, ...extra }, { additionalProperties: false })
const tags = ['me']
const config = { policy: 'student' } as const

/** What a holder does about the own card that is missing. */
export function lossRoutes(server: Server, { register, replacementProduced }: LossRooms): void {
  const own = (request: { actor: Act['actor'] }, cardId: number) => ({
    personId: request.actor.personId!,
    cardId,
  })

  server.get(
    '/api/v1/me/card/missing',
    {
      config: { ...config, scope: 'card:read' },
      schema: {
        tags,
        summary: 'What I can do when I cannot find my card, and what I did',
        response: { 200: MissingShape },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const missing = await missingOf(act, request.actor.personId!, replacementProduced)
        if (missing === null) throw problem(404, 'not-found', request.language)
        return missing
      }),
  )

  server.post(
    '/api/v1/me/card/pause',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Pause my card’s campus access',
        description:
          'At once, at every door that can be reached; free, and it can be taken back. Stored value is not touched.',
        body: body({}),
        response: { 200: PausedReply },
      },
    },
    request =>
      perform({ register, request, say: sayLoss }, async act => {
        const done = await pauseAccess(act, own(request, request.body.cardId))
        return done.ok ? yes({ again: done.again, since: done.since.toString() }) : done
      }),
  )

  server.post(
    '/api/v1/me/card/resume',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Resume my card’s campus access',
        description: 'At once; as often as the programme allows for a card, then at a desk.',
        body: body({}),
        response: { 200: ResumedReply },
      },
    },
    request =>
      perform({ register, request, say: sayLoss }, act =>
        resumeAccess(act, own(request, request.body.cardId)),
      ),
  )

  server.post(
    '/api/v1/me/card/loss',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Report my card lost',
        description:
          'Ends custody and campus access of the card at once, at every door that can be reached. The issuer of the ' +
          'stored value is told at `sendAt`; until then the report can be withdrawn, after that its value is locked for good.',
        body: body({ sendAt: SendAt }),
        response: { 200: ReportedReply },
      },
    },
    request =>
      perform({ register, request, say: sayLoss }, async act => {
        const { cardId, sendAt } = request.body
        const done = await reportLost(act, { ...own(request, cardId), putOffTo: momentIn(sendAt) })
        return done.ok ? yes(reportedReply(done)) : done
      }),
  )

  server.post(
    '/api/v1/me/card/loss/withdrawal',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Take back a loss report that has not been sent',
        description: 'Everything is as before: custody, campus access at once, stored value never touched.',
        body: body({}),
        response: { 200: GotBackReply },
      },
    },
    request =>
      perform({ register, request, say: sayLoss }, act =>
        withdrawLoss(act, { ...own(request, request.body.cardId), replacementProduced }),
      ),
  )

  server.post(
    '/api/v1/me/card/found',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'I have found my card again',
        description:
          'Before the report was sent it is withdrawn. After that campus access comes back where the programme says so ' +
          'and no replacement was produced; the stored value stays locked.',
        body: body({}),
        response: { 200: GotBackReply },
      },
    },
    request =>
      perform({ register, request, say: sayLoss }, act =>
        foundAgain(act, { ...own(request, request.body.cardId), replacementProduced }),
      ),
  )
}
