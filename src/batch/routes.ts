import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { usualDeskFormat } from '../card/read-scan.ts'
import { checksOf, mayActFor } from '../handover/present-rules.ts'
import { bothNames } from '../lib/both.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById } from '../roster/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Back, BackBody, Batches, Cards, GiveBody, Given, LookBody, LookReply } from './batch-api.ts'
import { giveBatch } from './give-batch.ts'
import { chipScanned, lookAtBatch } from './look.ts'
import { howFar } from './rules.ts'
import { sayBatch } from './say.ts'
import { batchSeenBy, cardsOfBatch, newestBatches } from './store.ts'
import { takeBack } from './take-back.ts'
import type { OwnRefusal } from './words.ts'

const tags = ['batch']
const listed = 50

/** The desk's routes for cards that a class representative fetches and brings back. */
export function batchRoutes(server: Server, { register }: { register: Register }): void {
  const performing = <Yes extends object>(
    request: FastifyRequest,
    work: (act: Act) => Promise<Decision<Yes, OwnRefusal>>,
  ) => {
    let programme: Programme | undefined
    return perform(
      { register, request, say: sayBatch(() => programme!), changesAccess: false },
      async act => {
        programme = await programmeInForce(act)
        return work(act)
      },
    )
  }

  server.post(
    '/api/v1/desk/batches/look-up',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'Who fetches cards for others, and each card that lies there: whether it goes, else why not',
        body: LookBody,
        response: { 200: LookReply },
      },
    },
    request => performing(request, act => lookAtBatch(act, request.body, request.language)),
  )

  server.post(
    '/api/v1/desk/batches',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'Give a class representative these cards, all or none, against one signature',
        description:
          'Each card is its holder’s from then on: they are told with whom it is, and activate it themselves.',
        body: GiveBody,
        response: { 200: Given },
      },
    },
    request =>
      performing(request, async act => {
        const checked = mayActFor(await programmeInForce(act), request.body.checked)
        return checked.ok ? giveBatch(act, request.body) : checked
      }),
  )

  server.post(
    '/api/v1/desk/batches/brought-back',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'A card of a pile that a representative brings back: it lies in its box again',
        body: BackBody,
        response: { 200: Back },
      },
    },
    request =>
      performing(request, async act => {
        const chip = await chipScanned(act, request.body.scan, request.body.readerFormat)
        if (chip === null) return no('unknown-card')
        const back = await takeBack(act, chip)
        if (!back.ok) return back
        const person = (await personById(act, back.personId))!
        return yes({
          ...back,
          studentNumber: person.studentNumber,
          name: bothNames(person),
        })
      }),
  )

  server.get(
    '/api/v1/desk/batches',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'The newest batches, and how many of their cards are out',
        description: 'Of the clerk’s counter; of all counters for the office.',
        response: { 200: Batches },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
        const rows = await newestBatches(act, act.actor.counter ?? null, listed)
        await act.note({ act: 'batches read', facts: { many: rows.length } })
        return {
          allowed: programme.pickup.batches !== undefined,
          checks: checksOf(programme),
          usualReaderFormat: usualDeskFormat,
          batches: rows.map(row => ({
            ...row,
            ...howFar(row, today),
            counter: nameOf(programme.counters, row.counter),
            representative: { studentNumber: row.studentNumber, name: bothNames(row) },
            givenAt: row.givenAt.toString(),
            backBy: row.backBy.toString(),
          })),
        }
      }),
  )

  server.get(
    '/api/v1/desk/batches/:id',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'The cards of a batch, each with what became of it',
        params: Type.Object({ id: RowId }),
        response: { 200: Cards },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { id } = request.params
        if (!(await batchSeenBy(act, id))) throw problem(404, 'not-found', request.language)
        const cards = await cardsOfBatch(act, id)
        await act.note({ act: 'batch read', facts: { batch: id } })
        return { cards: cards.map(card => ({ ...card, name: bothNames(card) })) }
      }),
  )
}
