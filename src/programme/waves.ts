import { type PersonFacts, siteOf } from './cohorts.ts'
import type { Contradiction } from './contradictions.ts'
import { opensOn } from './hours.ts'
import { counterOf } from './rules.ts'
import type { Programme, Wave } from './shape.ts'

/** How many cards one desk hands over in an hour, unless the programme says otherwise. */
export const handoversPerHour = (programme: Programme): number => programme.handoversPerHour ?? 30

/** Whether a wave is of a person: every condition that is written holds. */
export function isOf(programme: Programme, { who }: Wave, person: PersonFacts): boolean {
  const site = siteOf(programme, person)
  return (
    (who.departments === undefined ||
      (person.department !== null && who.departments.includes(person.department))) &&
    (who.sites === undefined || (site !== null && who.sites.includes(site))) &&
    (who.enteredFrom === undefined || person.enteredYear >= who.enteredFrom) &&
    (who.enteredThrough === undefined || person.enteredYear <= who.enteredThrough) &&
    (who.kinds === undefined || who.kinds.includes(person.kind))
  )
}

/**
 * The wave in which a person comes to one of these counters: the first that is not over on that day, else the last one
 * that was; null where no wave is theirs, and they come on any day.
 */
export function waveOf(
  programme: Programme,
  person: PersonFacts,
  { where, today }: { where: readonly string[]; today: Temporal.PlainDate },
): Wave | null {
  const theirs = (programme.waves ?? [])
    .filter(wave => wave.at.some(id => where.includes(id)) && isOf(programme, wave, person))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return theirs.find(({ until }) => today.toString() < until) ?? theirs.at(-1) ?? null
}

/** Whether two lists have something alike; one that is not written has everything. */
const meet = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === undefined || b === undefined || a.some(each => b.includes(each))

/** The sites whose people a wave is of: those it names, else those of its departments. */
const sitesOf = ({ departments }: Programme, { who }: Wave): string[] | undefined =>
  who.sites ??
  (who.departments && departments.filter(({ id }) => who.departments?.includes(id)).map(({ site }) => site))

/** Whether somebody could belong to both waves. */
function sharePeople(programme: Programme, a: Wave, b: Wave): boolean {
  const from = Math.max(a.who.enteredFrom ?? 0, b.who.enteredFrom ?? 0)
  const through = Math.min(a.who.enteredThrough ?? 9999, b.who.enteredThrough ?? 9999)
  return (
    from <= through &&
    meet(a.who.departments, b.who.departments) &&
    meet(sitesOf(programme, a), sitesOf(programme, b)) &&
    meet(a.who.kinds, b.who.kinds)
  )
}

/** The local dates of a wave, in order. */
export function* daysOf({ from, until }: Pick<Wave, 'from' | 'until'>): Generator<Temporal.PlainDate> {
  const end = Temporal.PlainDate.from(until)
  for (
    let on = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(on, end) < 0;
    on = on.add({ days: 1 })
  )
    yield on
}

/** A wave goes on for at most so many days: a programme is not longer than some years. */
const longestWaveDays = 800

/** Waves must have their people, counters and hours, lie before the deadline, and never call one person twice at once. */
export function* waveProblems(programme: Programme): Generator<Contradiction> {
  const { waves = [], deadline, startsOn, campus, counters, departments } = programme
  for (const [index, wave] of waves.entries()) {
    const path = ['waves', index]
    const { from, until, id } = wave
    for (const [at, department] of (wave.who.departments ?? []).entries())
      if (!departments.some(each => each.id === department)) {
        const known = departments
          .slice(0, 12)
          .map(each => each.id)
          .join(', ')
        yield {
          path: [...path, 'who', 'departments', at],
          rule: 'unknown-department',
          facts: { id: department, known },
        }
      }
    for (const [at, site] of (wave.who.sites ?? []).entries())
      if (!campus.sites.some(each => each.id === site)) {
        const known = campus.sites.map(each => each.id).join(', ')
        yield { path: [...path, 'who', 'sites', at], rule: 'unknown-site', facts: { id: site, known } }
      }
    if (until <= from) {
      yield { path, rule: 'dates-turned', facts: { from, until } }
      continue
    }
    if (Temporal.PlainDate.from(from).until(until).days > longestWaveDays)
      yield { path, rule: 'wave-too-long', facts: { id, most: longestWaveDays } }
    if (from < startsOn)
      yield { path: [...path, 'from'], rule: 'wave-before-start', facts: { id, from, startsOn } }
    for (const [at, counterId] of wave.at.entries()) {
      const counter = counterOf(programme, counterId)
      if (!counter) {
        const known = counters
          .slice(0, 12)
          .map(each => each.id)
          .join(', ')
        yield { path: [...path, 'at', at], rule: 'unknown-counter', facts: { id: counterId, known } }
      } else if (
        ![...daysOf(wave)].slice(0, longestWaveDays).some(on => opensOn(counter, campus.zone, on).length > 0)
      )
        yield {
          path: [...path, 'at', at],
          rule: 'wave-while-closed',
          facts: { id, counter: counterId, from, until },
        }
    }
    const other = waves.findIndex(
      (earlier, before) =>
        before < index &&
        earlier.at.some(each => wave.at.includes(each)) &&
        earlier.from < until &&
        from < earlier.until &&
        sharePeople(programme, earlier, wave),
    )
    if (other >= 0)
      yield {
        path,
        rule: 'waves-overlap',
        facts: { id, other: waves[other]!.id, from: waves[other]!.from > from ? waves[other]!.from : from },
      }
  }
  const late = waves.filter(({ from }) => from >= deadline.on)
  if (waves.length > 0 && late.length === waves.length)
    yield {
      path: ['deadline', 'on'],
      rule: 'deadline-before-waves',
      facts: { on: deadline.on, from: late.map(({ from }) => from).toSorted()[0]! },
    }
  else
    for (const [index, { id, from }] of waves.entries())
      if (from >= deadline.on)
        yield {
          path: ['waves', index, 'from'],
          rule: 'wave-after-deadline',
          facts: { id, from, on: deadline.on },
        }
}

/** On the day on which campus access ends, people stand outside: some counter is open for them. */
export function* deadlineWhileClosed({ deadline, counters, campus }: Programme): Generator<Contradiction> {
  const on = Temporal.PlainDate.from(deadline.on)
  if (counters.every(counter => opensOn(counter, campus.zone, on).length === 0))
    yield { path: ['deadline', 'on'], rule: 'deadline-while-closed', facts: { on: deadline.on } }
}
