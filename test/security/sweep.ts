import type { DeclaredRoute } from '../../src/server/http.ts'
import { ownPage } from '../as-browser.ts'
import { plausible, type Shape } from '../openapi.ts'
import type { Asker } from './actors.ts'
import { type Planted, pictureOfVictim } from './planted.ts'

/** What stands in the place of what was planted. */
export type Case = 'planted' | 'missing' | 'malformed'

/** One request of the sweep and what came back. */
export interface Cell {
  route: DeclaredRoute
  asker: Asker
  which: Case
  url: string
  status: number
  /** The answer as it came, without what is a request's own. */
  body: string
  /** Of whom it speaks. */
  people: ReadonlySet<number>
  /** Whether it is the photo of who has nearly everything planted. */
  hasPicture: boolean
}

/** Whether a route's own declaration lets somebody in. */
export const letsIn = ({ policy, narrows }: DeclaredRoute, { role, narrow, cookie }: Asker): boolean => {
  if (policy === 'public' || policy === 'demo') return true
  if (policy === 'signed-in') return cookie !== null
  if (narrow && !narrows) return false
  return typeof policy === 'string' ? policy === role : policy.includes(role as never)
}

const missing: Readonly<Record<string, string>> = {
  ':day': '2001-01-01',
  ':on': '2001-01-01',
  ':serial': '4200000001',
  ':version': '99999',
  ':name': 'no-such-progress',
  ':cohort': 'no-such-cohort',
  ':item': 'no-such-item',
}
const missingDoor = 'no-such-door'
const malformed = ["'%20or%201=1", '%00', '..%2f..%2fetc', '1e400', '-1', '%E2%80%AE']

/** The address of a route with what was planted, with what there is not, or with what is none. */
export function addressOf({ url }: DeclaredRoute, which: Case, { ids }: Planted, turn = 0): string {
  const keys = Object.keys(ids).toSorted((a, b) => b.length - a.length)
  return url.replaceAll(/:(\w+)|\*/g, (whole, name: string | undefined, at: number) => {
    if (name === undefined) return 'anything'
    const upTo = url.slice(0, at + whole.length)
    const key = keys.find(each => upTo.endsWith(each))
    if (which === 'malformed') return malformed[turn % malformed.length]!
    if (which === 'planted') return String(ids[key!] ?? 1)
    return missing[whole] ?? (typeof ids[key!] === 'string' ? missingDoor : '999999999')
  })
}

const object = (shape: unknown): Shape => shape ?? {}

/** What a route's list is narrowed by, where it must be said; each value of a choice is one request. */
export function queriesOf({ url, schema }: DeclaredRoute, said: Readonly<Record<string, string>>): string[] {
  const { properties = {}, required = [] } = object(schema.querystring)
  const fixed = Object.entries(properties).flatMap(([name, shape]) =>
    said[`${url}?${name}`] !== undefined
      ? [[name, said[`${url}?${name}`]!]]
      : required.includes(name)
        ? [[name, name === 'format' ? 'csv' : String(plausible(shape))]]
        : [],
  )
  const base = new URLSearchParams(fixed).toString()
  const choices = Object.entries(properties).flatMap(([name, shape]) => {
    const values =
      shape.enum ?? shape.anyOf?.flatMap(each => (each.const === undefined ? [] : [each.const])) ?? []
    return name === 'format' ? [] : values.map(value => `${name}=${encodeURIComponent(String(value))}`)
  })
  return [base, ...choices.map(choice => (base === '' ? choice : `${base}&${choice}`))]
}

/** A body that a route's schema takes, about the victim or about nobody. */
export function bodyOf({ schema }: DeclaredRoute, { victim }: Planted, which: Case): unknown {
  const about = which === 'planted'
  const named: Readonly<Record<string, unknown>> = {
    studentNumber: about ? victim.number : '40000000S',
    who: about ? victim.number : '40000000S',
    text: about ? 'Canary' : 'nobody at all',
    chip: about ? victim.newChip : 'DEADBEEF',
    scan: about ? victim.number : '40000000S',
    lastDigits: about ? victim.digits : '0000',
  }
  const fill = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(fill)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, named[name] ?? fill(each)]))
        : value
  return schema.body === undefined ? undefined : fill(plausible(object(schema.body)))
}

/** Finds of whom a text speaks: by their names and addresses, which are canaries, and by their student numbers. */
export async function peopleFinder({ campus }: Planted): Promise<(text: string) => Set<number>> {
  const { rows } = await campus.owner.pool.query<{ id: number; number: string }>(
    'select id, student_number as number from person',
  )
  const byNumber = new Map(rows.map(({ id, number }) => [number, id]))
  return text => {
    const found = new Set<number>()
    for (const [, zh, en, mail] of text.matchAll(/金絲雀(\d+)|Canary (\d+) Sample|canary(\d+)@/g))
      found.add(Number(zh ?? en ?? mail))
    for (const [number] of text.matchAll(/[0-9A-Z]{9}/g)) {
      const id = byNumber.get(number)
      if (id !== undefined) found.add(id)
    }
    return found
  }
}

/** What is a request's own and differs each time, taken out of an answer before two are compared. */
export const withoutOwn = (body: string): string =>
  body.replaceAll(/nonce="[^"]*"|"nonce":"[^"]*"|&quot;nonce&quot;:&quot;[^&]*&quot;/g, '')

/** What a page of the site sends beside a session, so that a request comes past the wall against other sites. */
export const fromOwnPage = (cookie: string | null): Record<string, string> =>
  cookie === null ? { 'sec-fetch-site': 'same-origin' } : ownPage(cookie)

/** Sends one request of the sweep. */
export async function ask(
  planted: Planted,
  find: (text: string) => Set<number>,
  cell: { route: DeclaredRoute; asker: Asker; which: Case; query?: string; turn?: number },
): Promise<Cell> {
  const { route, asker, which, query = '', turn = 0 } = cell
  const path = addressOf(route, which, planted, turn)
  const url = query === '' ? path : `${path}?${query}`
  const payload = route.method === 'GET' ? undefined : bodyOf(route, planted, which)
  const isPage = !path.startsWith('/api/')
  const reply = await planted.campus.gatehouse.server.inject({
    method: route.method as 'GET',
    url,
    headers: {
      accept: isPage ? 'text/html' : 'application/json',
      'accept-language': 'en',
      ...(asker.token === undefined ? fromOwnPage(asker.cookie) : { authorization: `Bearer ${asker.token}` }),
    },
    ...(payload === undefined ? {} : { payload: payload as object }),
  })
  const body = reply.payload
  return {
    route,
    asker,
    which,
    url,
    status: reply.statusCode,
    body: withoutOwn(body),
    people: find(`${body} ${JSON.stringify(reply.headers)}`),
    hasPicture: reply.rawPayload.includes(pictureOfVictim),
  }
}
