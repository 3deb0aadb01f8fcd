import type { Facts } from '../lib/decision.ts'
import { messageProblems } from './messages.ts'
import { neverAsked } from './never-asked.ts'
import { printedNumberProblems } from './printed-number.ts'
import { privacyProblems } from './privacy-problems.ts'
import { valueAt } from './rules.ts'
import type { Programme } from './shape.ts'
import { personKinds } from './shape-parts.ts'
import { templateTexts, templateValues, valuesNamedIn } from './template.ts'
import { temporaryCardProblems } from './temporary-cards.ts'
import { windowsBetween } from './timetable.ts'
import { deadlineWhileClosed, waveProblems } from './waves.ts'
import type { ProblemRule } from './words.ts'

/** A keys-and-indexes path into the document. */
export type Path = readonly (string | number)[]

/** What is wrong in a programme, before its line is known. */
export interface Contradiction {
  path: Path
  rule: ProblemRule
  facts: Facts
}

const found = (path: Path, rule: ProblemRule, facts: Facts = {}): Contradiction => ({ path, rule, facts })

/** Whether the zone is known by name; an offset such as +08:00 is not a name. */
export function knowsZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

function* doubledIds(programme: Programme): Generator<Contradiction> {
  const lists = {
    editions: programme.editions,
    counters: programme.counters,
    faculties: programme.faculties,
    departments: programme.departments,
    cohorts: programme.cohorts,
    evidence: programme.evidence,
    doesNotMove: programme.doesNotMove,
    fees: programme.fees,
    contacts: programme.contacts,
    waves: programme.waves ?? [],
    notice: programme.notice,
    faq: programme.faq,
  }
  const seenIn = function* (path: Path, items: readonly { id: string }[]): Generator<Contradiction> {
    const seen = new Set<string>()
    for (const [index, { id }] of items.entries()) {
      if (seen.has(id)) yield found([...path, index, 'id'], 'doubled-id', { id })
      seen.add(id)
    }
  }
  for (const [name, items] of Object.entries(lists)) yield* seenIn([name], items)
  yield* seenIn(['campus', 'sites'], programme.campus.sites)
  yield* seenIn(['reissue', 'kiosks'], programme.reissue.kiosks)
  yield* seenIn(['loss', 'tells'], programme.loss.tells ?? [])
  for (const [index, { kinds }] of programme.evidence.entries())
    yield* seenIn(['evidence', index, 'kinds'], kinds ?? [])
}

/** Every id that points at something must point at something there is. */
function* strayReferences(programme: Programme): Generator<Contradiction> {
  const { campus, counters, cohorts, departments, editions, evidence, faculties, sources } = programme
  const ids = (items: readonly { id: string }[]): Set<string> => new Set(items.map(item => item.id))
  const known = {
    cohort: ids(cohorts),
    counter: ids(counters),
    edition: ids(editions),
    evidence: ids(evidence),
    faculty: ids(faculties),
    site: ids(campus.sites),
    source: new Set(Object.keys(sources)),
  }
  const check = function* (kind: keyof typeof known, id: string, path: Path): Generator<Contradiction> {
    if (!known[kind].has(id))
      yield found(path, `unknown-${kind}`, { id, known: [...known[kind]].slice(0, 12).join(', ') })
  }
  const checkAll = function* (
    kind: keyof typeof known,
    list: readonly string[],
    path: Path,
  ): Generator<Contradiction> {
    for (const [index, id] of list.entries()) yield* check(kind, id, [...path, index])
  }
  const checkBring = function* (bring: readonly (readonly string[])[], path: Path): Generator<Contradiction> {
    for (const [index, group] of bring.entries()) yield* checkAll('evidence', group, [...path, index])
  }
  for (const [index, record] of programme.issued.entries())
    yield* check('edition', record.edition, ['issued', index, 'edition'])
  yield* checkAll('edition', programme.deadline.editions, ['deadline', 'editions'])
  for (const [index, counter] of counters.entries())
    yield* check('site', counter.site, ['counters', index, 'site'])
  for (const [index, department] of departments.entries())
    for (const kind of ['faculty', 'site', 'counter'] as const)
      yield* check(kind, department[kind], ['departments', index, kind])
  yield* checkAll('counter', programme.askAt, ['askAt'])
  yield* checkBring(programme.pickup.accepts, ['pickup', 'accepts'])
  yield* checkBring(programme.pickup.whenNeither, ['pickup', 'whenNeither'])
  yield* checkBring(programme.pickup.proxy.bring, ['pickup', 'proxy', 'bring'])
  yield* checkAll('cohort', programme.pickup.proxy.cohorts ?? [], ['pickup', 'proxy', 'cohorts'])
  yield* checkAll('counter', programme.reissue.at, ['reissue', 'at'])
  yield* checkBring(programme.reissue.bring, ['reissue', 'bring'])
  for (const [index, kiosk] of programme.reissue.kiosks.entries())
    yield* check('site', kiosk.site, ['reissue', 'kiosks', index, 'site'])
  for (const [index, { when, outcome }] of cohorts.entries()) {
    const path = ['cohorts', index, 'outcome']
    yield* checkAll('site', when.sites ?? [], ['cohorts', index, 'when', 'sites'])
    if ('at' in outcome) yield* checkAll('counter', outcome.at, [...path, 'at'])
    if ('bring' in outcome && outcome.bring) yield* checkBring(outcome.bring, [...path, 'bring'])
    if (outcome.kind === 'has-card') {
      yield* checkAll('counter', outcome.missed.at, [...path, 'missed', 'at'])
      yield* checkBring(outcome.missed.bring, [...path, 'missed', 'bring'])
    }
  }
  for (const [index, fee] of programme.fees.entries())
    if (fee.source !== undefined) yield* check('source', fee.source, ['fees', index, 'source'])
  for (const [index, pointer] of programme.invented.entries())
    if (valueAt(programme, pointer) === undefined)
      yield found(['invented', index], 'pointer-to-nothing', { pointer })
}

/** The cohorts must end with one that catches everybody, and only the last may. */
function* cohortGaps({ cohorts }: Programme): Generator<Contradiction> {
  for (const [index, cohort] of cohorts.entries()) {
    const catchesAll = Object.keys(cohort.when).length === 0
    const last = index === cohorts.length - 1
    const { enteredFrom, enteredThrough } = cohort.when
    if (last && !catchesAll) yield found(['cohorts', index, 'when'], 'cohort-gap', { id: cohort.id })
    if (!last && catchesAll)
      yield found(['cohorts', index, 'when'], 'cohorts-never-reached', { id: cohort.id })
    if (enteredFrom !== undefined && enteredThrough !== undefined && enteredFrom > enteredThrough)
      yield found(['cohorts', index, 'when'], 'years-turned', { from: enteredFrom, through: enteredThrough })
  }
}

function* counterHours({ counters }: Programme): Generator<Contradiction> {
  for (const [index, counter] of counters.entries()) {
    for (const [at, hours] of counter.hours.entries())
      if (hours.until <= hours.from)
        yield found(['counters', index, 'hours', at], 'closes-before-opens', {
          id: counter.id,
          from: hours.from,
          until: hours.until,
        })
    for (const [at, closure] of counter.closures.entries())
      if (closure.until <= closure.from)
        yield found(['counters', index, 'closures', at], 'dates-turned', {
          from: closure.from,
          until: closure.until,
        })
  }
}

/** Days on which windows are compared: an ordinary one and each change of the clocks in the two years after the start. */
function* daysToCompare(startsOn: Temporal.PlainDate, zone: string): Generator<Temporal.PlainDate> {
  yield startsOn
  const start = startsOn.toZonedDateTime(zone)
  const horizon = start.add({ years: 2 })
  let change = start.getTimeZoneTransition('next')
  while (change && Temporal.ZonedDateTime.compare(change, horizon) < 0) {
    yield change.toPlainDate()
    change = change.getTimeZoneTransition('next')
  }
}

function* timetableProblems({ timetable, campus, startsOn }: Programme): Generator<Contradiction> {
  const path = ['timetable', 'windows']
  if (timetable.windows.length === 0) yield found(path, 'timetable-empty')
  const seen = new Set<string>()
  let doubled = false
  for (const [index, window] of timetable.windows.entries()) {
    if (seen.has(window.at)) {
      doubled = true
      yield found([...path, index, 'at'], 'doubled-time', { at: window.at })
    }
    seen.add(window.at)
    if (window.usuallyMinutes > window.atMostMinutes)
      yield found([...path, index, 'usuallyMinutes'], 'usually-longer-than-most', { at: window.at })
  }
  if (doubled || !knowsZone(campus.zone)) return
  const told = new Set<string>()
  for (const day of daysToCompare(Temporal.PlainDate.from(startsOn), campus.zone)) {
    const from = day.subtract({ days: 1 }).toZonedDateTime(campus.zone).toInstant()
    const to = day.add({ days: 3 }).toZonedDateTime(campus.zone).toInstant()
    const windows = windowsBetween(timetable, campus.zone, from, to)
    for (const [index, window] of windows.entries()) {
      const next = windows[index + 1]
      if (!next || Temporal.Instant.compare(window.endsBy, next.startsAt) <= 0) continue
      const [at, nextAt] = [window.at, next.at].map(time => time.toString({ smallestUnit: 'minute' }))
      if (at === undefined || nextAt === undefined || told.has(`${at} ${nextAt}`)) continue
      told.add(`${at} ${nextAt}`)
      const row = timetable.windows.findIndex(each => each.at === at)
      yield found([...path, row], 'windows-overlap', { at, nextAt, on: window.on.toString() })
    }
  }
}

interface DatedRow {
  from: string
  until?: string | undefined
  path: Path
}

/** Dated records of one thing must follow each other from the start of the programme, without a gap or an overlap. */
function* datedProblems(rows: DatedRow[], startsOn: string, what: string): Generator<Contradiction> {
  const sorted = rows.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  for (const [index, row] of sorted.entries()) {
    if (row.until !== undefined && row.until <= row.from)
      yield found(row.path, 'dates-turned', { from: row.from, until: row.until })
    if (index === 0 && row.from > startsOn)
      yield found(row.path, 'dates-gap', { what, from: startsOn, until: row.from })
    const next = sorted[index + 1]
    if (next && (row.until === undefined || row.until > next.from))
      yield found(next.path, 'dates-overlap', { what, from: next.from })
    if (row.until !== undefined && (!next || row.until < next.from))
      yield found(row.path, 'dates-gap', { what, from: row.until, until: next?.from ?? null })
  }
}

/** Everybody must know how a reissue is paid, and a kiosk is offered only where there is one. */
function* paymentGaps({ reissue }: Programme): Generator<Contradiction> {
  const named = new Set(reissue.pays.flatMap(({ kinds }) => kinds))
  for (const kind of personKinds)
    if (!named.has(kind)) yield found(['reissue', 'pays'], 'kind-cannot-pay', { kind })
  for (const [index, { ways }] of reissue.pays.entries())
    if (ways.includes('kiosk') && reissue.kiosks.length === 0)
      yield found(['reissue', 'pays', index, 'ways'], 'no-kiosk')
}

function* dates(programme: Programme): Generator<Contradiction> {
  const { deadline, startsOn, issued } = programme
  if (deadline.on <= startsOn)
    yield found(['deadline', 'on'], 'deadline-before-start', { on: deadline.on, startsOn })
  yield* datedProblems(
    issued.map((record, index) => ({ ...record, path: ['issued', index] })),
    startsOn,
    'issued',
  )
  for (const [index, record] of issued.entries())
    if (deadline.editions.includes(record.edition) && (record.until ?? '9999') > startsOn)
      yield found(['issued', index], 'issued-edition-ends', { edition: record.edition, on: deadline.on })
  const fees = programme.fees.map((fee, index) => ({ ...fee, path: ['fees', index] }))
  const series = Map.groupBy(fees, fee => [fee.for, ...(fee.kinds ?? []).toSorted()].join(' '))
  for (const rows of series.values()) yield* datedProblems(rows, startsOn, rows[0]!.for)
}

/** A sentence may only name values that the programme has; otherwise it would be printed with a hole. */
function* emptyTemplates(programme: Programme): Generator<Contradiction> {
  for (const language of ['zh-TW', 'en'] as const) {
    const values = templateValues(programme, language, Temporal.PlainDate.from(programme.startsOn))
    for (const { path, text } of templateTexts(programme))
      for (const name of valuesNamedIn(text[language]))
        if (values[name] === undefined) yield found([...path, language], 'unknown-value', { name })
  }
}

/** Written as escapes in quotes, NUL and halves of characters pass as text; no database keeps them. */
function* strayCharacters(value: unknown, path: Path): Generator<Contradiction> {
  if (typeof value === 'string') {
    if (/\0|\p{Surrogate}/u.test(value)) yield found(path, 'stray-character')
  } else if (Array.isArray(value))
    for (const [at, item] of value.entries()) yield* strayCharacters(item, [...path, at])
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      yield* strayCharacters(key, [...path, key])
      yield* strayCharacters(item, [...path, key])
    }
}

/** Everything in a well-shaped programme that contradicts itself; an empty list means that it can be run. */
export function contradictionsIn(programme: Programme): Contradiction[] {
  const zoneKnown = knowsZone(programme.campus.zone)
  const list = [
    ...(zoneKnown ? [] : [found(['campus', 'zone'], 'unknown-zone', { zone: programme.campus.zone })]),
    ...strayCharacters(programme, []),
    ...doubledIds(programme),
    ...strayReferences(programme),
    ...neverAsked(programme),
    ...cohortGaps(programme),
    ...counterHours(programme),
    ...timetableProblems(programme),
    ...paymentGaps(programme),
    ...temporaryCardProblems(programme),
    ...printedNumberProblems(programme),
    ...messageProblems(programme),
    ...privacyProblems(programme),
    ...(zoneKnown ? [...waveProblems(programme), ...deadlineWhileClosed(programme)] : []),
    ...dates(programme),
  ]
  // Sentences are filled from the rest, so they are only looked at when the rest holds.
  return list.length > 0 ? list : [...emptyTemplates(programme)]
}
