import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime, projectFolder } from '../../test/campus.ts'
import { freshDatabase } from '../../test/database.ts'
import { windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student, system } from '../../test/faults/small-campus.ts'
import { activateCard } from '../activation/activate.ts'
import { reportLost } from '../loss/report-lost.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { openRegister, type Register } from '../server/register.ts'
import { setControllerClocks } from '../update/clocks.ts'
import { afterRestore, noticeRestore, releaseRestored } from '../update/restored.ts'
import { campusClock, monotonicMs, moveCampusTo } from './clock.ts'
import { follow } from './followers.ts'
import { watchRestores } from './watch-restores.ts'

/*
 * A copy of the database is made, people activate and lose cards and the doors follow; then the copy is all there is. The
 * doors know more than the database: nothing is sent to them before their lists were read and somebody let them go.
 */
let campus: SmallCampus
let folder: string
let copy: { url: string; owner: Database; app: Database; register: Register; drop(): Promise<void> }
let engine: Engine
const switched: Student[] = []
const lost: Student[] = []

/** A copy of a database as it is now; whoever is connected to it is cut off, as a server is that goes down. */
async function copyOf(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = new URL(url).pathname.slice(1)
  const place = await freshDatabase()
  const target = new URL(place.url).pathname.slice(1)
  const client = new Client({ connectionString: place.url.replace(target, 'postgres') })
  await client.connect()
  await client.query(`drop database "${target}" with (force)`)
  for (let attempt = 0; ; attempt++) {
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    const made = await client
      .query(`create database "${target}" template "${name}"`)
      .catch((error: Error) => error)
    if (!(made instanceof Error)) break
    if (attempt === 50) throw made
  }
  await client.end()
  return place
}

const writes = async () => {
  const { controllers } = await campus.emulator.counts()
  return Object.values(controllers).reduce(
    (sum, own) =>
      sum + ['0x30', '0x50', '0x52', '0x54', '0x56'].reduce((all, code) => all + (own[code] ?? 0), 0),
    0,
  )
}
const watch = (register: Register) => watchRestores(register, { folder, log: () => {} })
const report = () => copy.register.look(system, afterRestore)
const release = (seal: string, reason = 'lists compared') =>
  copy.register.act(system, act => releaseRestored(act, { seal, reason }))
const inCopy = async <Row>(text: string) => (await copy.owner.pool.query(text)).rows as Row[]
async function again(): Promise<void> {
  await copy.owner.pool.query('update lane set rest_until = null')
  await engine.settle()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-restore-'))
  campus = await openSmallCampus({ network: '127.68.2', students: 40 })
  const windows = windowsOf(campus)
  const first = await openEngine(campus.url)
  await windows.next()
  await first.settle()
  await (await watch(campus.register)).stop()
  const made = await copyOf(campus.url)

  switched.push(...campus.students.slice(0, 10))
  lost.push(...campus.students.slice(10, 15))
  for (const student of switched) await campus.activate(student)
  for (const student of lost) await campus.lose(student.oldCard, student)
  await windows.next()
  await first.settle()
  await (await watch(campus.register)).stop()
  await first.close()

  const owner = openDatabase(made.url, 'owner', { connections: 2 })
  const app = openDatabase(made.url, 'app', { connections: 4 })
  copy = { ...made, owner, app, register: openRegister(app, campusClock, follow) }
  engine = await openEngine(made.url, { tries: 2, shortestWaitMs: 50 })
  await owner.transaction(trx => moveCampusTo(trx, campusTime('2023-10-17T10:00')))
  await campus.emulator.resetLog()
}, 60_000)
afterAll(async () => {
  await engine.close()
  await Promise.all([copy.owner.close(), copy.app.close()])
  await copy.drop()
  await campus.close()
  await rm(folder, { recursive: true })
})

describe('a database that was brought back from an older copy', () => {
  it('is known by what it lacks, before anything is sent', async () => {
    await (await watch(copy.register)).stop()
    expect(await inCopy('select distinct sign from restored_controller where released_at is null')).toEqual([
      { sign: 'journal-behind' },
    ])
    // Not once more, and what is remembered from now on is its own history.
    await (await watch(copy.register)).stop()
    expect(await inCopy(`select facts from journal where act = 'database brought back'`)).toEqual([
      { facts: { sign: 'journal-behind', controllers: 2 } },
    ])
  })

  it('sends nothing to any controller: no window, no lost card, no clock; and reads their lists', async () => {
    const unread = await report()
    expect(unread.waiting.map(({ read }) => read)).toEqual([false, false])
    expect(await release(unread.seal)).toMatchObject({ ok: false, refusal: 'nothing-read-since' })
    const one = campus.students[20]!
    await copy.register.act(system, act => reportLost(act, { personId: one.personId, cardId: one.oldCard }))
    const [a] = campus.controllers as [number, number]
    await campus.emulator.faults(a, { silent: true })
    await again()
    await setControllerClocks({
      database: engine.doors,
      clock: campusClock,
      driver: engine.updating.driver,
      zone: 'Asia/Taipei',
      monotonicMs,
    })
    expect(await writes()).toBe(0)
    expect((await report()).waiting).toMatchObject([
      { controllerId: a, read: false },
      { read: true, outcome: 'complete', sign: 'journal-behind' },
    ])
  })

  it('shows what would be sent: cards that were taken away since the copy, with their holders', async () => {
    const { difference } = await report()
    const puts = difference.filter(({ deed }) => deed === 'put').map(({ personId }) => personId)
    expect(new Set(puts)).toEqual(new Set([...switched, ...lost].map(({ personId }) => personId)))
    expect(puts).toHaveLength(15)
    // The card that was reported lost in the copy is still there, and goes.
    expect(difference.filter(({ deed }) => deed === 'remove')).toMatchObject([
      { personId: campus.students[20]!.personId },
    ])
  })

  it('is let go only as it was looked at; what was not read goes on waiting', async () => {
    const [a, b] = campus.controllers as [number, number]
    const seen = await report()
    // What the doors know and the database does not is entered again before they are let go.
    for (const student of lost)
      await copy.register.act(system, act =>
        reportLost(act, { personId: student.personId, cardId: student.oldCard }),
      )
    expect(await release(seen.seal)).toMatchObject({ refusal: 'difference-changed' })
    for (const { personId, digits } of switched)
      await copy.register.act(system, act => activateCard(act, { personId, lastDigits: digits }))
    const now = await report()
    expect(await release(now.seal, ' ')).toMatchObject({ refusal: 'release-needs-reason' })
    expect(await writes()).toBe(0)
    expect(await release(now.seal)).toMatchObject({ ok: true, released: 1, waiting: 1 })
    await again()
    const onB = await campus.memory(b)
    expect(lost.map(({ old }) => onB.has(old))).toEqual(lost.map(() => false))
    const { controllers } = await campus.emulator.counts()
    expect(controllers[a]?.['0x50'] ?? 0).toBe(0)
    expect(controllers[b]!['0x50']).toBeGreaterThan(0)

    await campus.emulator.faults(a, { silent: false })
    await copy.owner.pool.query(
      `insert into controller_survey (controller_id, asked_at, asked_by) values ($1, campus_now(), 'access:test')`,
      [a],
    )
    await again()
    const last = await report()
    expect(last.waiting).toMatchObject([{ controllerId: a, read: true }])
    expect(await release(last.seal)).toMatchObject({ ok: true, released: 1, waiting: 0 })
    expect(await release(last.seal)).toMatchObject({ refusal: 'nothing-restored' })
    await again()
    const onA = await campus.memory(a)
    expect(lost.map(({ old }) => onA.has(old))).toEqual(lost.map(() => false))
    // Whoever had switched holds the new card at every door, as the doors had known all the time.
    for (const memory of [onA, await campus.memory(b)])
      expect(switched.map(student => memory.has(student.new))).toEqual(switched.map(() => true))
  })
})

describe('an operator', () => {
  it('says so before Gatehouse is started: npm run restored', async () => {
    const say = () =>
      promisify(execFile)(process.execPath, ['--import', './scripts/runtime.mjs', 'src/app/restored.ts'], {
        cwd: projectFolder,
        env: { ...process.env, DATABASE_URL: campus.url },
      })
    expect((await say()).stdout).toContain('Nothing is sent to 2 controllers')
    expect((await say()).stdout).toContain('waits already')
    expect(await campus.sql('select distinct sign, noticed_by from restored_controller')).toEqual([
      { sign: 'said', noticed_by: 'system:operator' },
    ])
  })
})

describe('what is remembered of a database', () => {
  it('is of that database alone: another one, an unreadable file or none says nothing', async () => {
    const file = join(folder, 'last-seen.json')
    const kept = JSON.parse(await readFile(file, 'utf8')) as object
    await writeFile(file, JSON.stringify({ ...kept, ownId: 'another', written: { id: 1, at: '5' } }))
    await (await watch(copy.register)).stop()
    for (const text of ['', '{', '[]', 'null', '{"ownId":1}', '{"ownId":"x","written":{"id":"1"}}']) {
      await writeFile(file, text)
      await (await watch(copy.register)).stop()
    }
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ written: { id: expect.any(Number) } })
    expect((await report()).waiting).toEqual([])
  })

  it.each([
    [`server = '1'`, 'other-server'],
    ['timeline = timeline + 1', 'other-timeline'],
  ])('its server: %s is %s', async (change, sign) => {
    await copy.owner.pool.query(`update database_home set ${change}`)
    await (await watch(copy.register)).stop()
    expect((await report()).waiting).toMatchObject([{ sign }, { sign }])
    expect(await copy.register.act(system, act => noticeRestore(act, 'said'))).toMatchObject({
      refusal: 'restored-already',
    })
    await again()
    expect(await release((await report()).seal)).toMatchObject({ ok: true, released: 2 })
  })
})
