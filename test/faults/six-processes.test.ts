import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../../src/controller/emulator/line.ts'
import type { Logged } from '../../src/controller/emulator/log.ts'
import { campusTime } from '../campus.ts'
import { windowsOf } from './days.ts'
import { openEngine } from './engine.ts'
import { Processes } from './processes.ts'
import { openSmallCampus, type SmallCampus, type Student } from './small-campus.ts'

/*
 * Six real processes share one PostgreSQL and keep three controllers through twenty windows, while whoever holds a
 * lane is killed or paused at random. Afterwards everything is counted from the controllers' own log.
 *
 * SEED=… repeats a run's choices; how the processes interleave is up to the machine.
 */
const seed = Number(process.env.SEED ?? (Math.random() * 0xffffffff) >>> 0)
const many = 20
const switchesPerWindow = 4
/** A pause is shorter than the quiet time, as the engine is told to assume. */
const longestPauseMs = 2_000
const options = { everyMs: 40, leaseSeconds: 0.8, restSeconds: 0.2, quietSeconds: 3, shortestWaitMs: 150 }

let campus: SmallCampus
let processes: Processes

beforeAll(async () => {
  campus = await openSmallCampus({
    network: '127.63.84',
    students: many * switchesPerWindow + 8,
    controllers: 3,
    like: { serviceMs: 6 },
  })
  processes = new Processes(campus.url, options)
}, 60_000)
afterAll(async () => {
  await processes.close()
  await campus.close()
})

const put = 0x50
const remove = 0x52

/** In every fourth window the first of those who switch reports the new card lost, after the window has begun. */
const losesCard = (at: number) => at % (4 * switchesPerWindow) === switchesPerWindow

/** What one window was to change, and the controllers' log from its start to the next window's start. */
interface Slice {
  local: string
  switched: Student[]
  /** Reported lost after the window had begun: its new card. */
  lost: Student | null
  log: Logged[]
}

async function until<T>(what: string, is: () => Promise<T | false>): Promise<T> {
  for (let round = 0; round < 1_500; round += 1) {
    const answer = await is()
    if (answer !== false) return answer
    await wait(20)
  }
  throw new Error(`not within half a minute: ${what}`)
}
const none = async (sql: string) => (await campus.sql(sql)).length === 0

it(`six processes, ${many} windows, kills and pauses (seed ${seed})`, async () => {
  console.log(`six processes: SEED=${seed}`)
  const random = seededRandom(seed)
  const windows = windowsOf(campus)
  const loading = await openEngine(campus.url, { quietSeconds: 0 })
  await windows.next()
  await loading.settle()
  await loading.close()
  // Each finishing of a window, as PostgreSQL saw it.
  await campus.sql(`create table finishing (starts_at timestamptz, at timestamptz default clock_timestamp())`)
  await campus.sql(`
    create function note_finishing() returns trigger language plpgsql security definer as $$
    begin insert into finishing (starts_at) values (new.starts_at); return null; end $$`)
  await campus.sql(`
    create trigger finishing after update of finished_at on update_window for each row
    when (old.finished_at is distinct from new.finished_at) execute function note_finishing()`)
  await Promise.all([1, 2, 3, 4, 5, 6].map(() => processes.start()))

  const students = [...campus.students]
  // Who loses the new card is rightly left with neither: lost beats make-before-break.
  await campus.emulator.watch(students.filter((_, at) => !losesCard(at)))
  await campus.emulator.resetLog()
  const pending: Promise<void>[] = []
  const slices: Slice[] = []
  let logged = 0
  for (let n = 0; n < many; n += 1) {
    const switched = students.splice(0, switchesPerWindow)
    for (const student of switched) await campus.activate(student)
    if (n > 0) {
      const log = await campus.emulator.log(logged)
      slices.at(-1)!.log = log
      logged = log.at(-1)?.index ?? logged
    }
    const local = await windows.next()
    const lost = losesCard(n * switchesPerWindow) ? switched[0]! : null
    slices.push({ local, switched, lost, log: [] })
    await faultInTheMiddle(random, pending)
    if (lost) await campus.lose(lost.newCard, lost)
    await until(`the window of ${local} is finished`, async () => {
      const startsAt = campusTime(local).toString()
      const sql = 'select from update_window where starts_at = $1::timestamptz and finished_at is not null'
      return (await campus.sql(sql, startsAt)).length > 0
    })
  }
  await Promise.all(pending)
  await until('everything is settled and verified', () =>
    none(`select from wanted_open where carried_by <= campus_now()
          union all select from held where verify_after is not null`),
  )
  slices.at(-1)!.log = await campus.emulator.log(logged)
  console.log(count(slices))

  const windowRows = await campus.sql<{ finishings: number; covered: boolean; done: number }>(`
    select w.covered_by is not null as covered,
           (select count(*) from finishing f where f.starts_at = w.starts_at) as finishings,
           (select count(*) from window_lane l where l.starts_at = w.starts_at and l.outcome = 'done' and l.done = l.owed) as done
    from update_window w order by starts_at offset 1`)
  expect(windowRows.slice(-many)).toEqual(
    Array.from({ length: many }, () => ({ covered: false, finishings: 1, done: campus.controllers.length })),
  )
  const told = processes.said.filter(({ line }) => line.startsWith('finished')).map(({ line }) => line)
  expect(new Set(told).size, 'no window is told to be finished twice').toBe(told.length)
  for (const controller of campus.controllers)
    expect(await campus.heldNumbers(controller)).toEqual(await campus.wantedNumbers(controller))
  expect((await campus.emulator.watched()).violations).toBe(0)
  checkLog(slices)
  expect([processes.killed > 0, processes.pauses > 0]).toEqual([true, true])
  expect(await processes.close(), 'processes that would not end').toBe(0)
}, 120_000)

/** Kills or pauses a process that holds a lane just now; a paused one goes on later, perhaps in the next window. */
async function faultInTheMiddle(random: () => number, pending: Promise<void>[]): Promise<void> {
  const owners = await until('somebody holds a lane', async () => {
    const rows = await campus.sql<{ owner: string }>(
      'select distinct owner from lane where owner is not null and lease_until > raw_now() order by owner',
    )
    return rows.length > 0 && rows
  })
  const holder = owners[Math.floor(random() * owners.length)]!.owner
  const kills = random() < 0.45
  const pauseMs = 100 + random() * (longestPauseMs - 100)
  await wait(random() * 60)
  if (kills) {
    await processes.kill(holder)
    pending.push(processes.start())
    return
  }
  processes.pause(holder)
  pending.push(wait(pauseMs).then(() => processes.resume(holder)))
}

const changes = (log: readonly Logged[], code: number, number: number) =>
  log.filter(entry => entry.code === code && entry.card === number)

/** Numbers of a window that were put or removed, with the lost card. */
const dueOf = ({ switched }: Slice) => switched.flatMap(student => [student.old, student.new])

function count(slices: readonly Slice[]): string {
  const all = slices.flatMap(({ log }) => log)
  const late = slices.flatMap((slice, at) => {
    const earlier = new Set(slices.slice(0, at).flatMap(dueOf))
    return slice.log.filter(({ code, card }) => (code === put || code === remove) && earlier.has(card))
  })
  const back = slices.flatMap(({ lost }) =>
    campus.controllers.filter(serial => {
      const here = all.filter(entry => entry.serial === serial)
      const removed = lost ? changes(here, remove, lost.new)[0]?.index : undefined
      return removed !== undefined && changes(here, put, lost!.new).some(({ index }) => index > removed)
    }),
  )
  return (
    `${processes.killed} killed, ${processes.pauses} paused; ${all.length} datagrams, ` +
    `${all.filter(({ code }) => code === put).length} puts, ${all.filter(({ code }) => code === remove).length} removals, ` +
    `${late.length} of them in a later window than their own; ` +
    `a lost card came back ${back.length} times for a while, by a process that woke up`
  )
}

/**
 * Counted from the controllers' log:
 * - in its own window every switched card was put and its predecessor removed, on every controller;
 * - nothing was put or removed that was not due in that window or an earlier one;
 * - no old card was ever put; a lost card that was put again after it had been removed (by a process that woke up)
 *   was removed again after that.
 */
function checkLog(slices: readonly Slice[]): void {
  const due = new Set<number>()
  for (const { local, switched, lost, log } of slices) {
    for (const number of dueOf({ switched } as Slice)) due.add(number)
    for (const serial of campus.controllers) {
      const here = log.filter(entry => entry.serial === serial)
      for (const student of switched) {
        const first = here.findIndex(({ code, card }) => code === put && card === student.new)
        const last = here.findLastIndex(({ code, card }) => code === remove && card === student.old)
        // A card that was lost before its turn need not have come at all.
        if (student !== lost) expect(first, `${local}: ${student.new} put on ${serial}`).toBeGreaterThan(-1)
        expect(last, `${local}: ${student.old} removed from ${serial} after that`).toBeGreaterThan(
          student === lost ? -1 : first,
        )
      }
    }
    const changed = log.filter(({ code }) => code === put || code === remove)
    expect(
      changed.filter(({ card }) => !due.has(card)),
      `${local}: cards that were not due`,
    ).toEqual([])
  }
  const all = slices.flatMap(({ log }) => log)
  for (const { switched } of slices)
    for (const { old } of switched) expect(changes(all, put, old), `${old} is an old card`).toEqual([])
  for (const { lost } of slices) {
    if (!lost) continue
    for (const serial of campus.controllers) {
      const here = all.filter(entry => entry.serial === serial)
      const removed = changes(here, remove, lost.new).at(-1)?.index ?? 0
      const lastPut = changes(here, put, lost.new).at(-1)?.index ?? 0
      expect(removed, `${lost.new} was removed from ${serial} last of all`).toBeGreaterThan(lastPut)
    }
  }
}
