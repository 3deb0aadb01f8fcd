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
}

/** A setting of `retention` by which something is forgotten at night. */
export type Term = keyof typeof usual

/** Every term, in the order in which settings have them. */
export const terms = Object.keys(usual) as Term[]

/** How long a term is in a programme, as a number of its own unit (hours, days, months). */
export const lengthOf = ({ retention }: Programme, term: Term): number => retention[term] ?? usual[term]

/** The unit that a term's name ends in. */
export const unitOf = (term: Term): 'hours' | 'days' | 'months' =>
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
