import { type Facts, no, type Refused, yes } from '../lib/decision.ts'
import { cohortOf, type PersonFacts, siteOf } from '../programme/cohorts.ts'
import { editionIssuedOn, feeFor } from '../programme/rules.ts'
import type { Cohort, Programme } from '../programme/shape.ts'
import { waveOf } from '../programme/waves.ts'

/** One card that was ordered or made for a person, as its rows say. */
export interface CardFacts {
  edition: string
  /** When the finished card was booked in, or null while it is being made. */
  producedOn: Temporal.PlainDate | null
  /** Found faulty before it was handed over; another one has to be made. */
  misprinted: boolean
  /** The counter whose stock it lies in, or null while it is on its way. */
  counter: string | null
  /** When it was handed over and signed for, at a desk or at the health examination. */
  handedOverOn: Temporal.PlainDate | null
  /** It went with a class representative and has not reached its holder yet: the last day to bring it back. */
  fetchedUntil?: Temporal.PlainDate
}

/** A person as the card office sees them: the roster's facts, their cards, and what became of the old one. */
export interface Holder {
  person: PersonFacts
  /** Every card ever made for them; whether a lost new card is replaced is the loss room's question. */
  cards: readonly CardFacts[]
  oldCardLost: boolean
  /** A reissue fee was paid for the lost old card; only asked for where the programme wants it. */
  reissuePaid: boolean
  /** A card of the issued edition that they had is being issued anew: what is still due for it, in minor units. */
  reissue: { due: number } | null
}

/**
 * Why somebody cannot collect today. Where several hold, the one that stands first is said: this order is part of
 * the contract, from what nothing can change, over what the person can do, to what the office still has to do.
 */
export const refusalOrder = [
  'programme-not-started',
  'graduated',
  'withdrawn',
  'left',
  'not-registered',
  'not-concerned',
  'has-card-already',
  'already-collected',
  'wait-until',
  'days-over',
  'reissue-unpaid',
  'pay-reissue-first',
  'department-unknown',
  'card-not-ordered',
  'card-misprinted',
  'card-in-production',
  'card-on-its-way',
  'card-at-another-counter',
] as const
export type EligibilityRefusal = (typeof refusalOrder)[number]

/** One of these groups; of a group, all. The ids are the programme's evidence. */
export type Bring = readonly (readonly string[])[]

/** Where, from when and with what; the person's own site first. */
export interface Errand {
  cohort: string
  where: string[]
  from: Temporal.PlainDate
  /** The days on which they are expected there (`until` is the first after them); any day without. */
  days?: { from: Temporal.PlainDate; until: Temporal.PlainDate }
  /** Empty where only `whenNeither` is left: the old card is lost, and nothing else would do. */
  bring: Bring
  /** Accepted from who has none of what `bring` asks for; empty where there is no such way. */
  whenNeither: Bring
}

/** Yes: collect now. Otherwise the first reason, and the errand that leads on: where to ask, or where and when to come. */
export type Eligibility =
  | ({ ok: true; edition: string } & Errand)
  | (Refused<EligibilityRefusal> & { errand: Errand })

/** Counters in the person's own site come first, the programme's order otherwise kept. */
function ownSiteFirst(programme: Programme, counters: readonly string[], site: string | null): string[] {
  const siteOfCounter = new Map(programme.counters.map(counter => [counter.id, counter.site]))
  const own = counters.filter(id => siteOfCounter.get(id) === site)
  return [...own, ...counters.filter(id => !own.includes(id))]
}

/** What to bring; a lost card cannot be shown, so perhaps only what helps without it is left. */
function evidenceFor(
  programme: Programme,
  cohort: Cohort,
  lost: boolean,
): { bring: Bring; whenNeither: Bring } {
  const { outcome } = cohort
  const { accepts, whenNeither } = programme.pickup
  const own =
    outcome.kind === 'has-card' ? outcome.missed.bring : 'bring' in outcome ? outcome.bring : undefined
  const left = (own ?? accepts).filter(group => !lost || !group.includes('old-card'))
  return { bring: left, whenNeither: own && left.length > 0 ? [] : whenNeither }
}

/** Where a cohort's people collect: named counters, or the counter of their department, or unknown. */
function placesOf(programme: Programme, cohort: Cohort, person: PersonFacts): readonly string[] | null {
  const { outcome } = cohort
  if (outcome.kind === 'collect-at-counters' || outcome.kind === 'wait') return outcome.at
  if (outcome.kind === 'has-card') return outcome.missed.at
  if (outcome.kind === 'not-concerned') return programme.askAt
  const department = programme.departments.find(each => each.id === person.department)
  return department ? [department.counter] : null
}

/** Of several cards of the issued edition, the one that has come furthest. */
function furthest(cards: readonly CardFacts[], edition: string): CardFacts | null {
  const rank = (card: CardFacts): number => {
    if (card.handedOverOn) return 4
    if (card.misprinted) return 0
    if (card.producedOn === null) return 1
    return card.counter === null ? 2 : 3
  }
  const own = cards.filter(card => card.edition === edition)
  return own.reduce<CardFacts | null>((best, card) => (best && rank(best) >= rank(card) ? best : card), null)
}

/** What still keeps the card itself from being handed over, or null when it lies where the person is sent. */
function cardRefusal(
  card: CardFacts | null,
  where: readonly string[],
  anyCounter: boolean,
): EligibilityRefusal | null {
  if (card === null) return 'card-not-ordered'
  if (card.misprinted) return 'card-misprinted'
  if (card.producedOn === null) return 'card-in-production'
  if (card.counter === null) return 'card-on-its-way'
  return anyCounter || where.includes(card.counter) ? null : 'card-at-another-counter'
}

const gone: Partial<Record<PersonFacts['status'], EligibilityRefusal>> = {
  graduated: 'graduated',
  withdrawn: 'withdrawn',
  left: 'left',
  'not-registered': 'not-registered',
}

const latest = (days: readonly Temporal.PlainDate[]): Temporal.PlainDate =>
  days.reduce((last, day) => (Temporal.PlainDate.compare(day, last) > 0 ? day : last))

/**
 * Whether a person may collect the edition issued today, where, from when and with what (notice's points 2, 3, 4
 * and 8), or the first reason why not.
 *
 * A student of a department collects where the card lies, also after changing departments in the meantime; who is
 * sent to named counters collects only there, and a card lying elsewhere is moved first.
 */
export function eligibility(holder: Holder, programme: Programme, today: Temporal.PlainDate): Eligibility {
  const { person, oldCardLost, reissuePaid, reissue } = holder
  const startsOn = Temporal.PlainDate.from(programme.startsOn)
  const cohort = cohortOf(programme, person)
  const { outcome } = cohort
  const issued = editionIssuedOn(programme, today)
  // Of who had one already, only the card that takes its place counts.
  const theirs = reissue ? holder.cards.filter(each => each.handedOverOn === null) : holder.cards
  const card = issued ? furthest(theirs, issued.id) : null
  const places = placesOf(programme, cohort, person)
  const site = siteOf(programme, person)

  const fromDepartment = outcome.kind === 'collect-at-department' && !reissue
  const lies = card && !card.misprinted ? card.counter : null
  const sentTo = reissue ? programme.reissue.at : fromDepartment && lies !== null ? [lies] : places
  const ownFrom =
    'from' in outcome && outcome.from !== undefined ? Temporal.PlainDate.from(outcome.from) : startsOn
  const where = ownSiteFirst(programme, sentTo ?? programme.askAt, site)
  // A wave at another counter calls nobody whose card lies at this one.
  const called = lies !== null && where.includes(lies) ? [lies] : where
  const wave = reissue || sentTo === null ? null : waveOf(programme, person, { where: called, today })
  const days = wave && {
    from: Temporal.PlainDate.from(wave.from),
    until: Temporal.PlainDate.from(wave.until),
  }
  const errand: Errand = {
    cohort: cohort.id,
    where: wave && !fromDepartment ? where.filter(id => wave.at.includes(id)) : where,
    from: latest([startsOn, ownFrom, ...(days ? [days.from] : [])]),
    ...(days ? { days } : {}),
    ...(reissue
      ? { bring: programme.reissue.bring, whenNeither: [] }
      : evidenceFor(programme, cohort, oldCardLost)),
  }
  const refuse = (refusal: EligibilityRefusal, facts: Facts = {}): Eligibility => ({
    ...no(refusal, { cohort: cohort.id, ...facts }),
    errand,
  })

  if (!issued || Temporal.PlainDate.compare(today, startsOn) < 0)
    return refuse('programme-not-started', { from: programme.startsOn })
  if (outcome.kind === 'not-concerned') return refuse(gone[person.status] ?? 'not-concerned')
  if (card?.handedOverOn)
    return refuse(outcome.kind === 'has-card' ? 'has-card-already' : 'already-collected', {
      handedOverOn: card.handedOverOn.toString(),
      ...(card.fetchedUntil ? { fetchedUntil: card.fetchedUntil.toString() } : {}),
    })
  if (Temporal.PlainDate.compare(today, errand.from) < 0)
    return refuse('wait-until', { from: errand.from.toString() })
  if (wave?.onlyThen && today.toString() >= wave.until) return refuse('days-over', { until: wave.until })
  if (reissue && reissue.due > 0) return refuse('reissue-unpaid', { amount: reissue.due })
  if (!reissue && oldCardLost && !reissuePaid && programme.reissue.lostOldBeforePickup === 'pays-reissue') {
    const fee = feeFor(programme, 'reissue', today)
    return refuse('pay-reissue-first', { amount: fee.ok ? fee.fee.amount : null })
  }
  if (sentTo === null) return refuse('department-unknown', { department: person.department })
  const waitsForCard = cardRefusal(card, errand.where, fromDepartment)
  if (waitsForCard) return refuse(waitsForCard, { counter: card?.counter ?? null })
  return yes({
    edition: issued.id,
    ...errand,
    // The card lies at one of the counters named; only that one can hand it over.
    where: errand.where.filter(id => id === lies),
  })
}
