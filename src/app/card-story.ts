import type { EligibilityRefusal } from '../eligibility/rules.ts'
import type { ReissueReason } from '../programme/shape-cards.ts'

/** What one controller's rows say of one number of a card: the newest decision, and what the controller confirmed. */
export interface ControllerFacts {
  /** Whether the newest decision lets this card open doors here. */
  aim: 'open' | 'closed'
  /** Whether that decision is due: its window has begun, or it did not wait for one. */
  due: boolean
  /** What the controller last confirmed; null when it never confirmed anything of this number. */
  held: {
    opens: boolean
    /** It is what was decided, or what was due before a change that is only planned. */
    agrees: boolean
    /** The last day it opens anything here. */
    lastDay: Temporal.PlainDate
    /** Whether it was read back after the quiet time. */
    verified: boolean
  } | null
  silent: boolean
  /** Somebody holds the updates of this controller. */
  onHold?: boolean
}

/**
 * How one controller stands with a card. `works`: read back and right. `confirmed`: the controller said so, and is not
 * read back yet. `planned`: a later window carries it. `waiting`, `silent`: due and not confirmed. `held`: due, and somebody
 * holds the updates there. `ended`: gone.
 */
export type DoorState = 'works' | 'confirmed' | 'planned' | 'waiting' | 'silent' | 'held' | 'ended'

/** The state of a controller, from its rows; "works" is never said of what was not read back. */
export function doorState(facts: ControllerFacts, today: Temporal.PlainDate): DoorState {
  const { aim, due, held, silent, onHold } = facts
  if (aim === 'open' && held?.opens && held.agrees) return held.verified ? 'works' : 'confirmed'
  const over = held !== null && (!held.opens || Temporal.PlainDate.compare(held.lastDay, today) < 0)
  if (aim === 'closed' && over) return 'ended'
  if (!due) return 'planned'
  if (onHold) return 'held'
  return silent ? 'silent' : 'waiting'
}

/** How the controllers concerned stand, counted. */
export interface DoorCount {
  controllers: number
  /** Read back and right; or, for a card that is to end, confirmed gone. */
  done: number
  /** Confirmed, read back or not. */
  confirmed?: number
}

/** Everything that decides what a person's page says. Instants in campus time. */
export interface StoryFacts {
  now: Temporal.Instant
  /** Whether the roster gives campus access today. */
  mayEnter: boolean
  /** Whether the person may collect, or the first reason why not. */
  collect: EligibilityRefusal | 'may'
  /** The card of the edition given now, once it was handed over. */
  newCard: {
    collectedAt: Temporal.Instant
    lostAt: Temporal.Instant | null
    /** With a class representative: it is on its way to its holder, who has it once they activate it. */
    isFetched?: boolean
  } | null
  /** The card of before; null for who never had one. */
  oldCard: {
    /** When its campus access ends, or ended, in the register; null: it goes on; undefined: it never had any. */
    accessEndsAt: Temporal.Instant | null | undefined
    lostAt: Temporal.Instant | null
  } | null
  activation: {
    at: Temporal.Instant
    carriedBy: Temporal.Instant
    newFrom: Temporal.Instant
    /** The window that should have carried it is over. */
    windowOver?: boolean
  } | null
  /** Graduated or withdrawn. */
  hasLeft?: boolean
  /** The campus access of the card that is told of is paused by its holder. */
  isPaused?: boolean
  /** That of the old card is. */
  isOldPaused?: boolean
  /** Of the new card's loss report: whether it can be taken back still. */
  mayTakeBack?: boolean
  /** That it would be given back if it were found: the report taken back, or its campus access alone. */
  mayBeFound?: boolean
  /** The open application for another card: for which reason, and whether something is due for it. */
  reissue?: { reason: ReissueReason; isDue: boolean } | null
  /** What should hold the new card. */
  newDoors: DoorCount
  /** What should no longer hold the old card; nothing while its access goes on. */
  oldDoors: DoorCount
}

export const storyKinds = [
  'not-eligible',
  'collectable',
  'collectable-old-ended',
  'collectable-old-lost',
  'collected',
  'collected-alone',
  'collected-old-ended',
  'collected-no-access',
  'pending',
  'switching',
  'waiting',
  'works',
  'no-access',
  'paused',
  'lost',
  'lost-not-sent',
  'lost-old-goes-on',
  'reissue-unpaid',
  'reissue-in-production',
  'reissue-collectable',
  'left',
] as const
export type StoryKind = (typeof storyKinds)[number]

/** The one thing to do next. */
export const nextSteps = [
  'collect',
  'come-later',
  'wait-for-card',
  'ask-office',
  'find-or-apply',
  'apply-reissue',
  'pay-reissue',
  'resume',
  'activate',
  'carry-both',
  'wait-for-doors',
  'leave-old',
  'nothing',
] as const
export type NextStep = (typeof nextSteps)[number]

export const trackSteps = ['can-collect', 'collected', 'activated', 'doors', 'old-ended'] as const
export type TrackName = (typeof trackSteps)[number]

/** One stop of the way of a card. */
export interface TrackStop {
  step: TrackName
  state: 'done' | 'current' | 'waiting' | 'failed'
}

export interface Story {
  kind: StoryKind
  next: NextStep
  track: TrackStop[]
}

/** Whether the old card still opens doors by the register's decision. */
export function oldOpens({
  now,
  mayEnter,
  oldCard,
  isOldPaused,
}: Pick<StoryFacts, 'now' | 'mayEnter' | 'oldCard' | 'isOldPaused'>) {
  if (!mayEnter || isOldPaused || oldCard === null || oldCard.lostAt !== null) return false
  const { accessEndsAt } = oldCard
  if (accessEndsAt === undefined) return false
  return accessEndsAt === null || Temporal.Instant.compare(now, accessEndsAt) < 0
}

/** Whether the old card's campus access has ended in the register: replaced, lost, or its date has come. */
const hasEnded = ({ now, oldCard }: Pick<StoryFacts, 'now' | 'oldCard'>): boolean =>
  !!oldCard?.accessEndsAt && Temporal.Instant.compare(oldCard.accessEndsAt, now) <= 0

const allDone = ({ controllers, done }: DoorCount): boolean => controllers > 0 && done === controllers

/** What is said of who has no card to use because of a loss, or is given another one; else null. */
function kindOfTrouble(facts: StoryFacts): StoryKind | null {
  const { newCard, oldCard, reissue, isPaused } = facts
  // Of a card that is missing, its stored value is locked: that is said also of who has left.
  if (facts.hasLeft && (newCard ?? oldCard)?.lostAt === null) return 'left'
  if (reissue) {
    if (facts.collect === 'may') return 'reissue-collectable'
    // A damaged card is in its holder's hands meanwhile: what is said of it goes on.
    if (reissue.reason === 'lost') return reissue.isDue ? 'reissue-unpaid' : 'reissue-in-production'
  }
  if (newCard?.lostAt) {
    if (oldOpens(facts)) return 'lost-old-goes-on'
    return facts.mayTakeBack ? 'lost-not-sent' : 'lost'
  }
  return isPaused ? 'paused' : null
}

function kindOf(facts: StoryFacts): StoryKind {
  const { now, mayEnter, newCard, oldCard, activation, newDoors } = facts
  const trouble = kindOfTrouble(facts)
  if (trouble) return trouble
  const oldEnded = hasEnded(facts)
  if (newCard === null) {
    if (facts.collect !== 'may') return 'not-eligible'
    if (oldCard?.lostAt) return 'collectable-old-lost'
    return oldEnded ? 'collectable-old-ended' : 'collectable'
  }
  if (activation === null) {
    if (!mayEnter) return 'collected-no-access'
    if (oldOpens(facts)) return 'collected'
    return oldEnded && !oldCard?.lostAt ? 'collected-old-ended' : 'collected-alone'
  }
  if (!mayEnter) return 'no-access'
  if (allDone(newDoors)) return 'works'
  if (Temporal.Instant.compare(now, activation.newFrom) >= 0) return 'waiting'
  // Nothing is left under way: what was promised is not repeated.
  if (activation.windowOver && (newDoors.confirmed ?? newDoors.done) < newDoors.controllers) return 'waiting'
  return Temporal.Instant.compare(now, activation.carriedBy) < 0 ? 'pending' : 'switching'
}

/** Reasons that time or the office resolves, so that nothing is left to the person but to come then. */
const comesLater: readonly EligibilityRefusal[] = ['programme-not-started', 'wait-until']
const cardComes: readonly EligibilityRefusal[] = ['card-in-production', 'card-on-its-way', 'card-misprinted']

function nextOf(kind: StoryKind, facts: StoryFacts): NextStep {
  const hasOld = facts.oldCard !== null && facts.oldCard.lostAt === null
  switch (kind) {
    case 'not-eligible': {
      const { collect } = facts
      if (collect !== 'may' && comesLater.includes(collect)) return 'come-later'
      return collect !== 'may' && cardComes.includes(collect) ? 'wait-for-card' : 'ask-office'
    }
    case 'collectable':
    case 'collectable-old-ended':
    case 'collectable-old-lost':
      return 'collect'
    case 'collected':
    case 'collected-alone':
    case 'collected-old-ended':
      return 'activate'
    case 'pending':
    case 'switching':
    case 'waiting':
      return hasOld ? 'carry-both' : 'wait-for-doors'
    case 'works':
      // A damaged card goes on working while its replacement waits to be paid.
      if (facts.reissue?.isDue) return 'pay-reissue'
      return hasOld ? 'leave-old' : 'nothing'
    case 'lost':
    case 'lost-not-sent':
    case 'lost-old-goes-on':
      if (facts.hasLeft) return 'nothing'
      // A card that was damaged before it was lost is being replaced already.
      if (facts.reissue) return facts.reissue.isDue ? 'pay-reissue' : 'wait-for-card'
      return facts.mayBeFound ? 'find-or-apply' : 'apply-reissue'
    case 'paused':
      return 'resume'
    case 'reissue-unpaid':
      return 'pay-reissue'
    case 'reissue-in-production':
      return 'wait-for-card'
    case 'reissue-collectable':
      return 'collect'
    case 'left':
      return 'nothing'
    default:
      return 'ask-office'
  }
}

function trackOf(facts: StoryFacts): TrackStop[] {
  const { newCard, oldCard, activation } = facts
  const done: Record<TrackName, boolean> = {
    'can-collect': newCard !== null || facts.collect === 'may',
    collected: newCard !== null && newCard.isFetched !== true,
    activated: activation !== null,
    doors: activation !== null && allDone(facts.newDoors) && !newCard?.lostAt,
    // A leave of absence suspends access and does not end it: only the register's own end counts.
    'old-ended': hasEnded(facts) && facts.oldDoors.done === facts.oldDoors.controllers,
  }
  const stops = trackSteps.filter(step => step !== 'old-ended' || oldCard !== null)
  const first = stops.find(step => !done[step])
  return stops.map(step => {
    if (done[step]) return { step, state: 'done' }
    // A lost card goes no further.
    if (step === first && newCard?.lostAt) return { step, state: 'failed' }
    // Somebody who may not collect is not on the way yet.
    return { step, state: step === first && step !== 'can-collect' ? 'current' : 'waiting' }
  })
}

/** What is true now of a person's card, the one thing to do next, and how far it has come: decided from rows alone. */
export function cardStory(facts: StoryFacts): Story {
  const kind = kindOf(facts)
  return { kind, next: nextOf(kind, facts), track: trackOf(facts) }
}
