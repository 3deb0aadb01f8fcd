import type { Eligibility, EligibilityRefusal } from '../eligibility/rules.ts'
import { hasLeft } from '../loss/rules.ts'
import type { Status } from '../roster/person.ts'
import type { Due, OccasionKind } from './occasions.ts'

/** What decides of what one person is told. */
export interface CalendarFacts {
  status: Status
  /** What the registrar says will be, before the deadline; null where nothing is known. */
  statusAtDeadline: Status | null
  /** As they are told when they ask today. */
  decision: Eligibility
  /** As they would be told when the programme has started; the same once it has. */
  onceStarted: Eligibility
  /** A card is being issued anew: that room tells of it. */
  isReissued: boolean
  /** The card that waits for them, and whether that is news since Gatehouse keeps the calendar; null where none waits. */
  waiting: { cardId: number; isNew: boolean } | null
  /** An old card opens doors now and ends with the deadline, and no other of their cards would open them on that day. */
  losesAccess: boolean
  /** A card of a new edition was given for them, was not lost, and was never switched on. */
  collected: boolean
  /** The year in which the student fare ends that is the default for their entry, if they hold a card; else null. */
  fareYear: number | null
  told: ReadonlySet<string>
}

/** Of what somebody is told; `without` a message where another one said it. */
export interface Occasion {
  kind: OccasionKind
  occasion: string
  without?: true
}

/** The change asks nothing of them, or nothing any more. */
const unconcerned: ReadonlySet<EligibilityRefusal> = new Set<EligibilityRefusal>([
  'graduated',
  'withdrawn',
  'left',
  'not-registered',
  'not-concerned',
  'has-card-already',
  'already-collected',
])

/** Whether the change asks something of who is told this. */
export const isConcerned = (decision: Eligibility): boolean =>
  decision.ok || !unconcerned.has(decision.refusal)

/** Whether somebody whose old card ends is reminded: who cannot be there or cannot collect before is not. */
export function isReminded({
  status,
  statusAtDeadline,
  losesAccess,
  collected,
  decision,
}: Pick<CalendarFacts, 'status' | 'statusAtDeadline' | 'losesAccess' | 'collected' | 'decision'>): boolean {
  if (status !== 'enrolled' || !losesAccess) return false
  if (statusAtDeadline !== null && statusAtDeadline !== 'enrolled') return false
  if (collected || decision.ok) return true
  return !['wait-until', 'programme-not-started', 'not-concerned', 'not-registered'].includes(
    decision.refusal,
  )
}

/**
 * Of what somebody is told now, each once. Who is announced to hears in the same message where the card lies and when the old
 * one ends, and a reminder says where the card lies: so of these three one goes, the one that says most.
 */
export function occasionsOf(
  facts: CalendarFacts,
  due: Due,
  announcedTo: 'concerned' | 'everybody',
): Occasion[] {
  const { decision, waiting, told } = facts
  if (hasLeft(facts.status)) return []
  const untold = (kind: OccasionKind, occasion: string | null): Occasion[] =>
    occasion === null || told.has(`${kind} ${occasion}`) ? [] : [{ kind, occasion }]
  const fare =
    due.fare !== null && facts.fareYear === due.fare.year && facts.status === 'enrolled'
      ? untold('student-fare', due.fare.occasion)
      : []
  const atDesk =
    waiting !== null && decision.ok && !facts.isReissued
      ? untold('card-at-desk', `card ${waiting.cardId}`)
      : []
  const saidAlready = atDesk.map((each): Occasion => ({ ...each, without: true }))

  const announced =
    announcedTo === 'everybody' || isConcerned(facts.onceStarted)
      ? untold('announcement', due.announcement)
      : []
  if (announced.length > 0) return [...announced, ...saidAlready, ...fare]
  const reminded = isReminded(facts) ? untold('deadline', due.deadline) : []
  if (reminded.length > 0) return [...reminded, ...(facts.collected ? [] : saidAlready), ...fare]
  return [...(waiting?.isNew ? atDesk : []), ...fare]
}
