import type { Act } from '../server/register.ts'
import { recomputed } from './recompute.ts'
import { keepWanted } from './store.ts'

/** People whom one day's check compares; on a larger campus it goes on the next day where it ended. */
const mostADay = 20_000

/** People whom one act compares: others wait for it less than a second. */
const atATime = 300

/** One day's check: how many people were compared, and what was not as it should be. */
export interface DoorsCheck {
  on: Temporal.PlainDate
  people: number
  /** People of whom something differed; they were put right. */
  differed: number
  /** Card numbers on controllers that differed. */
  numbers: number
  endedAt: Temporal.Instant | null
}

// The first update of a day begins it, also one that was missed and is done by a later one. Where the last day's ended
// before it had looked at everybody, this one goes on there.
const beginSql = `
  insert into doors_check (on_date, began_at, last_person_id)
  select $1, $2, l.last_person_id
  from (select coalesce((select last_person_id from doors_check order by on_date desc limit 1), 0) as last_person_id) l
  where exists (select from update_window where on_date = $1)
  on conflict (on_date) do nothing`
const begunSql = 'select exists (select from doors_check where on_date = $1) as begun'

/** Begins a day's check, if the day's first update has begun and it was not begun yet; says whether it is begun. */
export async function beginCheck(act: Act, on: Temporal.PlainDate): Promise<boolean> {
  await act.statement('begin_doors_check', beginSql, [on, act.now])
  const [row] = await act.statement<{ begun: boolean }>('doors_check_begun', begunSql, [on])
  return row!.begun
}

const atSql = `
  select people, last_person_id as "after" from doors_check where on_date = $1 and ended_at is null for update`

// Whoever was put off is worked out by that; a difference there is none.
const nextSql = `
  select p.id from person p
  where p.id > $1 and (exists (select from card_use u where u.person_id = p.id)
                       or exists (select from wanted w where w.person_id = p.id))
    and not exists (select from put_off o where o.person_id = p.id)
  order by p.id limit $2`

const wentOnSql = `
  update doors_check
  set people = people + $2, differed = differed + $3, numbers = numbers + $4, last_person_id = $5,
      ended_at = case when $6 then $7::timestamptz end
  where on_date = $1`

const keepPeopleSql = `
  insert into doors_check_person (on_date, person_id, numbers, controllers)
  select $1, p, n, c::bigint[] from unnest($2::bigint[], $3::int[], $4::text[]) as r(p, n, c)
  on conflict do nothing`

/**
 * Compares what the doors should hold for the next people with what is worked out of them from nothing. What differs is
 * counted, told in the journal person by person, and put right with the next update. Says whether the day's check goes on.
 */
export async function checkSome(act: Act, on: Temporal.PlainDate): Promise<boolean> {
  const [at] = await act.statement<{ people: number; after: number }>('doors_check_at', atSql, [on])
  if (at === undefined) return false
  const most = Math.min(atATime, mostADay - at.people)
  const found = await act.statement<{ id: number }>('doors_check_next', nextSql, [at.after, most])
  const personIds = found.map(({ id }) => id)
  const { rows } =
    personIds.length > 0 ? await recomputed(act, personIds, { holding: 'locked' }) : { rows: [] }
  const byPerson = Map.groupBy(rows, row => row.personId)
  await keepWanted(act, rows)
  await act.statement('doors_check_people', keepPeopleSql, [
    on,
    [...byPerson.keys()],
    [...byPerson.values()].map(own => own.length),
    [...byPerson.values()].map(own => `{${[...new Set(own.map(row => row.controllerId))].join(',')}}`),
  ])
  await act.note(
    ...[...byPerson].map(([personId, own]) => ({
      act: 'doors put right',
      personId,
      facts: { numbers: own.length },
    })),
  )
  const everybody = personIds.length < most
  const ends = everybody || at.people + personIds.length >= mostADay
  const last = everybody ? 0 : personIds.at(-1)!
  const values = [on, personIds.length, byPerson.size, rows.length, last, ends, act.now]
  await act.statement('doors_check_went_on', wentOnSql, values)
  return !ends
}

const newestSql = `
  select on_date as on, people, differed, numbers, ended_at as "endedAt"
  from doors_check order by on_date desc limit $1`

/** The newest days' checks, also the one that goes on. */
export const newestChecks = (act: Act, days: number): Promise<DoorsCheck[]> =>
  act.statement<DoorsCheck>('doors_check_newest', newestSql, [days])

/** Somebody of whom something differed in a day's check, and was put right. */
export interface PutRight {
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  /** Card numbers on these controllers. */
  numbers: number
  controllers: number[]
}

const peopleSql = `
  select d.person_id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
         d.numbers, d.controllers
  from doors_check_person d join person p on p.id = d.person_id
  where d.on_date = $1 order by p.student_number limit $2`

/** Of whom something differed in a day's check, by student number. */
export const putRightOn = (act: Act, on: string, most: number): Promise<PutRight[]> =>
  act.statement<PutRight>('doors_check_people_of', peopleSql, [on, most])
