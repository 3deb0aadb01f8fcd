import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Day, openDay } from '../../test/faults/open-day.ts'
import { type Student, system } from '../../test/faults/small-campus.ts'
import type { BoardCard } from '../controller/emulator/settings.ts'
import { lookedAt, replaceBoard, strangersNow } from './boards.ts'
import { setControllerClocks } from './clocks.ts'

/*
 * Another board stands where a controller should be: nothing is sent to it, it is told by name, and what the one before
 * held is put onto it when a person has said that it is the replacement. Over real UDP.
 */
let day: Day
let campus: Day['campus']
let windows: Day['windows']
let engine: Day['engine']
let students: Student[]
let a: number
let b: number

beforeAll(async () => {
  day = await openDay({ network: '127.68.1', students: 40 }, { tries: 2, shortestWaitMs: 50 })
  ;({ campus, windows, engine, students, a, b } = day)
}, 60_000)
afterAll(() => day.close())

const nextStudent = () => students.shift()!
/** A window begins, and nobody has been met for a day. */
async function windowOfAnotherDay(): Promise<void> {
  await windows.next()
  await campus.sql(`update known_board set met_at = met_at - interval '1 day'`)
}
const macOf = (serial: number) => `0066${serial.toString(16).padStart(8, '0')}`
const colons = (mac: string) => mac.replace(/..(?=.)/g, '$&:')

const strangers = () =>
  campus.sql<{ controller: number; how: string; serial: number; mac: string | null; outcome: string | null }>(
    `select controller_id as controller, how, serial, mac, outcome from strange_board
     where ended_at is null order by controller_id, how`,
  )
/** What was sent to a board that changes what it holds, or its clock. */
const writes = async (controller: number) => {
  const counts = (await campus.emulator.counts()).controllers[String(controller)] ?? {}
  return ['0x50', '0x52', '0x54', '0x56', '0x30'].reduce((sum, code) => sum + (counts[code] ?? 0), 0)
}
const foreign = {
  number: 77_001,
  from: '2023-10-01',
  to: '2024-10-01',
  doors: [1, 0, 0, 0],
  pin: 0,
} satisfies BoardCard
const look = () => campus.register.look(system, act => strangersNow(act, 100))
const says = (controllerId: number, serial: number, mac: string) =>
  campus.register.act(system, act => replaceBoard(act, { controllerId, seen: { serial, mac } }))
/** Somebody looks after every reply that came from elsewhere. */
async function lookAfterStrays(): Promise<void> {
  for (const { id, how } of await look())
    if (how === 'elsewhere')
      expect(await campus.register.act(system, act => lookedAt(act, id))).toMatchObject({ ok: true })
}
const found = async (controller: number) =>
  (
    await campus.sql<{ outcome: string; others: number }>(
      'select outcome, others from controller_survey where controller_id = $1 order by id desc limit 1',
      controller,
    )
  )[0]
const cardOf = async (student: Student) =>
  (
    await campus.sql<{ held: boolean }>(
      `select exists (select from held where controller_id = $1 and number = $2 and doors <> '{0,0,0,0}') as held`,
      a,
      student.new,
    )
  )[0]!.held
const acts = async (act: string) =>
  (await campus.sql<{ facts: unknown }>('select facts from journal where act = $1 order by id', act)).map(
    row => row.facts,
  )
/** Everything is due, nothing rests. */
async function again(): Promise<void> {
  await campus.sql('update lane set rest_until = null')
  await engine.settle()
}

afterEach(async () => {
  for (const [serial, key] of [
    [a, a],
    [b, b],
  ] as const)
    await campus.emulator.faults(key, {
      replies: 'proper',
      becomes: { serial, mac: macOf(serial), firmware: '0892' },
    })
  await windowOfAnotherDay()
  await again()
  expect(await strangers()).toEqual([])
  for (const controller of campus.controllers)
    expect(await campus.heldNumbers(controller)).toEqual(await campus.wantedNumbers(controller))
})

describe('a controller that is met', () => {
  it('is known from the first time on, by its hardware address, and asked once a day', async () => {
    const known = await campus.sql(
      'select controller_id, mac, firmware, known_by from known_board order by 1',
    )
    expect(known).toEqual([
      { controller_id: a, mac: colons(macOf(a)), firmware: '8.92', known_by: null },
      { controller_id: b, mac: colons(macOf(b)), firmware: '8.92', known_by: null },
    ])
    await campus.emulator.resetLog()
    await campus.activate(nextStudent())
    await windowOfAnotherDay()
    await engine.settle()
    await campus.lose(students[0]!.oldCard, nextStudent())
    await engine.settle()
    expect((await campus.emulator.counts()).controllers[a]!['0x94']).toBe(1)
  })

  it('is not asked where nothing is to be sent', async () => {
    await windowOfAnotherDay()
    await campus.emulator.resetLog()
    await engine.settle()
    expect((await campus.emulator.counts()).controllers[a]).toEqual({ '0x58': 1 })
  })
})

describe('another board at a controller’s address', () => {
  it.each([
    ['with another hardware address', { mac: '0066deadbeef' }],
    ['with another firmware', { firmware: '0662' }],
  ])('%s gets no card and no clock, and nobody is left without one', async (_, becomes) => {
    const student = nextStudent()
    await campus.activate(student)
    await campus.emulator.faults(a, { becomes, wipe: true })
    await campus.emulator.resetLog()
    await windowOfAnotherDay()
    await engine.settle()
    expect(await writes(a)).toBe(0)
    expect(await campus.heldNumbers(a)).toEqual([])
    expect(await strangers()).toMatchObject([{ controller: a, how: 'other-board', serial: a }])
    expect((await campus.memory(b)).has(student.new)).toBe(true)
    await setControllerClocks({
      database: engine.doors,
      clock: engine.holding.clock,
      driver: engine.updating.driver,
      zone: 'Asia/Taipei',
      monotonicMs: engine.holding.monotonicMs,
    })
    expect(await writes(a)).toBe(0)
    // The expected one comes back by itself, without its memory: afterEach sees that it is loaded again.
    expect(await acts('strange board met')).toContainEqual({
      controller: a,
      how: 'other-board',
      serial: a,
      mac: 'mac' in becomes ? colons(becomes.mac) : colons(macOf(a)),
    })
  })

  it('with another serial number is found by asking whoever is there, and loaded when a person says that it is the replacement', async () => {
    const [first, second] = [nextStudent(), nextStudent()]
    const before = await campus.heldNumbers(a)
    await campus.emulator.faults(a, { becomes: { serial: 499_000_001, mac: '0066aa000001' }, wipe: true })
    // A card of another system came with the board.
    await campus.emulator.plant(a, [foreign])
    await campus.activate(first)
    await campus.emulator.resetLog()
    await windowOfAnotherDay()
    await engine.settle()
    expect(await writes(a)).toBe(0)
    const [stranger] = await look()
    expect(stranger).toMatchObject({
      controllerId: a,
      how: 'other-serial',
      building: { en: `House ${a}` },
      doors: [{ en: `Door ${a}` }],
      serial: 499_000_001,
      mac: '00:66:aa:00:00:01',
      expectedSerial: a,
      expectedMac: colons(macOf(a)),
      belongsTo: null,
      cards: before.length,
    })
    expect(stranger!.madeOn!.toString()).toBe('2021-01-01')
    expect(await says(a, 499_000_001, '00:66:aa:00:00:02')).toMatchObject({
      ok: false,
      refusal: 'stranger-changed',
    })
    expect(await writes(a)).toBe(0)
    await campus.emulator.watch(campus.students)
    expect(await says(a, 499_000_001, '00:66:aa:00:00:01')).toMatchObject({ ok: true })
    await campus.activate(second)
    await again()
    expect(await campus.heldNumbers(a)).toEqual(
      [...before.filter(number => number !== first.old), first.new, foreign.number].toSorted((x, y) => x - y),
    )
    expect(await found(a)).toMatchObject({ outcome: 'complete', others: 1 })
    expect(await says(a, 499_000_001, '00:66:aa:00:00:01')).toMatchObject({ refusal: 'no-such-stranger' })
    // The first board is mended and put back: it is a stranger now.
    await campus.emulator.faults(a, { becomes: { serial: a, mac: macOf(a) } })
    await windowOfAnotherDay()
    await again()
    expect(await strangers()).toMatchObject([{ controller: a, how: 'other-serial', serial: a }])
    expect(await says(a, a, colons(macOf(a)))).toMatchObject({ ok: true })
    await again()
    await engine.updating.driver.remove((await campus.emulator.controllers())[0]!, BigInt(foreign.number))
  })

  it('that another controller has is told with its name, and never loaded: boards that were swapped', async () => {
    const student = nextStudent()
    await campus.activate(student)
    await campus.emulator.faults(a, { becomes: { serial: b, mac: macOf(b) } })
    await campus.emulator.faults(b, { becomes: { serial: a, mac: macOf(a) } })
    await campus.emulator.resetLog()
    await windowOfAnotherDay()
    await engine.settle()
    expect([await writes(a), await writes(b)]).toEqual([0, 0])
    const at = (await look()).filter(({ how }) => how !== 'elsewhere')
    expect(at).toMatchObject([
      { controllerId: a, serial: b, belongsTo: { id: b, building: { en: `House ${b}` } } },
      { controllerId: b, serial: a, belongsTo: { id: a, building: { en: `House ${a}` } } },
    ])
    expect(await says(a, b, colons(macOf(b)))).toMatchObject({
      refusal: 'serial-of-another',
      facts: { serial: b, controller: b },
    })
    await lookAfterStrays()
  })

  it('with the number of one that answers as well: both are told, and only the right one is written to', async () => {
    const student = nextStudent()
    await campus.activate(student)
    await campus.emulator.faults(b, { becomes: { serial: a, mac: '0066bb000002' } })
    await campus.emulator.resetLog()
    await windowOfAnotherDay()
    await again()
    expect((await look()).map(({ controllerId, how, serial }) => [controllerId, how, serial])).toEqual([
      [b, 'other-serial', a],
      [a, 'elsewhere', a],
    ])
    expect((await look())[1]!.standsAt).toMatchObject({ id: b })
    expect(await writes(b)).toBe(0)
    expect((await campus.memory(a)).has(student.new)).toBe(true)
    await lookAfterStrays()
  })

  it('met in the middle of a run: what was sent before stays, and nothing follows', async () => {
    const crowd = Array.from({ length: 8 }, nextStudent)
    for (const student of crowd) await campus.activate(student)
    await campus.emulator.faults(a, { serviceMs: 20 })
    await campus.emulator.resetLog()
    await windowOfAnotherDay()
    const running = engine.settle()
    while ((await writes(a)) < 3) await new Promise(setImmediate)
    await campus.emulator.faults(a, {
      becomes: { serial: 499_000_009, mac: '0066aa000009' },
      wipe: true,
      serviceMs: 0,
    })
    await running
    await again()
    expect(await strangers()).toMatchObject([{ controller: a, how: 'other-serial', serial: 499_000_009 }])
    const sent = await writes(a)
    await again()
    expect(await writes(a)).toBe(sent)
    expect(await campus.heldNumbers(a)).toEqual([])
  })
})

describe('replies from a wrong address', () => {
  it('are not believed, told once with the address, and end when somebody looked after them', async () => {
    const student = nextStudent()
    await campus.activate(student)
    const before = (await acts('reply from elsewhere')).length
    await campus.emulator.faults(a, { replies: 'other address' })
    await windowOfAnotherDay()
    await engine.settle()
    await again()
    const seen = await look()
    expect(seen).toMatchObject([
      { controllerId: a, how: 'elsewhere', serial: a, mac: null, host: '127.0.0.1' },
    ])
    expect(await acts('reply from elsewhere')).toHaveLength(before + 1)
    expect(await cardOf(student)).toBe(false)
    await lookAfterStrays()
  })
})
