import { type Static, Type } from 'typebox'
import { reachesController } from '../access/reach.ts'
import { both, bothNames } from '../lib/both.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Policy, Server } from '../server/http.ts'
import { refusalProblem, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { contentReply, namesOf, openerReply } from './history-replies.ts'
import { AskedAt, Content, Openers } from './history-shapes.ts'
import { contentThen, doorAsked, type NumberThen, openersThen, type Truths } from './history-store.ts'
import { historyWords } from './history-words.ts'
import { keptFrom } from './retention-routes.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** Rows that one page shows. */
const rowsAPage = 50

export const momentRefusals = ['no-moment', 'not-yet', 'forgotten'] as const
export type MomentRefusal = (typeof momentRefusals)[number]

/**
 * The moment that is asked about: an instant, or a wall time on the campus's clocks (the first of an hour that comes twice);
 * now where none is said. Refuses what is neither, and what has not come.
 */
export function momentAsked(
  said: string | undefined,
  now: Temporal.Instant,
  zone: string,
): Decision<{ at: Temporal.Instant }, MomentRefusal> {
  if (said === undefined) return yes({ at: now })
  let at: Temporal.Instant
  try {
    const hasOffset = /(Z|[+-]\d\d:?\d\d)(\[[^[\]]*\])*$/i.test(said)
    at = hasOffset
      ? Temporal.Instant.from(said)
      : Temporal.PlainDateTime.from(said).toZonedDateTime(zone).toInstant()
  } catch {
    return no('no-moment')
  }
  return Temporal.Instant.compare(at, now) > 0 ? no('not-yet') : yes({ at })
}

const say = sayFrom({ 'zh-TW': historyWords['zh-TW'].refusal, en: historyWords.en.refusal })

const pagesOf = ({ both, onlyShould, onlyDid }: Truths): number =>
  Math.max(1, Math.ceil((both + onlyShould + onlyDid) / rowsAPage))

/** Whoever is shown is written down, each with what was asked; and once, how many they were. */
async function noteReads(act: Act, rows: readonly NumberThen[], what: string, place: string): Promise<void> {
  const people = [...new Set(rows.flatMap(({ personId }) => personId ?? []))]
  await act.note(...people.map(personId => ({ act: what, personId, facts: { place } })))
}

interface Asked {
  at: Temporal.Instant
  page: number
}

async function openers(
  act: Act,
  doorId: string,
  { at, page }: Asked,
): Promise<Omit<Openers, 'answersFrom'> | null> {
  const door = await doorAsked(act, doorId)
  if (door === null) return null
  const { campus } = await programmeInForce(act)
  const on = at.toZonedDateTimeISO(campus.zone).toPlainDate()
  const { truths, rows } = await openersThen(act, { door, at, on }, { page, rows: rowsAPage })
  await noteReads(act, rows, 'openers of a door read', door.id)
  const names = await namesOf(act, rows)
  return {
    door: {
      id: door.id,
      name: bothNames(door),
      building: both(door.buildingZh, door.buildingEn),
      controllerId: door.controllerId,
      number: door.door,
    },
    at: at.toString(),
    on: on.toString(),
    page,
    pages: pagesOf(truths),
    ...truths,
    openers: rows.map(row => openerReply(row, { door, on, names })),
  }
}

async function content(
  act: Act,
  controllerId: number,
  { at, page }: Asked,
): Promise<Omit<Content, 'answersFrom'> | null> {
  if (!(await reachesController(act, controllerId))) return null
  const controller = await act.db
    .selectFrom('controller')
    .select(['building_zh', 'building_en'])
    .where('id', '=', controllerId)
    .executeTakeFirstOrThrow()
  const { campus } = await programmeInForce(act)
  const { truths, rows } = await contentThen(act, { controllerId, at }, { page, rows: rowsAPage })
  await noteReads(act, rows, 'content of a controller read', String(controllerId))
  const names = await namesOf(act, rows)
  return {
    controllerId,
    building: both(controller.building_zh, controller.building_en),
    at: at.toString(),
    on: at.toZonedDateTimeISO(campus.zone).toPlainDate().toString(),
    page,
    pages: pagesOf(truths),
    ...truths,
    numbers: rows.map(row => contentReply(row, names)),
  }
}

/** The moment that a question is about, and from when on such questions can be answered; a refusal is thrown. */
export async function askedOf(
  act: Act,
  { query, language }: { query: Static<typeof AskedAt>; language: Language },
) {
  const { campus } = await programmeInForce(act)
  const { historyFrom } = await keptFrom(act)
  const asked = momentAsked(query.at, act.now, campus.zone)
  if (!asked.ok) throw refusalProblem(say, language, asked)
  if (historyFrom !== null && Temporal.Instant.compare(asked.at, historyFrom) < 0) {
    const on = historyFrom.toZonedDateTimeISO(campus.zone).toPlainDate()
    throw refusalProblem(say, language, no('forgotten', { from: on.toString() }))
  }
  return { at: asked.at, page: query.page ?? 1, answersFrom: historyFrom?.toString() ?? null }
}

/** What was, at a moment: who could open a door, and what a controller held. Reads of people are journalled. */
export function historyRoutes(server: Server, { register }: { register: Register }): void {
  const tags = ['update']
  server.get(
    '/api/v1/doors/:id/openers',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'Who could open a door at a moment, with which card and why',
        description:
          'Two truths side by side: what was decided and due (`should`), and what the controller had confirmed (`did`). ' +
          `Days are judged in the campus’s zone. Where they differ first, then by student number, ${rowsAPage} a page; who is shown is written down.`,
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 60 }) }),
        querystring: AskedAt,
        response: { 200: Openers },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { answersFrom, ...asked } = await askedOf(act, request)
        const reply = await openers(act, request.params.id, asked)
        if (reply === null) throw problem(404, 'not-found', request.language)
        return { ...reply, answersFrom }
      }),
  )

  server.get(
    '/api/v1/controllers/:serial/content',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'What a controller held, and should have held, at a moment',
        description:
          'Number by number, days that are over included. `did` is what it had confirmed to Gatehouse; other systems’ ' +
          `cards are in its survey. ${rowsAPage} a page; who is shown is written down.`,
        params: Type.Object({ serial: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }) }),
        querystring: AskedAt,
        response: { 200: Content },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { answersFrom, ...asked } = await askedOf(act, request)
        const reply = await content(act, request.params.serial, asked)
        if (reply === null) throw problem(404, 'not-found', request.language)
        return { ...reply, answersFrom }
      }),
  )
}
