import type { CorrectionAnswer, Heading } from '../lib/own-headings.ts'
import { type Act, actorName } from '../server/register.ts'

/** How a request for a correction ended: answered by the office, or taken back by who asked. */
export type CorrectionEnd = CorrectionAnswer | 'taken-back'

/** A request for a correction, as its row says. */
export interface Correction {
  id: number
  personId: number
  part: Heading
  /** What is wrong, in the person's own words. */
  wrong: string
  askedAt: Temporal.Instant
  /** The last day of an answer in time, of the campus's calendar; the later one where the office took longer. */
  dueOn: Temporal.PlainDate
  /** Why the office took longer; null where it did not. */
  prolongReason: string | null
  answer: CorrectionEnd | null
  answeredAt: Temporal.Instant | null
  /** Why nothing changes, to whom it was passed on, or what was corrected. */
  answerReason: string | null
}

const columns = `c.id, c.person_id as "personId", c.part, c.wrong, c.asked_at as "askedAt", coalesce(c.prolonged_until, c.due_on) as "dueOn",
  c.prolong_reason as "prolongReason", c.answer, c.answered_at as "answeredAt", c.answer_reason as "answerReason"`

const openSql = `
  select exists (select from correction_request where person_id = $1 and part = $2 and answer is null) as open,
         (select count(*)::int from correction_request where person_id = $1 and asked_at > $3::timestamptz - interval '24 hours')
           as "askedLately"`

/** Whether a person, who is locked, waits for an answer about a part, and how often they asked within a day. */
export async function askedBefore(
  act: Act,
  personId: number,
  part: Heading,
): Promise<{ open: boolean; askedLately: number }> {
  const values = [personId, part, act.now]
  const [row] = await act.statement<{ open: boolean; askedLately: number }>('asked_before', openSql, values)
  return row!
}

const keepSql = `
  insert into correction_request (person_id, part, wrong, asked_at, due_on) values ($1, $2, $3, $4, $5) returning id`

/** Keeps what a person asks to have corrected. Says its id. */
export async function keepCorrection(
  act: Act,
  { personId, part, wrong, dueOn }: Pick<Correction, 'personId' | 'part' | 'wrong' | 'dueOn'>,
): Promise<number> {
  const values = [personId, part, wrong, act.now, dueOn]
  const [row] = await act.statement<{ id: number }>('keep_correction', keepSql, values)
  return row!.id
}

const lockedSql = `select ${columns} from correction_request c where c.id = $1 for update`

/** A request, locked until the act ends; null where there is none of this id, or none for who acts. */
export async function lockedCorrection(act: Act, id: number): Promise<Correction | null> {
  const [row] = await act.statement<Correction>('lock_correction', lockedSql, [id])
  return row ?? null
}

const ownSql = 'select exists (select from staff where id = $1 and person_id = $2) as own'

/** Whether an account of the staff is this person's own. */
export async function isOwnAccount(act: Act, personId: number): Promise<boolean> {
  const [row] = await act.statement<{ own: boolean }>('own_account', ownSql, [act.actor.id, personId])
  return row!.own
}

// The moment was read before the row was locked.
const endSql = `
  update correction_request set answer = $2, answered_at = greatest($3, asked_at), answered_by = $4, answer_reason = $5
  where id = $1`

/** Keeps how a request, which is locked and open, ended. */
export const keepCorrectionEnd = (
  act: Act,
  id: number,
  { as, reason }: { as: CorrectionEnd; reason: string | null },
): Promise<unknown> =>
  act.statement('end_correction', endSql, [id, as, act.now, actorName(act.actor), reason])

const prolongSql = `
  update correction_request
  set prolonged_until = $2, prolong_reason = $3, prolonged_at = greatest($4, asked_at), prolonged_by = $5 where id = $1`

/** Keeps until when the office takes longer with a request, which is locked and open, and why. */
export const keepCorrectionProlonged = (
  act: Act,
  id: number,
  { dueOn, reason }: { dueOn: Temporal.PlainDate; reason: string },
): Promise<unknown> =>
  act.statement('prolong_correction', prolongSql, [id, dueOn, reason, act.now, actorName(act.actor)])

const ofPersonSql = `
  select ${columns} from correction_request c where c.person_id = $1 order by c.answer is null desc, c.id desc limit $2`

/** What a person asked to have corrected: what waits first, then the newest. */
export const correctionsOf = (act: Act, personId: number, most: number): Promise<Correction[]> =>
  act.statement<Correction>('corrections_of', ofPersonSql, [personId, most])

/** A request as the office's list has it: whose it is, and who answered. */
export interface ListedCorrection extends Correction {
  studentNumber: string
  nameZh: string
  nameEn: string
  answeredBy: string | null
  answererZh: string | null
  answererEn: string | null
}

/** Most requests that are listed at once. */
export const mostCorrections = 200

const listSql = `
  select ${columns}, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
         c.answered_by as "answeredBy", s.name_zh as "answererZh", s.name_en as "answererEn"
  from correction_request c join person p on p.id = c.person_id
  left join staff s on s.id = who_acted(c.answered_by)`
const waitingSql = `${listSql} where c.answer is null order by coalesce(c.prolonged_until, c.due_on), c.id limit $1`
const endedSql = `${listSql} where c.answered_at >= $2 order by c.answered_at desc, c.id desc limit $1`

/** What waits for an answer, the nearest last day first; and what ended since a moment, the newest first. */
export async function listCorrections(
  act: Act,
  since: Temporal.Instant,
): Promise<{ waiting: ListedCorrection[]; ended: ListedCorrection[] }> {
  const waiting = await act.statement<ListedCorrection>('corrections_waiting', waitingSql, [mostCorrections])
  const ended = await act.statement<ListedCorrection>('corrections_ended', endedSql, [mostCorrections, since])
  return { waiting, ended }
}
