import { csvRow } from '../lib/spreadsheet-guard.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import type { Act } from '../server/register.ts'
import { isOnHold } from './due-sql.ts'
import { foreseenPeople, type Guarded } from './guard.ts'
import { plannedCte } from './report.ts'

/** What a window will do on one controller, as it stands now. */
export interface DryController {
  controllerId: number
  building: Bilingual
  people: number
  puts: number
  changes: number
  removals: number
  /** Somebody holds it: nothing of this goes before that is lifted. */
  held: boolean
}

const heldSql = isOnHold('p.controller_id')

const controllersSql = `${plannedCte}
  select p.controller_id as "controllerId", jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         count(distinct p.person_id)::int as people, (count(*) filter (where deed = 'put'))::int as puts,
         (count(*) filter (where deed = 'change'))::int as changes,
         (count(*) filter (where deed = 'remove'))::int as removals, ${heldSql} as held
  from planned p join controller c on c.id = p.controller_id
  group by p.controller_id, c.building_zh, c.building_en order by p.controller_id`

/** What the window of that start will do, controller by controller. */
export const dryControllers = (act: Act, startsAt: Temporal.Instant): Promise<DryController[]> =>
  act.statement<DryController>('dry_controllers', controllersSql, [startsAt])

/** Most rows of a dry run as a file; what is beyond is told in its last line. */
export const mostDryRows = 100_000

interface DryRow {
  personId: number
  studentNumber: string
  controllerId: number
  building: Bilingual
  doors: Bilingual[]
  number: number
  deed: 'put' | 'change' | 'remove'
  lastDay: Temporal.PlainDate
  decidedAt: Temporal.Instant
  cause: string | null
  held: boolean
}

const rowsSql = `${plannedCte},
  doors as (
    select d.controller_id, array_agg(d.number order by d.number) as numbers,
           jsonb_object_agg(d.number, jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en)) as names
    from door d group by d.controller_id)
  select s.id as "personId", s.student_number as "studentNumber", p.controller_id as "controllerId",
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building, p.number, p.deed,
         p.valid_to as "lastDay", p.decided_at as "decidedAt", ${heldSql} as held,
         (select coalesce(jsonb_agg(d.names -> n::text order by n), '[]') from unnest(d.numbers) n
          where (case when p.deed = 'remove' then p.had else p.doors end)[n] > 0) as doors,
         (select j.act from journal j where j.person_id = s.id and j.at = p.decided_at order by j.id limit 1) as cause
  from planned p join person s on s.id = p.person_id join controller c on c.id = p.controller_id
  left join doors d on d.controller_id = p.controller_id
  order by s.student_number, p.controller_id, p.number limit $2`

/** How a dry run is said as a file. */
export interface DryWords {
  columns: readonly string[]
  deed: Record<DryRow['deed'], string>
  cause: (act: string | null) => string
  guarded: string
  held: string
  goes: string
  more: string
}

/**
 * The coming window as a file for a spreadsheet: a line for each person, controller and card, with the doors, the deed and
 * its cause, and what waits. UTF-8 with its mark; nothing in it is a formula. Nothing is sent anywhere.
 */
export async function dryRunFile(
  act: Act,
  window: Guarded,
  { words, language, zone }: { words: DryWords; language: Language; zone: string },
): Promise<{ file: string; people: number[] }> {
  const rows = await act.statement<DryRow>('dry_rows', rowsSql, [window.startsAt, mostDryRows + 1])
  const stopped = new Map(
    (await foreseenPeople(act, window)).map(({ controllerId, people }) => [controllerId, new Set(people)]),
  )
  const waits = (row: DryRow): string => {
    if (row.deed !== 'put' && stopped.get(row.controllerId)?.has(row.personId)) return words.guarded
    return row.held ? words.held : words.goes
  }
  const lines = rows
    .slice(0, mostDryRows)
    .map(row => [
      row.studentNumber,
      row.building[language],
      String(row.controllerId),
      row.doors.map(door => door[language]).join(language === 'en' ? '; ' : '、'),
      String(row.number),
      words.deed[row.deed],
      row.deed === 'remove' ? '' : row.lastDay.toString(),
      words.cause(row.cause),
      row.decidedAt.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' }),
      waits(row),
    ])
  const more = rows.length > mostDryRows ? [[words.more]] : []
  const table = [words.columns, ...lines, ...more]
  return {
    file: `\uFEFF${table.map(csvRow).join('')}`,
    people: [...new Set(rows.map(row => row.personId))],
  }
}
