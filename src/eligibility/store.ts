import { stillFetched } from '../card/fetched.ts'
import { cardsOf, cardsOfMany, type RegisteredCard } from '../card/store.ts'
import type { PersonFacts } from '../programme/cohorts.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { type CardFacts, type Eligibility, eligibility, type Holder } from './rules.ts'

/** The roster's facts in the words that cohorts ask for. */
export const cohortFacts = (person: RegisteredPerson): PersonFacts => ({
  ...person,
  enteredYear: person.entryYear,
})

const reissueSql = `
  select case when r.settled_at is null then r.fee_amount else 0 end as due, c.edition = r.edition as "ofIssued"
  from reissue r join card c on c.id = r.for_card where r.person_id = $1 and r.ended_at is null`

/** A reissue that is open: what is due for it, and whether it takes the place of a card of the same edition. */
interface OpenReissue {
  due: number
  ofIssued: boolean
}

/** The open reissue of a person; the room of reissues comes later in the flow, and its rows are read here. */
async function openReissue(act: Act, personId: number): Promise<OpenReissue | null> {
  const [row] = await act.statement<OpenReissue>('eligible_reissue', reissueSql, [personId])
  return row ?? null
}

const fetchedSql = `
  select h.card_id as "cardId", b.back_by as "backBy" from handover h join lateral went_with(h.card_id) b on h.batch_id is not null
  where h.person_id = any($1::bigint[]) and ${stillFetched('h')}`

/** Cards of these people that are with a class representative, until when; batches come later in the flow, too. */
async function fetchedCards(
  act: Act,
  personIds: readonly number[],
): Promise<Map<number, Temporal.PlainDate>> {
  type Row = { cardId: number; backBy: Temporal.PlainDate }
  const rows = await act.statement<Row>('eligible_fetched', fetchedSql, [personIds])
  return new Map(rows.map(({ cardId, backBy }) => [cardId, backBy]))
}

const orderedSql = `
  select person_id as "personId", edition from production_item
  where person_id = any($1::bigint[]) and card_id is null and cancelled_at is null`

/** Editions of which the card maker is making one for these people; production comes later in the flow, too. */
async function orderedCards(act: Act, personIds: readonly number[]): Promise<Map<number, string[]>> {
  type Row = { personId: number; edition: string }
  const ordered = new Map<number, string[]>()
  for (const { personId, edition } of await act.statement<Row>('eligible_ordered', orderedSql, [personIds]))
    ordered.set(personId, [...(ordered.get(personId) ?? []), edition])
  return ordered
}

/** A card that is being made. */
const inProduction = (edition: string): CardFacts => ({
  edition,
  producedOn: null,
  misprinted: false,
  counter: null,
  handedOverOn: null,
})

/** What is found wrong with a card in its box: another one has to be made. */
const faulty: readonly string[] = ['misprint', 'damaged']

/** A card that was taken out of its box for good without a fault, as one that nobody collected, waits for nobody. */
const isForThem = ({ retired, handedOver }: RegisteredCard): boolean =>
  retired === null || handedOver !== null || faulty.includes(retired.reason)

function holderOf(
  person: RegisteredPerson,
  cards: readonly RegisteredCard[],
  {
    programme,
    today,
    reissue,
    fetched,
    ordered,
  }: {
    programme: Programme
    today: Temporal.PlainDate
    reissue: OpenReissue | null
    fetched: ReadonlyMap<number, Temporal.PlainDate>
    ordered: ReadonlyMap<number, readonly string[]>
  },
): Holder {
  const onDay = (at: Temporal.Instant) => at.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const replaced = programme.deadline.editions
  return {
    person: cohortFacts(person),
    cards: [
      ...(ordered.get(person.id) ?? []).map(inProduction),
      ...cards.filter(isForThem).map(card => ({
        edition: card.edition,
        // The register knows a card from the day it is made.
        producedOn: today,
        misprinted: card.handedOver === null && faulty.includes(card.retired?.reason ?? ''),
        counter: card.counter,
        handedOverOn: card.handedOver ? onDay(card.handedOver.at) : null,
        ...(fetched.has(card.cardId) ? { fetchedUntil: fetched.get(card.cardId)! } : {}),
      })),
    ],
    oldCardLost: cards.some(card => replaced.includes(card.edition) && card.lostReportedAt !== null),
    reissuePaid: reissue !== null && !reissue.ofIssued && reissue.due === 0,
    reissue: reissue?.ofIssued ? { due: reissue.due } : null,
  }
}

/** Whether a person may collect today, where, when and with what, from the register as it stands. */
export async function eligibilityOf(
  act: Act,
  person: RegisteredPerson,
): Promise<{
  decision: Eligibility
  cards: RegisteredCard[]
  programme: Programme
  today: Temporal.PlainDate
  /** What is collected takes the place of a card of the same edition. */
  isReissue: boolean
}> {
  const [programme, cards, reissue, fetched, ordered] = await Promise.all([
    programmeInForce(act),
    cardsOf(act, person.id),
    openReissue(act, person.id),
    fetchedCards(act, [person.id]),
    orderedCards(act, [person.id]),
  ])
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const decision = eligibility(
    holderOf(person, cards, { programme, today, reissue, fetched, ordered }),
    programme,
    today,
  )
  return { decision, cards, programme, today, isReissue: reissue?.ofIssued === true }
}

const reissuesSql = `
  select r.person_id as "personId", case when r.settled_at is null then r.fee_amount else 0 end as due,
         c.edition = r.edition as "ofIssued"
  from reissue r join card c on c.id = r.for_card where r.person_id = any($1::bigint[]) and r.ended_at is null`

/** What was decided of one of many people, and whether a card of theirs is being issued anew. */
export interface ManyEligible {
  decision: Eligibility
  cards: readonly RegisteredCard[]
  isReissued: boolean
}

/** The same of many people at once, on a day: as each of them is told when they ask. In their order. */
export async function eligibilityOfMany(
  act: Act,
  people: readonly RegisteredPerson[],
  { programme, today }: { programme: Programme; today: Temporal.PlainDate },
): Promise<ManyEligible[]> {
  const ids = people.map(({ id }) => id)
  type Row = OpenReissue & { personId: number }
  const [cards, rows, fetched, ordered] = await Promise.all([
    cardsOfMany(act, ids),
    act.statement<Row>('eligible_reissues', reissuesSql, [ids]),
    fetchedCards(act, ids),
    orderedCards(act, ids),
  ])
  const reissues = new Map(rows.map(row => [row.personId, row]))
  return people.map(person => {
    const [own, reissue] = [cards.get(person.id) ?? [], reissues.get(person.id) ?? null]
    const decision = eligibility(
      holderOf(person, own, { programme, today, reissue, fetched, ordered }),
      programme,
      today,
    )
    return { decision, cards: own, isReissued: reissue !== null }
  })
}
