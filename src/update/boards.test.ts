import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student } from '../../test/faults/small-campus.ts'
import { setControllerClocks } from './clocks.ts'

/*
 * Another board stands where a controller should be: nothing is sent to it, it is told by name, and what the one before
 * held is put onto it when a person has said that it is the replacement. Over real UDP.
 */
let campus: SmallCampus
let windows: ReturnType<typeof windowsOf>
let engine: Engine
let students: Student[]
let a: number
let b: number

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.68.1', students: 40 })
  students = [...campus.students]
  ;[a, b] = campus.controllers as [number, number]
  windows = windowsOf(campus)
  engine = await openEngine(campus.url)
  await windows.next()
  await engine.settle()
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})

const nextStudent = () => students.shift()!
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
    await campus.emulator.faults(key, { replies: 'proper', becomes: { serial, mac: macOf(serial), firmware: '0892' } })
  await windows.next()
  await again()
  expect(await strangers()).toEqual([])
  for (const controller of campus.controllers)
    expect(await campus.heldNumbers(controller)).toEqual(await campus.wantedNumbers(controller))
})

describe('a controller that is met', () => {
  it('is known from the first time on, by its hardware address, and asked once a window', async () => {
    const known = await campus.sql('select controller_id, mac, firmware, known_by from known_board order by 1')
    expect(known).toEqual([
      { controller_id: a, mac: colons(macOf(a)), firmware: '8.92', known_by: null },
      { controller_id: b, mac: colons(macOf(b)), firmware: '8.92', known_by: null },
    ])
    await campus.emulator.resetLog()
    await campus.activate(nextStudent())
    await windows.next()
    await engine.settle()
    await campus.lose(students[0]!.oldCard, nextStudent())
    await engine.settle()
    expect((await campus.emulator.counts()).controllers[a]!['0x94']).toBe(1)
  })

  it('is not asked where nothing is to be sent', async () => {
    await windows.next()
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
    await windows.next()
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
    // The one that is expected comes back, without its memory: it is loaded again.
  })
})
