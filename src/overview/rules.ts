import type { Eligibility, EligibilityRefusal } from '../eligibility/rules.ts'
import type { Programme } from '../programme/shape.ts'

/** How far somebody has come, each step with all steps before it. */
export const stages = ['eligible', 'produced', 'collected', 'activated', 'confirmed'] as const
export type Stage = (typeof stages)[number]

/** Who has come as far as the step before and not this one. */
export const gaps = ['not-produced', 'not-collected', 'not-activated', 'not-confirmed'] as const
export type Gap = (typeof gaps)[number]

/** By what the numbers are taken apart. */
export const dimensions = ['counter', 'department', 'cohort'] as const
export type Dimension = (typeof dimensions)[number]

/** The desk's reasons that say that the edition issued today is not this person's to collect. */
const notTheirs: readonly EligibilityRefusal[] = [
  'programme-not-started',
  'graduated',
  'withdrawn',
  'left',
  'not-registered',
  'not-concerned',
]

/**
 * Whether a person counts as due a card: the desk gives it, has given it, or says what is still missing of it; and whose
 * day comes before the deadline, as in a wave. Who waits until after it is not due one by then.
 */
export function isDueACard(decision: Eligibility, deadlineOn: Temporal.PlainDate): boolean {
  if (decision.ok) return true
  if (decision.refusal === 'wait-until')
    return Temporal.PlainDate.compare(decision.errand.from, deadlineOn) < 0
  return !notTheirs.includes(decision.refusal)
}

/** From when on somebody is stuck, and what becomes of uncollected cards; with what holds where a programme says nothing. */
export const overviewOf = ({ overview }: Programme): NonNullable<Programme['overview']> =>
  overview ?? {
    notActivatedDays: 3,
    notMadeDays: 10,
    pausedDays: 14,
    secondLookPeople: 500,
    uncollected: 'keep',
  }

/** Over how many days the speed is taken. */
export const speedDays = 14

/** Where it will stand on the deadline if it goes on as in the last days. */
export interface Forecast {
  /** People who activated in the days that the speed is taken from, and how many days these are. */
  recent: number
  days: number
  /** Days that are left, today included; 0: the deadline has come. */
  daysLeft: number
  /** People who will have activated by the deadline, in whole percent of those due a card. */
  percent: number
  /** People who will not have. */
  left: number
}

/**
 * What activations come to by the deadline at the speed of the last 14 days, or of fewer where the programme is younger.
 * Null where nobody is due a card.
 */
export function forecast(
  { eligible, activated, recent }: { eligible: number; activated: number; recent: number },
  {
    today,
    startsOn,
    deadlineOn,
  }: { today: Temporal.PlainDate; startsOn: Temporal.PlainDate; deadlineOn: Temporal.PlainDate },
): Forecast | null {
  if (eligible === 0) return null
  const running = startsOn.until(today).days + 1
  const days = Math.max(1, Math.min(speedDays, running))
  const daysLeft = Math.max(0, today.until(deadlineOn).days)
  const expected = Math.min(eligible, Math.floor(activated + (recent / days) * daysLeft))
  return {
    recent,
    days,
    daysLeft,
    // Never "100 %" while somebody is left.
    percent: Math.floor((expected * 100) / eligible),
    left: eligible - expected,
  }
}

/** Why somebody is stuck who will not come loose by themselves, as the office reads it. */
export const stuckKinds = [
  'not-activated-long',
  'fetched-long',
  'doors-waiting',
  'no-card',
  'other-counter',
  'paid-not-made',
  'refund-late',
  'back-from-leave',
  'claimed-twice',
  'unwritable-name',
  'paused-long',
  'correction-waits',
] as const
export type StuckKind = (typeof stuckKinds)[number]

/** Every list of people that can be opened, and written to. */
export const lists = [...stages, ...gaps, ...stuckKinds] as const
export type ListName = (typeof lists)[number]

/** Why somebody is stuck, with how many and since when the longest. */
export interface Stuck {
  kind: StuckKind
  people: number
  since: Temporal.Instant | null
}

/** Most people first; of equally many those who wait longest. What concerns nobody is left out. */
export const ranked = (all: readonly Stuck[]): Stuck[] =>
  all
    .filter(({ people }) => people > 0)
    .toSorted(
      (one, other) =>
        other.people - one.people ||
        (one.since?.epochMilliseconds ?? Number.MAX_SAFE_INTEGER) -
          (other.since?.epochMilliseconds ?? Number.MAX_SAFE_INTEGER),
    )
