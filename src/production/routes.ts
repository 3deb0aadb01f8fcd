import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { peopleIn } from '../server/people-in.ts'
import { perform } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { staffNames } from '../update/guard-report.ts'
import { cancelCards } from './cancel.ts'
import { takeOutForMaker, zipForMaker } from './for-maker.ts'
import { orderCards } from './order.ts'
import {
  BatchPageReply,
  type BatchReply,
  CancelBody,
  CancelReply,
  Narrowed,
  OrderBody,
  OrderReply,
  PlacesBody,
  PlacesReply,
  ProductionReply,
  ToMakeReply,
} from './production-api.ts'
import { putAtCounters } from './put-at-counters.ts'
import {
  editionToMake,
  type MakeList,
  makeLists,
  misprintedPercent,
  mostInBatch,
  reasonsOf,
  referenceOf,
} from './rules.ts'
import { type Batch, batchOf, itemsOf, newestBatches } from './store.ts'
import { countToMake, entryYears, listToMake, shownAPage, type Which } from './to-make.ts'
import { sayProduction } from './words.ts'

const tags = ['production']
const config = { policy: 'office', purpose: 'production', shows: 'list' } as const
const BatchId = Type.Object({ id: RowId })

/** What is asked for, of the edition that is made now. */
export function whichOf(
  act: Act,
  programme: Programme,
  asked: { list?: MakeList; department?: string; kind?: string; entryYear?: number },
): Which {
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  return {
    edition: editionToMake(programme, today)?.id ?? '',
    reasons: reasonsOf(asked.list ?? 'usual'),
    department: asked.department ?? null,
    kind: asked.kind ?? null,
    entryYear: asked.entryYear ?? null,
  }
}

async function batchReplies(
  act: Act,
  programme: Programme,
  batches: readonly Batch[],
): Promise<BatchReply[]> {
  const clerks = await staffNames(
    act,
    batches.map(({ orderedBy }) => orderedBy),
  )
  return batches.map(batch => ({
    ...batch,
    edition: nameOf(programme.editions, batch.edition),
    orderedAt: batch.orderedAt.toString(),
    orderedBy: clerks.get(batch.orderedBy) ?? null,
    takenAt: batch.takenAt?.toString() ?? null,
    misprintedPercent: misprintedPercent(batch),
  }))
}

/** The office's production of cards: who needs one, batches out to the card maker and back. */
export function productionRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/production',
    {
      config,
      schema: {
        tags,
        summary: 'How many need a card made and why, and the batches at the card maker’s',
        querystring: Type.Object(Narrowed),
        response: { 200: ProductionReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const which = whichOf(act, programme, request.query)
        return {
          edition: which.edition === '' ? null : nameOf(programme.editions, which.edition),
          photo: programme.production?.photo ?? ('wished' as const),
          most: mostInBatch,
          lists: await countToMake(act, programme, which),
          departments: programme.departments.map(({ id, name }) => ({ id, name })),
          entryYears: await entryYears(act),
          batches: await batchReplies(act, programme, await newestBatches(act)),
        }
      }),
  )

  server.get(
    '/api/v1/production/to-make',
    {
      config,
      schema: {
        tags,
        summary: 'The people of one list, department by department; the read is journalled',
        description: `${shownAPage} a page.`,
        querystring: Type.Object({
          list: Type.Optional(Type.Enum([...makeLists])),
          page: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
          ...Narrowed,
        }),
        response: { 200: ToMakeReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const { page = 0, list = 'usual' } = request.query
        const people = await listToMake(act, programme, { ...whichOf(act, programme, request.query), page })
        await act.note({ act: 'cards to make read', facts: { list, many: people.length } })
        return {
          aPage: shownAPage,
          people: people.map(person => ({
            ...person,
            name: bothNames(person),
            department: nameOf(programme.departments, person.department),
            since: person.since?.toString() ?? null,
          })),
        }
      })
    },
  )

  server.post(
    '/api/v1/production/batches',
    {
      config,
      schema: {
        tags,
        summary: 'Order cards from the card maker: a batch of the people of a list',
        description: `The first ${mostInBatch} of it. They read from now on that their card is being made.`,
        body: OrderBody,
        response: { 200: OrderReply },
      },
    },
    request =>
      perform({ register, request, say: sayProduction, changesAccess: false }, async act => {
        const { seen, except, leaveOutWithoutPhoto, maker = '' } = request.body
        const which = whichOf(act, await programmeInForce(act), request.body)
        return orderCards(act, { ...which, seen, except, leaveOutWithoutPhoto, maker: maker.trim() || null })
      }),
  )

  server.get(
    '/api/v1/production/batches/:id',
    {
      config,
      schema: {
        tags,
        summary: 'A batch and each of its cards; the read is journalled',
        params: BatchId,
        response: { 200: BatchPageReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { id } = request.params
        const batch = await batchOf(act, id)
        if (batch === null) throw problem(404, 'not-found', request.language)
        const programme = await programmeInForce(act)
        const [said] = await batchReplies(act, programme, [batch])
        const items = await itemsOf(act, id)
        await act.note({ act: 'production batch read', facts: { batch: id, many: items.length } })
        return {
          ...said!,
          counters: programme.counters.map(({ id: counter, name }) => ({ id: counter, name })),
          items: items.map(item => ({
            ...item,
            reference: referenceOf(id, item.place),
            name: bothNames(item),
            department: nameOf(programme.departments, item.department),
            at: (item.backAt ?? item.cancelledAt)?.toString() ?? null,
            counter: item.counter === null ? null : nameOf(programme.counters, item.counter),
            hasPhoto: item.photoId !== null,
          })),
        }
      })
    },
  )

  server.get(
    '/api/v1/production/batches/:id/for-maker',
    {
      config,
      schema: {
        tags,
        summary: 'A batch for the card maker: the list and the photos in one zip; journalled for each person',
        description:
          'list.xlsx and list.csv (UTF-8 with its mark, formula-safe) with `item`, student number, names, department, ' +
          'edition and the name of the photo; the photos as JPEG in photos/. Of cards that are neither back nor cancelled.',
        params: BatchId,
        produces: ['application/zip'],
      },
    },
    async (request, reply) => {
      const { actor } = request
      const taken = await register.aside(actor, act => takeOutForMaker(act, request.params.id))
      if (taken === null) throw problem(404, 'not-found', request.language)
      peopleIn(taken, request.peopleShown)
      void reply.header('content-type', 'application/zip')
      void reply.header(
        'content-disposition',
        `attachment; filename="cards-${taken.batchId}-${taken.on.toString()}.zip"`,
      )
      void reply.header('cache-control', 'no-store')
      return reply.send(zipForMaker({ register, actor }, taken))
    },
  )

  server.post(
    '/api/v1/production/batches/:id/cancellation',
    {
      config,
      schema: {
        tags,
        summary: 'Give up cards of a batch that did not come back, and say whether they are made again',
        params: BatchId,
        body: CancelBody,
        response: { 200: CancelReply },
      },
    },
    request =>
      perform({ register, request, say: sayProduction, changesAccess: false }, act =>
        cancelCards(act, {
          batchId: request.params.id,
          ...request.body,
          because: request.body.because.trim(),
        }),
      ),
  )

  server.post(
    '/api/v1/production/batches/:id/places',
    {
      config,
      schema: {
        tags,
        summary: 'Put the cards of a batch that came without a place at counters',
        description: 'All at one, or (`counter` null) each at the counter to which its holder is sent.',
        params: BatchId,
        body: PlacesBody,
        response: { 200: PlacesReply },
      },
    },
    request =>
      perform({ register, request, say: sayProduction, changesAccess: false }, act => {
        const { counter, box = null } = request.body
        return putAtCounters(act, { batchId: request.params.id, counter, box })
      }),
  )
}
