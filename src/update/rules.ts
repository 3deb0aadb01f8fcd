import { isAbsent } from '../access/rules.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { agrees, type Content } from './plan.ts'

/**
 * How a card stands on a controller, from what the register wants there. `ours`: as wanted. `different`: wanted with
 * other doors or days. `left-over`: a card of the register that should not stand here. `foreign`: another system's.
 */
export const standings = ['ours', 'different', 'left-over', 'foreign'] as const
export type Standing = (typeof standings)[number]

/** A card as it stands in a controller's list; it does not say whose it is. */
export interface FoundCard {
  number: number
  /** For doors 1 to 4: 0 never, 1 always, 2 to 254 by a time profile. */
  doors: readonly [number, number, number, number]
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  /** A keypad code goes with it; Gatehouse gives none. */
  withPin: boolean
}

/** What the register knows of one number on one controller. */
export interface KnownNumber {
  /** A card of ours has this number at this controller's readers. */
  inRegister: boolean
  /** The newest record that is due; null where nothing is. */
  due: Content | null
  /** The newest record of all, where it waits for a window; null where nothing waits. */
  planned: Content | null
}

const isAs = (wanted: Content | null, found: FoundCard): boolean =>
  wanted !== null && !found.withPin && agrees(wanted, found)

const isWanted = (wanted: Content | null): boolean => wanted !== null && !isAbsent(wanted)

/** How a found card stands: as it should be now or after the windows to come, or what is wrong with it. */
export function standingOf(found: FoundCard, known: KnownNumber | undefined): Standing {
  if (known === undefined) return 'foreign'
  if (isAs(known.due, found) || isAs(known.planned, found)) return 'ours'
  if (isWanted(known.due) || isWanted(known.planned)) return 'different'
  return known.inRegister ? 'left-over' : 'foreign'
}

/** What will stand there of a card that does not stand there as wanted: what is due, else what waits; null: nothing. */
export function contentWanted({ due, planned }: KnownNumber): Content | null {
  if (isWanted(due)) return due
  return isWanted(planned) ? planned : null
}

/** A controller's content, judged against the register. */
export interface Judged {
  standing: Map<number, Standing>
  /** Numbers that are due there and do not stand there. */
  missing: number[]
}

/** Judges everything that was found on a controller, and everything that was not. */
export function judge(found: readonly FoundCard[], known: ReadonlyMap<number, KnownNumber>): Judged {
  const standing = new Map(found.map(card => [card.number, standingOf(card, known.get(card.number))]))
  const missing = [...known].flatMap(([number, { due }]) =>
    isWanted(due) && !standing.has(number) ? [number] : [],
  )
  return { standing, missing }
}

/** What a controller confirmed for a number, and whether that was after the reading of its list had begun. */
export interface HeldCard extends Content {
  number: number
  sinceReading: boolean
  /** Confirmed absent, and lost or barred: it must not stand there, whoever put it. */
  urgent: boolean
}

/**
 * The content as it is at the end of a reading: what Gatehouse changed while it read counts as it was confirmed,
 * for its place may have been read before that.
 */
export function withChanges(found: readonly FoundCard[], held: readonly HeldCard[]): FoundCard[] {
  const now = new Map(found.map(card => [card.number, card]))
  for (const { number, doors, from, to } of held.filter(each => each.sinceReading)) {
    if (isAbsent({ doors })) now.delete(number)
    else now.set(number, { number, doors, from, to, withPin: false })
  }
  return [...now.values()]
}

/**
 * The numbers of which the controller confirmed something else than stands there, or than does not. A card under a
 * number that was confirmed absent is another system's: it is left over and stays, unless it was reported lost. (Our
 * own late datagram would have been found when the number was read back after the quiet time.)
 */
export function drifted(found: readonly FoundCard[], held: readonly HeldCard[]): number[] {
  const byNumber = new Map(found.map(card => [card.number, card]))
  return held.flatMap(each => {
    if (each.sinceReading) return []
    const card = byNumber.get(each.number)
    const asConfirmed = isAbsent(each) ? !card || !each.urgent : card !== undefined && isAs(each, card)
    return asConfirmed ? [] : [each.number]
  })
}

/** How the reading of a controller's list ended; only a complete one counts. */
export const surveyOutcomes = [
  'complete',
  'silent',
  'unreadable',
  'repeating',
  'endless',
  'unsteady',
  'fault',
] as const
export type SurveyOutcome = (typeof surveyOutcomes)[number]

/** How often a list is read that changes while it is read. */
export const mostReadings = 3

/** What is known when the last place has been read. */
export interface ReadingOver {
  cards: number
  /** The list said where it ends; else it went on up to the capacity. */
  saidEnd: boolean
  /** What the controller says that it holds; asked only where the list did not end. */
  counted: number | null
  /** Cards were removed there meanwhile: a controller that closes the gap moves others to places already read. */
  removedMeanwhile: boolean
  /** How often the list was begun. */
  readings: number
}

/** What comes of a list that was read to its end: it is complete, makes no sense, or is read again. */
export function afterReading(over: ReadingOver): SurveyOutcome | 'again' {
  if (!over.saidEnd && over.counted !== over.cards) return 'endless'
  if (!over.removedMeanwhile) return 'complete'
  return over.readings < mostReadings ? 'again' : 'unsteady'
}

export const askRefusals = ['no-such-controller', 'reading-already'] as const
export type AskRefusal = (typeof askRefusals)[number]

/** Whether these controllers' lists may be read: all are ours, and one at least is not being read already. */
export function mayAskSurvey(facts: {
  asked: readonly number[]
  known: readonly number[]
  reading: readonly number[]
}): Decision<{ toRead: number[] }, AskRefusal> {
  const stranger = facts.asked.find(id => !facts.known.includes(id))
  if (stranger !== undefined) return no('no-such-controller', { controller: stranger })
  const toRead = facts.asked.filter(id => !facts.reading.includes(id))
  return toRead.length > 0 ? yes({ toRead }) : no('reading-already')
}

export const adoptRefusals = [
  'no-such-controller',
  'not-read-yet',
  'read-too-long-ago',
  'changed-since',
  'too-many-to-look-at',
  'not-this-number',
  'nothing-to-adopt',
] as const
export type AdoptRefusal = (typeof adoptRefusals)[number]

/** So many cards that an adoption changes or removes are listed before it; nobody adopts what nobody could look at. */
export const mostLookedAt = 5_000

/** A list read longer ago than this says too little of what stands there now. */
export const surveyCountsHours = 24

/** What decides whether a controller's content may be adopted. */
export interface AdoptFacts {
  exists: boolean
  /** When the newest complete reading ended. */
  readAt: Temporal.Instant | null
  /** The seal that was shown with the preview, and the one of what would be done now. */
  seal: { shown: string; now: string }
  /** Only one number of the preview is to be adopted. */
  one: boolean
  /** How many numbers would be adopted, and how many of them would be changed or removed. */
  numbers: number
  toLookAt: number
}

/** Whether a previewed adoption may be done: the list is fresh, and it is exactly what was looked at. */
export function mayAdopt(facts: AdoptFacts, now: Temporal.Instant): Decision<object, AdoptRefusal> {
  if (!facts.exists) return no('no-such-controller')
  if (facts.readAt === null) return no('not-read-yet')
  const latest = facts.readAt.add({ hours: surveyCountsHours })
  if (Temporal.Instant.compare(latest, now) < 0) return no('read-too-long-ago', { hours: surveyCountsHours })
  if (facts.seal.shown !== facts.seal.now) return no('changed-since')
  if (facts.toLookAt > mostLookedAt)
    return no('too-many-to-look-at', { cards: facts.toLookAt, most: mostLookedAt })
  if (facts.numbers === 0) return no(facts.one ? 'not-this-number' : 'nothing-to-adopt')
  return yes({})
}
