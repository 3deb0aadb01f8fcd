import type { Act } from '../server/register.ts'
import type { Receipt } from './payment-rules.ts'
import type { ReceiptUse } from './receipt-rules.ts'

/** One who tells of a receipt and one who types its number wait for each other; taken before people are locked. */
export const lockReceipt = (act: Act, number: string): Promise<unknown> =>
  act.statement('receipt_lock', 'select pg_advisory_xact_lock(7270030, hashtext($1))', [number])

/** A receipt as the kiosk told of it. */
export interface KioskReceipt {
  number: string
  kiosk: string
  amount: number
  studentNumber: string | null
  paidAt: Temporal.Instant
}

const keepSql = `
  insert into kiosk_receipt (number, kiosk, amount, student_number, paid_at, arrived_at)
  values ($1, $2, $3, $4, $5, $6) on conflict (number) do nothing returning 1`

/** Keeps a receipt; false where it was told of before. */
export async function keepReceipt(act: Act, receipt: KioskReceipt): Promise<boolean> {
  const { number, kiosk, amount, studentNumber, paidAt } = receipt
  const rows = await act.statement('keep_receipt', keepSql, [
    number,
    kiosk,
    amount,
    studentNumber,
    paidAt,
    act.now,
  ])
  return rows.length > 0
}

const receiptSql = `
  select k.number, k.kiosk, k.amount, k.student_number as "studentNumber", k.paid_at as "paidAt",
         exists (select from fee_move m where m.receipt = k.number and m.kind in ('paid', 'paid-back')) as used
  from kiosk_receipt k`

/** A receipt by its number, which stands on the payer's paper, whoever it is of; null where no kiosk has told of it. */
export async function receiptByNumber(act: Act, number: string): Promise<(KioskReceipt & Receipt) | null> {
  const sql = `${receiptSql} where k.number = $1`
  const [row] = await act.asItself(() =>
    act.statement<KioskReceipt & Receipt>('receipt_by_number', sql, [number]),
  )
  return row ?? null
}

const useSql = `
  select kind, reissue_id as "reissueId", by from fee_move where receipt = $1 and kind in ('paid', 'paid-back')`

/** What became of a receipt's money; null while it is nobody's. */
export async function becameOf(act: Act, number: string): Promise<ReceiptUse> {
  type Row = { kind: 'paid' | 'paid-back'; reissueId: number; by: string }
  const [row] = await act.statement<Row>('use_of_receipt', useSql, [number])
  if (!row) return null
  return row.kind === 'paid' ? { as: 'paid', reissueId: row.reissueId } : { as: 'paid-back', by: row.by }
}

const payersSql = 'select 1 from person where student_number = $1 or id = $2 order by id for update'

/** Locks whom a receipt could pay for: whose number it bears, who may apply at this moment, and who is named. */
export const lockPayers = (
  act: Act,
  studentNumber: string | null,
  personId: number | null,
): Promise<unknown> => act.statement('lock_payers', payersSql, [studentNumber, personId])

const unusedSql = `
  select * from (${receiptSql}) r where not used and r."studentNumber" = $1 and r.amount = $2 order by r."paidAt" limit 1`

/** A receipt that bears this student's number, of this amount, with which nothing was paid yet; the oldest, or null. */
export async function unusedReceiptOf(
  act: Act,
  studentNumber: string,
  amount: number,
): Promise<KioskReceipt | null> {
  const [row] = await act.asItself(() =>
    act.statement<KioskReceipt>('unused_receipt', unusedSql, [studentNumber, amount]),
  )
  return row ?? null
}

/** SQL: money that came in at kiosks and is nobody's yet, the oldest first. */
export const unmatchedSql = `select * from (${receiptSql}) r where not used order by r."paidAt"`

/** Money that came in at kiosks and is nobody's yet, the oldest first, at most 200. */
export const unmatchedReceipts = (act: Act): Promise<KioskReceipt[]> =>
  act.statement<KioskReceipt>('unmatched_receipts', `${unmatchedSql} limit 200`, [])

/** How many receipts are nobody's yet. */
export async function countUnmatched(act: Act): Promise<number> {
  const sql = `select count(*)::int as many from (${receiptSql}) r where not used`
  const [row] = await act.statement<{ many: number }>('count_unmatched', sql, [])
  return row!.many
}

/** How many numbers a person has typed since a moment. */
export async function typedSince(act: Act, personId: number, since: Temporal.Instant): Promise<number> {
  const sql = 'select count(*)::int as typed from typed_receipt where person_id = $1 and at > $2'
  const [row] = await act.statement<{ typed: number }>('typed_since', sql, [personId, since])
  return row!.typed
}

/** What became of a number that was typed. */
export type TypedOutcome = 'paid' | 'waits' | 'used' | 'other-amount' | 'of-somebody-else'

const replaceSql = `update typed_receipt set outcome = 'replaced' where reissue_id = $1 and outcome = 'waits'`
const typedSql = `
  insert into typed_receipt (reissue_id, person_id, number, at, outcome) values ($1, $2, $3, $4, $5)`

/** Keeps a number that was typed; one that waits takes the place of another that waited. */
export async function keepTyped(
  act: Act,
  { reissueId, personId, number }: { reissueId: number; personId: number; number: string },
  outcome: TypedOutcome,
): Promise<void> {
  if (outcome === 'waits') await act.statement('replace_typed', replaceSql, [reissueId])
  await act.statement('keep_typed', typedSql, [reissueId, personId, number, act.now, outcome])
}

const waitingSql = `
  select t.reissue_id as "reissueId" from typed_receipt t join reissue r on r.id = t.reissue_id
  where t.number = $1 and t.outcome = 'waits' and r.ended_at is null and r.settled_at is null order by t.id`

/** The applications that wait for a receipt of this number, who typed it first being first. */
export async function waitingFor(act: Act, number: string): Promise<number[]> {
  const rows = await act.statement<{ reissueId: number }>('waiting_for_receipt', waitingSql, [number])
  return rows.map(({ reissueId }) => reissueId)
}

const answerSql = `
  update typed_receipt set outcome = $3 where reissue_id = $1 and number = $2 and outcome = 'waits'`

/** Keeps what became of a number that waited. */
export const answerTyped = (
  act: Act,
  reissueId: number,
  number: string,
  outcome: TypedOutcome,
): Promise<unknown> => act.statement('answer_typed', answerSql, [reissueId, number, outcome])

/** The number that waits for its receipt, of an application; null where none does. */
export async function waitingNumber(act: Act, reissueId: number): Promise<string | null> {
  const sql = `select number from typed_receipt where reissue_id = $1 and outcome = 'waits'`
  const [row] = await act.statement<{ number: string }>('waiting_number', sql, [reissueId])
  return row?.number ?? null
}
