import type { Act } from '../server/register.ts'
import type { PaymentRow } from './reconcile.ts'
import type { CaseFacts } from './rules.ts'
import { type CaseRow, caseColumns, caseJoins, caseOf } from './store.ts'

/** A case in the office's list. */
export interface ListedCase {
  facts: CaseFacts
  cardId: number
  personId: number
  studentNumber: string
  printedNumber: string | null
  lateToldAt: Temporal.Instant | null
}

const listSql = `
  select ${caseColumns}, r.person_id as "personId", q.student_number as "studentNumber",
         c.printed_number as "printedNumber", r.late_told_at as "lateToldAt"
  from refund_case r ${caseJoins}
  join person q on q.id = r.person_id join card c on c.id = r.card_id
  where ($1::boolean is false or (p.reference is null and s.round is not null and n.kind is null))
    and r.id < $2
  order by r.id desc limit $3`

const everyCase = Number.MAX_SAFE_INTEGER

/** Cases, the newest first, before one of them; `open`: those alone that are with the issuer. */
export async function listCases(
  act: Act,
  { open, before = everyCase, most }: { open: boolean; before?: number | undefined; most: number },
): Promise<ListedCase[]> {
  type Row = CaseRow & Omit<ListedCase, 'facts'>
  const rows = await act.statement<Row>('refund_list', listSql, [open, before, most])
  return rows.map(row => ({
    facts: caseOf(row),
    cardId: row.cardId,
    personId: row.personId,
    studentNumber: row.studentNumber,
    printedNumber: row.printedNumber,
    lateToldAt: row.lateToldAt,
  }))
}

const paymentsSql = `
  select p.reference, p.of_case as "ofCase", p.of_round as "ofRound", p.amount, p.value_on as "valueOn",
         (p.at at time zone $1)::date as "readOn", p.counts_for is not null as counts,
         r.id is not null as known, coalesce(r.withdrawn, false) as withdrawn,
         exists (select from refund_sending s where s.case_id = p.of_case and s.round = p.of_round) as sent,
         exists (select from refund_event e where e.case_id = p.of_case and e.kind <> 'received') as "saidNo"
  from refund_settlement p left join refund_case r on r.id = p.of_case
  order by p.at desc, p.reference`

/** Every payment that the issuer told of, with the case that it names. */
export async function listPayments(act: Act, zone: string): Promise<PaymentRow[]> {
  type Row = Omit<PaymentRow, 'case'> & { known: boolean; withdrawn: boolean; sent: boolean; saidNo: boolean }
  const rows = await act.statement<Row>('refund_payments', paymentsSql, [zone])
  return rows.map(({ known, withdrawn, sent, saidNo, ...row }) => ({
    ...row,
    case: known ? { withdrawn, sent, saidNo } : null,
  }))
}

const lateToldSql =
  'update refund_case set late_told_at = $2 where id = any($1::bigint[]) and late_told_at is null returning id'

/** Keeps that these cases were told to be late; those that were not told before. */
export async function keepLateTold(act: Act, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await act.statement<{ id: number }>('refund_late_told', lateToldSql, [ids, act.now])
  return new Set(rows.map(({ id }) => id))
}
