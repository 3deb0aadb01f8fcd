import type { Act } from '../server/register.ts'
import { endingsCount, type ManyEnding } from './question-rules.ts'

/** A question about a file to a second person, and what became of it. */
export interface ImportQuestion extends ManyEnding {
  id: number
  uploadId: number
  seal: string
  askedBy: string
  askedAt: Temporal.Instant
  takenBackAt: Temporal.Instant | null
  answeredBy: string | null
  answeredAt: Temporal.Instant | null
  letGo: boolean | null
  reason: string | null
}

const columns = `id, roster_import_id as "uploadId", seal, people, lately, of_people as of, most, asked_by as "askedBy",
  asked_at as "askedAt", taken_back_at as "takenBackAt", answered_by as "answeredBy", answered_at as "answeredAt",
  let_go as "letGo", reason`

/** The newest question about a file, or null. */
export async function newestQuestion(act: Act, uploadId: number): Promise<ImportQuestion | null> {
  const sql = `select ${columns} from import_question where roster_import_id = $1 order by id desc limit 1`
  const [row] = await act.statement<ImportQuestion>('newest_question', sql, [uploadId])
  return row ?? null
}

/** The question about a file that waits for its answer, locked until the act ends; null where none waits. */
export async function openQuestion(act: Act, uploadId: number): Promise<ImportQuestion | null> {
  const sql = `select ${columns} from import_question
    where roster_import_id = $1 and taken_back_at is null and answered_at is null for update`
  const [row] = await act.statement<ImportQuestion>('open_question', sql, [uploadId])
  return row ?? null
}

/** The files whose questions wait. */
export async function uploadsThatWait(act: Act, uploads: readonly number[]): Promise<Set<number>> {
  const sql = `select roster_import_id as id from import_question
    where roster_import_id = any($1::bigint[]) and taken_back_at is null and answered_at is null`
  const rows = await act.statement<{ id: number }>('uploads_that_wait', sql, [uploads])
  return new Set(rows.map(({ id }) => id))
}

/** Keeps that a second person is asked. */
export async function keepQuestion(
  act: Act,
  { uploadId, seal, people, lately, of, most }: ManyEnding & { uploadId: number; seal: string },
): Promise<number> {
  const [row] = await act.statement<{ id: number }>(
    'keep_question',
    `insert into import_question (roster_import_id, seal, people, lately, of_people, most, asked_at, asked_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [uploadId, seal, people, lately, of, most, act.now, act.actor.id],
  )
  return row!.id
}

/** Keeps what a second person said. */
export async function keepAnswer(
  act: Act,
  id: number,
  { letGo, reason }: { letGo: boolean; reason: string | null },
): Promise<void> {
  await act.statement(
    'keep_import_answer',
    'update import_question set answered_at = $2, answered_by = $3, let_go = $4, reason = $5 where id = $1',
    [id, act.now, act.actor.id, letGo, reason],
  )
}

/** Keeps that who asked took it back, or asks anew about another difference. */
export async function keepTakenBack(act: Act, id: number): Promise<void> {
  await act.statement('take_back_question', 'update import_question set taken_back_at = $2 where id = $1', [
    id,
    act.now,
  ])
}

// What a second person has let go is confirmed, and with it what they were told of: every file applied until they were asked.
// Who was given their enrolment back since, and is to keep it, is not ended.
const endedByFilesSql = `
  select distinct p.student_number as "studentNumber"
  from journal ending
  join roster_import applied on applied.id = (ending.facts ->> 'endedByUpload')::bigint
  join person p on p.id = ending.person_id
  where ending.act = 'person changed' and ending.facts ? 'endedByUpload' and ending.at > $1
    and (p.status <> 'enrolled' or p.next_status is not null)
    and not exists (
      select 1 from import_question asked
      where asked.let_go and (asked.roster_import_id = applied.id or asked.asked_at >= applied.applied_at))`

/**
 * Whose enrolment files have ended within the last 24 hours, by whoever, that no second person has confirmed and no other file
 * has begun again: their student numbers.
 */
export async function endedByFiles(act: Act): Promise<string[]> {
  const rows = await act.statement<{ studentNumber: string }>('ended_by_files', endedByFilesSql, [
    act.now.subtract(endingsCount),
  ])
  return rows.map(({ studentNumber }) => studentNumber)
}
