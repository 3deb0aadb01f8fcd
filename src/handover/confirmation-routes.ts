import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { both, bothNames } from '../lib/both.ts'
import { type Refused, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import { actorName, type Register } from '../server/register.ts'
import { answerSecondPerson, askSecondPerson } from './confirm.ts'
import { AnswerBody, AnswerReply, AskBody, AskedReply, WaitingReply } from './confirmation-api.ts'
import { type WaitingQuestion, waitingQuestions } from './confirmation-store.ts'
import { words } from './confirmation-words.ts'
import { type DeskSays, sayDesk } from './words.ts'

const tags = ['desk']

/** A question as the second person sees it, with the programme's names. */
function asSeen(question: WaitingQuestion, { counters, evidence }: Programme) {
  const { id, counter, documents } = question
  return {
    id,
    studentNumber: question.studentNumber,
    name: bothNames(question),
    counter: nameOf(counters, counter),
    askedBy: both(question.askedByZh, question.askedByEn),
    documents: Object.entries(documents).map(([document, kind]) => {
      const named = evidence.find(each => each.id === document)
      return {
        name: nameOf(evidence, document),
        kindName: named?.kinds?.find(each => each.id === kind)?.name ?? null,
      }
    }),
    askedAt: question.askedAt.toString(),
    goodUntil: question.goodUntil.toString(),
  }
}

/** The second person: asked at a desk, answering on a screen of their own. */
export function confirmationRoutes(
  server: Server,
  { register, proofKeys }: { register: Register; proofKeys: Keys },
): void {
  server.post(
    '/api/v1/desk/confirmations',
    {
      config: { policy: 'desk', purpose: 'second-person', shows: 'card' },
      schema: {
        tags,
        summary: 'Ask a second person to confirm the documents of who has neither old card nor app',
        description:
          'Refused while something else stands in the way, and where no second person is needed. Asked again about ' +
          'the same documents it is the same question. `GET /api/v1/confirmations` is where it is seen; looking up ' +
          'again at the desk tells what came of it.',
        body: AskBody,
        response: { 200: AskedReply },
      },
    },
    (request: FastifyRequest<{ Body: AskBody }>) => {
      let programme: Programme | undefined
      const say = (refused: Refused<DeskSays>, language: Language) => sayDesk(refused, programme!, language)
      return perform({ register, request, say }, async act => {
        programme = await programmeInForce(act)
        const asked = await askSecondPerson(act, request.body, proofKeys)
        return asked.ok ? yes({ ...asked, goodUntil: asked.goodUntil.toString() }) : asked
      })
    },
  )

  server.get(
    '/api/v1/confirmations',
    {
      config: { policy: ['desk', 'office'], purpose: 'second-person', shows: 'card', asksAgain: true },
      schema: {
        tags,
        summary:
          'The questions that wait for my confirmation: of my counter, for the office of every counter',
        response: { 200: WaitingReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const waiting = await waitingQuestions(act, actorName(act.actor))
        // The screen looks again every few seconds; a person is read once, when the question is first seen.
        await act.note(
          ...waiting
            .filter(question => !question.seen)
            .map(({ id, personId }) => ({ act: 'confirmation read', personId, facts: { confirmation: id } })),
        )
        return { confirmations: waiting.map(question => asSeen(question, programme)) }
      }),
  )

  server.post(
    '/api/v1/confirmations/:id/answer',
    {
      config: { policy: ['desk', 'office'], purpose: 'second-person', shows: 'card' },
      schema: {
        tags,
        summary: 'Confirm, or decline with a reason; never what I asked myself',
        params: Type.Object({ id: RowId }),
        body: AnswerBody,
        response: { 200: AnswerReply },
      },
    },
    (request: FastifyRequest<{ Params: { id: number }; Body: AnswerBody }>) =>
      perform(
        { register, request, say: sayFrom({ 'zh-TW': words['zh-TW'].refusals, en: words.en.refusals }) },
        async act => {
          const { id } = request.params
          const answered = await answerSecondPerson(act, id, request.body)
          if (answered === null) throw problem(404, 'not-found', request.language)
          return answered.ok ? yes({ id, confirmed: request.body.confirmed }) : answered
        },
      ),
  )
}
