import type { Database } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import { judgeMet } from './board-rules.ts'
import { expectedBoards, keepMet, type MetBoard } from './board-store.ts'
import type { ControllerAddress, ControllerDriver } from './driver.ts'
import { isRestored } from './due-sql.ts'
import type { ControllerRow } from './ledger.ts'

/** Whose clocks are set, and by what. */
export interface ClockSetting {
  /** A database opened as the doors' role. */
  database: Database
  clock: Clock
  driver: ControllerDriver
  /** The campus's zone, by name; controllers know only wall times. */
  zone: string
  /** Milliseconds that only ever grow: visiting a campus of controllers takes time, and clocks go on meanwhile. */
  monotonicMs: () => number
  /** Told of each clock that was off by a minute or more. */
  log?: (line: string) => void
}

const controllersSql = `
  select id, coalesce(board, id) as serial, host, port, capacity, driver, settings from controller
  where driver <> 'file' and not ${isRestored('controller.id')} order by id`

// A clock that was read and could not be set keeps the moment at which it was set before.
const keepSql = `
  with readings as (
    insert into clock_reading (controller_id, read_at, drift_seconds, is_set)
    select id, $5::timestamptz, drift, is_set
    from unnest($1::bigint[], $2::boolean[], $3::boolean[], $4::bigint[]) c (id, is_set, is_read, drift) where is_read
    on conflict do nothing)
  insert into controller_clock as k (controller_id, set_at, read_at, drift_seconds)
  select id, case when is_set then $5::timestamptz end, case when drift is not null then $5::timestamptz end, drift
  from unnest($1::bigint[], $2::boolean[], $3::boolean[], $4::bigint[]) c (id, is_set, is_read, drift)
  where is_set or is_read
  on conflict (controller_id) do update
  set set_at = coalesce(excluded.set_at, k.set_at), read_at = coalesce(excluded.read_at, k.read_at),
      drift_seconds = case when excluded.read_at is null then k.drift_seconds else excluded.drift_seconds end`

/** Controllers whose clocks are read and set at the same time: a campus of them at once would be a burst. */
const atATime = 64

/** A clock that is off by this much or more is told in the log and on the screens. */
export const driftLimitSeconds = 60

interface ClockVisit {
  id: number
  met: MetBoard | null
  silent: boolean
  set: boolean
  /** Seconds by which it was fast when it was read; null where it was not read. */
  drift: number | null
}

const byController = (a: MetBoard, b: MetBoard): number => a.expected.controllerId - b.expected.controllerId

/**
 * Asks each controller who it is, reads the controllers' own clocks, and sets them to the campus's wall time: they decide by them on which day a card
 * opens. How far each was off is kept. A system that is handed files has no clock of ours. Answers with those that stayed silent, which keep the time they had, as the
 * screen says; `except` are not asked.
 */
export async function setControllerClocks(
  { database, clock, driver, zone, monotonicMs, log }: ClockSetting,
  except: ReadonlySet<number> = new Set(),
): Promise<number[]> {
  const { now, controllers, boards } = await database.transaction(async trx => {
    const rows = await trx.statement<ControllerRow>('all_controllers', controllersSql, [])
    const ids = rows.map(({ id }) => id)
    return { now: await clock.now(trx), controllers: rows, boards: await expectedBoards(trx, ids) }
  })
  const expectedAt = new Map(boards.map(board => [board.controllerId, board]))
  const beganMs = monotonicMs()
  const wallTime = () =>
    now
      .add({ milliseconds: Math.round(monotonicMs() - beganMs) })
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()

  async function meet(id: number, address: ControllerAddress): Promise<MetBoard | null> {
    const expected = expectedAt.get(id)
    if (!expected || !driver.meet) return null
    const met = await driver.meet(address)
    return { expected, met, judged: judgeMet(expected, met) }
  }

  async function visit({ id, ...address }: ControllerRow): Promise<ClockVisit> {
    const met = await meet(id, address)
    const silent = { id, met, silent: true, set: false, drift: null }
    if (met?.judged === 'unreachable') return silent
    // The clock of a board that is not the one expected stays as it is.
    if (met && met.judged !== 'known' && met.judged !== 'first') return { ...silent, silent: false }
    const askedAt = wallTime()
    const read = await driver.getTime(address)
    if (read.answer === 'unreachable') return silent
    const then = read.answer === 'read' && askedAt.add({ milliseconds: Math.round(read.afterMs) })
    const drift = then && Math.round(then.until(read.at).total('seconds'))
    const { answer } = await driver.setTime(address, wallTime())
    return {
      id,
      met,
      silent: answer === 'unreachable',
      set: answer === 'set',
      drift: drift === false ? null : drift,
    }
  }

  const waiting = controllers.filter(({ id }) => !except.has(id))
  const visits: ClockVisit[] = []
  async function goOn(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) visits.push(await visit(next))
  }
  await Promise.all(Array.from({ length: atATime }, goOn))

  const kept = [
    visits.map(({ id }) => id),
    visits.map(({ set }) => set),
    visits.map(({ drift }) => drift !== null),
    visits.map(({ drift }) => drift),
  ]
  const met = visits.flatMap(each => each.met ?? []).toSorted(byController)
  await database.transaction(async trx => {
    const then = await clock.now(trx)
    await trx.statement('clocks_kept', keepSql, [...kept, then])
    await keepMet(trx, then, met)
  })
  for (const { id, drift } of visits)
    if (drift !== null && Math.abs(drift) >= driftLimitSeconds)
      log?.(`controller ${id}: its clock was ${Math.abs(drift)} s ${drift > 0 ? 'fast' : 'slow'}`)
  return visits.filter(({ silent }) => silent).map(({ id }) => id)
}
