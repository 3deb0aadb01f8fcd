import { opensOn } from './hours.ts'
import { counterOf } from './rules.ts'
import type { Programme, Wave } from './shape.ts'
import { daysOf, handoversPerHour } from './waves.ts'

/** An hour of a wave: who comes, and how long the last of them waits. */
export interface WaveHour {
  startsAt: Temporal.Instant
  /** In the queue at its beginning, and who comes in it. */
  people: number
  waitMinutes: number
}

/** What a wave's desks can do, and what its people would wait. */
export interface Capacity {
  openHours: number
  /** Cards that the desks hand over in all these hours. */
  handovers: number
  /** Whom the desks do not serve within the wave. */
  unserved: number
  /** The longest wait. */
  worst: WaveHour | null
  hours: WaveHour[]
}

/** The open hours of a wave's counters; where two are open at once, the hour counts twice. The last of a day may be shorter. */
function openHours(programme: Programme, wave: Wave): { startsAt: Temporal.Instant; hours: number }[] {
  const { zone } = programme.campus
  const counters = wave.at.map(id => counterOf(programme, id)).filter(counter => counter !== null)
  const parts = new Map<string, { startsAt: Temporal.Instant; hours: number }>()
  for (const on of daysOf(wave))
    for (const counter of counters)
      for (const { from, until } of opensOn(counter, zone, on))
        for (let at = from; Temporal.Instant.compare(at, until) < 0; at = at.add({ hours: 1 })) {
          const hours = Math.min(1, at.until(until).total('hours'))
          const known = parts.get(at.toString())
          parts.set(at.toString(), { startsAt: at, hours: (known?.hours ?? 0) + hours })
        }
  return [...parts.values()].sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
}

/**
 * How long a wave's people wait at its desks. They come as people do: half of them on the first third of the open hours,
 * evenly within each part; who is not served waits on, also overnight. `desks` is the number at each counter.
 */
export function capacityOf(programme: Programme, wave: Wave, people: number): Capacity {
  const parts = openHours(programme, wave)
  const all = parts.reduce((sum, { hours }) => sum + hours, 0)
  const rate = wave.desks * handoversPerHour(programme)
  const early = all / 3
  let [passed, waiting] = [0, 0]
  const hours = parts.map(({ startsAt, hours }): WaveHour => {
    const inEarly = Math.max(0, Math.min(hours, early - passed))
    const come = (people / 2) * (inEarly / early) + (people / 2) * ((hours - inEarly) / (all - early))
    passed += hours
    const here = waiting + come
    waiting = Math.max(0, here - rate * hours)
    return { startsAt, people: Math.round(here), waitMinutes: Math.round((waiting / rate) * 60) }
  })
  const worst = hours.reduce<WaveHour | null>(
    (most, hour) => (most !== null && most.waitMinutes >= hour.waitMinutes ? most : hour),
    null,
  )
  return { openHours: all, handovers: Math.floor(all * rate), unserved: Math.round(waiting), worst, hours }
}
