import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'

/** For how long things are kept where the programme does not say (decision 64). */
const usual = {
  requestHours: 48,
  fileDays: 30,
  attemptDays: 30,
  messageMonths: 12,
  issuerMonths: 12,
  leaverMonths: 24,
  lookMonths: 12,
  correctionMonths: 12,
}

/** A setting of `retention` by which something is forgotten at night. */
export type Term = keyof typeof usual

/** Every term, in the order in which settings have them. */
export const terms = Object.keys(usual) as Term[]

/** How long a term is in a programme, as a number of its own unit (hours, days, months). */
export const lengthOf = ({ retention }: Programme, term: Term): number => retention[term] ?? usual[term]

/** The unit that the name of a setting of `retention` ends in. */
export const unitOf = (term: string): 'hours' | 'days' | 'months' =>
  term.endsWith('Hours') ? 'hours' : term.endsWith('Days') ? 'days' : 'months'

/**
 * What is older than this is forgotten: hours are counted back from the moment, days and months from the beginning of its
 * date in the campus's zone.
 */
export function forgottenBefore(now: Temporal.Instant, programme: Programme, term: Term): Temporal.Instant {
  const length = lengthOf(programme, term)
  const unit = unitOf(term)
  if (unit === 'hours') return now.subtract({ hours: length })
  const { zone } = programme.campus
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  return today
    .subtract({ [unit]: length })
    .toZonedDateTime(zone)
    .toInstant()
}

/** So many copies of what is kept of somebody are made for them, and by the office, within a day. */
export const copiesADay = 5

/**
 * Whether another copy of everything that is kept of somebody is made: each is all of it at once, and whoever has got hold
 * of a session has it, too. `madeAt`: copies made within a day, the newest first. Refuses with from when on the next one
 * may be made, on the campus's clocks.
 */
export function mayCopy(madeAt: readonly Temporal.Instant[], zone: string): Decision<object, 'copied-often'> {
  const last = madeAt[copiesADay - 1]
  if (last === undefined) return yes({})
  const again = last.add({ hours: 24, minutes: 1 }).toZonedDateTimeISO(zone).toPlainDateTime()
  return no('copied-often', { again: again.toString({ smallestUnit: 'minute' }) })
}

/** How the forgetting of one thing stands. */
export const nightStates = ['never', 'late', 'under-way', 'done'] as const
export type NightState = (typeof nightStates)[number]

/**
 * How the forgetting of one thing stands, by its newest night and the night that must be over by now. A night is over when its
 * own statement found nothing more that is too old: until then something is kept for longer than the programme says.
 */
export function nightState(
  newest: { on: Temporal.PlainDate; endedAt: Temporal.Instant | null } | null,
  due: Temporal.PlainDate,
): NightState {
  if (newest === null) return 'never'
  const order = Temporal.PlainDate.compare(newest.on, due)
  if (order < 0) return 'late'
  if (newest.endedAt !== null) return 'done'
  return order > 0 ? 'under-way' : 'late'
}
