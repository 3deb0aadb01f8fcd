import { afterAll, beforeAll, expect, it } from 'vitest'
import { windowsOf } from '../../test/faults/days.ts'
import { openSmallCampus, type SmallCampus } from '../../test/faults/small-campus.ts'
import { campusClock, monotonicMs } from '../app/clock.ts'
import { windowPlan } from '../app/gatehouse.ts'
import { openUhppoteDriver } from '../controller/uhppote/driver.ts'
import { type Database, openDatabase } from '../server/database.ts'
import type { ControllerDriver } from './driver.ts'
import { type Keeping, keepUpdating } from './loop.ts'
import { overDatabase } from './over-database.ts'

/* How much later than a change it is read back: as the programme in force says. */
let campus: SmallCampus
let windows: ReturnType<typeof windowsOf>
let doors: Database
let driver: ControllerDriver

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.96', students: 4 })
  windows = windowsOf(campus)
  doors = openDatabase(campus.url, 'doors', { connections: 4 })
  driver = await openUhppoteDriver({ monotonicMs, shortestWaitMs: 60 })
}, 60_000)
afterAll(async () => {
  await driver.close()
  await doors.close()
  await campus.close()
})

async function secondsUntilReadBack(own: Partial<Keeping>): Promise<number> {
  await windows.next()
  const log = () => {}
  const holding = { database: doors, clock: campusClock, owner: 'one', monotonicMs, leaseSeconds: 10 }
  const keeping = { ...overDatabase(holding), driver, log }
  const updates = keepUpdating({ ...keeping, ...own }, { plan: () => windowPlan(doors) })
  await updates.settle()
  await updates.stop()
  const [row] = await campus.sql<{ seconds: number }>(
    'select extract(epoch from max(verify_after) - clock_timestamp())::float8 as seconds from held',
  )
  return row!.seconds
}

it('the programme’s quiet time counts', async () => {
  await campus.sql(
    `insert into programme_version (programme_id, document, source, published_at, published_by, replaces, replaced_asks)
     select programme_id, jsonb_set(document, '{quietSeconds}', '90'), source, published_at, 'set-up', version, asks_second_person
     from programme_version`,
  )
  const seconds = await secondsUntilReadBack({})
  expect(seconds).toBeGreaterThan(60)
  expect(seconds).toBeLessThanOrEqual(90)
})

it('a quiet time that the process is given goes before it', async () => {
  await campus.activate(campus.students[0]!)
  const seconds = await secondsUntilReadBack({ quietSeconds: 900 })
  expect(seconds).toBeGreaterThan(800)
})
