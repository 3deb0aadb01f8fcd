import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/server/database.ts'
import { beginSession } from '../../src/server/sessions.ts'
import { ownPage } from '../as-browser.ts'
import { copyOfCampus } from '../campus.ts'
import type { FreshDatabase } from '../database.ts'
import type { Operation } from '../openapi.ts'
import { canary, canaryWords, faults, plantCanary, wordsIn } from './canaries.ts'
import { mailServer, plainLogOf, type Running, startGatehouse } from './canary-process.ts'
import { type Init, triesOf } from './canary-tries.ts'
import { watchStatements } from './statements-seen.ts'

/*
 * A person whose every value is a canary, and a real process of Gatehouse that mails, pushes and hands files over. Every
 * documented route is called in several roles with what it wants and with canaries in every place, every page is read; then
 * again while the database breaks and quotes what it broke at. Nothing that was said to the log, in an answer that is an
 * error, in an address, in the head of a mail, or in a statement as PostgreSQL shows it has one.
 */
const planted = { what: 'canary', plant: plantCanary }
const bird = canary

let fresh: FreshDatabase
let folder: string
let mail: Awaited<ReturnType<typeof mailServer>>
/** Of each role some sessions, in turn: one alone asks more than a session may within a minute. */
let tokens: Record<string, string[]>
let words: string[]
let running: Running | null = null

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-canary-'))
  fresh = await copyOfCampus(undefined, planted)
  const app = openDatabase(fresh.url, 'app')
  const owner = openDatabase(fresh.url, 'owner')
  const { rows } = await owner.pool.query<{ id: string; role: string }>(
    `select distinct on (role) staff_id as id, role from staff_role where counter is null or counter = 'dept-csie' order by role, id`,
  )
  const some = (begin: () => Promise<string | null>) =>
    Promise.all(Array.from({ length: 4 }, async () => (await begin())!))
  tokens = { student: await some(() => beginSession(app, { personId: bird.id })) }
  for (const { id, role } of rows) tokens[role] = await some(() => beginSession(app, { staffId: id }))
  await Promise.all([app.close(), owner.close()])
  words = canaryWords(Object.values(tokens).flat())
  mail = await mailServer()
}, 120_000)
afterAll(async () => {
  await running?.stop()
  await mail?.close()
  await fresh?.drop()
  await rm(folder, { recursive: true, force: true })
})

/** The lines of a text in which a canary stands. */
const linesWith = (text: string): string[] =>
  text
    .split('\n')
    .filter(line => wordsIn(line, words).length > 0)
    .map(line => `${wordsIn(line, words).join(', ')} in ${line.slice(0, 300)}`)

const isPage = (type: string | null): boolean => type?.startsWith('text/html') ?? false
const addressesIn = (page: string): string[] =>
  [...page.matchAll(/\b(?:href|src|action|formaction|content|data-[a-z-]+)="([^"]*)"/gu)].map(
    ([, address]) => address!,
  )

/** What was found, and how much was looked at. */
interface Looked {
  requests: number
  errors: number
  faults: number
  pages: number
  /** Refused because too much was asked: it would be looked at in vain. */
  unheard: number
  leaks: string[]
}

async function look(looked: Looked, base: string, path: string, init: Init, role: string | null) {
  // Its pages are opened over TLS, by what it is told: the cookie is that of such a browser.
  const session = role === null ? null : tokens[role]![looked.requests % 4]!
  const cookie: Record<string, string> =
    session === null ? {} : { ...ownPage(`session=${session}`), cookie: `__Host-session=${session}` }
  const answer = await fetch(`${base}${path}`, {
    ...init,
    headers: { ...init.headers, ...cookie },
    redirect: 'manual',
  })
  const text = await answer.text()
  looked.requests += 1
  if (answer.status === 429) looked.unheard += 1
  const leak = (where: string, within: string) => {
    const found = wordsIn(within, words)
    if (found.length > 0)
      looked.leaks.push(
        `${init.method} ${path} as ${role}: ${where} has ${found.join(', ')}: ${within.slice(0, 200)}`,
      )
  }
  for (const name of ['location', 'link', 'content-location', 'content-disposition', 'refresh'])
    leak(name, answer.headers.get(name) ?? '')
  // A refusal (409) may tell a clerk of whom it speaks; what is malformed, missing or broken is told of nobody.
  if (answer.status >= 400 && answer.status !== 409) {
    looked.errors += 1
    if (answer.status >= 500) looked.faults += 1
    leak(`the answer ${answer.status}`, text)
  }
  if (isPage(answer.headers.get('content-type'))) {
    looked.pages += 1
    // What whoever asked wrote into the address themselves, stands in it already.
    const own = wordsIn(path, words)
    for (const address of addressesIn(text))
      if (wordsIn(address, words).some(word => !own.includes(word))) leak('an address of the page', address)
  }
}

async function lookEverywhere(base: string): Promise<Looked> {
  const looked: Looked = { requests: 0, errors: 0, faults: 0, pages: 0, unheard: 0, leaks: [] }
  const { paths } = (await (await fetch(`${base}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>
  }
  const asked = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const pages = [
    '/',
    '/my-card',
    '/my-card/refund',
    '/my-card/reissue',
    '/my-card/proxy',
    '/my-card/photo',
    '/my-card/missing',
    '/messages',
    '/staff',
    '/staff/present',
    `/staff/present/${bird.id}`,
    `/staff/people/${bird.id}`,
    `/staff/people/${bird.studentNumber}`,
    `/people/${bird.studentNumber}`,
    `/api/v1/people/${bird.email}/timeline`,
    `/%E0%A4%A/${bird.iban}`,
    `/${'x'.repeat(3_000)}${bird.chip}`,
  ]
  const all: (() => Promise<void>)[] = []
  const others = [null, ...Object.keys(tokens).filter(role => role !== 'student' && role !== 'office')]
  for (const role of ['student', 'office', ...others])
    for (const path of pages) all.push(() => look(looked, base, path, { method: 'GET', headers: {} }, role))
  // By a student, by the office, and by each of the others in turn.
  for (const [at, each] of asked.entries()) {
    // What ends the session that is looked with, would end the looking.
    if (/sign-out|tablet/u.test(each.path)) continue
    for (const role of ['student', 'office', others[at % others.length] ?? null])
      for (const { path, init } of triesOf(each)) all.push(() => look(looked, base, path, init, role))
  }
  const lane = async () => {
    for (let next = all.shift(); next; next = all.shift()) await next()
  }
  await Promise.all(Array.from({ length: 6 }, lane))
  return looked
}

it('the log, answers that are errors, addresses, heads of mail and statements have nothing of anybody', {
  timeout: 240_000,
}, async () => {
  const statements = await watchStatements(fresh.url)
  running = await startGatehouse({ url: fresh.url, folder, mailPort: mail.port })
  const { base } = running
  const looked = await lookEverywhere(base)
  // Mail is refused, in words with a name, and tried again 15 seconds after it was made.
  for (let tried = 0; tried < 300 && mail.heads.length === 0; tried += 1) await wait(100)
  await running.stop()
  await statements.stop()
  // A transaction's control is plain text; of all else the values are bound.
  expect([...statements.texts].flatMap(linesWith)).toEqual([])
  expect(statements.texts.size).toBeGreaterThan(100)
  expect(looked.leaks).toEqual([])
  expect(looked.unheard).toBe(0)
  expect(linesWith(running.said())).toEqual([])
  expect(looked.requests).toBeGreaterThan(2_000)
  expect(looked.errors).toBeGreaterThan(1_000)
  expect(looked.pages).toBeGreaterThan(20)
  expect(mail.refused).toBeGreaterThan(1)
  expect(mail.heads.length).toBeGreaterThan(0)
  // To whom it goes, a mail must say.
  expect(linesWith(mail.heads.join('\n').replaceAll(`To: ${bird.email}`, ''))).toEqual([])
})

it('a value that is written into a statement is seen there (the control)', async () => {
  const client = new pg.Client(fresh.url)
  await client.connect()
  const statements = await watchStatements(fresh.url)
  try {
    const text = `select '${bird.studentNumber}'`
    await client.query(text)
    for (let tried = 0; tried < 100 && !statements.texts.has(text); tried += 1) await wait(20)
  } finally {
    await statements.stop()
    await client.end()
  }
  expect([...statements.texts].flatMap(linesWith)).toHaveLength(1)
})

it('nor while the database breaks and quotes what it broke at', { timeout: 240_000 }, async () => {
  const client = new pg.Client(fresh.url)
  await client.connect()
  try {
    await client.query(faults)
    // What broke does say it: a log that keeps an error as it came would have it.
    const broken = await client
      .query(`insert into journal (at, actor, act) values ('2023-10-18', 'x', 'x')`)
      .catch((error: Error) => error)
    expect(broken).toBeInstanceOf(Error)
    expect(wordsIn((broken as Error).message, words).length).toBeGreaterThan(2)
    expect(linesWith(await plainLogOf(broken as Error))).not.toEqual([])
    running = await startGatehouse({ url: fresh.url, folder, mailPort: mail.port })
    const { base } = running
    const looked = await lookEverywhere(base)
    await running.stop()
    expect(looked.leaks).toEqual([])
    expect(looked.unheard).toBe(0)
    expect(linesWith(running.said())).toEqual([])
    // It was said, many times, without what was quoted; and the loops beside the requests broke, too.
    expect(looked.faults).toBeGreaterThan(60)
    expect(running.said().split('22P02').length).toBeGreaterThan(20)
    expect(running.said()).toContain('retention: error: invalid input syntax for type bigint: "…"')
  } finally {
    await client.end()
  }
})
