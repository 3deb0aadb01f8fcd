import type { Contradiction } from './contradictions.ts'
import type { Programme } from './shape.ts'

/** At which hours people are written to, and of what, with what holds where a programme says nothing. */
export const messagesOf = ({ messages }: Programme): NonNullable<Programme['messages']> =>
  messages ?? { from: '09:00', until: '18:00', announcedTo: 'concerned', doorOwnersFrom: '09:00' }

/** The day on which the programme is announced to the people it concerns. */
export const announcedOn = (programme: Programme): Temporal.PlainDate =>
  Temporal.PlainDate.from(messagesOf(programme).announcedOn ?? programme.startsOn)

/** On which day of a year the student fare ends that is good until that year; in a month without that day, its last one. */
export const fareEndsOn = ({ studentFare }: Programme, year: number): Temporal.PlainDate =>
  Temporal.PlainDate.from(
    { year, month: studentFare.endsMonth, day: studentFare.endsDay },
    { overflow: 'constrain' },
  )

/** On which day holders are told to have the student fare prolonged that ends in a year; null where nobody is. */
export const fareRemindedOn = (programme: Programme, year: number): Temporal.PlainDate | null => {
  const { reminds } = programme.studentFare
  return reminds ? fareEndsOn(programme, year).subtract({ days: reminds.remindDaysBefore }) : null
}

/** Of one event each address is written to once: a second place at the same one would hear nothing. */
function* doubledAddresses({ loss }: Programme): Generator<Contradiction> {
  const seen = new Set<string>()
  for (const [index, { email }] of (loss.tells ?? []).entries()) {
    const same = email.toLowerCase()
    if (seen.has(same))
      yield { path: ['loss', 'tells', index, 'email'], rule: 'doubled-address', facts: { email } }
    seen.add(same)
  }
}

/**
 * There must be an hour at which people are written to, and a place where a student fare is prolonged; no two places that
 * are told of losses have the same address.
 */
export function* messageProblems(programme: Programme): Generator<Contradiction> {
  yield* doubledAddresses(programme)
  const { messages, studentFare, counters, deadline } = programme
  if (messages) {
    const { from, until, doorOwnersFrom, announcedOn: on } = messages
    if (from >= until)
      yield { path: ['messages', 'until'], rule: 'writes-at-no-hour', facts: { from, until } }
    else if (doorOwnersFrom >= until)
      yield {
        path: ['messages', 'doorOwnersFrom'],
        rule: 'writes-at-no-hour',
        facts: { from: doorOwnersFrom, until },
      }
    if (on !== undefined && on >= deadline.on)
      yield { path: ['messages', 'announcedOn'], rule: 'told-too-late', facts: { on, until: deadline.on } }
  }
  for (const [index, id] of (studentFare.reminds?.at ?? []).entries())
    if (!counters.some(counter => counter.id === id)) {
      const known = counters.slice(0, 12).map(counter => counter.id)
      yield {
        path: ['studentFare', 'reminds', 'at', index],
        rule: 'unknown-counter',
        facts: { id, known: known.join(', ') },
      }
    }
}
