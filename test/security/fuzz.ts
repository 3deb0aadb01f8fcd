import type { DeclaredRoute } from '../../src/server/http.ts'
import { plausible, type Shape } from '../openapi.ts'

/** A row of random numbers from 0 to below 1 that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!

/** Values that have broken programs before. */
const hostile: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  '\u202E卡片',
  '＝１+１',
  '=1+1',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '%s%n%x',
  '../../../etc/passwd',
  '１２３４',
  '٣٤٥',
  '1.23E+09',
  'NaN',
  'x'.repeat(5_000),
  '𠮷'.repeat(300),
  0,
  -1,
  -0,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  true,
  null,
  [],
  [[]],
  {},
  { $ne: null },
  { constructor: { prototype: { admin: true } } },
  '2023-02-30',
  '9999-12-31T23:59:60Z',
  '-271821-04-20',
  '0000-00-00',
]

/** Bodies that no schema writes: not JSON, numbers that are none, keys twice, prototypes, and too deep. */
const raw: readonly string[] = [
  '{',
  '[]',
  'null',
  '"text"',
  '{"a":1e400}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"a":1,"a":2}',
  `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  '[1,2,',
  '\uFEFF{}',
  '',
]

/** The value with one place of it replaced by something hostile, dropped, doubled or joined by something unknown. */
function bent(random: () => number, value: unknown): unknown {
  if (Array.isArray(value) && random() < 0.7)
    return pick(random, [
      [],
      [...value, ...value],
      value.map(each => bent(random, each)),
      Array(2_000).fill(value[0] ?? 1),
    ])
  if (value === null || typeof value !== 'object' || random() < 0.1) return pick(random, hostile)
  const names = Object.keys(value)
  if (names.length === 0) return { unknown: pick(random, hostile) }
  const name = pick(random, names)
  const { [name]: old, ...others } = value as Record<string, unknown>
  if (random() < 0.15) return others
  if (random() < 0.15) return { ...value, [`${name}_`]: old }
  return { ...others, [name]: bent(random, old) }
}

/** A request near to what a route's schema takes. */
export interface Fuzzed {
  method: string
  url: string
  headers: Record<string, string>
  payload?: string
}

const encoded = (value: unknown): string =>
  encodeURIComponent(typeof value === 'string' ? value.toWellFormed().slice(0, 300) : String(value))

/** Bends one thing of a request to a route, or several: its address, what it is narrowed by, its body, its headers. */
export function fuzz(random: () => number, { method, url, schema }: DeclaredRoute, id: string): Fuzzed {
  const bend = () => random() < 0.5
  const path = url.replaceAll(/:\w+|\*/g, () => (random() < 0.3 ? encoded(pick(random, hostile)) || '0' : id))
  const query = (schema.querystring ?? {}) as Shape
  const asked = new URLSearchParams()
  for (const [name, shape] of Object.entries(query.properties ?? {})) {
    if (random() < 0.3 && !query.required?.includes(name)) continue
    const value = random() < 0.4 ? pick(random, hostile) : name === 'format' ? 'csv' : plausible(shape)
    asked.append(name, String(typeof value === 'string' ? value.toWellFormed() : value))
    if (random() < 0.1) asked.append(name, 'twice')
  }
  const headers: Record<string, string> = {
    'accept-language': pick(random, ['en', 'zh-TW', '*', 'x'.repeat(300), 'en;q=NaN']),
    ...(random() < 0.2 ? { 'idempotency-key': pick(random, ['k', 'x'.repeat(300), 'a b', '1']) } : {}),
  }
  const address = asked.size > 0 ? `${path}?${asked}` : path
  if (method === 'GET') return { method, url: address, headers }
  if (random() < 0.08)
    return {
      method,
      url: address,
      payload: pick(random, raw),
      headers: {
        ...headers,
        'content-type': pick(random, [
          'application/json',
          'text/plain',
          'application/xml',
          'multipart/form-data',
        ]),
      },
    }
  const body = schema.body === undefined ? {} : plausible(schema.body as Shape)
  const isForm = !url.startsWith('/api/')
  const sent = bend() ? bent(random, body) : body
  return {
    method,
    url: address,
    headers: {
      ...headers,
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    },
    payload: isForm
      ? new URLSearchParams(
          Object.entries(sent ?? {}).map(([name, value]) => [name, String(value)]),
        ).toString()
      : JSON.stringify(sent),
  }
}
