import { type Act, actorName } from '../server/register.ts'
import type { IssuerLine } from './issuer-file.ts'

/** A report that is to be sent. */
export interface DueReport extends IssuerLine {
  personId: number
  cardId: number
}

const isDue =
  'l.send_at <= $1 and l.sent_at is null and l.ended_at is null and ($2::bigint is null or l.id = $2)'
const peopleSql = `
  select p.id from person p
  where p.id in (select l.person_id from loss_report l where ${isDue} order by l.send_at, l.id limit $3)
  order by p.id for no key update`
const dueSql = `
  select l.id as "reportId", l.person_id as "personId", l.card_id as "cardId", l.at as "reportedAt",
         c.printed_number as "printedNumber"
  from loss_report l join card c on c.id = l.card_id
  where ${isDue} and l.person_id = any($3::bigint[]) order by l.id for update of l`

/**
 * The reports that are due, held until the act ends. First their people, in the order of their ids, as every act on a
 * person does: so nobody waits for the other in a circle, and a report that was withdrawn meanwhile is due no more.
 */
export async function lockDue(
  act: Act,
  { only, most }: { only: { personId: number; reportId: number } | null; most: number },
): Promise<DueReport[]> {
  const reportId = only?.reportId ?? null
  // Whose own act it is holds the person already.
  const people = only
    ? [{ id: only.personId }]
    : await act.statement<{ id: number }>('loss_due_people', peopleSql, [act.now, reportId, most])
  if (people.length === 0) return []
  return act.statement<DueReport>('loss_due', dueSql, [act.now, reportId, people.map(({ id }) => id)])
}

const anyDueSql = `
  select exists (select from loss_report where send_at <= $1 and sent_at is null and ended_at is null) as due`

/** Whether any report is due. */
export async function isAnyLossDue(act: Act): Promise<boolean> {
  const [row] = await act.statement<{ due: boolean }>('any_loss_due', anyDueSql, [act.now])
  return row!.due
}

const keepSql = `
  with made as (
    insert into issuer_file (kind, made_at, made_by, content) values ('loss', $1, $2, $3) returning id)
  update loss_report l set sent_at = greatest($1, l.send_at), file_id = made.id from made
  where l.id = any($4::bigint[]) returning l.file_id as id`

/** Keeps that reports were sent, and the file that they stand in; says its id. */
export async function keepSent(act: Act, reportIds: readonly number[], content: string): Promise<number> {
  const values = [act.now, actorName(act.actor), content, reportIds]
  const [row] = await act.statement<{ id: number }>('keep_sent', keepSql, values)
  return row!.id
}

/** A file of loss reports, and how far the issuer's answer has come. */
export interface IssuerFile {
  id: number
  madeAt: Temporal.Instant
  reports: number
  received: number
  refused: number
  answeredAt: Temporal.Instant | null
}

const listSql = `
  select f.id, f.made_at as "madeAt", f.answered_at as "answeredAt", count(l.id)::int as reports,
         count(l.received_at)::int as received, count(l.refused_because)::int as refused
  from issuer_file f left join loss_report l on l.file_id = f.id
  where f.kind = 'loss' group by f.id order by f.id desc limit $1`

/** The newest files of loss reports, the newest first. */
export const listIssuerFiles = (act: Act, most: number): Promise<IssuerFile[]> =>
  act.statement<IssuerFile>('issuer_files', listSql, [most])

const contentSql = 'select content from issuer_file where id = $1 and kind = $2'

/** What stands in a file for the issuer, empty where it was erased; null where there is no such file. */
export async function issuerFileContent(
  act: Act,
  kind: 'loss' | 'refund',
  id: number,
): Promise<string | null> {
  const [row] = await act.statement<{ content: string }>('issuer_file_content', contentSql, [id, kind])
  return row?.content ?? null
}

/** Whose reports are in a file. */
export const peopleOfFile = (act: Act, id: number): Promise<{ personId: number }[]> =>
  act.statement('loss_file_people', 'select person_id as "personId" from loss_report where file_id = $1', [
    id,
  ])

/** A file that is being answered, with the reports in it. */
export interface AnsweredFile {
  answeredAt: Temporal.Instant | null
  answer: string | null
  reports: { id: number; personId: number; cardId: number; sentAt: Temporal.Instant }[]
}

const fileSql = `
  select answered_at as "answeredAt", answer from issuer_file where id = $1 and kind = 'loss' for update`
const reportsSql = `
  select id, person_id as "personId", card_id as "cardId", sent_at as "sentAt" from loss_report
  where file_id = $1 order by id`

/** A file and its reports, held until the act ends; null where there is no such file. */
export async function lockFile(act: Act, id: number): Promise<AnsweredFile | null> {
  const [file] = await act.statement<Omit<AnsweredFile, 'reports'>>('issuer_file_lock', fileSql, [id])
  if (file === undefined) return null
  const reports = await act.statement<AnsweredFile['reports'][number]>('issuer_file_reports', reportsSql, [
    id,
  ])
  return { ...file, reports }
}

const keepAnswerSql = `
  with answered as (
    update issuer_file set answered_at = $2, answered_by = $3, answer = $4 where id = $1)
  update loss_report l set received_at = r."receivedAt", refused_because = r."refusedBecause"
  from jsonb_to_recordset($5::jsonb) as r("reportId" bigint, "receivedAt" timestamptz, "refusedBecause" text)
  where l.id = r."reportId" and l.file_id = $1`

/** What the issuer says of one report: when it received it, or why it did not take it. */
export interface Answered {
  reportId: number
  receivedAt: Temporal.Instant | null
  refusedBecause: string | null
}

/** Keeps the issuer's answer as it came, and what it says of each report. */
export async function keepAnswer(
  act: Act,
  fileId: number,
  { text, answers }: { text: string; answers: readonly Answered[] },
): Promise<void> {
  const values = [fileId, act.now, actorName(act.actor), text, JSON.stringify(answers)]
  await act.statement('keep_issuer_answer', keepAnswerSql, values)
}
