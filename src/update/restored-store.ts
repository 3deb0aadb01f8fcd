import { isOpen } from '../access/open-rows.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Transaction } from '../server/database.ts'
import { isDue } from './due-sql.ts'
import type { Home, RestoreSign } from './restored-rules.ts'
import type { SurveyOutcome } from './rules.ts'

const homeSql = 'select own_id as "ownId", server, timeline from database_home for update'
const isSql = `
  select (select system_identifier from pg_control_system())::text as server,
         (select timeline_id from pg_control_checkpoint()) as timeline`
const keepSql = `
  insert into database_home (server, timeline, since) values ($1, $2, $3)
  on conflict (only_one) do update set server = excluded.server, timeline = excluded.timeline, since = excluded.since
  returning own_id as "ownId"`

/** A database's own id, and where it was when that was last kept. */
export interface KeptHome extends Home {
  ownId: string
}

/** Where the database was when it was last looked at, and where it is. Whoever looks at the same time waits. */
export async function homesOf(trx: Transaction): Promise<{ was: KeptHome | null; is: Home }> {
  const [was] = await trx.statement<KeptHome>('home_was', homeSql, [])
  const [is] = await trx.statement<Home>('home_is', isSql, [])
  return { was: was ?? null, is: is! }
}

/** Keeps where the database is; answers with its own id. */
export async function keepHome(trx: Transaction, is: Home, now: Temporal.Instant): Promise<string> {
  const [row] = await trx.statement<{ ownId: string }>('keep_home', keepSql, [is.server, is.timeline, now])
  return row!.ownId
}

/** An entry of the journal by which its history can be known again. */
export interface Written {
  id: number
  /** Microseconds since 1970, as text. */
  at: string
}

const microseconds = `(extract(epoch from at) * 1000000)::int8::text`
const newestSql = `select id, ${microseconds} as at from journal order by id desc limit 1`
const writtenSql = `select exists (select from journal where id = $1 and ${microseconds} = $2) as there`

/** The newest entry of the journal; null before the first. */
export async function newestWritten(trx: Transaction): Promise<Written | null> {
  const [row] = await trx.statement<Written>('newest_written', newestSql, [])
  return row ?? null
}

/** Whether an entry that was written still stands in the journal as it was. */
export async function isWritten(trx: Transaction, { id, at }: Written): Promise<boolean> {
  const [row] = await trx.statement<{ there: boolean }>('is_written', writtenSql, [id, at])
  return row!.there
}

/** A controller that waits because the database was brought back. */
export interface WaitingController {
  controllerId: number
  building: Bilingual
  noticedAt: Temporal.Instant
  sign: RestoreSign
  noticedBy: string
  /** Its list was read to its end since. */
  read: boolean
  /** A reading is asked for or under way. */
  reading: boolean
  /** What came of the newest reading since; null while none ended. */
  outcome: SurveyOutcome | null
  /** Of that reading: cards that should not stand there, and other systems'. */
  leftOver: number | null
  others: number | null
}

const waitingSql = `
  select r.controller_id as "controllerId", jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         r.noticed_at as "noticedAt", r.sign, r.noticed_by as "noticedBy",
         coalesce(s.outcome = 'complete', false) as read, s.outcome, s.left_over as "leftOver", s.others,
         exists (select from controller_survey o where o.controller_id = c.id and o.ended_at is null) as reading
  from restored_controller r join controller c on c.id = r.controller_id
  left join lateral (
    select * from controller_survey where controller_id = c.id and ended_at is not null and began_at >= r.noticed_at
    order by id desc limit 1) s on true
  where r.released_at is null order by r.controller_id`

/** The controllers that wait because the database was brought back, by their ids. */
export const waitingControllers = (trx: Transaction): Promise<WaitingController[]> =>
  trx.statement<WaitingController>('restored_controllers', waitingSql, [])

/** A card that would be put, changed or removed when its controller is let go. */
export interface Difference {
  controllerId: number
  number: number
  personId: number
  studentNumber: string
  deed: 'put' | 'change' | 'remove'
  /** When what is wanted of it was decided, as far as this database knows. */
  decidedAt: Temporal.Instant
}

// What would be sent: of each number the newest wish that is due and open. Reading the list has opened again whatever did
// not stand there as it was confirmed; what stands there as it should be needs no writing.
const differenceSql = `
  with last as (
    select r.controller_id, max(s.id) as survey from restored_controller r
    join controller_survey s on s.controller_id = r.controller_id and s.outcome = 'complete' and s.began_at >= r.noticed_at
    where r.released_at is null group by r.controller_id),
  due as (
    select distinct on (w.controller_id, w.number) w.controller_id, w.number, w.person_id, w.doors, w.decided_at,
           l.survey, ${isOpen('w')} as open
    from last l join wanted w on w.controller_id = l.controller_id
    where w.carried_by <= $1 and ${isDue('w')}
    order by w.controller_id, w.number, w.carried_by desc)
  select d.controller_id as "controllerId", d.number, d.person_id as "personId", p.student_number as "studentNumber",
         case when d.doors = '{0,0,0,0}' then 'remove' when s.number is null then 'put' else 'change' end as deed,
         d.decided_at as "decidedAt"
  from due d join person p on p.id = d.person_id
  left join survey_card s on s.survey_id = d.survey and s.number = d.number
  where d.open and s.standing is distinct from 'ours'
    and (d.doors <> '{0,0,0,0}' or s.number is not null)
  order by d.controller_id, d.number`

/** What would be sent to the controllers that were read, if they were let go now. */
export const differenceNow = (trx: Transaction, now: Temporal.Instant): Promise<Difference[]> =>
  trx.statement<Difference>('restored_difference', differenceSql, [now])
