import { whoActed } from '../lib/roles.ts'
import { type Act, actorName } from '../server/register.ts'
import type { PaidAlone } from './repayment-rules.ts'
import { staffOf } from './who.ts'

/** Which money is paid back: what is owed of an application, or a kiosk's receipt that is nobody's. */
export type Repaid = { reissueId: number; receipt: null } | { reissueId: null; receipt: string }

/** How a question about a repayment ended. */
export type RepaymentEnd = 'let-go' | 'declined' | 'taken-back' | 'lapsed'

/** Two payments of the same person, in whatever role, wait for each other; taken after everything else is locked. */
export const lockPayer = (act: Act): Promise<unknown> =>
  act.statement('payer_lock', 'select pg_advisory_xact_lock(7270032, hashtext($1))', [
    whoActed(actorName(act.actor)),
  ])

const aloneSql = `select to_one as "toOne", in_all as "inAll" from paid_back_alone($1, $2, $3, $4)`

/** What who acts has paid back today without a second person. */
export async function paidAlone(act: Act, { reissueId, receipt }: Repaid): Promise<PaidAlone> {
  const about = [actorName(act.actor), reissueId, receipt, act.now]
  const [row] = await act.statement<PaidAlone>('paid_alone', aloneSql, about)
  return row!
}

const aloneOfSql = `
  select n.number, a.to_one as "toOne", a.in_all as "inAll"
  from unnest($2::text[]) n(number), paid_back_alone($1, null, n.number, $3) a`

/** The same for each of some receipts. */
export async function paidAloneOf(act: Act, receipts: readonly string[]): Promise<Map<string, PaidAlone>> {
  const rows = await act.statement<PaidAlone & { number: string }>('paid_alone_of', aloneOfSql, [
    actorName(act.actor),
    receipts,
    act.now,
  ])
  return new Map(rows.map(row => [row.number, row]))
}

/** Whether somebody of the staff would pay themselves back. */
export async function paysThemselves(act: Act, { reissueId, receipt }: Repaid): Promise<boolean> {
  const sql = 'select pays_themselves($1, $2, $3) as "toThemselves"'
  const about = [actorName(act.actor), reissueId, receipt]
  const [row] = await act.statement<{ toThemselves: boolean }>('pays_themselves', sql, about)
  return row!.toThemselves
}

/** A repayment that a second person was asked about, as its row says. The amount in minor units. */
export interface RepaymentQuestion {
  id: number
  reissueId: number | null
  receipt: string | null
  amount: number
  already: number
  most: number
  reason: string
  askedAt: Temporal.Instant
  askedBy: string
  lastDay: Temporal.PlainDate
}

const columns = `q.id, q.reissue_id as "reissueId", q.receipt, q.amount, q.already, q.most, q.reason, q.asked_at as "askedAt",
  q.asked_by as "askedBy", q.last_day as "lastDay"`
const waitingSql = `select ${columns} from repayment_question q where q.answer is null`

/** The question that waits about this money, or null. */
export async function waitingAbout(
  act: Act,
  { reissueId, receipt }: Repaid,
): Promise<RepaymentQuestion | null> {
  const sql = `${waitingSql} and (q.reissue_id = $1 or q.receipt = $2)`
  const [row] = await act.statement<RepaymentQuestion>('repayment_about', sql, [reissueId, receipt])
  return row ?? null
}

/** Those of some receipts about which a question waits. */
export async function receiptsThatWait(act: Act, receipts: readonly string[]): Promise<Set<string>> {
  const sql = 'select receipt from repayment_question where answer is null and receipt = any($1::text[])'
  const rows = await act.statement<{ receipt: string }>('receipts_that_wait', sql, [receipts])
  return new Set(rows.map(({ receipt }) => receipt))
}

/** A question that waits, by its id; null where none does any more. */
export async function waitingById(act: Act, id: number): Promise<RepaymentQuestion | null> {
  const [row] = await act.statement<RepaymentQuestion>('repayment_waits', `${waitingSql} and q.id = $1`, [id])
  return row ?? null
}

const keepSql = `
  insert into repayment_question (reissue_id, receipt, amount, already, most, reason, asked_at, asked_by, last_day)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`

/** Keeps that a second person is asked. Says the question's id. */
export async function keepAsked(
  act: Act,
  about: Repaid,
  asked: { amount: number; already: number; most: number; reason: string; lastDay: Temporal.PlainDate },
): Promise<number> {
  const { amount, already, most, reason, lastDay } = asked
  const [row] = await act.statement<{ id: number }>('keep_repayment', keepSql, [
    about.reissueId,
    about.receipt,
    amount,
    already,
    most,
    reason,
    act.now,
    actorName(act.actor),
    lastDay,
  ])
  return row!.id
}

// The moment was read before the money was locked, and may be a little before that of who had the lock first.
const endSql = `
  update repayment_question set answer = $2, answered_at = greatest($3, asked_at), answered_by = $4, answer_reason = $5
  where id = $1 and answer is null`

/** Keeps how a question ended; a reason where it was declined. */
export const keepEnd = (act: Act, id: number, end: RepaymentEnd, reason: string | null): Promise<unknown> =>
  act.statement('answer_repayment', endSql, [id, end, act.now, actorName(act.actor), reason])

/** A repayment as a list has it: whose it is, who asked, and how it ended. */
export interface ListedRepayment extends RepaymentQuestion {
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
  askerZh: string | null
  askerEn: string | null
  answer: RepaymentEnd | null
  answeredAt: Temporal.Instant | null
  answeredBy: string | null
  answererZh: string | null
  answererEn: string | null
  answerReason: string | null
}

/** Most repayments that are listed at once. */
export const mostRepayments = 200

const listSql = `
  select ${columns}, coalesce(p.student_number, k.student_number) as "studentNumber",
         p.name_zh as "nameZh", p.name_en as "nameEn", s.name_zh as "askerZh", s.name_en as "askerEn",
         q.answer, q.answered_at as "answeredAt", q.answered_by as "answeredBy", a.name_zh as "answererZh",
         a.name_en as "answererEn", q.answer_reason as "answerReason"
  from repayment_question q
  left join reissue r on r.id = q.reissue_id
  left join person p on p.id = r.person_id
  left join kiosk_receipt k on k.number = q.receipt
  ${staffOf('q.asked_by')}
  ${staffOf('q.answered_by').replaceAll(/\bs\b/g, 'a')}`

/** What waits for a second person, the oldest first; then what ended since a moment, the newest first. At most 200 of each. */
export async function listRepayments(
  act: Act,
  since: Temporal.Instant,
): Promise<{ waiting: ListedRepayment[]; ended: ListedRepayment[] }> {
  const waits = `${listSql} where q.answer is null order by q.id limit ${mostRepayments}`
  const ended = `${listSql} where q.answered_at >= $1 order by q.answered_at desc, q.id desc limit ${mostRepayments}`
  return {
    waiting: await act.statement<ListedRepayment>('repayments_waiting', waits, []),
    ended: await act.statement<ListedRepayment>('repayments_ended', ended, [since]),
  }
}

/** How many wait for a second person. */
export async function countWaiting(act: Act): Promise<number> {
  const sql = 'select count(*)::int as many from repayment_question where answer is null'
  const [row] = await act.statement<{ many: number }>('count_repayments', sql, [])
  return row!.many
}

/** What nobody has answered by its last day, the oldest first, at most so many. */
export const unanswered = (
  act: Act,
  today: Temporal.PlainDate,
  { after, most }: { after: number; most: number },
): Promise<RepaymentQuestion[]> =>
  act.statement<RepaymentQuestion>(
    'repayments_unanswered',
    `${waitingSql} and q.last_day < $1 and q.id > $2 order by q.id limit $3`,
    [today, after, most],
  )
