import { type Decision, no, yes } from '../lib/decision.ts'

/** Days ahead within which no day may be a cliff without a warning, and those for which the calendar looks. */
export const warnedWithinDays = 60
export const shownDays = 90

/** So many days before, each time once; the nearest that has come counts. */
export const warningStages = [60, 30, 7] as const
export type WarningStage = (typeof warningStages)[number]

/** The two roles that are warned, each for itself. */
export const warnedRoles = ['access', 'office'] as const
export type WarnedRole = (typeof warnedRoles)[number]

/** More than this part of all live cards, or of one controller's, on one day is a cliff. In percent. */
export const mostOfCampus = 1
export const mostOfController = 10

/** How many cards reach their last day on one day. */
export interface EndingOn {
  on: Temporal.PlainDate
  cards: number
  people: number
  /** Of these people, those with no card that goes on. */
  left: number
}

/** How much of one controller's cards reaches its last day on one day. */
export interface EndingThere {
  controllerId: number
  on: Temporal.PlainDate
  cards: number
}

/** Everything that decides about cliffs: what ends, and how much there is. */
export interface ExpiryFacts {
  today: Temporal.PlainDate
  /** Cards that open some door and have not ended. */
  liveCards: number
  livePerController: ReadonlyMap<number, number>
  days: readonly EndingOn[]
  there: readonly EndingThere[]
}

/** One day of the calendar. */
export interface ExpiryDay extends EndingOn {
  /** Of all live cards, in percent. */
  percent: number
  /** Controllers of which more than a tenth ends on that day, in percent of their own cards. */
  controllers: { controllerId: number; cards: number; percent: number }[]
  /** It is warned of: a cliff, near enough. */
  cliff: boolean
  daysAhead: number
}

const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : (part * 100) / whole)

/** The calendar: each day on which cards reach their last day, and which of them are cliffs. */
export function expiryCalendar({
  today,
  liveCards,
  livePerController,
  days,
  there,
}: ExpiryFacts): ExpiryDay[] {
  const byDay = Map.groupBy(there, each => each.on.toString())
  return days
    .map(day => {
      const controllers = (byDay.get(day.on.toString()) ?? [])
        .map(({ controllerId, cards }) => ({
          controllerId,
          cards,
          percent: percentOf(cards, livePerController.get(controllerId) ?? 0),
        }))
        .filter(({ percent }) => percent > mostOfController)
        .toSorted((a, b) => b.percent - a.percent || a.controllerId - b.controllerId)
      const percent = percentOf(day.cards, liveCards)
      const daysAhead = today.until(day.on, { largestUnit: 'day' }).days
      const steep = percent > mostOfCampus || controllers.length > 0
      return {
        ...day,
        percent,
        controllers,
        daysAhead,
        cliff: steep && daysAhead >= 0 && daysAhead <= warnedWithinDays,
      }
    })
    .toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on))
}

/** Which warning is due so many days before; null while the day is further away, or over. */
export function stageOf(daysAhead: number): WarningStage | null {
  if (daysAhead < 0) return null
  return warningStages.findLast(stage => daysAhead <= stage) ?? null
}

/** A warning, as it is raised for each of the two roles. */
export interface WarningDue {
  day: ExpiryDay
  stage: WarningStage
}

/** What was raised already. */
export interface Raised {
  on: Temporal.PlainDate
  stage: WarningStage
}

/** The warnings to raise today: for each cliff the nearest stage that has come, unless it was raised. */
export function warningsDue(calendar: readonly ExpiryDay[], raised: readonly Raised[]): WarningDue[] {
  return calendar.flatMap(day => {
    const stage = day.cliff ? stageOf(day.daysAhead) : null
    if (stage === null) return []
    const known = raised.some(each => each.stage === stage && each.on.equals(day.on))
    return known ? [] : [{ day, stage }]
  })
}

export const acknowledgeRefusals = ['no-such-warning', 'acknowledged-already'] as const
export type AcknowledgeRefusal = (typeof acknowledgeRefusals)[number]

/** Whether a warning of one's own role may be acknowledged: it is there, and nobody did so before. */
export function mayAcknowledge(
  warning: { acknowledgedAt: Temporal.Instant | null } | null,
): Decision<object, AcknowledgeRefusal> {
  if (warning === null) return no('no-such-warning')
  return warning.acknowledgedAt === null ? yes({}) : no('acknowledged-already')
}
