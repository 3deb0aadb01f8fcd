import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSmallCampus, type SmallCampus } from '../../test/faults/small-campus.ts'
import { campusClock, monotonicMs } from '../app/clock.ts'
import { openUhppoteDriver } from '../controller/uhppote/driver.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { setControllerClocks } from './clocks.ts'
import type { ControllerDriver } from './driver.ts'
import { type EventReading, readSomeEvents } from './events.ts'

/*
 * What happens at the doors ends in the register once: every event that a controller still has, and of those that it
 * has overwritten how many. Its ring keeps 40 here and drops 15 at once.
 */
let campus: SmallCampus
let doors: Database
let driver: ControllerDriver
let reading: EventReading
let a: number
const budget = { controllers: 8, atATime: 2, events: 24, restSeconds: 0 }
const ring = { eventLimit: 40, eventChunk: 15 }

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.97', students: 3, controllers: 2, like: ring })
  a = campus.controllers[0]!
  doors = openDatabase(campus.url, 'doors', { connections: 4 })
  driver = await openUhppoteDriver({ monotonicMs, shortestWaitMs: 50, tries: 3 })
  const zone = async () => 'Asia/Taipei'
  reading = {
    database: doors,
    clock: campusClock,
    driver,
    leaseSeconds: 10,
    zone,
    log: line => said.push(line),
  }
}, 60_000)
afterAll(async () => {
  await driver.close()
  await doors.close()
  await campus.close()
})
const said: string[] = []
beforeEach(async () => {
  said.length = 0
  // A memory that nobody has read: as of a controller that is recorded anew.
  await campus.emulator.faults(a, { wipe: true, silent: false, loss: 0 })
  await campus.sql('delete from tap')
  await campus.sql('delete from controller_events')
})

const read = () => readSomeEvents(reading, budget)
const swipe = (times: number) => campus.emulator.swipe(a, 4_000_000, 1, times)
interface Tapped {
  epoch: number
  event_index: number
  lost: number | null
  reason: number | null
  number: number | null
}
const tapped = () =>
  campus.sql<Tapped>(
    'select epoch, event_index, lost, reason, number from tap where controller_id = $1 order by epoch, event_index',
    a,
  )
/** Events stored and declared lost, in sum, of one epoch or of all. */
const accounted = async (epoch?: number) =>
  (await tapped())
    .filter(row => epoch === undefined || row.epoch === epoch)
    .reduce((sum, row) => sum + (row.lost ?? 1), 0)
const journal = (act: string) =>
  campus.sql<{ facts: Record<string, number> }>('select facts from journal where act = $1 order by id', act)

/** Reads until nothing new comes. */
async function readAll(): Promise<void> {
  for (let before = -1, now = 0; before !== now; now = await accounted()) {
    before = now
    await read()
  }
}

describe('events of a controller', () => {
  it('are stored once, however often they are read, and go on where the last reading stopped', async () => {
    await swipe(5)
    await readAll()
    await read()
    await swipe(2)
    await Promise.all([read(), read()])
    await readAll()
    const rows = await tapped()
    // The reset of the memory itself is the first.
    expect(rows.map(row => row.event_index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(rows[0]).toMatchObject({ epoch: 1, reason: 29, number: null })
    expect(rows[1]).toMatchObject({ reason: 18, number: 4_000_000 })
    expect(said).toEqual([])
  })

  it('that were overwritten before they were read are one row that says how many', async () => {
    await swipe(3)
    await readAll()
    await swipe(100)
    await readAll()
    const rows = await tapped()
    const gap = rows.find(row => row.lost !== null)!
    expect(gap.event_index).toBe(5)
    expect(gap.lost).toBeGreaterThan(40)
    expect(await accounted()).toBe(104)
    expect((await journal('events lost')).at(-1)!.facts).toEqual({ controller: a, lost: gap.lost })
  })

  it('of a memory that began anew are another epoch, though it has as many of them again', async () => {
    await swipe(9)
    await readAll()
    await campus.emulator.faults(a, { wipe: true })
    await campus.emulator.setClock('2024-02-02T08:00')
    await swipe(20)
    await readAll()
    expect(await accounted(1)).toBe(10)
    expect(await accounted(2)).toBe(21)
    expect((await journal('events begun anew')).at(-1)!.facts).toEqual({ controller: a, epoch: 2 })
  })

  it('are left where they are while it is silent, and come later', async () => {
    await swipe(3)
    await campus.emulator.faults(a, { silent: true })
    await read()
    expect(await accounted()).toBe(0)
    await campus.emulator.faults(a, { silent: false })
    await readAll()
    expect(await accounted()).toBe(4)
  })

  it('are all accounted for, whatever happens in whatever order', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ does: fc.constant('swipe' as const), times: fc.integer({ min: 1, max: 60 }) }),
        fc.record({
          does: fc.constantFrom('read', 'read twice', 'read all then wipe', 'reboot'),
          times: fc.constant(1),
        }),
      ),
      { minLength: 3, maxLength: 6 },
    )
    const check = async (happens: { does: string; times: number }[]) => {
      let wall = Temporal.PlainDateTime.from('2024-02-01T08:00')
      await campus.emulator.setClock(wall)
      await campus.emulator.faults(a, { wipe: true, loss: 0.01 })
      await campus.sql('delete from tap')
      await campus.sql('delete from controller_events')
      let produced = 1
      for (const { does, times } of happens) {
        if (does === 'swipe') await swipe(times)
        if (does === 'read') await read()
        if (does === 'read twice') await Promise.all([read(), read()])
        if (does === 'reboot') await campus.emulator.faults(a, { reboot: 'old list' })
        if (does === 'read all then wipe') {
          // What happened since the last reading before a wipe is known to nobody.
          await readAll()
          // Two resets in one second, with nothing between them, look the same.
          wall = wall.add({ minutes: 1 })
          await campus.emulator.setClock(wall)
          await campus.emulator.faults(a, { wipe: true })
          await swipe(20)
          // Were the place of the last event that was read overwritten again by now, nothing would tell the memories apart.
          await read()
        }
        produced += does === 'swipe' ? times : does === 'reboot' ? 1 : does === 'read all then wipe' ? 21 : 0
      }
      await campus.emulator.faults(a, { loss: 0 })
      await readAll()
      expect(await accounted()).toBe(produced)
    }
    await fc.assert(fc.asyncProperty(steps, check), { numRuns: 6, seed: 20_231_120 })
  }, 60_000)
})

describe('what an event says of the ledger', () => {
  const held = async (number: number, doorsOf: string, confirmed: string) => {
    await campus.sql('delete from held where controller_id = $1', a)
    await campus.sql(
      `insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at)
       values ($1, $2, $3::smallint[], '2023-09-01', '2028-08-31', $4::timestamptz)`,
      a,
      number,
      doorsOf,
      confirmed,
    )
  }
  const waits = () => campus.sql<{ number: number }>('select number from held where verify_after is not null')

  it('power was gone: everything it should hold is read back', async () => {
    await readAll()
    await held(5_000_001, '{1,0,0,0}', '2023-10-16 09:00+8')
    await campus.emulator.faults(a, { reboot: 'empty list' })
    await readAll()
    expect(await waits()).toEqual([{ number: 5_000_001 }])
  })

  it.each([
    ['after it was removed is read back', '2024-02-01T08:00', [{ number: 5_000_002 }]],
    ['before it was removed says nothing', '2023-10-15T08:00', []],
  ])('a card that was let in %s', async (_, clock, waiting) => {
    await campus.emulator.plant(a, [
      { number: 5_000_002, from: '2023-09-01', to: '2028-08-31', doors: [1, 0, 0, 0], pin: 0 },
    ])
    await readAll()
    await held(5_000_002, '{0,0,0,0}', '2023-10-16 09:00+8')
    await campus.emulator.setClock(clock)
    expect(await campus.emulator.swipe(a, 5_000_002, 1)).toMatchObject({ granted: true })
    await readAll()
    expect(await waits()).toEqual(waiting)
  })
})

it('clocks are read before they are set, and how far they were off is kept', async () => {
  const now = await doors.transaction(trx => campusClock.now(trx))
  const wall = now.toZonedDateTimeISO('Asia/Taipei').toPlainDateTime()
  await campus.emulator.setClock(wall.add({ seconds: 300 }))
  const lines: string[] = []
  const setting = { database: doors, clock: campusClock, driver, zone: 'Asia/Taipei', monotonicMs }
  await setControllerClocks({ ...setting, log: line => lines.push(line) })
  await setControllerClocks(setting)
  const rows = await campus.sql<{ drift_seconds: number; set_at: unknown }>(
    'select drift_seconds, set_at from controller_clock order by controller_id',
  )
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/its clock was (299|300|301) s fast$/)
  for (const { drift_seconds } of rows) expect(Math.abs(drift_seconds)).toBeLessThanOrEqual(2)
})
