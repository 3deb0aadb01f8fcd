import type { Act } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import { cohortOf, type PersonFacts } from './cohorts.ts'
import { countersOf } from './rules.ts'
import type { Programme } from './shape.ts'
import { isOf } from './waves.ts'

/** People who are alike in all that cohorts look at. */
export interface Alike extends PersonFacts {
  people: number
}

const alikeSql = `
  select entry_year as "enteredYear", status, kind, department, site, leave_terms as "leaveTerms", count(*)::int as people
  from person group by entry_year, status, kind, department, site, leave_terms`

/** All people of the register, grouped by what cohorts look at: as many rows as there are sorts of people. */
export const sortsOfPeople = (act: Act): Promise<Alike[]> =>
  act.statement<Alike>('cohort_sorts', alikeSql, [])

/** How many people a cohort decides about, and how many come to it and go from it by the new programme. */
export interface CohortCount {
  id: string
  people: number
  joins: number
  leaves: number
}

/** How many people each cohort decides about, the first that fits counting; compared with what is in force, where something is. */
export async function countCohorts(
  act: Act,
  { programme, before }: { programme: Programme; before: Programme | null },
): Promise<CohortCount[]> {
  const none = { people: 0, joins: 0, leaves: 0 }
  const counts = new Map<string, CohortCount>(programme.cohorts.map(({ id }) => [id, { id, ...none }]))
  for (const alike of await sortsOfPeople(act)) {
    const now = counts.get(cohortOf(programme, alike).id)!
    now.people += alike.people
    if (before === null) continue
    const was = cohortOf(before, alike).id
    if (was === now.id) continue
    now.joins += alike.people
    const left = counts.get(was)
    if (left) left.leaves += alike.people
  }
  return [...counts.values()]
}

/** Somebody as the office sees them behind a count. */
export interface Somebody {
  id: number
  studentNumber: string
  nameZh: string
  nameEn: string
  /** What the other programme says of them, where it differs: the cohort's id. */
  other: string
}

/** Which people of a cohort: all, or those who come to it, or go from it, by the new programme. */
export const whichPeople = ['all', 'joins', 'leaves'] as const
export type WhichPeople = (typeof whichPeople)[number]

/** So many people are shown at once. */
export const peopleAtOnce = 10

const peopleSql = `
  with sort as (
    select * from jsonb_to_recordset($1::jsonb) as s ("enteredYear" int, status text, kind text, department text, site text,
                                                      "leaveTerms" jsonb, other text))
  select p.id, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn", s.other
  from person p join sort s on s."enteredYear" = p.entry_year and s.status = p.status and s.kind = p.kind
    and s.department = p.department and s.site = p.site and s."leaveTerms" = to_jsonb(p.leave_terms)
  where p.id > $2 order by p.id limit $3`

/** Whom a count is of: of which version's cohort, beside the one in force, where one is. */
interface CountAsked {
  programme: Programme
  before: Programme | null
  cohort: string
  which: WhichPeople
}

/** The sorts of people behind a count, as JSON for the statement. */
async function sortsBehind(act: Act, { programme, before, cohort, which }: CountAsked): Promise<string> {
  const sorts = (await sortsOfPeople(act)).flatMap(alike => {
    const [now, was] = [cohortOf(programme, alike).id, before ? cohortOf(before, alike).id : null]
    const [own, other] = which === 'leaves' ? [was, now] : [now, was]
    const counts = own === cohort && (which === 'all' || (other !== null && other !== cohort))
    return counts ? [{ ...alike, other: other ?? '' }] : []
  })
  return JSON.stringify(sorts)
}

/** The people behind a count, by pages; that they were seen is noted of each of them. */
export async function peopleOfCohort(act: Act, asked: CountAsked & { after: number }): Promise<Somebody[]> {
  const { cohort, after } = asked
  const people = await act.statement<Somebody>('cohort_people', peopleSql, [
    await sortsBehind(act, asked),
    after,
    peopleAtOnce,
  ])
  await act.note(...people.map(({ id }) => ({ act: 'seen in a group', personId: id, facts: { cohort } })))
  return people
}

/** Everybody behind a count, a few hundred in memory at a time. */
export async function* everyoneOfCohort(act: Act, asked: CountAsked): AsyncGenerator<Somebody> {
  yield* rowsOf<Somebody>(act, 'export_cohort', peopleSql, [await sortsBehind(act, asked), 0, unlimited])
}

const oneSql = `
  select id, entry_year as "enteredYear", status, kind, department, site, leave_terms as "leaveTerms"
  from person where student_number = $1`

/** What cohorts look at of one person, or null; that somebody looked is noted. */
export async function factsOfStudent(act: Act, studentNumber: string): Promise<PersonFacts | null> {
  type Row = PersonFacts & { id: number }
  const [row] = await act.statement<Row>('cohort_person', oneSql, [studentNumber.trim().toUpperCase()])
  if (row === undefined) return null
  await act.note({ act: 'asked about a group', personId: row.id })
  return row
}

/** As cohorts look at people, and how many of them were never given a card of these editions. */
const withoutSql = `
  select entry_year as "enteredYear", status, kind, department, site, leave_terms as "leaveTerms", count(*)::int as people,
         (count(*) filter (where not exists (
           select from handover h where h.person_id = p.id and h.edition = any($1))))::int as without
  from person p group by entry_year, status, kind, department, site, leave_terms`

/**
 * How many people of the register each wave expects: those whom it is of, and whose group is sent to one of its counters;
 * of a group that was given its cards elsewhere, those who missed it.
 */
export async function countWaves(act: Act, programme: Programme): Promise<Map<string, number>> {
  const waves = programme.waves ?? []
  const counts = new Map(waves.map(({ id }) => [id, 0]))
  const issued = programme.issued.map(({ edition }) => edition)
  type Row = Alike & { without: number }
  for (const alike of await act.statement<Row>('wave_sorts', withoutSql, [issued])) {
    const cohort = cohortOf(programme, alike)
    const where = countersOf(programme, cohort, alike)
    const people = cohort.outcome.kind === 'has-card' ? alike.without : alike.people
    for (const wave of waves)
      if (wave.at.some(id => where.includes(id)) && isOf(programme, wave, alike))
        counts.set(wave.id, counts.get(wave.id)! + people)
  }
  return counts
}
