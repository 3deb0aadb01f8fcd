import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answersOf, cardsHeld, outcomeOf, windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student, system } from '../../test/faults/small-campus.ts'
import type { BoardCard, Faults } from '../controller/emulator/settings.ts'

/*
 * One lane and the troubles of its controller, over real UDP. Two controllers: `a` is in trouble, `b` never is.
 */
let campus: SmallCampus
let windows: ReturnType<typeof windowsOf>
let engine: Engine
let students: Student[]
let a: number
let b: number
const foreign: BoardCard[] = [1, 2, 3].map(n => ({
  number: 90_000_000 + n,
  from: '2020-01-01',
  to: '2029-12-31',
  doors: [1, 1, 29, 0],
  pin: 1234,
}))

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.81', students: 80 })
  students = [...campus.students]
  ;[a, b] = campus.controllers as [number, number]
  for (const controller of [a, b]) await campus.emulator.plant(controller, foreign)
  windows = windowsOf(campus)
  engine = await openEngine(campus.url)
  await windows.next()
  await engine.settle()
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})
const trouble = (faults: Faults) => campus.emulator.faults(a, faults)
const nextStudent = () => students.shift()!
const rested = () => wait(80)

/** After every test: the trouble is over, both controllers hold exactly what is wanted, and others' cards still. */
afterEach(async () => {
  await trouble({
    silent: false,
    refuse: false,
    forgets: false,
    loss: 0,
    duplicate: 0,
    lateMs: 0,
    capacity: 20_000,
  })
  await campus.sql('update controller set capacity = 20000')
  await rested()
  await engine.settle()
  for (const controller of [a, b]) {
    const memory = await campus.memory(controller)
    expect(foreign.map(card => memory.get(card.number))).toEqual(foreign)
    const ours = (await campus.heldNumbers(controller)).filter(
      each => !foreign.some(card => card.number === each),
    )
    expect(ours).toEqual(await campus.wantedNumbers(controller))
  }
  expect(await campus.sql('select from wanted_open where carried_by <= campus_now()')).toEqual([])
  expect((await campus.emulator.watched()).violations).toBe(0)
})
const watch = (...list: Student[]) => campus.emulator.watch(list)

describe('a controller in trouble', () => {
  it('that is silent: the window ends with this lane unreachable, the others done; it is made up for when it answers', async () => {
    const student = nextStudent()
    await watch(student)
    await campus.activate(student)
    await trouble({ silent: true })
    await windows.next()
    await engine.settle()
    expect([await outcomeOf(campus, a), await outcomeOf(campus, b)]).toEqual([
      'unreachable 0 of 2',
      'done 2 of 2',
    ])
    expect(
      await campus.sql('select from update_window where finished_at is null and covered_by is null'),
    ).toEqual([])
    expect([await cardsHeld(campus, a, student), await cardsHeld(campus, b, student)]).toEqual(['old', 'new'])
    const silent = () => campus.sql('select controller_id as id from lane where silent_since is not null')
    expect(await silent()).toEqual([{ id: a }])

    await trouble({ silent: false })
    await rested()
    await engine.settle()
    expect(await cardsHeld(campus, a, student)).toBe('new')
    // On a busy machine it may have rested, and been tried, more than once.
    expect([...new Set(await answersOf(campus, a, student.new))]).toEqual(['put unreachable', 'put applied'])
    expect(await silent()).toEqual([])
  })

  it.each<[string, Faults, string]>([
    ['that refuses', { refuse: true }, 'put rejected'],
    ['that says yes and stores nothing', { forgets: true }, 'put different'],
    ['that is full', {}, 'put full'],
  ])('%s: the old card stays, and the page can say why', async (what, faults, answer) => {
    const student = nextStudent()
    await watch(student)
    if (what.includes('full')) {
      const cards = (await campus.memory(a)).size
      await campus.sql('update controller set capacity = $1 where id = $2', cards, a)
      await trouble({ capacity: cards })
    }
    await trouble(faults)
    await campus.activate(student)
    await windows.next()
    await engine.settle()
    expect(await cardsHeld(campus, a, student)).toBe('old')
    expect(await cardsHeld(campus, b, student)).toBe('new')
    expect(await outcomeOf(campus, a)).toBe('partly 0 of 2')
    expect(new Set(await answersOf(campus, a, student.new))).toEqual(new Set([answer]))
    expect(await answersOf(campus, a, student.old)).toEqual(['put applied'])
  })

  it('that is full: room comes from somebody who leaves, and goes to a switch before an added card', async () => {
    const [leaver, switcher, returner] = [nextStudent(), nextStudent(), nextStudent()]
    const become = async (student: Student, status: string) => {
      await campus.sql('update person set status = $1 where id = $2', status, student.personId)
      await campus.register.act(system, act =>
        act.note({ act: 'person changed', personId: student.personId }),
      )
    }
    await become(returner, 'on-leave')
    await windows.next()
    await engine.settle()
    const cards = (await campus.memory(a)).size
    await campus.sql('update controller set capacity = $1 where id = $2', cards, a)
    await trouble({ capacity: cards })
    await watch(switcher)
    await become(leaver, 'withdrawn')
    await become(returner, 'enrolled')
    await campus.activate(switcher)
    await windows.next()
    await engine.settle()
    // Two places fell free: the leaver's for the new card, and the old card's for the one that comes back.
    expect(await cardsHeld(campus, a, switcher)).toBe('new')
    expect(await cardsHeld(campus, a, leaver)).toBe('neither')
    expect(await cardsHeld(campus, a, returner)).toBe('old')
    expect(await answersOf(campus, a, switcher.new)).toEqual(['put full', 'put applied'])
    expect(await outcomeOf(campus, a)).toBe('done 4 of 4')
  })

  it('with an address that is no address: a fault of ours ends its part, and keeps nobody waiting', async () => {
    const student = nextStudent()
    await campus.activate(student)
    const [{ host }] = (await campus.sql<{ host: string }>(
      'select host from controller where id = $1',
      a,
    )) as [{ host: string }]
    await campus.sql(`update controller set host = 'door.example' where id = $1`, a)
    await windows.next()
    await engine.settle()
    await campus.sql('update controller set host = $1 where id = $2', host, a)
    expect([await outcomeOf(campus, a), await outcomeOf(campus, b)]).toEqual(['partly 0 of 2', 'done 2 of 2'])
    expect(engine.said.join()).toContain('door.example')
  })
})

describe('a network in trouble', () => {
  it.each<[string, Faults]>([
    ['one datagram of five lost', { loss: 0.2 }],
    ['every third one twice', { duplicate: 0.33 }],
    ['half of the replies late', { lateMs: 90, late: 0.5 }],
    ['all of it', { loss: 0.15, duplicate: 0.2, lateMs: 90, late: 0.3 }],
  ])('%s: everything comes out right, and nobody is ever without a card', async (_, faults) => {
    const some = [1, 2, 3, 4].map(nextStudent)
    await watch(...some)
    for (const student of some) await campus.activate(student)
    await trouble(faults)
    await windows.next()
    for (let round = 0; round < 40; round += 1) {
      await engine.settle()
      const left = await campus.sql('select from wanted_open where carried_by <= campus_now()')
      if (left.length === 0) break
      await rested()
    }
    for (const student of some) expect(await cardsHeld(campus, a, student)).toBe('new')
    expect(await campus.emulator.watched()).toMatchObject({ pairs: 8, violations: 0 })
  })
})

describe('a lost card', () => {
  it('goes at once, between two windows', async () => {
    const student = nextStudent()
    await campus.lose(student.oldCard, student)
    await engine.settle()
    for (const controller of [a, b]) expect(await cardsHeld(campus, controller, student)).toBe('neither')
    expect(
      await campus.sql('select starts_at from sent where number = $1 and deed = $2', student.old, 'remove'),
    ).toEqual([{ starts_at: null }, { starts_at: null }])
  })

  it('goes at once, in the middle of a window that still has much to do', async () => {
    const [unlucky, ...others] = Array.from({ length: 41 }, nextStudent) as [Student, ...Student[]]
    for (const student of others) await campus.activate(student)
    await trouble({ serviceMs: 12 })
    await windows.next()
    await campus.emulator.resetLog()
    await engine.look()
    // The lane has begun: on a busy machine that may take its time.
    const puts = async () =>
      (await campus.emulator.log()).filter(({ serial, code }) => serial === a && code === 0x50).length
    await expect.poll(puts, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0)
    await campus.lose(unlucky.oldCard, unlucky)
    await engine.settle()
    await trouble({ serviceMs: 0 })
    const log = (await campus.emulator.log()).filter(({ serial }) => serial === a)
    const gone = log.findIndex(({ code, card }) => code === 0x52 && card === unlucky.old)
    expect(gone).toBeGreaterThan(0)
    expect(gone).toBeLessThan(log.findLastIndex(({ code }) => code === 0x50))
    expect(await cardsHeld(campus, a, unlucky)).toBe('neither')
    expect(await outcomeOf(campus, a)).toBe(`done ${2 * others.length} of ${2 * others.length}`)
  })

  it('beats make-before-break: it goes also where its successor finds no room', async () => {
    const student = nextStudent()
    await campus.activate(student)
    await windows.next()
    await campus.lose(student.oldCard, student)
    await trouble({ capacity: 0 })
    await engine.settle()
    expect(await cardsHeld(campus, a, student)).toBe('neither')
    expect(await cardsHeld(campus, b, student)).toBe('new')
  })
})

describe('the watch that all of this relies on', () => {
  it('sees an engine that removes before it puts', async () => {
    const student = nextStudent()
    await watch(student)
    const [state] = await campus.emulator.controllers()
    const { driver } = engine.updating
    const before = (await campus.memory(a)).get(student.old)!
    const day = (text: string) => Temporal.PlainDate.from(text)
    const record = { ...before, from: day(before.from), to: day(before.to) }
    await driver.remove(state!, BigInt(student.old))
    await driver.put(state!, { ...record, number: BigInt(student.new) })
    expect(await campus.emulator.watched()).toMatchObject({ violations: 1 })
    await driver.put(state!, { ...record, number: BigInt(student.old) })
    await driver.remove(state!, BigInt(student.new))
    await watch()
  })
})
