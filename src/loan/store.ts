import type { ChipNumber } from '../card/numbers.ts'
import type { Shown } from '../handover/rules.ts'
import type { Bilingual } from '../lib/words.ts'
import { type Act, actorName } from '../server/register.ts'
import type { LendingReason, PoolCard } from './rules.ts'

const cardSql = `
  select c.id as "cardId", c.edition, c.printed_number as "printedNumber", c.retired_at is not null as retired,
         exists (select from handover h where h.card_id = c.id) as "handedOver",
         l.id as "loanId", l.person_id as "personId", l.lent_at as "lentAt", l.last_day as "lastDay"
  from card c left join card_loan l on l.card_id = c.id and l.returned_at is null
  where c.chip = $1 order by c.id desc limit 1`

const holderSql = `
  select id from person where id = (
    select l.person_id from card_loan l join card c on c.id = l.card_id
    where l.returned_at is null and (c.chip = $1 or l.id = $2))
  for update`

/** Locks who has a lent card, by its chip or by the loan: before the card, as whoever lends one does. */
export const lockBorrower = (
  act: Act,
  { chip, loanId }: { chip?: ChipNumber; loanId?: number },
): Promise<unknown> =>
  act.statement('lock_borrower', holderSql, [chip ? Buffer.from(chip) : null, loanId ?? null])

/** A card by its chip as lending sees it; null where the register has none. */
export async function poolCard(act: Act, chip: ChipNumber, zone: string) {
  type Row = {
    cardId: number
    edition: string
    printedNumber: string | null
    retired: boolean
    handedOver: boolean
    loanId: number | null
    personId: number | null
    lentAt: Temporal.Instant | null
    lastDay: Temporal.PlainDate | null
  }
  const [row] = await act.statement<Row>('pool_card', cardSql, [Buffer.from(chip)])
  if (row === undefined) return null
  const { lentAt, lastDay, ...card } = row
  const lent: PoolCard['lent'] = lentAt && {
    on: lentAt.toZonedDateTimeISO(zone).toPlainDate().toString(),
    lastDay: lastDay!.toString(),
  }
  return { ...card, lent }
}

const ofPersonSql = `
  select last_day as "lastDay" from card_loan
  where person_id = $1 and returned_at is null and lost_at is null`

/** The last day of the loan that a person has not brought back; null where there is none. */
export async function loanOutstanding(act: Act, personId: number): Promise<string | null> {
  const [row] = await act.statement<{ lastDay: Temporal.PlainDate }>('loan_of_person', ofPersonSql, [
    personId,
  ])
  return row?.lastDay.toString() ?? null
}

// The loan first: its campus access refers to it.
const keepSql = `
  insert into card_loan (card_id, person_id, reason, evidence, lent_at, lent_by, counter, last_day)
  values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8) returning id`
const useSql = `
  insert into card_use (card_id, person_id, kind, during, loan_id)
  values ($1, $2, 'temporary', tstzrange($3, $4), $5)`

/** Keeps a loan, and the campus access that goes with it until the start of the day after its last one. */
export async function keepLoan(
  act: Act,
  loan: {
    cardId: number
    personId: number
    reason: LendingReason
    evidence: Shown
    counter: string
    lastDay: Temporal.PlainDate
    until: Temporal.Instant
  },
): Promise<number> {
  const { cardId, personId, reason, evidence, counter, lastDay, until } = loan
  const values = [cardId, personId, reason, JSON.stringify(evidence), act.now, act.actor.id, counter, lastDay]
  const [row] = await act.statement<{ id: number }>('keep_loan', keepSql, values)
  await act.statement('keep_loan_use', useSql, [cardId, personId, act.now, until, row!.id])
  return row!.id
}

const endUseSql = `
  update card_use set during = tstzrange(lower(during), $2)
  where loan_id = $1 and upper(during) > $2 and lower(during) < $2`

/** A loan's campus access ends now, unless its date has ended it already. */
export const endLoanUse = (act: Act, loanId: number): Promise<unknown> =>
  act.statement('end_loan_use', endUseSql, [loanId, act.now])

/** Keeps that a lent card is back, at whoever acts's counter. */
export const keepReturn = (act: Act, loanId: number, counter: string): Promise<unknown> =>
  act.statement(
    'keep_return',
    'update card_loan set returned_at = $2, returned_by = $3, returned_to = $4 where id = $1',
    [loanId, act.now, actorName(act.actor), counter],
  )

/** Keeps that a lent card is lost. */
export const keepLoanLost = (act: Act, loanId: number): Promise<unknown> =>
  act.statement('keep_loan_lost', 'update card_loan set lost_at = $2, lost_by = $3 where id = $1', [
    loanId,
    act.now,
    actorName(act.actor),
  ])

const loanSql = `
  select id, card_id as "cardId", person_id as "personId", lost_at is not null as lost,
         returned_at is not null as returned
  from card_loan where id = $1 and ($2::text is null or counter = $2) for update`

/** A loan, of a clerk's own counter, held until the act ends; null where there is none. */
export async function lockLoan(act: Act, loanId: number) {
  type Row = { id: number; cardId: number; personId: number; lost: boolean; returned: boolean }
  const [row] = await act.statement<Row>('lock_loan', loanSql, [loanId, act.actor.counter ?? null])
  return row ?? null
}

/** A loan that is not back, as a desk's list shows it. */
export interface OpenLoan {
  id: number
  personId: number
  studentNumber: string
  name: Bilingual
  printedNumber: string | null
  reason: LendingReason
  counter: string
  lentAt: Temporal.Instant
  lastDay: Temporal.PlainDate
  lost: boolean
}

/** SQL: the loans that are not back: of one counter, and those whose last day has passed, where that is asked. */
export const openSql = `
  select l.id, l.person_id as "personId", p.student_number as "studentNumber",
         jsonb_build_object('zh-TW', p.name_zh, 'en', p.name_en) as name, c.printed_number as "printedNumber",
         l.reason, l.counter, l.lent_at as "lentAt", l.last_day as "lastDay", l.lost_at is not null as lost
  from card_loan l join person p on p.id = l.person_id join card c on c.id = l.card_id
  where l.returned_at is null and ($1::text is null or l.counter = $1) and ($2::date is null or l.last_day < $2)
    and (not $3::boolean or l.lost_at is not null) and l.id > $4
  order by l.id`

/** The loans that are not back, the oldest first: of one counter, and only those whose last day has passed, where that is asked. */
export const openLoans = (
  act: Act,
  only: {
    counter: string | null
    endedBefore: Temporal.PlainDate | null
    lost?: boolean
    after: number
    limit: number
  },
): Promise<OpenLoan[]> =>
  act.statement<OpenLoan>('open_loans', `${openSql} limit $5`, [
    only.counter,
    only.endedBefore,
    only.lost ?? false,
    only.after,
    only.limit,
  ])

const loanCountsSql = `
  select counter, count(*)::int as out, (count(*) filter (where last_day < $1))::int as overdue,
         count(lost_at)::int as lost
  from card_loan where returned_at is null group by counter order by counter`

/** How many temporary cards are out, overdue and lost, at each counter that has any out. */
export const countLoans = (
  act: Act,
  today: Temporal.PlainDate,
): Promise<{ counter: string; out: number; overdue: number; lost: number }[]> =>
  act.statement('count_loans', loanCountsSql, [today])

const bridgeSql = `
  select l.reason, l.lent_at as "lentAt", l.last_day as "lastDay", l.lost_at is not null as lost,
         c.printed_number as "printedNumber", upper(u.during) as until
  from card_loan l join card c on c.id = l.card_id join card_use u on u.loan_id = l.id
  where l.person_id = $1 and l.returned_at is null order by l.id desc limit 1`

/** The newest temporary card of a person that is not back; null where there is none. */
export async function loanOf(act: Act, personId: number) {
  type Row = Pick<OpenLoan, 'reason' | 'lentAt' | 'lastDay' | 'lost' | 'printedNumber'> & {
    until: Temporal.Instant
  }
  const [row] = await act.statement<Row>('bridge_of', bridgeSql, [personId])
  return row ?? null
}
