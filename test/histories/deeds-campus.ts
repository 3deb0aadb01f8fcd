import { type Facts, yes } from '../../src/lib/decision.ts'
import { holdsNow, holdUpdates, liftHolds } from '../../src/update/holds.ts'
import { serials, type Weather } from './boards.ts'
import { access, type Deed, doing } from './deed.ts'
import { aheadMs, day } from './told-time.ts'
import type { World } from './world.ts'

const planSql = 'update person set next_status = $2, next_status_on = $3 where id = $1'
const setSql = 'update person set status = $2, next_status = null, next_status_on = null where id = $1'

const weather =
  (becomes: Weather): Deed =>
  async (world, _who, pick) => {
    const serial = serials[pick % serials.length]!
    world.boards.setWeather(serial, becomes)
    world.lastTroubleMs = world.time.nowMs
    return `${serial} is ${becomes}`
  }

/** The registrar's file says another status, from now on or from a later day on. */
const status =
  (...statuses: readonly string[]): Deed =>
  async (world, who, pick) => {
    const to = statuses[pick % statuses.length]!
    const from = world.facts.people.find(({ id }) => id === who.id)!.status
    // What a roster never brings: one who left comes back as if nothing were.
    if (from === to || from === 'graduated' || from === 'withdrawn') return 'is so, or has left'
    const later = pick % 3 === 0
    return doing(world, { kind: 'system', id: 'roster' }, async act => {
      const on = new Date(world.time.nowMs + aheadMs + day).toISOString().slice(0, 10)
      if (later) await act.statement('plan_status', planSql, [who.id, to, on])
      else await act.statement('set_status', setSql, [who.id, to])
      const facts: Facts = later
        ? { fields: 'nextStatus' }
        : { fields: 'status', statusFrom: from, statusTo: to }
      await act.note({ act: 'person changed', personId: who.id, facts })
      return yes({})
    })
  }

const hold: Deed = async (world, _who, pick) => {
  const serial = serials[pick % serials.length]!
  const answer = await doing(world, access, act =>
    holdUpdates(act, { controllers: [serial], reason: 'inspection' }),
  )
  if (answer === 'ok') world.held.add(serial)
  return `${serial}: ${answer}`
}

const lift = async (world: World): Promise<string> => {
  const answer = await doing(world, access, async act =>
    liftHolds(
      act,
      (await holdsNow(act)).map(({ id }) => id),
    ),
  )
  world.held.clear()
  world.lastTroubleMs = world.time.nowMs
  return answer
}

/** What happens to the campus: boards, holds, and what the registrar says. */
export const campusDeeds = {
  'board dies': weather('dead'),
  'board is hard to hear': weather('lossy'),
  'board is well': weather('fair'),
  'hold updates': hold,
  'lift holds': lift,
  leave: status('on-leave'),
  return: status('enrolled'),
  'leave for good': status('graduated', 'withdrawn'),
} satisfies Record<string, Deed>

/** Everything that was wrong with the campus is well again. */
export async function heal(world: World): Promise<void> {
  for (const serial of serials)
    if (world.boards.weather.get(serial) !== 'fair') {
      world.boards.setWeather(serial, 'fair')
      world.lastTroubleMs = world.time.nowMs
    }
  if (world.held.size > 0) await lift(world)
}
