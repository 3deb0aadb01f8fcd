import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/server/database.ts'
import { beginSession } from '../../src/server/sessions.ts'
import { copyOfCampus, projectFolder } from '../campus.ts'
import type { FreshDatabase } from '../database.ts'
import { type Asked, type Operation, plausible, type Shape } from '../openapi.ts'
import { canary, canaryWords, faults, plantCanary, wordsIn } from './canaries.ts'

/*
 * A person whose every value is a canary, and a real process of Gatehouse that mails, pushes and hands files over. Every
 * documented route is called in several roles with what it wants and with canaries in every place, every page is read; then
 * again while the database breaks and quotes what it broke at. Nothing that was said to the log, in an answer that is an
 * error, in an address, or in the head of a mail has one.
 */
const planted = { what: 'canary', plant: plantCanary }
const bird = canary

let fresh: FreshDatabase
let folder: string
let mail: { port: number; heads: string[]; refused: number; close(): Promise<void> }
let tokens: Record<string, string>
let words: string[]
let child: ChildProcess | null = null

/** What the processes said, each from its start to its end. */
const said = { quiet: '', broken: '' }

/** A mail server that does not know the person the first time, and says of whom it speaks. */
async function mailServer() {
  const heads: string[] = []
  const known = { refused: 0 }
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    closeTimeout: 100,
    logger: false,
    onRcptTo({ address }, _, done) {
      known.refused += 1
      done(
        known.refused % 2 === 1
          ? new Error(`550 5.1.1 <${address}> ${bird.nameEn}: no such user`)
          : undefined,
      )
    },
    onData(stream, _, done) {
      let text = ''
      stream.on('data', chunk => {
        text += String(chunk)
      })
      stream.on('end', () => {
        heads.push(text.split('\r\n\r\n')[0]!)
        done()
      })
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    port: (listening.address() as AddressInfo).port,
    heads,
    get refused() {
      return known.refused
    },
    close: () => new Promise<void>(done => server.close(done)),
  }
}

/** Starts Gatehouse as it is run; its address once it is ready. */
async function start(run: keyof typeof said): Promise<string> {
  const { NODE_ENV: _, NODE_OPTIONS: __, ...environment } = process.env
  const running = spawn(
    process.execPath,
    ['--import', './scripts/runtime.mjs', join(projectFolder, 'test/privacy/running.ts')],
    {
      cwd: projectFolder,
      env: {
        ...environment,
        DATABASE_URL: fresh.url,
        GATEHOUSE_DATA: folder,
        GATEHOUSE_DEMO: '0',
        GATEHOUSE_ADDRESS: 'https://cards.example.org',
        GATEHOUSE_FILES: join(folder, 'not-mounted'),
        GATEHOUSE_PUSH_CONTACT: 'mailto:card-office@example.org',
        GATEHOUSE_PUSH_HOSTS: 'push.example.org',
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: String(mail.port),
        SMTP_FROM: 'Card Office <card-office@example.org>',
        HOST: '127.0.0.1',
        PORT: '0',
      },
    },
  )
  child = running
  return new Promise<string>((found, failed) => {
    const hear = (text: Buffer) => {
      said[run] += text.toString()
      const url = /is ready: (http\S+)/u.exec(said[run])?.[1]
      if (url) found(url.replace(/\/$/, ''))
    }
    running.stdout.on('data', hear)
    running.stderr.on('data', hear)
    running.on('exit', () => failed(new Error(`it ended:\n${said[run]}`)))
  })
}

async function stop(): Promise<void> {
  const running = child
  child = null
  if (running === null || running.exitCode !== null) return
  const ended = once(running, 'exit')
  running.kill('SIGTERM')
  await ended
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-canary-'))
  fresh = await copyOfCampus(undefined, planted)
  const app = openDatabase(fresh.url, 'app')
  const { rows } = await app.pool.query<{ id: string; role: string }>(
    `select distinct on (role) staff_id as id, role from staff_role where counter is null or counter = 'dept-csie' order by role, id`,
  )
  tokens = { student: await beginSession(app, { personId: bird.id }) }
  for (const { id, role } of rows) tokens[role] = (await beginSession(app, { staffId: id }))!
  await app.close()
  words = canaryWords(Object.values(tokens))
  mail = await mailServer()
}, 120_000)
afterAll(async () => {
  await stop()
  await mail?.close()
  await fresh?.drop()
  await rm(folder, { recursive: true, force: true })
})

const inText = [
  bird.studentNumber,
  bird.nameZh,
  bird.nameEn,
  bird.email,
  bird.chip,
  bird.printedNumber,
  bird.iban,
  bird.account,
]
let turn = 0
const nextWord = (): string => {
  turn += 1
  return inText[turn % inText.length]!
}

/** What a shape wants, with a canary wherever a text is free, and the person's id wherever an id is. */
function sung(shape: Shape): unknown {
  if (shape.const !== undefined || shape.enum || shape.format === 'date') return plausible(shape)
  if (shape.anyOf) return sung(shape.anyOf[0]!)
  if (shape.type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([name, each]) => [name, sung(each)]),
    )
  if (shape.type === 'array') return shape.items ? [sung(shape.items)] : []
  if (shape.type === 'integer' || shape.type === 'number') return bird.id
  return shape.type === 'boolean' ? true : nextWord()
}

type Init = { method: string; headers: Record<string, string>; body?: string | FormData; redirect: 'manual' }

/** The requests that try one route: as it wants, with canaries everywhere, and with a body that is cut off. */
function* triesOf({
  path,
  method,
  operation,
}: Asked): Generator<{ path: string; init: Omit<Init, 'redirect'> }> {
  const { parameters = [], requestBody }: Operation = operation
  const shape = requestBody?.content['application/json']?.schema
  for (const fill of [sung, (_: Shape) => nextWord()]) {
    const query = new URLSearchParams()
    let at = path
    for (const each of parameters) {
      const value = String(fill(each.schema))
      if (each.in === 'path') at = at.replace(`{${each.name}}`, encodeURIComponent(value))
      if (each.in === 'query' && fill !== sung) query.set(each.name, value)
    }
    const url = query.size > 0 ? `${at}?${query}` : at
    const json = { 'content-type': 'application/json' }
    if (method === 'GET') yield { path: url, init: { method, headers: {} } }
    else if (requestBody?.content['multipart/form-data'] || !shape) {
      const file = new FormData()
      const line = `${bird.studentNumber},${bird.nameZh},${bird.nameEn},${bird.email},${bird.chip}`
      file.set(
        'file',
        new Blob([`student_number,name_zh,name_en,email,chip\n${line}\n`]),
        `${bird.nameEn}.csv`,
      )
      yield { path: url, init: { method, headers: {}, body: file } }
    } else {
      yield { path: url, init: { method, headers: json, body: JSON.stringify(fill(shape)) } }
      yield {
        path: url,
        init: {
          method,
          headers: json,
          body: `{"studentNumber": "${bird.studentNumber}", "name": ${bird.nameEn}`,
        },
      }
    }
  }
}

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
  leaks: string[]
}

async function look(
  looked: Looked,
  base: string,
  path: string,
  init: Omit<Init, 'redirect'>,
  role: string | null,
) {
  const cookie: Record<string, string> = role === null ? {} : { cookie: `session=${tokens[role]}` }
  const answer = await fetch(`${base}${path}`, {
    ...init,
    headers: { ...init.headers, ...cookie },
    redirect: 'manual',
  })
  const text = await answer.text()
  looked.requests += 1
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
  const looked: Looked = { requests: 0, errors: 0, faults: 0, pages: 0, leaks: [] }
  const { paths } = (await (await fetch(`${base}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>
  }
  const asked = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const pages = [
    ...[
      '/',
      '/my-card',
      '/my-card/refund',
      '/my-card/reissue',
      '/my-card/proxy',
      '/my-card/photo',
      '/my-card/missing',
      '/messages',
    ],
    ...[
      '/staff',
      '/staff/present',
      `/staff/present/${bird.id}`,
      `/staff/people/${bird.id}`,
      `/staff/people/${bird.studentNumber}`,
    ],
    ...[
      `/people/${bird.studentNumber}`,
      `/api/v1/people/${bird.email}/timeline`,
      `/%E0%A4%A/${bird.iban}`,
      `/${'x'.repeat(3_000)}${bird.chip}`,
    ],
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

it('the log, answers that are errors, addresses and the heads of mail have nothing of anybody', {
  timeout: 240_000,
}, async () => {
  const base = await start('quiet')
  const looked = await lookEverywhere(base)
  // Mail is refused, in words with a name, and tried again 15 seconds after it was made.
  for (let tried = 0; tried < 300 && mail.heads.length === 0; tried += 1) await wait(100)
  await stop()
  expect(looked.leaks).toEqual([])
  expect(linesWith(said.quiet)).toEqual([])
  expect(looked.requests).toBeGreaterThan(2_000)
  expect(looked.errors).toBeGreaterThan(1_000)
  expect(looked.pages).toBeGreaterThan(20)
  expect(mail.refused).toBeGreaterThan(1)
  expect(mail.heads.length).toBeGreaterThan(0)
  // To whom it goes, a mail must say.
  expect(linesWith(mail.heads.join('\n').replaceAll(`To: ${bird.email}`, ''))).toEqual([])
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
    const base = await start('broken')
    const looked = await lookEverywhere(base)
    await stop()
    expect(looked.leaks).toEqual([])
    expect(linesWith(said.broken)).toEqual([])
    // It was said, many times, without what was quoted; and the loops beside the requests broke, too.
    expect(looked.faults).toBeGreaterThan(100)
    expect(said.broken.split('22P02').length).toBeGreaterThan(50)
    expect(said.broken).toContain('retention: error: invalid input syntax for type bigint: "…"')
  } finally {
    await client.end()
  }
})
