import { createHash } from 'node:crypto'
import { noDoors, type WantedRow } from '../access/rules.ts'
import { keepWanted, lockedMoment } from '../access/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow } from '../programme/timetable.ts'
import type { Act } from '../server/register.ts'
import {
  keepAdopted,
  type LastReading,
  lastReading,
  lockController,
  lockForAdoption,
  type StandingCard,
  standingCards,
} from './adopt-store.ts'
import type { Content } from './plan.ts'
import { type AdoptRefusal, contentWanted, mayAdopt, type Standing, standingOf } from './rules.ts'
import { knownNumbers } from './survey-store.ts'

/** A card that stands on a controller, and what adopting it makes of it. */
export interface JudgedCard extends StandingCard {
  standing: Standing
  /** What the register wants there of a different card; null of others. */
  wanted: Content | null
}

/** What adopting a controller's present content would do, seen before anything is done. */
export interface AdoptionPreview {
  controllerId: number
  readAt: Temporal.Instant | null
  /** As the register wants them: the ledger gets them, nothing is written. */
  confirmed: JudgedCard[]
  /** Wanted with other doors or days: from then on they are as the register wants them. */
  changed: JudgedCard[]
  /** Cards of the register that should not stand here: removed by the next window, reported lost ones at once. */
  leftOver: JudgedCard[]
  /** Under the number of a card of ours that is kept back because of them: adopted one by one, never with the others. */
  taken: JudgedCard[]
  /** Others': they stay as they are. */
  foreign: JudgedCard[]
  /** Names exactly this: what was looked at is what is adopted, or nothing. */
  seal: string
}

const isOurs = (card: StandingCard): card is StandingCard & { cardId: number; personId: number } =>
  card.cardId !== null && card.personId !== null

async function preview(act: Act, { controllerId, surveyId, readAt }: LastReading): Promise<AdoptionPreview> {
  const cards = surveyId === null ? [] : await standingCards(act, surveyId, controllerId)
  const known = await knownNumbers(
    act,
    controllerId,
    cards.filter(isOurs).map(card => card.number),
  )
  const judged = cards.map((card): JudgedCard => {
    const of = known.get(card.number)
    const standing = standingOf(card, of)
    return { ...card, standing, wanted: of && standing === 'different' ? contentWanted(of) : null }
  })
  const by = Map.groupBy(judged, ({ standing, takenAt }) =>
    standing !== 'foreign' && takenAt !== null ? 'taken' : standing,
  )
  const lists = {
    confirmed: by.get('ours') ?? [],
    changed: by.get('different') ?? [],
    leftOver: by.get('left-over') ?? [],
    taken: by.get('taken') ?? [],
    foreign: by.get('foreign') ?? [],
  }
  const seal = createHash('sha256')
    .update(JSON.stringify([surveyId, lists]))
    .digest('hex')
    .slice(0, 32)
  return { controllerId, readAt, ...lists, seal }
}

/** What an adoption of a controller's content would do now; null for a controller that is not ours. */
export async function previewAdoption(act: Act, controllerId: number): Promise<AdoptionPreview | null> {
  const reading = await lastReading(act, controllerId)
  return reading && preview(act, reading)
}

/** The preview again, with everybody locked whose cards it would take off the doors. */
async function lockedPreview(act: Act, controllerId: number): Promise<AdoptionPreview | null> {
  await lockController(act, controllerId)
  const first = await previewAdoption(act, controllerId)
  if (first === null) return null
  const people = [...first.changed, ...first.leftOver, ...first.taken].flatMap(card => card.personId ?? [])
  await lockForAdoption(act, people)
  return previewAdoption(act, controllerId)
}

/** What was adopted, in numbers. */
export interface Adopted {
  confirmed: number
  changed: number
  leftOver: number
  foreign: number
  /** Start of the window that removes what is left over. */
  carriedBy: Temporal.Instant
}

async function withdraw(act: Act, controllerId: number, cards: readonly StandingCard[]) {
  const { campus, timetable } = await programmeInForce(act)
  const carriedBy = nextWindow(timetable, campus.zone, act.now).startsAt
  const now = await lockedMoment(act)
  const rows = cards.filter(isOurs).map(
    ({ number, cardId, personId, from, to, lost }): WantedRow => ({
      controllerId,
      number,
      personId,
      cardId,
      doors: noDoors,
      from,
      to,
      carriedBy: lost ? now : carriedBy,
      atOnce: lost,
      urgent: lost,
      because: [],
    }),
  )
  await keepWanted(act, rows)
  await act.note(
    ...rows.map(({ personId, cardId }) => ({
      act: 'left-over card withdrawn',
      personId,
      cardId,
      facts: { controller: controllerId },
    })),
  )
  return carriedBy
}

/**
 * Adopts what stands on a controller, as it was previewed, as far as the register knows whose cards they are: those
 * numbers are ours there from now on. Nothing is written for what is as wanted; what is left over goes with the next
 * window; others' cards stay. With `number`, only that one: this is how a number that was taken is resolved, and nothing
 * else resolves it, because of those it is doubtful whose card it is.
 */
export async function adopt(
  act: Act,
  { controllerId, seal, number }: { controllerId: number; seal: string; number?: number | undefined },
): Promise<Decision<{ adopted: Adopted }, AdoptRefusal>> {
  const seen = await lockedPreview(act, controllerId)
  const all = seen === null ? [] : [...seen.confirmed, ...seen.changed, ...seen.leftOver]
  const cards =
    number === undefined ? all : all.concat(seen?.taken ?? []).filter(card => card.number === number)
  const of = (standing: Standing) => cards.filter(card => card.standing === standing)
  const [confirmed, changed, leftOver] = [of('ours'), of('different'), of('left-over')]
  const decision = mayAdopt(
    {
      exists: seen !== null,
      readAt: seen?.readAt ?? null,
      seal: { shown: seal, now: seen?.seal ?? '' },
      one: number !== undefined,
      numbers: cards.length,
      toLookAt: changed.length + leftOver.length,
    },
    act.now,
  )
  if (!decision.ok) return decision
  if (seen === null) return no('no-such-controller')
  await keepAdopted(act, controllerId, cards)
  const carriedBy = await withdraw(act, controllerId, leftOver)
  const counts = { confirmed: confirmed.length, changed: changed.length, leftOver: leftOver.length }
  const foreign = seen.foreign.length
  await act.note({
    act: 'controller content adopted',
    facts: { controller: controllerId, one: number !== undefined, ...counts, foreign },
  })
  return yes({ adopted: { ...counts, foreign, carriedBy } })
}
