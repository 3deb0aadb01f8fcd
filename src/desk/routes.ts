import type { FastifyRequest } from 'fastify'
import { deskFormats, usualDeskFormat } from '../card/read-scan.ts'
import { signatureText } from '../handover/signature.ts'
import { saidInBoth, sameInBoth } from '../lib/both.ts'
import type { Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import { counterOf, editionIssuedOn } from '../programme/rules.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { refusalProblem } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { rememberingReads } from '../server/remember.ts'
import { DeskReply, LookUpBody, ViewReply } from './api.ts'
import { type LookUpRefusal, lookUp, type Readers } from './look-up.ts'
import { sayLookUp } from './words.ts'

const tags = ['desk']

/** The desk itself and what is scanned at it; a clerk's own counter is taken from the sign-in. */
export function deskRoutes(
  server: Server,
  { register, proofKeys, receiptHolder }: { register: Register } & Readers,
): void {
  async function answerLookUp(request: FastifyRequest<{ Body: LookUpBody }>): Promise<ViewReply> {
    const { scan, seen, readerFormat = usualDeskFormat, beside } = request.body
    const { answer, programme } = await register.look(request.actor, async looking => {
      const act = rememberingReads(looking)
      return {
        answer: await lookUp(act, { scan, seen, readerFormat, beside }, { proofKeys, receiptHolder }),
        programme: await programmeInForce(act),
      }
    })
    if (answer.ok) return answer.view
    const say = (refused: Refused<LookUpRefusal>, language: Language) =>
      sayLookUp(refused, programme, language)
    throw refusalProblem(say, request.language, answer)
  }

  server.get(
    '/api/v1/desk',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'My counter, the sentence that is signed, and the readers that can be set',
        response: { 200: DeskReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
        const id = request.actor.counter ?? ''
        const counter = counterOf(programme, id)
        const edition = editionIssuedOn(programme, today)
        return {
          clerk: request.actor.id,
          counter: {
            id,
            name: nameOf(programme.counters, id),
            place: counter?.place ?? sameInBoth(''),
          },
          edition: edition?.name ?? null,
          signatureText: edition && saidInBoth(language => signatureText(programme, language, today)),
          readerFormats: [...deskFormats],
          usualReaderFormat: usualDeskFormat,
        }
      }),
  )

  server.post(
    '/api/v1/desk/look-up',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card', asksAgain: true },
      schema: {
        tags,
        summary: 'One scan at the desk, whatever it is',
        description:
          'A student number, the app’s live proof, an old card, the card to be given, the number printed on one, or on ' +
          'the receipt of a reissue’s fee, in any order; `beside` says what lies on the desk already. Answers with what lies there now and ' +
          'what is needed next. What a clerk sees is `seen`: the old card, or a document that the programme names. A ' +
          'scan that is of no use is refused (409) and changes nothing.',
        body: LookUpBody,
        response: { 200: ViewReply },
      },
    },
    request => answerLookUp(request),
  )
}
