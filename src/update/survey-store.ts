import type { Transaction } from '../server/database.ts'
import { isDue } from './due-sql.ts'
import type { FoundCard, HeldCard, KnownNumber, Standing, SurveyOutcome } from './rules.ts'

/** A reading that was asked for and has not ended. */
export interface OpenSurvey {
  id: number
  controllerId: number
  beganAt: Temporal.Instant | null
  readAt: Temporal.Instant | null
  readings: number
  placesRead: number
}

const openSql = `
  select id, controller_id as "controllerId", began_at as "beganAt", read_at as "readAt", readings,
         places_read as "placesRead"
  from controller_survey where controller_id = $1 and ended_at is null`

/** The reading of a controller's list that somebody asked for; null when nobody has. */
export async function openSurvey(trx: Transaction, controllerId: number): Promise<OpenSurvey | null> {
  const [row] = await trx.statement<OpenSurvey>('open_survey', openSql, [controllerId])
  return row ?? null
}

const forgetSql = 'delete from survey_card where survey_id = $1'
const beginSql = `
  update controller_survey set began_at = $2, read_at = $2, readings = readings + 1, places_read = 0 where id = $1`

/** Begins a reading with the first place; what an earlier one found is forgotten. */
export async function beginReading(trx: Transaction, surveyId: number, now: Temporal.Instant): Promise<void> {
  await trx.statement('survey_forget', forgetSql, [surveyId])
  await trx.statement('survey_begin', beginSql, [surveyId, now])
}

// A number met again is met at another place: the caller decides what that means.
const foundSql = `
  insert into survey_card (survey_id, number, place, doors, valid_from, valid_to, with_pin)
  select $1, n, p, d::smallint[], f, t, w
  from unnest($2::bigint[], $3::int[], $4::text[], $5::date[], $6::date[], $7::bool[]) as r(n, p, d, f, t, w)
  on conflict (survey_id, number) do nothing returning number`
const readSql = 'update controller_survey set places_read = $2, read_at = $3 where id = $1'

/** A card with the place it was found at. */
export interface Placed extends FoundCard {
  place: number
}

const columnsOf = (cards: readonly Placed[]) => [
  cards.map(card => card.number),
  cards.map(card => card.place),
  cards.map(card => `{${card.doors.join(',')}}`),
  cards.map(card => card.from),
  cards.map(card => card.to),
  cards.map(card => card.withPin),
]

/** Keeps what some places hold; answers with the numbers that were met before. */
export async function keepFound(
  trx: Transaction,
  surveyId: number,
  read: { cards: readonly Placed[]; upTo: number; now: Temporal.Instant },
): Promise<Placed[]> {
  const seen = new Set<number>()
  const first = read.cards.filter(({ number }) => !seen.has(number) && seen.add(number))
  const kept = await trx.statement<{ number: number }>('survey_found', foundSql, [
    surveyId,
    ...columnsOf(first),
  ])
  await trx.statement('survey_read', readSql, [surveyId, read.upTo, read.now])
  const fresh = new Set(kept.map(row => row.number))
  return read.cards.filter(card => !fresh.has(card.number) || !first.includes(card))
}

const againSql = `
  update survey_card s set place = r.p, doors = r.d::smallint[], valid_from = r.f, valid_to = r.t, with_pin = r.w
  from unnest($2::bigint[], $3::int[], $4::text[], $5::date[], $6::date[], $7::bool[]) as r(n, p, d, f, t, w)
  where s.survey_id = $1 and s.number = r.n`

/** Cards that were put anew while the list was read: the later place counts. */
export async function keepFoundAgain(trx: Transaction, surveyId: number, cards: readonly Placed[]) {
  await trx.statement('survey_found_again', againSql, [surveyId, ...columnsOf(cards)])
}

const sizeSql = 'select count(*) as cards from survey_card where survey_id = $1'

/** How many cards a reading has found so far. */
export async function cardsFound(trx: Transaction, surveyId: number): Promise<number> {
  const [row] = await trx.statement<{ cards: number }>('survey_size', sizeSql, [surveyId])
  return row!.cards
}

const changedSql = `
  select at >= $2 as changed from sent where controller_id = $1 and deed <> 'read' order by id desc limit 1`
const removedSql = `
  select exists (select from sent where controller_id = $1 and at >= $2 and deed = 'remove'
                 and answer in ('applied', 'different', 'unconfirmed', 'unreachable')) as removed`

/** Whether anything was sent to a controller since a moment. */
export async function changedSince(trx: Transaction, controllerId: number, at: Temporal.Instant) {
  const [row] = await trx.statement<{ changed: boolean }>('changed_since', changedSql, [controllerId, at])
  return row?.changed ?? false
}

/** Whether a card may have been removed from a controller since a moment. */
export async function removedSince(trx: Transaction, controllerId: number, at: Temporal.Instant) {
  const [row] = await trx.statement<{ removed: boolean }>('removed_since', removedSql, [controllerId, at])
  return row!.removed
}

const endSql = `
  update controller_survey
  set ended_at = $2, outcome = $3, wrong_place = $4, ours = $5, different = $6, missing = $7, left_over = $8, others = $9
  where id = $1`

/** How many cards stand in which way; of a complete reading. */
export type Counts = Record<Standing | 'missing', number>

/** Ends a reading. What one that is not complete found is forgotten, so that the last complete one stays. */
export async function endSurvey(
  trx: Transaction,
  surveyId: number,
  end: { now: Temporal.Instant; outcome: SurveyOutcome; wrongPlace?: number | null; counts?: Counts },
): Promise<void> {
  const { counts } = end
  if (end.outcome !== 'complete') await trx.statement('survey_forget', forgetSql, [surveyId])
  await trx.statement('survey_end', endSql, [
    surveyId,
    end.now,
    end.outcome,
    end.wrongPlace ?? null,
    counts?.ours ?? null,
    counts?.different ?? null,
    counts?.missing ?? null,
    counts?.['left-over'] ?? null,
    counts?.foreign ?? null,
  ])
}

// Most cards stand as they were confirmed and as the newest record wants them, and there is nothing to judge. They are
// let go where they are, and travel no further than their numbers, as one text.
const plainSql = `
  with plain as (
    delete from survey_card s using held h
    where s.survey_id = $1 and h.controller_id = $2 and h.number = s.number and h.confirmed_at < $3
      and h.doors <> '{0,0,0,0}' and not s.with_pin
      and (s.doors, s.valid_from, s.valid_to) = (h.doors, h.valid_from, h.valid_to)
      and exists (
        select from (select w.* from wanted w where w.controller_id = $2 and w.number = s.number
                     order by w.carried_by desc limit 1) w
        where (w.doors, w.valid_from, w.valid_to) = (s.doors, s.valid_from, s.valid_to) and ${isDue('w')})
    returning s.number)
  select count(*)::int as cards, coalesce(array_agg(number), '{}')::text as numbers from plain`
const isNotPlain = (number: string, plain: string) =>
  `not exists (select from unnest(${plain}::bigint[]) as plain(number) where plain.number = ${number})`
const cardsSql = `
  select number, doors, valid_from as "from", valid_to as "to", with_pin as "withPin"
  from survey_card where survey_id = $1`
const heldSql = `
  select number, doors, valid_from as "from", valid_to as "to", confirmed_at >= $2 as "sinceReading",
         doors = '{0,0,0,0}' and coalesce((
           select w.urgent from wanted w where w.controller_id = held.controller_id and w.number = held.number
           order by w.carried_by desc limit 1), false) as urgent
  from held where controller_id = $1 and ${isNotPlain('held.number', '$3')}`
const registerSql = `
  select distinct n.number from card_number n join controller c on c.number_format = n.format
  where c.id = $1 and n.number = any($2::bigint[])`
// What Gatehouse put there and has not removed since, and what a person adopted there. A put that was not answered may
// stand there: it is ours as well, until a removal is confirmed. And so is what was removed, until the quiet time is over:
// a late copy of our own put may bring it back.
const ownedSql = `
  select number from held where controller_id = $1 and (doors <> '{0,0,0,0}' or verify_after is not null)
    and ${isNotPlain('held.number', '$3')}
  union select number from adopted_number where controller_id = $1
  union select number from sent
        where controller_id = $1 and number = any($2::bigint[])
        group by number
        having max(id) filter (where deed = 'put' and answer in ('applied', 'already', 'unreachable', 'unconfirmed'))
             > coalesce(max(id) filter (where deed = 'remove' and answer in ('applied', 'already')), 0)`
// Of each number the newest row that is due, and the newest row that waits for a window.
const wantedSql = `
  select distinct on (number, is_due) number, doors, valid_from as "from", valid_to as "to", is_due as "isDue"
  from (select w.*, ${isDue('w')} as is_due
        from wanted w where w.controller_id = $1 and ${isNotPlain('w.number', '$2')}) w
  order by number, is_due, carried_by desc`

interface WantedContent {
  number: number
  doors: [number, number, number, number]
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  isDue: boolean | null
}

/**
 * What is wanted on a controller, number by number, and that these numbers are those of cards of the register; `plain`
 * are numbers that are left out, as an array of the database.
 */
export async function knownNumbers(
  trx: Transaction,
  controllerId: number,
  ours: readonly number[],
  plain = '{}',
): Promise<Map<number, KnownNumber>> {
  const wanted = await trx.statement<WantedContent>('survey_wanted', wantedSql, [controllerId, plain])
  const known = new Map<number, KnownNumber>()
  for (const number of ours) known.set(number, { inRegister: true, due: null, planned: null })
  for (const { number, isDue, ...content } of wanted) {
    const before = known.get(number) ?? { inRegister: true, due: null, planned: null }
    known.set(number, isDue ? { ...before, due: content } : { ...before, planned: content })
  }
  return known
}

/**
 * What a reading found, and what register and ledger know of that controller. Of `plain` cards, which stand as they were
 * confirmed and as the newest record wants them, only how many they are.
 */
export async function surveyFacts(trx: Transaction, survey: OpenSurvey) {
  const { controllerId, beganAt } = survey
  const [plain] = await trx.statement<{ cards: number; numbers: string }>('survey_plain', plainSql, [
    survey.id,
    controllerId,
    beganAt,
  ])
  const found = await trx.statement<FoundCard>('survey_cards', cardsSql, [survey.id])
  const numbers = found.map(card => card.number)
  const held = await trx.statement<HeldCard>('survey_held', heldSql, [controllerId, beganAt, plain!.numbers])
  const ours = await trx.statement<{ number: number }>('survey_register', registerSql, [
    controllerId,
    numbers,
  ])
  const owned = await trx.statement<{ number: number }>('survey_owned', ownedSql, [
    controllerId,
    numbers,
    plain!.numbers,
  ])
  const known = await knownNumbers(
    trx,
    controllerId,
    ours.map(row => row.number),
    plain!.numbers,
  )
  return { plain: plain!.cards, found, held, known, owned: new Set(owned.map(row => row.number)) }
}

const olderSql = `
  delete from survey_card where survey_id in (
    select id from controller_survey where controller_id = $1 and id <> $2 and outcome = 'complete')`
const asItShouldSql = 'delete from survey_card where survey_id = $1 and number = any($2::bigint[])'
const judgedSql = `
  update survey_card s set standing = r.s, ours = r.o
  from unnest($2::bigint[], $3::text[], $4::bool[]) as r(n, s, o)
  where s.survey_id = $1 and s.number = r.n`

/** Keeps of a complete reading what is not ours or not as it should be; what an older one said of it is over. */
export async function keepJudged(
  trx: Transaction,
  survey: OpenSurvey,
  judged: {
    drop: readonly number[]
    stays: readonly { number: number; standing: Standing; ours: boolean }[]
  },
): Promise<void> {
  await trx.statement('survey_older', olderSql, [survey.controllerId, survey.id])
  await trx.statement('survey_as_it_should', asItShouldSql, [survey.id, judged.drop])
  await trx.statement('survey_judged', judgedSql, [
    survey.id,
    judged.stays.map(each => each.number),
    judged.stays.map(each => each.standing),
    judged.stays.map(each => each.ours),
  ])
}
