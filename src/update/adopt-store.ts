import { type Act, actorName, type Transaction } from '../server/register.ts'
import type { FoundCard } from './rules.ts'

/** The newest complete reading of a controller's list; the ids are null where there is none. */
export interface LastReading {
  controllerId: number
  surveyId: number | null
  readAt: Temporal.Instant | null
}

const readingSql = `
  select c.id as "controllerId", s.id as "surveyId", s.ended_at as "readAt"
  from controller c left join lateral (
    select id, ended_at from controller_survey
    where controller_id = c.id and outcome = 'complete' order by id desc limit 1) s on true
  where c.id = $1`

/** The newest complete reading of a controller's list; null for a controller that is not ours. */
export async function lastReading(trx: Transaction, controllerId: number): Promise<LastReading | null> {
  const [row] = await trx.statement<LastReading>('last_reading', readingSql, [controllerId])
  return row ?? null
}

/** A card that stands on a controller, that Gatehouse did not put there, with whose it is by the register. */
export interface StandingCard extends FoundCard {
  /** Null: the register knows no card of this number, or nobody's. */
  cardId: number | null
  personId: number | null
  studentNumber: string | null
  /** The person works at the university too: the card may open doors to them that are not a student's. */
  alsoStaff: boolean
  lost: boolean
  /** Since when a card of ours with this number is kept back because of this one. */
  takenAt: Temporal.Instant | null
}

// Of several cards that had a number one after the other the one that is not retired counts, else the last.
const cardsSql = `
  with ours as (
    select distinct on (n.number) n.number, n.card_id, coalesce(h.person_id, k.made_for) as person_id
    from card_number n join controller c on c.number_format = n.format
    join card k on k.id = n.card_id left join handover h on h.card_id = n.card_id
    where c.id = $2
    order by n.number, n.retired_at is not null, n.card_id desc)
  select s.number, s.doors, s.valid_from as "from", s.valid_to as "to", s.with_pin as "withPin",
         o.card_id as "cardId", p.id as "personId", p.student_number as "studentNumber", coalesce(p.also_staff, false) as "alsoStaff",
         l.card_id is not null as lost, s.taken_at as "takenAt"
  from survey_card s
  left join ours o on o.number = s.number and o.person_id is not null
  left join person p on p.id = o.person_id
  left join card_lost l on l.card_id = o.card_id
  where s.survey_id = $1 and not s.ours
    and not exists (select from adopted_number a where a.controller_id = $2 and a.number = s.number)
  order by s.number`

/** What stands on a controller and is not ours yet, in the order of its numbers. */
export const standingCards = (
  trx: Transaction,
  surveyId: number,
  controllerId: number,
): Promise<StandingCard[]> =>
  trx.statement<StandingCard>('standing_cards', cardsSql, [surveyId, controllerId])

// Without its key, so that changes of what is wanted there, which point at it, do not wait.
const lockControllerSql = 'select from controller where id = $1 for no key update'

/** Lets one adoption of a controller's content after the other. */
export const lockController = (trx: Transaction, controllerId: number) =>
  trx.statement('adoption_controller', lockControllerSql, [controllerId])

// In the order in which everybody else locks people.
const lockSql = 'select from person where id = any($1::bigint[]) order by id for no key update'

/** Locks people, so that nothing about their access changes meanwhile. */
export const lockForAdoption = (trx: Transaction, personIds: readonly number[]) =>
  trx.statement('adoption_lock', lockSql, [personIds])

const adoptSql = `
  insert into adopted_number (controller_id, number, doors, valid_from, valid_to, with_pin, adopted_at, adopted_by)
  select $1, n, d::smallint[], f, t, w, $7, $8
  from unnest($2::bigint[], $3::text[], $4::date[], $5::date[], $6::bool[]) as r(n, d, f, t, w)
  on conflict do nothing`

/** Keeps that these numbers are ours on a controller from now on. */
export async function keepAdopted(act: Act, controllerId: number, cards: readonly FoundCard[]) {
  await act.statement('adopt_numbers', adoptSql, [
    controllerId,
    cards.map(card => card.number),
    cards.map(card => `{${card.doors.join(',')}}`),
    cards.map(card => card.from),
    cards.map(card => card.to),
    cards.map(card => card.withPin),
    act.now,
    actorName(act.actor),
  ])
}
