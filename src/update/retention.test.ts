import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime } from '../../test/campus.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, system } from '../../test/faults/small-campus.ts'
import { recomputed } from '../access/recompute.ts'
import { beginDate } from '../app/boundaries.ts'
import { campusClock } from '../app/clock.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { contentThen } from './history-store.ts'
import { forgetOld } from './retention.ts'

/*
 * A campus that has run since October 2023 and through its deadline, in January 2026: what is older than 24 months is
 * forgotten, events by whole months. What was at every moment since, and what is wanted, stays as it was.
 */
let campus: SmallCampus
let engine: Engine
let chores: Database
let unwilling: number
const count = async (sql: string) =>
  (await campus.sql<{ count: number }>(`select count(*)::int as count ${sql}`))[0]!.count
const forget = () => forgetOld({ database: chores, clock: campusClock, log: () => {}, rowsAtATime: 3 })

async function window(at: string) {
  await campus.moveTo(at)
  await beginDate(campus.register, 'Asia/Taipei')
  await engine.settle()
}

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.69.32', students: 8 })
  unwilling = campus.controllers[1]!
  chores = openDatabase(campus.url, 'chores', { connections: 2 })
  engine = await openEngine(campus.url)
  const [first, second, third] = campus.students
  await window('2023-10-16 10:00')
  await campus.activate(first!)
  await window('2023-10-16 15:00')
  // One refuses for two windows: its answers are many, and of two kinds.
  await campus.emulator.faults(unwilling, { refuse: true })
  await campus.activate(second!)
  await campus.lose(third!.oldCard, third!)
  for (const at of ['2023-10-17 01:00', '2023-10-17 10:00']) await window(at)
  await campus.emulator.faults(unwilling, { refuse: false })
  await window('2023-10-17 15:00')
  // The deadline: what it ended is newer than the limit.
  for (const at of ['2024-03-01 01:00', '2024-03-01 10:00']) await window(at)
  // Somebody is on leave and comes back: taken away and put again, as it was put before the limit.
  for (const [status, at] of [
    ['on-leave', '2024-03-01 15:00'],
    ['enrolled', '2024-03-02 01:00'],
  ] as const) {
    await campus.sql('update person set status = $2 where id = $1', first!.personId, status)
    await campus.register.act(system, act => act.note({ act: 'person changed', personId: first!.personId }))
    await window(at)
  }
  await campus.lose(second!.newCard, second!)
  await engine.settle()
  for (const day of ['2023-10-18', '2024-02-10', '2025-09-30', '2025-10-01', '2026-01-05']) {
    await campus.sql('select make_tap_months($1::timestamptz)', day)
    await campus.sql(
      `insert into tap (controller_id, epoch, event_index, stored_at, type, reason, granted, door, direction, number)
       select $2::bigint, 1, extract(epoch from $1::timestamptz)::bigint + n, $1::timestamptz, 1, 1, true, 1, 1, n
       from generate_series(1, 3) n`,
      day,
      unwilling,
    )
  }
}, 60_000)
afterAll(async () => {
  await engine.close()
  await chores.close()
  await campus.close()
})

/** What every controller should have held and did hold at moments that can still be asked about, number by number. */
const historySince = () =>
  campus.register.look(system, async act => {
    const all: string[] = []
    for (const controllerId of campus.controllers)
      for (const at of ['2024-01-10T00:00', '2024-02-29T23:59', '2024-03-01T02:00', '2026-01-10T03:30']) {
        const asked = { controllerId, at: campusTime(at) }
        const { truths, rows } = await contentThen(act, asked, { page: 1, rows: 1_000 })
        expect(rows.length).toBeGreaterThan(0)
        all.push(JSON.stringify([asked, truths, rows]))
      }
    return all
  })

/** What working everybody out from nothing would change, what is wanted last and what is open, and the ledger. */
async function wishes(): Promise<unknown[]> {
  const ids = campus.students.map(({ personId }) => personId)
  const would = await campus.register.look(system, act => recomputed(act, ids, { holding: 'looked at' }))
  return [
    JSON.stringify(would.rows.map(({ carriedBy: _later, ...row }) => row)),
    await campus.sql(`select distinct on (controller_id, number, person_id) w::text as said from wanted w
                      order by controller_id, number, person_id, carried_by desc`),
    await campus.sql('select w::text as said from wanted_open w order by 1'),
    await campus.sql('select h::text as said from held h order by 1'),
  ]
}

describe('a night in which what is old is forgotten', () => {
  it('does not begin before half past three', async () => {
    await campus.moveTo('2026-01-10 03:20')
    expect(await forget()).toBeNull()
    expect(await count('from retention_run')).toBe(0)
  })

  it('forgets what something newer had taken the place of, and changes no wish and nothing that was since', async () => {
    await campus.moveTo('2026-01-10 03:30')
    const [history, wished] = [await historySince(), await wishes()]
    const before = { wanted: await count('from wanted'), sent: await count('from sent') }
    await Promise.all([forget(), forget()])

    const [run] = await campus.sql<Record<string, number> & { months: string[] }>(
      'select * from retention_run',
    )
    expect(run!.ended_at).not.toBeNull()
    expect(run!.wanted).toBeGreaterThan(0)
    expect(run!.sent).toBeGreaterThan(0)
    expect(await count('from wanted')).toBe(before.wanted - run!.wanted!)
    expect(await count('from sent')).toBe(before.sent - run!.sent!)
    expect(await historySince()).toEqual(history)
    expect(await wishes()).toEqual(wished)
    // What was superseded since the limit stays: the old cards that the deadline ended.
    const superseded = `from wanted w where exists (select from wanted x where x.controller_id = w.controller_id
      and x.number = w.number and x.person_id = w.person_id and x.carried_by > w.carried_by`
    expect(await count(`${superseded} and x.carried_by <= '2024-01-10 00:00+8')`)).toBe(0)
    expect(await count(`${superseded})`)).toBeGreaterThan(0)
    expect(await count(`from window_lane where starts_at < '2024-01-10 00:00+8'`)).toBe(0)
  })

  it('drops events by whole months, three months back, and leaves the later ones', async () => {
    const months = await campus.sql<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'tap'::regclass order by 1`,
    )
    const names = months.map(({ name }) => name)
    expect(names[0]).toBe('tap_2025_10')
    expect(await count('from tap')).toBe(6)
    const [run] = await campus.sql<{ months: string[] }>('select months from retention_run')
    expect(run!.months).toContain('tap_2023_10')
    expect(run!.months.at(-1)).toBe('tap_2025_09')
  })

  it('is over for that day, is in the journal, and the next night has little to do', async () => {
    const said = await campus.sql<{ facts: { wanted: number } }>(
      `select facts from journal where act = 'old records forgotten'`,
    )
    expect(said).toHaveLength(1)
    const before = await count('from sent')
    await forget()
    await campus.moveTo('2026-01-11 05:00')
    await forget()
    expect(await count('from sent')).toBe(before)
    expect(
      await campus.sql(
        'select wanted, sent, ended_at is not null as over from retention_run order by on_date desc limit 1',
      ),
    ).toEqual([{ wanted: 0, sent: 0, over: true }])
  })
})
