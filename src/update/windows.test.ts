import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { campusTime } from '../../test/campus.ts'
import { carriedByOf, missedSaid, windowsFrom } from '../../test/faults/days.ts'
import { type Engine, type EngineMaking, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student, system } from '../../test/faults/small-campus.ts'
import { activateCard } from '../activation/activate.ts'
import { campusClock } from '../app/clock.ts'
import { follow } from '../app/followers.ts'
import { openRegister } from '../server/register.ts'

let campus: SmallCampus
let students: Student[]
let a: number
let b: number
const engines: Engine[] = []

async function engine(making: EngineMaking = {}): Promise<Engine> {
  const made = await openEngine(campus.url, making)
  engines.push(made)
  return made
}
const nextStudent = () => students.shift()!
const held = (controller: number) => campus.heldNumbers(controller)

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.82', students: 20 })
  students = [...campus.students]
  ;[a, b] = campus.controllers as [number, number]
  await campus.moveTo('2023-10-16 10:00')
  await (await engine()).settle()
}, 60_000)
const heldOpenNow: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(heldOpenNow.splice(0).map(letGo => letGo()))
  await Promise.all(engines.splice(0).map(each => each.close()))
})
afterAll(() => campus.close())

/** Holds an activation open, after it was decided and before it is kept for good. */
function heldOpen(student: Student) {
  const decided = Promise.withResolvers<Temporal.Instant>()
  const mayCommit = Promise.withResolvers<void>()
  const committed = campus.register.act(system, async act => {
    const { personId, digits } = student
    expect(await activateCard(act, { personId, lastDigits: digits })).toMatchObject({ ok: true })
    decided.resolve(act.now)
    await mayCommit.promise
  })
  heldOpenNow.push(async () => {
    mayCommit.resolve()
    await committed
  })
  return { decided: decided.promise, commit: () => mayCommit.resolve(), committed }
}

async function campusHasReached(local: string): Promise<void> {
  const values = ['select campus_now() >= $1::timestamptz as is', campusTime(local).toString()] as const
  const reached = async () => (await campus.sql<{ is: boolean }>(...values))[0]!.is
  await expect.poll(reached, { timeout: 10_000, interval: 20 }).toBe(true)
}
const waitingForTheTimetable = async () =>
  (
    await campus.sql<{ mode: string }>(
      `select mode from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    )
  ).map(row => row.mode)

describe('the cut-off of a window', () => {
  it('waits for an act of before its start that is still open, carries it, and not the act that came meanwhile', async () => {
    const [before, after] = [nextStudent(), nextStudent()]
    const one = await engine()
    await campus.moveTo('2023-10-16 14:59:59.5')
    const act = heldOpen(before)
    const decidedAt = await act.decided
    expect(Temporal.Instant.compare(decidedAt, campusTime('2023-10-16 15:00'))).toBe(-1)
    await campusHasReached('2023-10-16 15:00')

    let looked = false
    const look = one.look().finally(() => {
      looked = true
    })
    await expect.poll(waitingForTheTimetable, { interval: 5 }).toEqual(['ExclusiveLock'])
    const late = campus.activate(after)
    await expect.poll(waitingForTheTimetable, { interval: 5 }).toHaveLength(2)
    expect(looked).toBe(false)
    expect(await windowsFrom(campus, '2023-10-16 15:00')).toEqual([])
    act.commit()
    await Promise.all([act.committed, look, late])
    await one.settle()

    expect(await carriedByOf(campus, before)).toEqual(['10-16 15:00'])
    expect(await carriedByOf(campus, after)).toEqual(['10-17 01:00'])
    for (const controller of [a, b]) {
      const there = await held(controller)
      expect([before.old, before.new].map(number => there.includes(number))).toEqual([false, true])
      expect([after.old, after.new].map(number => there.includes(number))).toEqual([true, false])
    }
    expect(await windowsFrom(campus, '2023-10-16 15:00')).toEqual([
      { starts: '10-16 15:00', finished: true, covered: null },
    ])
    await campus.moveTo('2023-10-17 01:00')
    await one.settle()
    expect((await held(a)).includes(after.new)).toBe(true)
  })

  it.each([
    ['a microsecond before the start', { microseconds: -1 }, '10-17 10:00'],
    ['exactly at the start', { microseconds: 0 }, '10-17 15:00'],
    ['a microsecond after the start', { microseconds: 1 }, '10-17 15:00'],
  ])('an act whose moment is %s', async (_, step, carried) => {
    const moment = campusTime('2023-10-17 10:00').add(step)
    const clock = { ...campusClock, actMoment: async () => moment }
    const student = nextStudent()
    await openRegister(campus.app, clock, follow).act(system, async act => {
      const { personId, digits } = student
      expect(await activateCard(act, { personId, lastDigits: digits })).toMatchObject({ ok: true })
    })
    expect(await carriedByOf(campus, student)).toEqual([carried])
  })

  it('and only what was before the start is sent in that window', async () => {
    const rows = await campus.sql<{ number: number; carried: string }>(
      `select number, to_char(carried_by at time zone 'Asia/Taipei', 'HH24:MI') as carried from wanted
       where controller_id = $1 and carried_by >= $2::timestamptz`,
      a,
      campusTime('2023-10-17 10:00').toString(),
    )
    const one = await engine()
    await campus.moveTo('2023-10-17 10:00')
    await campus.emulator.resetLog()
    await one.settle()
    const changes = (await campus.emulator.log()).filter(
      ({ serial, code }) => serial === a && (code === 0x50 || code === 0x52),
    )
    const due = rows.filter(row => row.carried === '10:00').map(row => row.number)
    expect(due).toHaveLength(2)
    expect(rows).toHaveLength(6)
    expect(changes).toHaveLength(2)
    expect(new Set(changes.map(({ card }) => card))).toEqual(new Set(due))
  })

  it('an act that stays open keeps the window waiting, but neither other acts nor a lost card', async () => {
    const [slow, unlucky] = [nextStudent(), nextStudent()]
    const one = await engine()
    await campus.moveTo('2023-10-17 14:59:59.7')
    const act = heldOpen(slow)
    await act.decided
    await campusHasReached('2023-10-17 15:00')
    await one.look()
    expect(one.said.join()).toContain('lock timeout')
    await campus.lose(unlucky.oldCard, unlucky)
    await one.settle()
    expect((await held(a)).includes(unlucky.old)).toBe(false)
    expect(await windowsFrom(campus, '2023-10-17 15:00')).toEqual([])
    act.commit()
    await act.committed
    await one.settle()
    expect((await held(a)).includes(slow.new)).toBe(true)
    expect(await windowsFrom(campus, '2023-10-17 15:00')).toMatchObject([{ finished: true }])
  })
})

describe('a window and many processes', () => {
  it('is opened once and finished once', async () => {
    const student = nextStudent()
    const finished: string[] = []
    const six = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(n =>
        engine({
          owner: `process ${n}`,
          onFinished: async startsAt => void finished.push(startsAt.toString()),
        }),
      ),
    )
    await campus.activate(student)
    await campus.moveTo('2023-10-18 01:00')
    await campus.emulator.resetLog()
    await Promise.all(six.map(each => each.settle()))
    await Promise.all(six.map(each => each.settle()))
    expect(finished).toEqual([campusTime('2023-10-18 01:00').toString()])
    const puts = (await campus.emulator.log()).filter(
      ({ code, card }) => code === 0x50 && card === student.new,
    )
    expect(puts).toHaveLength(2)
    expect(new Set(puts.map(({ serial }) => serial))).toEqual(new Set([a, b]))
  })

  it('is resumed when the process that held a lane never came back', async () => {
    const student = nextStudent()
    await campus.activate(student)
    const dead = await engine({ owner: 'dead', leaseSeconds: 1.5 })
    const one = await engine({ owner: 'alive' })
    await campus.moveTo('2023-10-18 10:00')
    expect(await dead.updating.ledger.claim(a)).not.toBeNull()
    await one.settle()
    expect([(await held(a)).includes(student.new), (await held(b)).includes(student.new)]).toEqual([
      false,
      true,
    ])
    expect(await windowsFrom(campus, '2023-10-18 10:00')).toMatchObject([{ finished: false }])
    await wait(1_600)
    await one.settle()
    expect((await held(a)).includes(student.new)).toBe(true)
    expect(await windowsFrom(campus, '2023-10-18 10:00')).toMatchObject([{ finished: true }])
  })

  it('gives what is left to the next window when that begins, and is told to be covered by it', async () => {
    const student = nextStudent()
    await campus.activate(student)
    const dead = await engine({ owner: 'dead', leaseSeconds: 2 })
    const one = await engine({ owner: 'alive' })
    await campus.moveTo('2023-10-18 15:00')
    expect(await dead.updating.ledger.claim(a)).not.toBeNull()
    await one.settle()
    await campus.moveTo('2023-10-19 01:00')
    await one.settle()
    expect(await windowsFrom(campus, '2023-10-18 15:00')).toEqual([
      { starts: '10-18 15:00', finished: false, covered: '10-19 01:00' },
      { starts: '10-19 01:00', finished: false, covered: null },
    ])
    await campus.sql(`update lane set lease_until = '-infinity' where controller_id = $1`, a)
    await one.settle()
    expect((await held(a)).includes(student.old)).toBe(false)
    expect(await windowsFrom(campus, '2023-10-19 01:00')).toMatchObject([{ finished: true }])
    expect(
      await campus.sql(
        `select owed, done, failed, outcome from window_lane where controller_id = $1
                        and starts_at = $2::timestamptz`,
        a,
        campusTime('2023-10-18 15:00').toString(),
      ),
    ).toEqual([{ owed: 2, done: 0, failed: 2, outcome: 'partly' }])
    expect(await missedSaid(campus)).toEqual([{ windows: 1, first: '2023-10-18T07:00:00Z' }])
  })
})

describe('windows that were missed while nothing ran', () => {
  it('the latest runs, the others are covered by it, and everything decided before is carried', async () => {
    const [first, last] = [nextStudent(), nextStudent()]
    await campus.activate(first)
    await campus.moveTo('2023-10-20 09:00')
    await campus.activate(last)
    await campus.moveTo('2023-10-20 15:20')
    await (await engine()).settle()
    expect(await windowsFrom(campus, '2023-10-19 10:00')).toEqual([
      ...['10-19 10:00', '10-19 15:00', '10-20 01:00', '10-20 10:00'].map(starts => ({
        starts,
        finished: false,
        covered: '10-20 15:00',
      })),
      { starts: '10-20 15:00', finished: true, covered: null },
    ])
    // The staff are told of it once, not once a window.
    expect((await missedSaid(campus)).at(-1)).toEqual({ windows: 4, first: '2023-10-19T02:00:00Z' })
    const there = await held(a)
    expect([first.new, last.new, first.old, last.old].map(number => there.includes(number))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('what a window owes once it has begun', () => {
  it('is not overwritten by a later edit: the silent controller gets it first, and the edit with its own window', async () => {
    const student = nextStudent()
    const one = await engine()
    await campus.activate(student)
    await campus.emulator.faults(a, { silent: true })
    await campus.moveTo('2023-10-21 01:00')
    await one.settle()
    await campus.sql(`update person set status = 'on-leave' where id = $1`, student.personId)
    await campus.register.act(system, act => act.note({ act: 'person changed', personId: student.personId }))
    const rows = await campus.sql(
      `select to_char(carried_by at time zone 'Asia/Taipei', 'HH24:MI') as carried, doors,
              not exists (select from wanted_open o where o.controller_id = w.controller_id and o.number = w.number
                          and o.carried_by = w.carried_by) as settled
       from wanted w where controller_id = $1 and number = $2 order by carried_by`,
      a,
      student.new,
    )
    expect(rows).toEqual([
      { carried: '01:00', doors: [1, 0, 0, 0], settled: false },
      { carried: '10:00', doors: [0, 0, 0, 0], settled: false },
    ])
    await campus.emulator.faults(a, { silent: false })
    await wait(100)
    await one.settle()
    expect([(await held(a)).includes(student.new), (await held(a)).includes(student.old)]).toEqual([
      true,
      false,
    ])
    await campus.moveTo('2023-10-21 10:00')
    await one.settle()
    expect((await held(a)).includes(student.new)).toBe(false)
  })
})
