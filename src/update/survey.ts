import type { Clock, Transaction } from '../server/register.ts'
import type { Spoken } from './deeds.ts'
import { type Holding, renewLane } from './lanes.ts'
import type { Lease } from './ledger.ts'
import { afterReading, drifted, judge, mostReadings, type SurveyOutcome, withChanges } from './rules.ts'
import { shortTransaction } from './short-transaction.ts'
import {
  beginReading,
  cardsFound,
  changedSince,
  endSurvey,
  keepFound,
  keepFoundAgain,
  keepJudged,
  type OpenSurvey,
  openSurvey,
  type Placed,
  removedSince,
  surveyFacts,
} from './survey-store.ts'
import type { Surveyed, Surveys } from './updating.ts'
import { doubt } from './verify-store.ts'

/** A reading that was broken off for longer than this begins anew: its first half is no news any more. */
const newsForMinutes = 10

/** What reading a controller's list needs. */
export type Surveying = Holding & { clock: Clock }

const nothing: Surveyed = { end: 'nothing', places: 0, doubted: [] }
const halted: Surveyed = { end: 'halted', places: 0, doubted: [] }

/** The reading in hand, begun or begun anew where it must be, but not for ever; none when nobody asked for one. */
const takeUp = (surveying: Surveying, lease: Lease): Promise<OpenSurvey | 'none' | 'fenced'> =>
  shortTransaction(surveying, async trx => {
    const open = await openSurvey(trx, lease.controllerId)
    if (open === null) return 'none'
    const now = await surveying.clock.now(trx)
    const oldest = now.subtract({ minutes: newsForMinutes })
    if (open.readAt && Temporal.Instant.compare(open.readAt, oldest) >= 0) return open
    if (!(await renewLane(trx, surveying, lease))) return 'fenced'
    if (open.readings >= mostReadings) {
      await endSurvey(trx, open.id, { now, outcome: 'unsteady' })
      return 'none'
    }
    await beginReading(trx, open.id, now)
    return { ...open, beganAt: now, readAt: now, readings: open.readings + 1, placesRead: 0 }
  })

/** What some places of a list hold, and how the list went on. */
interface Places {
  cards: Placed[]
  /** The last place that was read. */
  upTo: number
  end: 'more' | 'said' | 'capacity' | 'silent' | 'unreadable'
}

async function readPlaces(
  { driver, address, mayGoOn }: Spoken,
  from: number,
  limit: number,
): Promise<Places | null> {
  const places: Places = { cards: [], upTo: from - 1, end: 'more' }
  if (!(await mayGoOn())) return null
  for await (const read of driver.read(address, from, limit)) {
    if (read.holds === 'end') places.end = read.slot > address.capacity ? 'capacity' : 'said'
    else if (read.holds === 'unreachable') places.end = 'silent'
    else places.upTo = read.slot
    if (read.holds === 'card') {
      const { number, pin, ...card } = read.card
      places.cards.push({ ...card, number: Number(number), withPin: pin !== 0, place: read.slot })
    }
    if (read.holds === 'unreadable') places.end = 'unreadable'
    if (places.end !== 'more') break
    if (!(await mayGoOn())) return null
  }
  return places
}

/** Judges a list that was read to its end, and keeps what is to be known of it. */
async function complete(trx: Transaction, survey: OpenSurvey, now: Temporal.Instant) {
  const facts = await surveyFacts(trx, survey)
  const found = withChanges(facts.found, facts.held)
  const { standing, missing } = judge(found, facts.known)
  const stays = [...standing].flatMap(([number, as]) => {
    const ours = facts.owned.has(number)
    return ours && as === 'ours' ? [] : [{ number, standing: as, ours }]
  })
  const kept = new Set(stays.map(each => each.number))
  const drop = facts.found.map(card => card.number).filter(number => !kept.has(number))
  await keepJudged(trx, survey, { drop, stays })
  const counts = { ours: facts.plain, different: 0, 'left-over': 0, foreign: 0, missing: missing.length }
  for (const as of standing.values()) counts[as] += 1
  await endSurvey(trx, survey.id, { now, outcome: 'complete', counts })
  const { controllerId } = survey
  return doubt(
    trx,
    drifted(facts.found, facts.held).map(number => ({ controllerId, number })),
  )
}

interface Read {
  survey: OpenSurvey
  places: Places
  /** What the controller says that it holds; asked where its list did not end. */
  counted: number | null
}

async function keep(trx: Transaction, { survey, places, counted }: Read, now: Temporal.Instant) {
  const beganAt = survey.beganAt!
  const ends = async (outcome: SurveyOutcome, wrongPlace: number | null = null) => {
    await endSurvey(trx, survey.id, { now, outcome, wrongPlace })
    return []
  }
  const again = await keepFound(trx, survey.id, { ...places, now })
  if (again.length > 0) {
    if (!(await changedSince(trx, survey.controllerId, beganAt))) return ends('repeating', again[0]!.place)
    await keepFoundAgain(trx, survey.id, again)
  }
  if (places.end === 'silent') return ends('silent', places.upTo + 1)
  if (places.end === 'unreadable') return ends('unreadable', places.upTo)
  if (places.end === 'more') return []
  const over = afterReading({
    cards: await cardsFound(trx, survey.id),
    saidEnd: places.end === 'said',
    counted,
    removedMeanwhile: await removedSince(trx, survey.controllerId, beganAt),
    readings: survey.readings,
  })
  if (over === 'complete') return complete(trx, survey, now)
  if (over !== 'again') return ends(over)
  await beginReading(trx, survey.id, now)
  return []
}

/**
 * Reads the next `limit` places of a controller's list, where somebody asked for it: few at a time, so that lost cards and
 * a window that begins are let first. Bounded by the capacity, whatever the controller says that it holds. What it
 * finds is kept with each batch, so that another process goes on where this one was killed.
 */
export async function surveySome(
  surveying: Surveying,
  lease: Lease,
  { spoken, limit }: { spoken: Spoken; limit: number },
): Promise<Surveyed> {
  const met = await spoken.meet()
  if (met !== 'known') return met === 'halted' ? halted : { end: 'unreachable', places: 0, doubted: [] }
  const survey = await takeUp(surveying, lease)
  if (survey === 'none') return nothing
  if (survey === 'fenced') return halted
  const places = await readPlaces(spoken, survey.placesRead + 1, limit)
  if (places === null) return halted
  const counted = places.end === 'capacity' ? await spoken.driver.count(spoken.address) : null
  if (counted?.answer === 'unreachable') places.end = 'silent'
  const cards = counted?.answer === 'counted' ? counted.cards : null
  const doubted = await shortTransaction(surveying, async trx => {
    if (!(await renewLane(trx, surveying, lease))) return null
    return keep(trx, { survey, places, counted: cards }, await surveying.clock.now(trx))
  })
  if (doubted === null) return halted
  return {
    end: places.end === 'silent' ? 'unreachable' : 'read',
    places: places.upTo - survey.placesRead,
    doubted,
  }
}

/**
 * Ends a reading, where one is open, that cannot be come to: the controller is silent, or a fault of ours broke it off
 * and would break it off again and again.
 */
export const breakOffSurvey = (
  surveying: Surveying,
  lease: Lease,
  outcome: 'silent' | 'fault',
): Promise<void> =>
  shortTransaction(surveying, async trx => {
    const open = await openSurvey(trx, lease.controllerId)
    if (open === null || !(await renewLane(trx, surveying, lease))) return
    await endSurvey(trx, open.id, { now: await surveying.clock.now(trx), outcome })
  })

/** Reading controllers' lists in the shared database. */
export const openSurveys = (surveying: Surveying): Surveys => ({
  some: (lease, asked) => surveySome(surveying, lease, asked),
  breakOff: (lease, outcome) => breakOffSurvey(surveying, lease, outcome),
})
