import { Type } from 'typebox'
import { words as cardWords } from '../card/words.ts'
import { both } from '../lib/both.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { decideGroups, planAsUsual } from './decided.ts'
import { nameOf } from './names.ts'
import { overviewOf } from './rules.ts'
import {
  cardsAPage,
  mayRetireUncollected,
  mostCards,
  retireUncollected,
  uncollectedCards,
} from './uncollected.ts'
import { uncollectedRefusals } from './uncollected-words.ts'

const tags = ['overview']
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

export const UncollectedReply = Type.Object({
  deadlineOn: Type.String({ format: 'date' }),
  todo: Type.Enum(['keep', 'send-back', 'destroy']),
  mayRetire: Type.Boolean({ description: 'The deadline has come, and they are not kept' }),
  over: Type.Boolean({ description: 'The deadline has come' }),
  aPage: Count,
  boxes: Type.Array(
    Type.Object({
      counter: orNull(Type.String()),
      name: orNull(Both),
      box: orNull(Type.String()),
      cards: Count,
      since: Moment,
    }),
  ),
  cards: Type.Array(
    Type.Object({
      cardId: Type.Integer(),
      personId: orNull(Type.Integer()),
      studentNumber: Type.String(),
      name: Both,
      ending: orNull(Type.String()),
      counter: orNull(Both),
      box: orNull(Type.String()),
      sinceOn: Type.String({ format: 'date', description: 'The day it came into stock, on the campus' }),
    }),
  ),
})
export type UncollectedReply = Type.Static<typeof UncollectedReply>

export const RetiringBody = Type.Object(
  {
    cards: Type.Array(RowId, { maxItems: mostCards }),
    count: Count,
    reason: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
)
export type RetiringBody = Type.Static<typeof RetiringBody>
export const RetiringReply = Type.Object({
  retired: Count,
  rows: Type.Array(
    Type.Object({ cardId: Type.Integer(), retired: Type.Boolean(), message: orNull(Type.String()) }),
  ),
})
export type RetiringReply = Type.Static<typeof RetiringReply>

/** Cards that nobody collected: where they lie, and what becomes of them after the deadline. */
export function uncollectedRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/overview/uncollected',
    {
      config: { policy: ['office', 'auditor'], purpose: 'lists', shows: 'list' },
      schema: {
        tags,
        summary: 'Cards that wait and nobody collected, by counter and box; the read is journalled',
        description: `${cardsAPage} cards a page.`,
        body: Type.Object(
          {
            counter: Type.Optional(Type.String({ maxLength: 63 })),
            page: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: UncollectedReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { counter = null, page = 0 } = request.body
        const decided = await decideGroups(act)
        await planAsUsual(act)
        const { programme, today } = decided
        const { boxes, cards } = await uncollectedCards(act, decided, { counter, page })
        await act.note({ act: 'uncollected cards read', facts: { counter, cards: cards.length } })
        const may = mayRetireUncollected(programme, today)
        return {
          deadlineOn: programme.deadline.on,
          todo: overviewOf(programme).uncollected,
          mayRetire: may.ok,
          aPage: cardsAPage,
          over: may.ok || may.refusal !== 'before-deadline',
          boxes: boxes.map(each => ({
            ...each,
            name: each.counter === null ? null : nameOf(programme, 'counter', each.counter),
            since: each.since.toString(),
          })),
          cards: cards.map(card => ({
            cardId: card.cardId,
            personId: card.personId,
            studentNumber: card.studentNumber ?? '',
            name: both(card.nameZh ?? '', card.nameEn ?? ''),
            ending: card.ending,
            counter: card.counter === null ? null : nameOf(programme, 'counter', card.counter),
            box: card.box,
            sinceOn: card.since.toZonedDateTimeISO(programme.campus.zone).toPlainDate().toString(),
          })),
        }
      })
    },
  )

  server.post(
    '/api/v1/overview/uncollected/retirement',
    {
      config: { policy: 'office', purpose: 'lists', shows: 'list' },
      schema: {
        tags,
        summary: 'Retire a selection of uncollected cards after the deadline, each with what became of it',
        description:
          'With the number of cards and a reason. A card that was collected meanwhile stays what it is.',
        body: RetiringBody,
        response: { 200: RetiringReply },
      },
    },
    request =>
      perform({ register, request, say: sayFrom(uncollectedRefusals), changesAccess: false }, async act => {
        const done = await retireUncollected(act, request.body)
        if (!done.ok) return done
        const w = cardWords[request.language]
        return {
          ...done,
          rows: done.rows.map(({ cardId, retired, refusal, facts }) => ({
            cardId,
            retired,
            message:
              refusal === null
                ? null
                : w.stock[refusal]({
                    ...facts,
                    reason: w.retired[String(facts.reason)] ?? String(facts.reason ?? ''),
                  }),
          })),
        }
      }),
  )
}
