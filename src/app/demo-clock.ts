import { setTimeout as wait } from 'node:timers/promises'
import { type Decision, no, yes } from '../lib/decision.ts'
import { sayFault } from '../lib/say-fault.ts'
import { accessEndsAt } from '../programme/deadline.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow } from '../programme/timetable.ts'
import type { Database } from '../server/database.ts'
import { setControllerClocks } from '../update/clocks.ts'
import type { ControllerDriver } from '../update/driver.ts'
import type { Updates } from '../update/loop.ts'
import { boundariesBetween, type Dates } from './boundaries.ts'
import { campusClock, monotonicMs, moveCampusTo } from './clock.ts'

/** Where the campus's clock can be moved: always forward. */
export const demoTargets = ['next-update', 'deadline', 'next-day'] as const
export type DemoTarget = (typeof demoTargets)[number]

export type ClockRefusal = 'deadline-passed' | 'still-moving'

/** The campus's clock as the demo shows it. Instants in campus time. */
export interface DemoTime {
  now: Temporal.Instant
  zone: string
  nextUpdate: Temporal.Instant
  /** When the old cards' campus access ends; null once that has passed. */
  deadline: Temporal.Instant | null
  /** A move under way: how many of its stops are done. */
  moving: { to: Temporal.Instant; done: number; of: number } | null
}

/** The clock of the campus to try. */
export interface DemoClock {
  look(): Promise<DemoTime>
  /** Begins to move the clock, stopping wherever something happens on the way; `look` tells how far it has come. */
  move(target: DemoTarget): Promise<Decision<{ to: Temporal.Instant }, ClockRefusal>>
  /** Waits until a move under way has arrived. */
  arrive(): Promise<void>
  /** Gives a move up at its next stop. */
  stop(): Promise<void>
}

/** How long a stop waits for the update that another process carries out. */
const patience = { tries: 120, waitMs: 250 }

const deadlineOf = (programme: Programme, now: Temporal.Instant): Temporal.Instant | null => {
  const edition = programme.deadline.editions[0]
  const ends = edition === undefined ? null : accessEndsAt(programme, edition)
  return ends && Temporal.Instant.compare(now, ends) < 0 ? ends : null
}

function targetOf(programme: Programme, now: Temporal.Instant, target: DemoTarget): Temporal.Instant | null {
  const { zone } = programme.campus
  if (target === 'next-update') return nextWindow(programme.timetable, zone, now).startsAt
  if (target === 'deadline') return deadlineOf(programme, now)
  return now.toZonedDateTimeISO(zone).add({ days: 1 }).toInstant()
}

const unfinishedSql = `
  select exists (select from update_window where frozen_at is not null and finished_at is null and covered_by is null)
    as unfinished`

/** Opens the clock of the campus to try; `owner` may move it. */
export function openDemoClock(parts: {
  owner: Database
  doors: Database
  driver: ControllerDriver
  updates: Updates
  dates: Dates
  log: (line: string) => void
}): DemoClock {
  const { owner, doors, driver, updates, dates, log } = parts
  const stopped = new AbortController()
  let moving: DemoTime['moving'] = null
  let arriving: Promise<void> = Promise.resolve()

  const here = () =>
    owner.transaction(async trx => ({
      programme: await programmeInForce(trx),
      now: await campusClock.now(trx),
    }))

  async function settle(): Promise<void> {
    await updates.settle()
    // Another process that shares the database may have this update in hand.
    for (let attempt = 0; attempt < patience.tries && !stopped.signal.aborted; attempt += 1) {
      const [row] = await owner.transaction(trx =>
        trx.statement<{ unfinished: boolean }>('any_unfinished', unfinishedSql, []),
      )
      if (!row!.unfinished) return
      await wait(patience.waitMs, undefined, { signal: stopped.signal }).catch(() => {})
      await updates.settle()
    }
  }

  async function travel(stops: readonly Temporal.Instant[], zone: string): Promise<void> {
    const silent = new Set<number>()
    for (const stop of stops) {
      if (stopped.signal.aborted) return
      await owner.transaction(trx => moveCampusTo(trx, stop))
      const setting = { database: doors, clock: campusClock, driver, zone, monotonicMs }
      // Who stays silent once is not waited for again on this way.
      for (const serial of await setControllerClocks(setting, silent)) silent.add(serial)
      await dates.look()
      await settle()
      if (moving) moving = { ...moving, done: moving.done + 1 }
    }
  }

  return {
    async look() {
      const { programme, now } = await here()
      const { zone } = programme.campus
      return {
        now,
        zone,
        nextUpdate: nextWindow(programme.timetable, zone, now).startsAt,
        deadline: deadlineOf(programme, now),
        moving,
      }
    },
    async move(target) {
      const { programme, now } = await here()
      if (moving) return no('still-moving')
      const to = targetOf(programme, now, target)
      if (to === null) return no('deadline-passed')
      const { timetable, campus } = programme
      const stops = boundariesBetween({ timetable, zone: campus.zone }, now, to)
      moving = { to, done: 0, of: stops.length }
      arriving = travel(stops, campus.zone)
        .catch((error: unknown) => log(`demo clock: ${sayFault(error)}`))
        .finally(() => {
          moving = null
        })
      return yes({ to })
    },
    arrive: () => arriving,
    async stop() {
      stopped.abort()
      await arriving
    },
  }
}
