import type { Database } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import type { ControllerDriver } from './driver.ts'
import type { ControllerRow } from './lanes.ts'

/** Whose clocks are set, and by what. */
export interface ClockSetting {
  /** A database opened as the doors' role. */
  database: Database
  clock: Clock
  driver: ControllerDriver
  /** The campus's zone, by name; controllers know only wall times. */
  zone: string
}

const controllersSql = `
  select id, host, port, capacity, driver, settings from controller
  where driver <> 'file' order by id`

const setSql = `
  insert into controller_clock (controller_id, set_at) select id, $2 from unnest($1::bigint[]) id
  on conflict (controller_id) do update set set_at = excluded.set_at`

/**
 * Sets the controllers' own clocks to the campus's wall time, one datagram each: they decide by them on which day a
 * card opens. A system that is handed files has no clock of ours. Answers with those that stayed silent, which keep the time they had, as the screen says; `except` are not asked.
 */
export async function setControllerClocks(
  { database, clock, driver, zone }: ClockSetting,
  except: ReadonlySet<number> = new Set(),
): Promise<number[]> {
  const { now, controllers } = await database.transaction(async trx => ({
    now: await clock.now(trx),
    controllers: await trx.statement<ControllerRow>('all_controllers', controllersSql, []),
  }))
  const wallTime = now.toZonedDateTimeISO(zone).toPlainDateTime()
  const asked = controllers.filter(({ id }) => !except.has(id))
  const answers = await Promise.all(
    asked.map(({ id, ...controller }) => driver.setTime({ serial: id, ...controller }, wallTime)),
  )
  const set = asked.filter((_, at) => answers[at]!.answer === 'set').map(({ id }) => id)
  await database.transaction(async trx => trx.statement('clocks_set', setSql, [set, await clock.now(trx)]))
  return asked.filter((_, at) => answers[at]!.answer === 'unreachable').map(({ id }) => id)
}
