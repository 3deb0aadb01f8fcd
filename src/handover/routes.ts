import type { FastifyRequest } from 'fastify'
import { deskFormats, usualDeskFormat } from '../card/read-scan.ts'
import { type Refused, yes } from '../lib/decision.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { counterOf, editionIssuedOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { rememberingReads } from '../server/remember.ts'
import { DeskReply, HandedOverReply, HandoverBody, LookUpBody, ProofReply, ViewReply } from './desk-api.ts'
import { type DeskRefusal, handOver } from './hand-over.ts'
import { type LookUpRefusal, lookUp, type Readers } from './look-up.ts'
import { makeProof, phoneKey, proofEnds } from './proof.ts'
import { signatureText } from './signature.ts'
import { sayDesk } from './words.ts'

const tags = ['desk']
const both = (say: (language: Language) => string): Bilingual => ({ 'zh-TW': say('zh-TW'), en: say('en') })

/** The desk's routes (a clerk's own counter is taken from the sign-in), and the student's live proof. */
export function handoverRoutes(
  server: Server,
  { register, proofKey, receiptHolder }: { register: Register } & Readers,
): void {
  async function answerLookUp(request: FastifyRequest<{ Body: LookUpBody }>): Promise<ViewReply> {
    const { scan, seen, readerFormat = usualDeskFormat, beside } = request.body
    const { answer, programme } = await register.look(request.actor, async looking => {
      const act = rememberingReads(looking)
      return {
        answer: await lookUp(act, { scan, seen, readerFormat, beside }, { proofKey, receiptHolder }),
        programme: await programmeInForce(act),
      }
    })
    if (answer.ok) return answer.view
    const say = (refused: Refused<LookUpRefusal>, language: Language) => sayDesk(refused, programme, language)
    throw refusalProblem(say, request.language, answer)
  }

  function answerHandover(request: FastifyRequest<{ Body: HandoverBody }>): Promise<HandedOverReply> {
    let programme: Programme | undefined
    // A refusal is only ever said by the act that met it, and that act has read the programme.
    const say = (refused: Refused<DeskRefusal>, language: Language) => sayDesk(refused, programme!, language)
    return perform({ register, request, say }, async act => {
      const [inForce, done] = await Promise.all([
        programmeInForce(act),
        handOver(act, request.body, proofKey),
      ])
      programme = inForce
      if (!done.ok) return done
      const { studentNumber } = request.body
      return yes({ cardId: done.cardId, studentNumber, at: done.at.toString() })
    })
  }

  server.get(
    '/api/v1/desk',
    {
      config: { policy: 'desk' },
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
            name: counter?.name ?? { 'zh-TW': id, en: id },
            place: counter?.place ?? { 'zh-TW': '', en: '' },
          },
          edition: edition?.name ?? null,
          signatureText: edition && both(language => signatureText(programme, language, today)),
          readerFormats: [...deskFormats],
          usualReaderFormat: usualDeskFormat,
        }
      }),
  )

  server.post(
    '/api/v1/desk/look-up',
    {
      config: { policy: 'desk' },
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

  server.post(
    '/api/v1/desk/handovers',
    {
      config: { policy: 'desk' },
      schema: {
        tags,
        summary: 'Hand a card over',
        description:
          'Checks everything again (person, chip, evidence, signature) and keeps the handover with its signature. ' +
          'Send an Idempotency-Key: a repeat after a network failure gets the same answer.',
        body: HandoverBody,
        response: { 200: HandedOverReply },
      },
    },
    request => answerHandover(request),
  )

  server.get(
    '/api/v1/me/proof',
    {
      config: { policy: 'student' },
      schema: {
        tags: ['me'],
        summary: 'My live proof for the desk',
        description:
          'Signed, for one handover, and good for `lifetimeSeconds`. Ask for a new one before it ends.',
        response: { 200: ProofReply },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { appProof } = await programmeInForce(act)
        const whose = { personId: request.actor.personId!, now: act.now, ...appProof }
        const { stem, key, until, lifetimeSeconds } = phoneKey(proofKey, whose)
        return {
          proof: makeProof(proofKey, whose),
          expiresAt: proofEnds(act.now, lifetimeSeconds).toString(),
          lifetimeSeconds,
          phone: { stem, key, until: until.toString() },
        }
      })
    },
  )
}
