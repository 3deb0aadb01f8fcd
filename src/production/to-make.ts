import { sortsOfPeople } from '../programme/cohort-people.ts'
import { cohortOf } from '../programme/cohorts.ts'
import type { Programme } from '../programme/shape.ts'
import type { PersonKind } from '../programme/shape-parts.ts'
import type { Act } from '../server/register.ts'
import { type MakeReason, makeReasons } from './rules.ts'

/** Somebody who needs a card made, and why. */
export interface ToMake {
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  department: string
  kind: PersonKind
  entryYear: number
  because: MakeReason
  /** Since when: the reissue was settled, the faulty card retired. Null: from the beginning. */
  since: Temporal.Instant | null
  hasPhoto: boolean
}

/** Which of them. */
export interface Which {
  edition: string
  reasons: readonly MakeReason[]
  department: string | null
  kind: string | null
  entryYear: number | null
}

/** How many one page of the screen shows. */
export const shownAPage = 100

/*
 * Everybody who needs a card of edition $2 made; $1 are the kinds of people whom the programme concerns. Of somebody who has
 * one in hand only a settled reissue counts; whose card waits, or is at the maker's, needs none. What the office cancelled
 * for good stays so until something newer asks for a card, or another one is cancelled to be made again.
 */
const needSql = `
  sort as (
    select * from jsonb_to_recordset($1::jsonb) as s("enteredYear" int, status text, kind text, department text,
      site text, "leaveTerms" text[])),
  had as (
    select person_id from handover where edition = $2 and not isempty(held) group by 1),
  waits as (
    select c.made_for as person_id from card c
    where c.edition = $2 and c.made_for is not null and c.retired_at is null
      and not exists (select from handover h where h.card_id = c.id)
      and not exists (select from card_lost l where l.card_id = c.id)
    group by 1),
  gone as (
    select c.made_for as person_id, max(c.retired_at) filter (where c.retired_for in ('misprint', 'damaged')) as faulty_at,
           max(c.retired_at) filter (where c.retired_for = 'uncollected') as uncollected_at
    from card c
    where c.edition = $2 and c.made_for is not null and c.retired_for in ('misprint', 'damaged', 'uncollected')
      and not exists (select from handover h where h.card_id = c.id)
    group by 1),
  due as (
    select person_id, settled_at from reissue
    where edition = $2 and ended_at is null and settled_at is not null and card_id is null),
  asked as (
    select person_id, bool_or(card_id is null and cancelled_at is null) as out,
           max(cancelled_at) filter (where not make_again) as left_out_at,
           max(cancelled_at) filter (where make_again) as again_at
    from production_item where edition = $2 group by 1),
  need as (
    select p.id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
           p.department, p.kind, p.entry_year as "entryYear", t.since,
           case when a.left_out_at >= coalesce(greatest(t.since, a.again_at), '-infinity') then 'left-out'
                when t.since = g.faulty_at then 'faulty'
                when t.since = g.uncollected_at then 'uncollected'
                when d.person_id is not null then 'reissue' else 'none-yet' end as because,
           exists (select from photo f where f.person_id = p.id and f.accepted) as "hasPhoto"
    from person p
    left join sort s on s.department = p.department and s."enteredYear" = p.entry_year and s.status = p.status
      and s.kind = p.kind and s.site = p.site and s."leaveTerms" = p.leave_terms
    left join had on had.person_id = p.id
    left join waits on waits.person_id = p.id
    left join gone g on g.person_id = p.id
    left join due d on d.person_id = p.id
    left join asked a on a.person_id = p.id
    cross join lateral (select greatest(d.settled_at, g.faulty_at, g.uncollected_at) as since) t
    where waits.person_id is null and a.out is not true
      and (d.person_id is not null or (s.status is not null and had.person_id is null))
      and ($3::text is null or p.department = $3) and ($4::text is null or p.kind = $4)
      and ($5::int is null or p.entry_year = $5))`

// How many people a kind has the planner cannot know: without this it may walk through all of them once a person.
const planSql = `select set_config('enable_nestloop', $1, true), set_config('jit', $1, true)`

async function needed<Row>(
  act: Act,
  name: string,
  {
    programme,
    which: { edition, department, kind, entryYear },
    text,
    more,
  }: { programme: Programme; which: Which; text: string; more: readonly unknown[] },
): Promise<Row[]> {
  const concerned = (await sortsOfPeople(act)).filter(
    alike => cohortOf(programme, alike).outcome.kind !== 'not-concerned',
  )
  await act.statement('production_plan', planSql, ['off'])
  const values = [JSON.stringify(concerned), edition, department, kind, entryYear, ...more]
  const rows = await act.statement<Row>(name, `with ${needSql} ${text}`, values)
  await act.statement('production_plan', planSql, ['on'])
  return rows
}

/** How many there are of each reason, and how many of them have no photo. */
export async function countToMake(
  act: Act,
  programme: Programme,
  which: Which,
): Promise<Record<MakeReason, { people: number; withoutPhoto: number }>> {
  type Row = { because: MakeReason; people: number; withoutPhoto: number }
  const rows = await needed<Row>(act, 'production_counts', {
    programme,
    which,
    text: `select because, count(*)::int as people, count(*) filter (where not "hasPhoto")::int as "withoutPhoto"
           from need group by 1`,
    more: [],
  })
  const none = { people: 0, withoutPhoto: 0 }
  const found = new Map(rows.map(({ because, ...counts }) => [because, counts]))
  return Object.fromEntries(makeReasons.map(reason => [reason, found.get(reason) ?? none])) as Record<
    MakeReason,
    typeof none
  >
}

/** Those of some reasons, department by department; `page` counts from 0. */
export const listToMake = (
  act: Act,
  programme: Programme,
  { page, ...which }: Which & { page: number },
): Promise<ToMake[]> =>
  needed<ToMake>(act, 'production_list', {
    programme,
    which,
    text: `select * from need where because = any($6::text[])
           order by department, "studentNumber" limit ${shownAPage} offset $7`,
    more: [which.reasons, page * shownAPage],
  })

/** Everybody of some reasons for a batch, but for those left out, department by department. */
export const chooseToMake = (
  act: Act,
  programme: Programme,
  {
    except,
    withoutPhoto,
    most,
    ...which
  }: Which & { except: readonly number[]; withoutPhoto: boolean; most: number },
): Promise<{ personId: number; because: MakeReason; chosen: number }[]> =>
  needed(act, 'production_choose', {
    programme,
    which,
    text: `select "personId", because, count(*) over ()::int as chosen from need
           where because = any($6::text[]) and "personId" <> all ($7::bigint[]) and ("hasPhoto" or $8)
           order by department, "studentNumber" limit $9`,
    more: [which.reasons, except, withoutPhoto, most],
  })

/** Everybody of some reasons, for a file. */
export const everybodyToMake = (act: Act, programme: Programme, which: Which): Promise<ToMake[]> =>
  needed<ToMake>(act, 'production_everybody', {
    programme,
    which,
    text: `select * from need where because = any($6::text[]) order by department, "studentNumber"`,
    more: [which.reasons],
  })

/** The years of entry that the roster has, the newest first. */
export const entryYears = async (act: Act): Promise<number[]> =>
  [...new Set((await sortsOfPeople(act)).map(({ enteredYear }) => enteredYear))].toSorted((a, b) => b - a)
