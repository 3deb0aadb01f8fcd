import { Type } from 'typebox'
import { forPresent, type PresentRefusal, present } from '../handover/present.ts'
import { sayAtDesk } from '../handover/present-words.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { personTyped } from '../roster/store.ts'
import { longestStudentNumber } from '../roster/student-number.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import type { Act } from '../server/register.ts'
import { foundAgain, withdrawLoss } from './found-again.ts'
import { missingOf } from './missing.ts'
import { MissingShape } from './missing-shape.ts'
import type { OwnCard } from './pause.ts'
import { pauseAccess, resumeAccess } from './pause.ts'
import { reportLost } from './report-lost.ts'
import {
  GotBackReply,
  type LossRooms,
  momentIn,
  PausedReply,
  ReportedReply,
  ResumedReply,
  reportedReply,
  SendAt,
} from './routes.ts'
import { words } from './words.ts'

const tags = ['desk']
const config = { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' } as const
const StudentNumber = Type.String({ minLength: 1, maxLength: longestStudentNumber * 2 })

/** How refusals at a desk are said. */
export const sayLossAtDesk = sayAtDesk({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

const OfCard = { cardId: RowId }

/** The same acts for a person who stands at a desk, without a phone; the journal says who did them for whom. */
export function lossDeskRoutes(server: Server, { register, replacementProduced }: LossRooms): void {
  /** An act on somebody's card, by who is at the desk for them. */
  const forThem =
    <Yes extends object, Reason extends string>(
      asked: { studentNumber: string; checked: string; cardId: number },
      does: (act: Act, card: OwnCard) => Promise<Decision<Yes, Reason>>,
    ) =>
    (act: Act): Promise<Decision<Yes, Reason | PresentRefusal>> =>
      forPresent(act, asked, (forThem, personId) => does(forThem, { personId, cardId: asked.cardId }))

  server.post(
    '/api/v1/desk/people/missing',
    {
      config,
      schema: {
        tags,
        summary: 'What can be done for somebody who misses a card, and what was done',
        body: Type.Object({ studentNumber: StudentNumber }, { additionalProperties: false }),
        response: { 200: MissingShape },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const named = await personTyped(act, request.body.studentNumber)
        if (!named.ok) throw refusalProblem(sayLossAtDesk, request.language, named)
        await act.note({ act: 'missing card looked up', personId: named.person.id })
        return (await missingOf(act, named.person.id, replacementProduced))!
      }),
  )

  server.post(
    '/api/v1/desk/people/pause',
    {
      config,
      schema: {
        tags,
        summary: 'Pause the campus access of a card, for its holder who is present',
        body: present(OfCard),
        response: { 200: PausedReply },
      },
    },
    request =>
      perform(
        { register, request, say: sayLossAtDesk },
        forThem(request.body, async (act, card) => {
          const done = await pauseAccess(act, card)
          return done.ok ? yes({ again: done.again, since: done.since.toString() }) : done
        }),
      ),
  )

  server.post(
    '/api/v1/desk/people/resume',
    {
      config,
      schema: {
        tags,
        summary:
          'Resume the campus access of a card, for its holder who is present; also when it was resumed often',
        body: present(OfCard),
        response: { 200: ResumedReply },
      },
    },
    request => perform({ register, request, say: sayLossAtDesk }, forThem(request.body, resumeAccess)),
  )

  server.post(
    '/api/v1/desk/people/loss',
    {
      config,
      schema: {
        tags,
        summary: 'Report a card lost, for its holder who is present',
        body: present({ ...OfCard, sendAt: SendAt }),
        response: { 200: ReportedReply },
      },
    },
    request =>
      perform(
        { register, request, say: sayLossAtDesk },
        forThem(request.body, async (act, card) => {
          const done = await reportLost(act, { ...card, putOffTo: momentIn(request.body.sendAt) })
          return done.ok ? yes(reportedReply(done)) : done
        }),
      ),
  )

  server.post(
    '/api/v1/desk/people/loss/withdrawal',
    {
      config,
      schema: {
        tags,
        summary: 'Take back a loss report that has not been sent, for the holder who is present',
        body: present(OfCard),
        response: { 200: GotBackReply },
      },
    },
    request =>
      perform(
        { register, request, say: sayLossAtDesk },
        forThem(request.body, (act, card) => withdrawLoss(act, { ...card, replacementProduced })),
      ),
  )

  server.post(
    '/api/v1/desk/people/found',
    {
      config,
      schema: {
        tags,
        summary: 'A lost card was found, by its holder or by somebody who brings it',
        body: present(OfCard),
        response: { 200: GotBackReply },
      },
    },
    request =>
      perform(
        { register, request, say: sayLossAtDesk },
        forThem(request.body, (act, card) => foundAgain(act, { ...card, replacementProduced })),
      ),
  )
}
