/*
 * Who loses access by a window, as SQL. The cost follows what the window changes, not the campus: everything begins
 * with the rows that it brings, and people are counted only where more than the least number lose, and then no further
 * than decides.
 *
 * $1 the newest window that was opened (null: none), $2 the start of this one, $3 its date at the campus,
 * $4 and $5 the guard's people and percent.
 */

const opens = (row: string) => `${row}.doors <> '{0,0,0,0}' and ${row}.valid_to >= $3::date`

/** The newest row by this window of the number of `row`. */
const isNewest = (row: string) => `
  not exists (select from wanted later where later.controller_id = ${row}.controller_id and later.number = ${row}.number
              and later.carried_by > ${row}.carried_by and later.carried_by <= $2)`

// The database does not know how many rows these steps bring, and takes them for few: so they are compared by windows and
// by "not in", which it hashes once, and never joined with each other. What is looked up one by one ("limit 1") it would
// else find by reading the whole campus.
//
// A card closes where it is removed or gets an earlier last day, and stood there until now: as the controller
// confirmed, or as was decided and due before. A card whose last day is over closes nothing. What is at once is
// urgent or a put, and never judged.
const losingSql = `
  fresh as materialized (
    select distinct on (w.controller_id, w.number) w.controller_id, w.number, w.carried_by, w.person_id, w.doors,
           w.valid_to, w.decided_at, w.at_once or o.number is null as judged
    from wanted w left join wanted_open o using (controller_id, number, carried_by)
    where w.carried_by > coalesce($1::timestamptz, '-infinity') and w.carried_by <= $2
    order by w.controller_id, w.number, w.carried_by desc),
  suspect as materialized (
    select * from (
      select f.*, bool_or(${opens('f')}) over (partition by f.controller_id, f.person_id) as given from fresh f) f
    where not f.judged and (f.doors <> '{0,0,0,0}' or not f.given)),
  closing as materialized (
    select s.controller_id, s.number, s.carried_by, s.person_id, s.doors, s.valid_to, s.decided_at
    from suspect s
    left join lateral (
      select h.doors, h.valid_to from held h
      where h.controller_id = s.controller_id and h.number = s.number limit 1) h on true
    left join lateral (
      select p.doors, p.valid_to from wanted p
      where p.controller_id = s.controller_id and p.number = s.number and p.carried_by < s.carried_by
        and (p.at_once or p.carried_by <= coalesce($1::timestamptz, '-infinity'))
      order by p.carried_by desc limit 1) p on true
    cross join lateral (
      select greatest(case when h.doors <> '{0,0,0,0}' then h.valid_to end,
                      case when p.doors <> '{0,0,0,0}' then p.valid_to end) as until) was
    where was.until >= $3::date and (s.doors = '{0,0,0,0}' or s.valid_to < was.until)),
  losing as materialized (
    select c.* from closing c
    where not exists (
      select from wanted o
      where o.controller_id = c.controller_id and o.person_id = c.person_id and o.number <> c.number
        and o.carried_by <= $2 and ${opens('o')} and (c.doors = '{0,0,0,0}' or o.valid_to > c.valid_to)
        and ${isNewest('o')})),
  approved as materialized (
    select distinct p.controller_id, q.person_id
    from guard_approval a join approved_loss p on p.approval_id = a.id cross join unnest(p.people) q(person_id)
    where a.starts_at = $2),
  unapproved as materialized (
    select l.* from losing l
    where (l.controller_id, l.person_id) not in (select controller_id, person_id from approved)),
  everywhere as materialized (
    select distinct u.person_id from unapproved u
    where (select count(distinct person_id) from unapproved) > $4::int
      and not exists (
        select from wanted o
        where o.person_id = u.person_id and o.carried_by <= $2 and ${opens('o')} and ${isNewest('o')}
          and (o.controller_id, o.number) not in (select controller_id, number from losing))),
  campus as materialized (
    select people, people_of as "of", greatest($4::int, floor(people_of * $5::int / 100.0))::int as most from (
      select (select count(*) from everywhere)::int as people,
             (select count(distinct person_id) from card_use where during @> $2::timestamptz)::int as people_of) c),
  too_many as materialized (
    select null::bigint as controller, people, "of", most from campus where people > most
    union all
    select controller_id, people, people_of, greatest($4::int, floor(people_of * $5::int / 100.0))::int from (
      select c.controller_id, c.people, (
          select count(*) from (
            select from held h where h.controller_id = c.controller_id and ${opens('h')}
            limit c.people * 100 / $5::int + 1) h)::int as people_of
      from (
        select u.controller_id, count(distinct u.person_id)::int as people from unapproved u
        where not (select people > most from campus) or u.person_id not in (select person_id from everywhere)
        group by u.controller_id) c
      where c.people > $4::int) c
    where people > greatest($4::int, floor(people_of * $5::int / 100.0))::int),
  stopped as materialized (
    select u.* from unapproved u
    where u.controller_id in (select controller from too_many)
       or (exists (select from too_many where controller is null)
           and u.person_id in (select person_id from everywhere))),
  causing as materialized (
    select j.actor, j.act from (select distinct person_id, decided_at from stopped) s
    join journal j on j.person_id = s.person_id and j.at = s.decided_at
    union
    select j.actor, j.act from journal j
    where j.person_id is null and j.act = 'programme published' and j.at in (select decided_at from stopped)),
  causers as (select distinct actor from causing where actor not like 'system:%')`

/** The places where a window takes access from too many; none: nothing waits. */
export const tooManySql = `
  with ${losingSql}
  select controller, people, "of", most from too_many order by controller nulls first`

/** Marks what waits for a second person, and keeps the guard: $6 now, $7 the places as JSON. */
export const stopSql = `
  with ${losingSql},
  guard as (
    insert into update_guard (starts_at, made_at, limits, people, caused_by, causes)
    select $2, $6, $7, (select count(distinct person_id) from stopped),
           array(select actor from causers order by actor), array(select distinct act from causing order by act)
    where exists (select from stopped)
    returning id, people),
  marked as (
    update wanted w set guarded_by = (select id from guard) from stopped s
    where w.controller_id = s.controller_id and w.number = s.number and w.carried_by = s.carried_by
      and not w.at_once and not w.urgent
    returning w.controller_id, w.number, w.carried_by),
  waits as (
    delete from wanted_open o using marked m
    where o.controller_id = m.controller_id and o.number = m.number and o.carried_by = m.carried_by)
  select id, people from guard`

/** Whom a coming window would be stopped from taking access: the seal over who and where, and whose acts it was. */
export const foreseenSql = `
  with ${losingSql}
  select (select count(distinct person_id) from stopped)::int as people,
         encode(sha256(convert_to((
           select string_agg(controller_id || ' ' || person_id, ',' order by controller_id, person_id)
           from (select distinct controller_id, person_id from stopped) p), 'UTF8')), 'hex') as seal,
         array(select actor from causers order by actor) as "causedBy",
         coalesce((select jsonb_agg(t order by t.controller nulls first) from too_many t), '[]') as "tooMany"`

/** Those people and where, by controller. */
export const foreseenPeopleSql = `
  with ${losingSql}
  select controller_id as "controllerId", array_agg(distinct person_id) as people
  from stopped group by controller_id order by controller_id`

// Doors that a card opens now, of those that it would lose, building by building.
const pageOf = (rows: string, values: { limit: number; after: number }) => `
  people as (
    select p.id, p.student_number from person p
    where p.id in (select person_id from ${rows})
      and ($${values.after}::bigint is null
           or p.student_number > (select student_number from person where id = $${values.after}))
    order by p.student_number limit $${values.limit})
  select p.id as "personId", p.student_number as "studentNumber", max(r.decided_at) as "decidedAt",
         jsonb_agg(jsonb_build_object('controllerId', r.controller_id,
           'building', jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en), 'lastDay', nullif(r.valid_to, h.valid_to),
           'removed', r.doors = '{0,0,0,0}',
           'doors', (select coalesce(jsonb_agg(jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) order by d.number), '[]')
                     from door d where d.controller_id = r.controller_id and coalesce(h.doors[d.number], 0) > 0))
           order by c.building_en, c.id) as places
  from people p join ${rows} r on r.person_id = p.id join controller c on c.id = r.controller_id
  left join held h on h.controller_id = r.controller_id and h.number = r.number
  group by p.id, p.student_number order by p.student_number`

/** The people whom the guard would stop, by student number: $6 how many, $7 after whom. */
export const foreseenPageSql = `
  with ${losingSql},
  ${pageOf('stopped', { limit: 6, after: 7 })}`

/** The people who wait behind a guard ($1), by student number: $2 how many, $3 after whom. */
export const guardedPageSql = `
  with guarded as materialized (
    select controller_id, number, person_id, decided_at, doors, valid_to from wanted
    where guarded_by = $1),
  ${pageOf('guarded', { limit: 2, after: 3 })}`
