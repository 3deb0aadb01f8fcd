import type { Act } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import type { Decided } from './decided.ts'
import { factsSql } from './facts-sql.ts'
import type { Only } from './funnel.ts'
import { listValues } from './given.ts'
import { type Dimension, type ListName, ranked, type Stuck, stuckKinds } from './rules.ts'
import { givenSql, listSql } from './stuck-sql.ts'

/** People of a list on one page. */
export const aPage = 50

/** A list, and whose part of it. */
export interface Which {
  list: ListName
  only: Only | null
}

/** Somebody on a list. */
export interface Listed {
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  department: string
  cohort: string | null
  counter: string | null
  box: string | null
  /** Whether the card is with a class representative, and in no box. */
  fetched: boolean
  since: Temporal.Instant | null
  building: { 'zh-TW': string; en: string }[] | null
  hasAddress: boolean
}

const stuckSql = `
  with ${factsSql}, ${givenSql}
  ${stuckKinds
    .map(
      kind =>
        `select '${kind}' as kind, count(distinct person_id)::int as people, min(since) as since from (${listSql(kind)}) l`,
    )
    .join(' union all ')}`

/** Who is stuck and why, the most first. */
export async function stuckOf(act: Act, decided: Decided): Promise<Stuck[]> {
  const values = await listValues(act, decided)
  return ranked(await act.statement<Stuck>('overview_stuck', stuckSql, values))
}

const columns: Readonly<Record<Dimension, string>> = {
  counter: 'coalesce(l.counter, f.counter)',
  department: 'p.department',
  cohort: 'coalesce(f.cohort, g.cohort)',
}

/** The people of a list, each once: of several reasons the one that has waited longest. */
const foundSql = ({ list, only }: Which) => `
  with ${factsSql}, ${givenSql},
  found as (
    select distinct on (p.id) p.id, p.student_number, p.name_zh, p.name_en, p.department, coalesce(f.cohort, g.cohort) as cohort,
           coalesce(l.counter, f.counter) as counter, f.box,
           f.fetched_at is not null as fetched, l.since, l.building, p.email is not null as has_address
    from (${listSql(list)}) l
    join person p on p.id = l.person_id
    left join facts f on f.person_id = l.person_id
    left join grouped g on g.department = p.department and g."enteredYear" = p.entry_year and g.status = p.status
      and g.kind = p.kind and g.site = p.site and g."leaveTerms" = p.leave_terms
    where ${only === null ? '$9::text is null' : `${columns[only.by]} = $9`}
    order by p.id, l.since nulls last)`

const listedSql = `
  s.id as "personId", s.student_number as "studentNumber", s.name_zh as "nameZh", s.name_en as "nameEn", s.department, s.cohort,
  s.counter, s.box, s.fetched, s.since, s.building, s.has_address as "hasAddress"`

const nameOf = (what: string, { list, only }: Which) => `overview_${what}_${list}_${only?.by ?? 'all'}`

/** One page of a list, who waits longest first, with how many there are in all. */
export async function pageOf(
  act: Act,
  decided: Decided,
  { page, ...which }: Which & { page: number },
): Promise<{ total: number; people: Listed[] }> {
  const sql = `${foundSql(which)},
    shown as (select * from found order by since nulls last, student_number limit ${aPage} offset $10)
    select (select count(*)::int from found) as total, ${listedSql}
    from (select) one left join shown s on true order by s.since nulls last, s.student_number`
  type Row = Omit<Listed, 'personId'> & { total: number; personId: number | null }
  const values = [...(await listValues(act, decided)), which.only?.value ?? null, page * aPage]
  const rows = await act.statement<Row>(nameOf('page', which), sql, values)
  const people = rows.flatMap(({ total: _total, personId, ...row }) =>
    personId === null ? [] : [{ ...row, personId }],
  )
  return { total: rows[0]!.total, people }
}

/** Everybody of a list in the order of its pages, a few hundred in memory at a time. */
export async function* allOf(act: Act, decided: Decided, which: Which): AsyncGenerator<Listed> {
  const sql = `${foundSql(which)} select ${listedSql} from found s order by s.since nulls last, s.student_number`
  const values = [...(await listValues(act, decided)), which.only?.value ?? null]
  yield* rowsOf<Listed>(act, nameOf('export', which).replaceAll('-', '_'), sql, values)
}

/** Everybody of a list, by our ids, in their order; at most so many. */
export async function everyoneOf(
  act: Act,
  decided: Decided,
  { most, ...which }: Which & { most: number },
): Promise<number[]> {
  const sql = `${foundSql(which)} select id from found order by id limit $10`
  const values = [...(await listValues(act, decided)), which.only?.value ?? null, most]
  const rows = await act.statement<{ id: number }>(nameOf('ids', which), sql, values)
  return rows.map(({ id }) => id)
}
