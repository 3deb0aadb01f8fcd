import type { Errand } from '../eligibility/rules.ts'
import { eligibilityOfMany, type ManyEligible } from '../eligibility/store.ts'
import { sayEligibility } from '../eligibility/words.ts'
import { sayList, sayMoney } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { accessEndsAt } from '../programme/deadline.ts'
import { fareEndsOn, messagesOf } from '../programme/messages.ts'
import { counterOf, feeFor } from '../programme/rules.ts'
import { sayHours } from '../programme/say-hours.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayBring, sayCounters } from '../programme/template.ts'
import { mayHaveProxy } from '../proxy/rules.ts'
import type { Status } from '../roster/person.ts'
import { peopleByIds, type RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { isConcerned, type Occasion, occasionsOf } from './calendar-rules.ts'
import {
  type Asked,
  alone,
  candidates,
  keepTold,
  keptSince,
  lockTold,
  type Standing,
  standingOf,
  type ToKeep,
} from './calendar-store.ts'
import { type Due, dueNow } from './occasions.ts'
import { compose } from './rules.ts'
import type { CalendarTold } from './say-calendar.ts'
import { readerOf } from './tell.ts'

/** People whom one act looks after: some tenths of a second in which others wait for any of them. */
const atATime = 250

/** One person of a portion, with everything that is said of them. */
interface Told {
  person: RegisteredPerson
  standing: Standing
  eligible: ManyEligible
  onceStarted: ManyEligible
}

/** The hours of the counters of an errand, a line each, with the counter's name where there are several. */
function hoursOf(programme: Programme, where: readonly string[], language: Language): string[] {
  const space = language === 'zh-TW' ? '　' : ' '
  return where.flatMap(id => {
    const counter = counterOf(programme, id)
    if (counter === null) return []
    const lines = sayHours(counter.hours, language).map(({ days, times }) => `${days}${space}${times}`)
    const comma = language === 'zh-TW' ? '；' : '; '
    return where.length > 1 ? [`${counter.name[language]}${space}${lines.join(comma)}`] : lines
  })
}

/** How it is said whether, where, when and with what somebody collects: as they read it when they ask. */
function errandOf(programme: Programme, { decision, isReissued }: ManyEligible, language: Language) {
  const errand: Errand = decision.ok ? decision : decision.errand
  const { proxy } = programme.pickup
  const goes = isConcerned(decision)
  const mayName = mayHaveProxy({
    rules: proxy,
    eligible: decision,
    errand: isReissued ? 'reissue' : 'first-card',
  }).ok
  return {
    said: sayEligibility(decision, programme, language),
    hours: goes ? hoursOf(programme, errand.where, language) : [],
    proxyBrings: mayName ? sayBring(programme, proxy.bring, language) : null,
  }
}

function announcement(programme: Programme, due: Due, told: Told): CalendarTold {
  const { standing, eligible, onceStarted } = told
  const { language, losesAccess, oldEdition } = standing
  const { decision } = eligible
  const errand: Errand = decision.ok ? decision : decision.errand
  const cohort = programme.cohorts.find(({ id }) => id === errand.cohort)
  const fee = feeFor(programme, 'exchange', due.today, told.person.kind)
  const until = losesAccess && oldEdition !== null ? accessEndsAt(programme, oldEdition) : null
  const ends = Temporal.PlainDate.from(programme.deadline.on)
  return {
    kind: 'announcement',
    printedNumber: null,
    title: programme.title[language],
    concerned: isConcerned(onceStarted.decision),
    why: cohort?.why[language] ?? '',
    ...errandOf(programme, eligible, language),
    fee: fee.ok && fee.fee.amount > 0 ? sayMoney(fee.fee.amount, programme.campus.currency) : null,
    keepsOldCard: programme.pickup.keepsOldCard,
    old: until === null ? null : { until, lastDay: ends.subtract({ days: 1 }) },
    inTime: Temporal.PlainDate.compare(errand.from, ends) < 0,
  }
}

function deadline(programme: Programme, due: Due, { standing, eligible }: Told): CalendarTold {
  const { language, oldPrinted, oldEdition, collectedEdition, collectedAt, collectedIsFetched } = standing
  const ends = Temporal.PlainDate.from(programme.deadline.on)
  const about = {
    printedNumber: oldPrinted,
    until: accessEndsAt(programme, oldEdition!)!,
    days: due.today.until(ends, { largestUnit: 'days' }).days,
    keepsOldCard: programme.pickup.keepsOldCard,
  }
  if (collectedEdition === null || collectedAt === null) {
    const canCollect = eligible.decision.ok
    return {
      kind: 'deadline-not-collected',
      ...about,
      canCollect,
      wasCollected: !eligible.decision.ok && eligible.decision.refusal === 'already-collected',
      ...errandOf(programme, eligible, language),
    }
  }
  const edition = programme.editions.find(({ id }) => id === collectedEdition)
  return {
    kind: 'deadline-not-activated',
    ...about,
    edition: edition?.name[language] ?? collectedEdition,
    collectedAt,
    isFetched: collectedIsFetched,
    windows: sayList(programme.timetable.windows.map(({ at }) => at).sort(), language, 'and'),
  }
}

function atDesk(programme: Programme, { standing, eligible }: Told): CalendarTold {
  const { language } = standing
  const { decision } = eligible
  if (!decision.ok) throw new Error('Only who may collect is told that the card is at the desk.')
  const edition = programme.editions.find(({ id }) => id === decision.edition)
  return {
    kind: 'card-at-desk',
    printedNumber: null,
    edition: edition?.name[language] ?? decision.edition,
    where: sayCounters(programme, decision.where, language),
    ...errandOf(programme, eligible, language),
  }
}

function fare(programme: Programme, due: Due, { standing }: Told): CalendarTold {
  const { years, reminds } = programme.studentFare
  return {
    kind: 'student-fare-ends',
    printedNumber: null,
    on: fareEndsOn(programme, due.fare!.year),
    years,
    where: sayCounters(programme, reminds!.at, standing.language),
  }
}

function toldOf(occasion: Occasion, programme: Programme, due: Due, told: Told): CalendarTold {
  if (occasion.kind === 'announcement') return announcement(programme, due, told)
  if (occasion.kind === 'deadline') return deadline(programme, due, told)
  return occasion.kind === 'card-at-desk' ? atDesk(programme, told) : fare(programme, due, told)
}

/** Of what one person is told now, and its message. */
function occasionsFor(programme: Programme, due: Due, told: Told, now: Temporal.Instant): ToKeep[] {
  const { person, standing, eligible, onceStarted } = told
  const occasions = occasionsOf(
    {
      status: person.status,
      statusAtDeadline: standing.statusAtDeadline as Status | null,
      decision: eligible.decision,
      onceStarted: onceStarted.decision,
      isReissued: eligible.isReissued,
      waiting:
        standing.waitingCardId === null
          ? null
          : { cardId: standing.waitingCardId, isNew: standing.waitingIsNew },
      losesAccess: standing.losesAccess,
      collected: standing.collectedEdition !== null,
      fareYear: standing.holdsCard
        ? Math.max(person.entryYear + programme.studentFare.years, due.fare?.year ?? 0)
        : null,
      told: new Set(standing.told),
    },
    due,
    messagesOf(programme).announcedTo,
  )
  return occasions.map(each => ({
    addressee: standing,
    kind: each.kind,
    occasion: each.occasion,
    message: each.without
      ? null
      : compose(toldOf(each, programme, due, told), readerOf(standing, programme, now)),
  }))
}

function askedOf(programme: Programme, due: Due, since: Temporal.Instant, now: Temporal.Instant): Asked {
  const { deadline, campus, cohorts } = programme
  const endsOn = Temporal.PlainDate.from(deadline.on)
  const startOf = (on: string) => Temporal.PlainDate.from(on).toZonedDateTime(campus.zone).toInstant()
  const opens = [
    programme.startsOn,
    ...cohorts.flatMap(({ outcome }) => ('from' in outcome ? (outcome.from ?? []) : [])),
  ]
  return {
    due,
    since,
    now,
    endsAt: endsOn.toZonedDateTime(campus.zone).toInstant(),
    endsOn,
    editions: deadline.editions,
    fareYears: programme.studentFare.years,
    opened: opens.some(on => {
      const at = startOf(on)
      return Temporal.Instant.compare(since, at) <= 0 && Temporal.Instant.compare(at, now) <= 0
    }),
  }
}

/** What one portion did. */
export interface CalendarPortion {
  messages: number
  /** Where others may follow; null when there is nobody left. */
  last: number | null
}

/** What is due on this campus now; null outside of the hours in which people are written to. */
export async function dueHere(
  act: Act,
): Promise<{ programme: Programme; due: Due; since: Temporal.Instant } | null> {
  const [programme, since] = await Promise.all([programmeInForce(act), keptSince(act)])
  const due = dueNow(programme, since, act.now)
  return due && { programme, due, since }
}

/**
 * Tells some people after `after`, by their ids, what the day brings: each only what concerns them, as it is at this moment,
 * and once, whatever the number of processes, restarts and published dates. Null where another process does it just
 * now. Whoever is doing something with a card meanwhile is waited for.
 */
export async function tellByCalendar(act: Act, after = 0): Promise<CalendarPortion | null> {
  if (!(await alone(act))) return null
  const here = await dueHere(act)
  if (here === null) return { messages: 0, last: null }
  const { programme, due, since } = here
  const asked = askedOf(programme, due, since, act.now)
  const ids = await candidates(act, asked, after, atATime)
  if (ids.length === 0) return { messages: 0, last: null }
  await lockTold(act, ids)
  const people = await peopleByIds(act, ids)
  const startsOn = Temporal.PlainDate.from(programme.startsOn)
  const started = Temporal.PlainDate.compare(due.today, startsOn) >= 0
  const standings = await standingOf(act, ids, asked)
  const eligible = await eligibilityOfMany(act, people, { programme, today: due.today })
  const onceStarted = started
    ? eligible
    : await eligibilityOfMany(act, people, { programme, today: startsOn })
  const all = people.flatMap((person, at) => {
    const told = { person, standing: standings[at]!, eligible: eligible[at]!, onceStarted: onceStarted[at]! }
    return occasionsFor(programme, due, told, act.now)
  })
  const messages = await keepTold(act, due.today, all)
  if (messages > 0) await act.note({ act: 'people told by calendar', facts: { messages } })
  return { messages, last: ids.length < atATime ? null : ids.at(-1)! }
}
