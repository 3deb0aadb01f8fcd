import type { Act } from '../server/register.ts'
import type { Confirmation, Declined, Shown } from './rules.ts'
import type { Question } from './second-person.ts'

const newestSql = `
  select c.id, c.documents, c.good_until as "goodUntil", c.confirmed,
         exists (select from handover where confirmation_id = c.id) as used
  from identity_confirmation c
  where c.person_id = $1 and c.counter = $2 and c.asked_by = $3
  order by c.id desc limit 1`

/** What this clerk last asked a second person about somebody at this counter, and what came of it; or null. */
export async function newestConfirmation(act: Act, personId: number): Promise<Confirmation | null> {
  const asked = [personId, act.actor.counter ?? '', act.actor.id]
  const [row] = await act.statement<Confirmation>('newest_confirmation', newestSql, asked)
  return row ?? null
}

const declinedSql = `
  select documents, reason from identity_confirmation
  where person_id = $1 and confirmed is false and good_until > $2 order by id desc`

/** Every no about somebody that still stands, whoever asked and at whichever counter; the newest first. */
export const standingNos = (act: Act, personId: number): Promise<Declined[]> =>
  act.statement<Declined>('standing_nos', declinedSql, [personId, act.now])

/** Keeps what a second person is asked; answers with its id. */
export async function keepQuestion(
  act: Act,
  { personId, documents, goodUntil }: { personId: number; documents: Shown; goodUntil: Temporal.Instant },
): Promise<number> {
  const [row] = await act.statement<{ id: number }>(
    'ask_second_person',
    `insert into identity_confirmation (person_id, counter, documents, asked_by, asked_at, good_until)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [personId, act.actor.counter, JSON.stringify(documents), act.actor.id, act.now, goodUntil],
  )
  return row!.id
}

/** A question with whom it is about, where it was asked, and by whom. */
export interface AskedQuestion extends Question {
  id: number
  personId: number
  counter: string
  documents: Shown
}

const questionSql = `
  select c.id, c.person_id as "personId", c.counter, c.documents, c.asked_by as "askedBy", c.confirmed,
         c.good_until as "goodUntil",
         exists (select from identity_confirmation later where later.person_id = c.person_id and later.id > c.id
           and later.counter = c.counter and later.asked_by = c.asked_by) as "askedAnew"
  from identity_confirmation c where c.id = $1`

/** Locks a question, so that of two who answer at once one waits for the other; null where there is none. */
export async function lockQuestion(act: Act, id: number): Promise<AskedQuestion | null> {
  await act.statement('lock_question', 'select 1 from identity_confirmation where id = $1 for update', [id])
  // A statement of its own: who waited for the lock must see what the other one wrote.
  const [row] = await act.statement<AskedQuestion>('question', questionSql, [id])
  return row ?? null
}

/** Keeps the answer of the second person. */
export async function keepAnswer(
  act: Act,
  id: number,
  { confirmed, reason }: { confirmed: boolean; reason: string | null },
): Promise<void> {
  await act.statement(
    'answer_question',
    `update identity_confirmation set confirmed = $2, reason = $3, answered_by = $4, answered_at = $5
     where id = $1`,
    [id, confirmed, reason, act.actor.id, act.now],
  )
}

/** A question that waits for an answer, as the second person sees it. */
export interface WaitingQuestion {
  id: number
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  counter: string
  documents: Shown
  askedByZh: string
  askedByEn: string
  askedAt: Temporal.Instant
  goodUntil: Temporal.Instant
  /** Whether this reader has seen it before. */
  seen: boolean
}

const waitingSql = `
  select c.id, c.person_id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh",
         p.name_en as "nameEn", c.counter, c.documents, s.name_zh as "askedByZh", s.name_en as "askedByEn",
         c.asked_at as "askedAt", c.good_until as "goodUntil",
         exists (select from journal j where j.person_id = c.person_id and j.actor = $4
           and j.act = 'confirmation read' and (j.facts->>'confirmation')::bigint = c.id) as seen
  from identity_confirmation c join person p on p.id = c.person_id join staff s on s.id = c.asked_by
  where c.confirmed is null and c.good_until > $1 and ($2::text is null or c.counter = $2) and c.asked_by <> $3
    and not exists (select from identity_confirmation later where later.person_id = c.person_id
      and later.id > c.id and later.counter = c.counter and later.asked_by = c.asked_by)
    and not exists (select from handover h where h.person_id = c.person_id and h.at >= c.asked_at)
  order by c.id limit 50`

/** The questions that wait for this reader's answer: of their counter, for the office of every counter. */
export const waitingQuestions = (act: Act, actorName: string): Promise<WaitingQuestion[]> =>
  act.statement<WaitingQuestion>('waiting_questions', waitingSql, [
    act.now,
    act.actor.counter ?? null,
    act.actor.id,
    actorName,
  ])
