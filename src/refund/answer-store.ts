import { type Act, actorName } from '../server/register.ts'
import type { AnswerLine } from './answer-file.ts'
import type { KnownCase, KnownPayment } from './answer-rules.ts'

const casesSql = `
  select r.id, r.person_id as "personId", r.card_id as "cardId",
         exists (select from refund_settlement p where p.counts_for = r.id) as paid
  from refund_case r where r.id = any($1::bigint[]) order by r.id for update`
const sendingsSql = `
  select case_id as "caseId", round, (at at time zone $2)::date as "sentOn"
  from refund_sending where case_id = any($1::bigint[])`
const eventsSql = `
  select case_id as "caseId", round, kind, on_date as "onDate", reason
  from refund_event where case_id = any($1::bigint[])`
const paymentsSql = `
  select reference, of_case as "ofCase", of_round as "ofRound", amount, value_on as "valueOn"
  from refund_settlement where reference = any($1::text[])`

/** What is known before an answer is read: the cases that it names, whose card they are of, and payments by reference. */
export interface Known {
  cases: Map<number, KnownCase & { personId: number; cardId: number }>
  payments: Map<string, KnownPayment>
}

/** What is known of everything that the lines name; nobody changes those cases until the act ends. */
export async function knownOf(act: Act, lines: readonly AnswerLine[], zone: string): Promise<Known> {
  const ids = [...new Set(lines.map(({ ofCase }) => ofCase))]
  const references = [...new Set(lines.flatMap(({ reference }) => (reference === '' ? [] : [reference])))]
  type Case = { id: number; personId: number; cardId: number; paid: boolean }
  type Sending = { caseId: number; round: number; sentOn: Temporal.PlainDate }
  type Event = {
    caseId: number
    round: number
    kind: string
    onDate: Temporal.PlainDate
    reason: string | null
  }
  type Payment = Omit<KnownPayment, 'on'> & { reference: string; valueOn: Temporal.PlainDate }
  const [cases, sendings, events, payments] = await Promise.all([
    act.statement<Case>('answer_cases', casesSql, [ids]),
    act.statement<Sending>('answer_sendings', sendingsSql, [ids, zone]),
    act.statement<Event>('answer_events', eventsSql, [ids]),
    act.statement<Payment>('answer_payments', paymentsSql, [references]),
  ])
  const known = new Map(
    cases.map(({ id, ...row }) => [
      id,
      {
        ...row,
        sent: new Map<number, Temporal.PlainDate>(),
        said: new Map<string, { on: string; reason: string | null }>(),
      },
    ]),
  )
  for (const { caseId, round, sentOn } of sendings) known.get(caseId)?.sent.set(round, sentOn)
  for (const { caseId, round, kind, onDate, reason } of events)
    known.get(caseId)?.said.set(`${round} ${kind}`, { on: onDate.toString(), reason })
  return {
    cases: known,
    payments: new Map(
      payments.map(({ reference, valueOn, ...row }) => [reference, { ...row, on: valueOn.toString() }]),
    ),
  }
}

/** When a file of the same bytes was read; null where none was. */
export async function readBefore(act: Act, sha256: Buffer): Promise<{ id: number; lines: number } | null> {
  const [row] = await act.statement<{ id: number; lines: number }>(
    'refund_answer_before',
    'select id, lines from refund_answer where sha256 = $1',
    [sha256],
  )
  return row ?? null
}

const answerSql = `
  insert into refund_answer (sha256, file_name, lines, read_at, read_by) values ($1, $2, $3, $4, $5) returning id`

/** Keeps that an answer was read; its id. */
export async function keepAnswer(
  act: Act,
  { sha256, fileName, lines }: { sha256: Buffer; fileName: string; lines: number },
): Promise<number> {
  const values = [sha256, fileName, lines, act.now, actorName(act.actor)]
  const [row] = await act.statement<{ id: number }>('keep_refund_answer', answerSql, values)
  return row!.id
}

const eventSql = `
  insert into refund_event (case_id, round, kind, on_date, reason, promised_by, answer_id, line, at)
  select e."ofCase", e."ofRound", e.outcome, e.on, e.reason, e."promisedBy", $2, e.line, $3
  from jsonb_to_recordset($1::jsonb) as e("ofCase" bigint, "ofRound" int, outcome text, "on" date, reason text,
                                          "promisedBy" date, line int)`
const paymentSql = `
  insert into refund_settlement (reference, of_case, of_round, amount, value_on, counts_for, answer_id, line, at)
  select p.reference, p."ofCase", p."ofRound", p.amount, p.on, case when p.counts then p."ofCase" end, $2, p.line, $3
  from jsonb_to_recordset($1::jsonb) as p(reference text, "ofCase" bigint, "ofRound" int, amount bigint, "on" date,
                                          counts boolean, line int)`
const endSql = 'update refund_destination set erase_on = $2 where case_id = any($1::bigint[])'

/** What an answer brings, as it is kept. */
export interface Brought {
  events: (AnswerLine & { promisedBy: Temporal.PlainDate | null })[]
  payments: (AnswerLine & { counts: boolean })[]
}

/** Keeps what an answer says; of cases that have ended with it, where the money went is erased on that date. */
export async function keepBrought(
  act: Act,
  answerId: number,
  { events, payments }: Brought,
  eraseOn: Temporal.PlainDate,
): Promise<void> {
  const ended = [
    ...events.filter(({ outcome }) => outcome !== 'received'),
    ...payments.filter(({ counts }) => counts),
  ].map(({ ofCase }) => ofCase)
  await act.statement('keep_refund_events', eventSql, [JSON.stringify(events), answerId, act.now])
  await act.statement('keep_refund_settlements', paymentSql, [JSON.stringify(payments), answerId, act.now])
  await act.statement('end_refund_destinations', endSql, [ended, eraseOn])
}
