import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stopLeftBehind } from '../src/server/postgres/launch.ts'
import { isAlive } from '../src/server/postgres/postmaster.ts'
import { ownPage } from './as-browser.ts'

/*
 * What `npm start` runs, as a process of its own on a folder of its own: the database, the pages, the campus to try
 * and its door controllers.
 */

const projectFolder = resolve(import.meta.dirname, '..')
let dataFolder: string
const children = new Set<ChildProcess>()

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'gatehouse-start-'))
  // mkdtemp lets only its maker in, and under root PostgreSQL runs as somebody else.
  await chmod(dataFolder, 0o755)
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await stopLeftBehind({ projectFolder, dataFolder })
  await rm(dataFolder, { recursive: true, force: true })
})

interface Run {
  child: ChildProcess
  /** Address of the running office; rejects with what it said when it ends instead. */
  ready: Promise<string>
  said(): string
  ended: Promise<number | null>
}

function npmStart(settings: Record<string, string> = {}): Run {
  const { NODE_ENV: _, NODE_OPTIONS: __, ...environment } = process.env
  const child = spawn(
    process.execPath,
    ['--import', './scripts/runtime.mjs', join(projectFolder, 'src/app/main.ts')],
    {
      cwd: projectFolder,
      env: {
        ...environment,
        GATEHOUSE_DATA: dataFolder,
        GATEHOUSE_DEMO: '1',
        GATEHOUSE_CAMPUS: 'small',
        DATABASE_URL: '',
        SMTP_HOST: '',
        HOST: '127.0.0.1',
        PORT: '0',
        ...settings,
      },
    },
  )
  children.add(child)
  let said = ''
  const ended = once(child, 'exit').then(([code]) => {
    children.delete(child)
    return code as number | null
  })
  const ready = new Promise<string>((found, failed) => {
    const hear = (text: Buffer) => {
      said += text.toString()
      const url = /is ready in [\d.]+ s: (http\S+)/u.exec(said)?.[1]
      if (url) found(url)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then(code => failed(new Error(`ended with ${code}:\n${said}`)))
  })
  ready.catch(() => {})
  return { child, ready, said: () => said, ended }
}

/** All processes that descend from one. */
function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const parents = rows
    .trim()
    .split('\n')
    .map(row => row.trim().split(/\s+/u).map(Number) as [number, number])
  const below = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)])
  return below(pid)
}

const postmaster = async (): Promise<number> =>
  Number((await readFile(join(dataFolder, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0])

async function gone(pids: readonly number[]): Promise<void> {
  for (let attempt = 0; attempt < 100 && pids.some(isAlive); attempt += 1) await wait(100)
  expect(pids.filter(isAlive)).toEqual([])
}

async function signIn(origin: string, who: string): Promise<string> {
  const response = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ who }),
    redirect: 'manual',
  })
  expect(response.status).toBe(303)
  return response.headers.get('set-cookie')!.split(';')[0]!
}

/** A freshman, who has the card from the health examination, activates it. */
async function activates(origin: string) {
  const response = await fetch(`${origin}/api/v1/me/card/activation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ownPage(await signIn(origin, '41200001E')) },
    body: JSON.stringify({ lastDigits: '9484' }),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as { again: boolean; promise: { activatedAt: string } }
}

let activatedAt: string

it('the first start sets the campus to try up, and shows the notice', { timeout: 90_000 }, async () => {
  const run = npmStart()
  const origin = await run.ready
  const notice = await (await fetch(origin, { headers: { 'accept-language': 'en' } })).text()
  expect(notice).toContain('10:00')
  const time = (await (await fetch(`${origin}/api/v1/demo/clock`)).json()) as { now: string }
  expect(time.now).toMatch(/^2023-10-18T02:4/u)

  const office = { cookie: await signIn(origin, 'office') }
  const told = async (path: string) => (await fetch(`${origin}/api/v1/${path}`, { headers: office })).json()
  expect(await told('desk/batches')).toMatchObject({ batches: [{ cards: 6, arrived: 3, back: 1 }] })
  expect(await told('production')).toMatchObject({
    lists: { faulty: { people: 2 } },
    batches: [{ cards: 3, out: 1, back: 2, withoutPlace: 0 }],
  })

  const done = await activates(origin)
  expect(done.again).toBe(false)
  activatedAt = done.promise.activatedAt

  const mine = descendants(run.child.pid!)
  expect(mine.length).toBeGreaterThan(2)
  run.child.kill('SIGKILL')
  await run.ended
  // The database goes on for the next start; the controllers of the demo do not.
  const server = await postmaster()
  expect(isAlive(server)).toBe(true)
  const databases = [server, ...descendants(server)]
  await gone(mine.filter(pid => !databases.includes(pid)))
})

it('after kill -9 two may start at once, and what was acknowledged is there', {
  timeout: 90_000,
}, async () => {
  const runs = [npmStart(), npmStart()]
  const origins = await Promise.all(runs.map(run => run.ready))
  for (const origin of origins)
    expect(await activates(origin)).toMatchObject({ again: true, promise: { activatedAt } })
  const others = runs.filter(run => run.said().includes('are run by another process'))
  expect(others).toHaveLength(1)

  // The first update was cut off by kill -9; it is resumed and comes to its end.
  const cookie = await signIn(origins[0]!, 'access')
  const current = async () => {
    const answer = await fetch(`${origins[0]}/api/v1/windows/current`, { headers: { cookie } })
    return (await answer.json()) as { window: { finishedAt: string | null; done: number; owed: number } }
  }
  let { window } = await current()
  for (let attempt = 0; attempt < 450 && window.finishedAt === null; attempt += 1) {
    await wait(100)
    window = (await current()).window
  }
  expect(window.finishedAt).not.toBeNull()
  expect(window.done).toBe(window.owed)

  const server = await postmaster()
  const all = [server, ...descendants(server), ...runs.flatMap(run => descendants(run.child.pid!))]
  for (const run of runs) run.child.kill('SIGTERM')
  expect(await Promise.all(runs.map(run => run.ended))).toEqual([0, 0])
  await gone(all)
  expect(existsSync(join(dataFolder, 'postgres/data/postmaster.pid'))).toBe(false)
})

it('stopped before it is ready, it leaves nothing running either', { timeout: 90_000 }, async () => {
  const folder = join(dataFolder, 'stopped')
  const run = npmStart({ GATEHOUSE_DATA: folder })
  await expect.poll(() => run.said(), { timeout: 60_000 }).toContain('setting up the campus to try')
  const server = (await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]
  const all = [Number(server), ...descendants(Number(server)), ...descendants(run.child.pid!)]
  run.child.kill('SIGTERM')
  expect(await run.ended).toBe(0)
  await gone(all)
  expect(run.said()).not.toContain('is ready in')
})

it('a start that cannot be says why in one sentence, and leaves nothing running', {
  timeout: 60_000,
}, async () => {
  const holder = createServer()
  holder.listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  const taken = npmStart({ PORT: String(port) })
  expect(await taken.ended).toBe(1)
  expect(taken.said().trim()).toBe(
    `Gatehouse cannot start. Port ${port} of 127.0.0.1 is taken: stop what uses it, or choose another, as in "PORT=${port + 1} npm start".`,
  )
  holder.close()

  const mixed = npmStart({ GATEHOUSE_DEMO: '0' })
  expect(await mixed.ended).toBe(1)
  expect(mixed.said()).toContain('This database holds the demo campus')
  expect(existsSync(join(dataFolder, 'postgres/data/postmaster.pid'))).toBe(false)
})
