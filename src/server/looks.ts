import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify'
import type { KindShown, Purpose } from '../lib/looks.ts'
import { longestReason } from '../lib/looks.ts'
import { type NamedPeople, nobodyNamed, peopleIn, personKeys } from './people-in.ts'
import { type Act, type Actor, actorName } from './register.ts'

/** What somebody of the staff was shown of people. */
export interface Look {
  people: NamedPeople
  purpose: Purpose
  shown: KindShown
  /** By which route, as it is declared, so that nobody's id stands in it; null where it was by none, but by a command. */
  route: string | null
  reason: string | null
  /** That the screen asks again by itself: whom the same account saw so a moment ago it is still looking at. */
  asksAgain: boolean
}

/** For so long a screen that asks again by itself shows somebody in one look. */
const oneLookMinutes = 15

const keepSql = `
  with named as (
    select id from person where student_number = any($6::text[]) union select id from person where id = any($7::bigint[])),
  who as (
    select id from named where $8::timestamptz is null or not exists (
      select from looked_at s join look l on l.id = s.look_id
      where s.person_id = named.id and l.at > $8 and l.actor = $2 and l.purpose = $4 and l.shown = $5)),
  kept as (
    insert into look (at, actor, counter, purpose, shown, reason, route, people)
    select $1, $2, $3, $4, $5, $9, $10, count(*) from who having count(*) > 0 returning id)
  insert into looked_at (look_id, person_id) select kept.id, who.id from kept, who returning 1`

/**
 * Keeps that somebody of the staff was shown these people: a row for the look, and one for each of them who is in the
 * register, however many. Says of how many.
 */
export async function keepLook(act: Act, look: Look): Promise<number> {
  const { numbers, ids } = look.people
  if (numbers.size + ids.size === 0) return 0
  const since = look.asksAgain ? act.now.subtract({ minutes: oneLookMinutes }) : null
  const { actor } = act
  // Whoever was shown counts, also where who looks could not ask for them again by themselves.
  const keep = () =>
    act.statement('keep_look', keepSql, [
      act.now,
      actorName(actor),
      actor.counter ?? null,
      look.purpose,
      look.shown,
      [...numbers],
      [...ids],
      since,
      look.reason,
      look.route,
    ])
  return (await act.asItself(keep)).length
}

const notStaff: readonly Actor['kind'][] = ['public', 'student', 'tablet', 'system']

/** Whether what an actor is shown of others is a look: students see their own, and a tablet shows a student theirs. */
export const looksAtOthers = ({ kind }: Actor): boolean => !notStaff.includes(kind)

/** The header in which a reader may say what for, percent-encoded: an address would be written down on the way. */
export const reasonHeader = 'look-reason'

/** What a reader said they look for; null where nothing was said, or nothing that can be read. */
export function reasonOf(request: FastifyRequest): string | null {
  const given = request.headers[reasonHeader]
  if (typeof given !== 'string') return null
  try {
    const said = decodeURIComponent(given)
      .normalize('NFC')
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
      .trim()
    return said === '' ? null : said.slice(0, longestReason)
  } catch {
    return null
  }
}

/** A request's route as it is declared: `GET /api/v1/people/:id/timeline`. */
export const routeOf = (request: FastifyRequest): string => `${request.method} ${request.routeOptions.url}`

/** Whether somebody of the staff may come by a policy. */
function admitsStaff(policy: FastifyContextConfig['policy']): boolean {
  if (policy === undefined || policy === 'public' || policy === 'demo') return false
  const kinds = typeof policy === 'string' ? [policy] : policy
  return kinds.some(kind => kind === 'signed-in' || !(notStaff as readonly string[]).includes(kind))
}

/** Whether a schema of an answer has a place for a person. */
function hasPeople(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  if (Array.isArray(schema)) return schema.some(hasPeople)
  return Object.entries(schema).some(
    ([key, value]) =>
      (key === 'properties' && Object.keys(value as object).some(name => personKeys.has(name))) ||
      hasPeople(value),
  )
}

/**
 * Why a route may not be added, or null: one that shows people to the staff says what for and what of them, and one whose
 * answer is no JSON, which nobody can look through, says so too (`shows: 'nobody'` where it has no people).
 */
export function undeclared(route: {
  url: string
  config?: FastifyContextConfig
  schema?: { response?: unknown }
}): string | null {
  const { policy, purpose, shows } = route.config ?? {}
  if (!route.url.startsWith('/api/v1/') || !admitsStaff(policy)) return null
  if (shows === 'nobody' ? purpose === undefined : purpose !== undefined && shows !== undefined) return null
  if (purpose !== undefined || shows !== undefined) return 'declares a purpose or what it shows, but not both'
  const answer = (route.schema?.response as Record<string, unknown> | undefined)?.['200']
  if (answer === undefined) return 'declares no purpose, and no schema says whether its answer shows people'
  return hasPeople(route.schema?.response) ? 'shows people and declares no purpose' : null
}

/** Whom a request is about, in its body: `person` is an id there. */
function peopleAsked(body: unknown, people: NamedPeople): void {
  peopleIn(body, people, 1)
  const person = typeof body === 'object' && body !== null && 'person' in body ? body.person : null
  if (typeof person === 'number') people.ids.add(person)
}

/**
 * Every answer that shows people to somebody of the staff is kept before it is sent: whom it names is read from what is
 * about to be sent, so that nobody is shown without being counted. Where it cannot be kept, nothing is shown.
 */
export function countLooks(
  server: FastifyInstance,
  keep: (actor: Actor, look: Look) => Promise<unknown>,
): void {
  server.decorateRequest('peopleShown', null as unknown as NamedPeople)
  server.addHook('onRequest', async request => {
    request.peopleShown = nobodyNamed()
  })
  server.addHook('onSend', async (request, reply, payload) => {
    // What anybody may read is no look at anybody.
    if (!looksAtOthers(request.actor) || !admitsStaff(request.routeOptions.config?.policy)) return payload
    const people = request.peopleShown
    request.peopleShown = nobodyNamed()
    if (typeof payload === 'string' && String(reply.getHeader('content-type')).includes('json'))
      peopleIn(JSON.parse(payload), people)
    // Of whom a desk asks about by number, the answer tells without naming them again.
    if (reply.statusCode < 300) peopleAsked(request.body, people)
    if (people.numbers.size + people.ids.size === 0) return payload
    const { purpose, shows, asksAgain = false } = request.routeOptions.config
    if (purpose === undefined || shows === undefined || shows === 'nobody')
      throw new Error(`${routeOf(request)} shows people and declares no purpose`)
    const look = {
      people,
      purpose,
      shown: shows,
      route: routeOf(request),
      reason: reasonOf(request),
      asksAgain,
    }
    await keep(request.actor, look)
    return payload
  })
}
