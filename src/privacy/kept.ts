import type { Bilingual } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { nightDue } from '../update/retention-rules.ts'
import { others } from './how-long.ts'
import { lengthOfSetting } from './kept-words.ts'
import { handedFilesPlan, plans } from './plans.ts'
import { nightState, nightStates, unitOf } from './rules.ts'

/** How the forgetting of one thing stands: by nights, or with each date, of which nothing is kept where nothing went. */
export const keptStates = [...nightStates, 'by-date'] as const

/** What was counted: rows, files or people; of what happened at doors, whole months. */
export const countedAs = ['rows', 'months'] as const

/** What went last. */
interface Last {
  on: Temporal.PlainDate
  /** What was older than that; null where what went says so itself. */
  before: Temporal.Instant | null
  gone: number
  counted: (typeof countedAs)[number]
  endedAt: Temporal.Instant | null
}

/** Something that is kept, and for how long. */
export interface Kept {
  what: string
  name: Bilingual
  setting: string
  length: number
  unit: 'hours' | 'days' | 'months'
  state: (typeof keptStates)[number]
  last: Last | null
}

type Night = Omit<Last, 'counted'> & { what: string }

const nightsSql = `
  select distinct on (what) what, on_date as on, before, gone, ended_at as "endedAt"
  from forgetting order by what, on_date desc`

const doorsSql = `
  select x.what, r.on_date as on, x.before, x.gone, r.ended_at as "endedAt"
  from (select * from retention_run order by on_date desc limit 1) r cross join lateral (values
    ('eventMonths', r.events_before, cardinality(r.months)),
    ('historyMonths', r.history_before, r.wanted + r.sent + r.others)) as x(what, before, gone)`

const byDateSql = `
  with went as (
    select case act when 'photos forgotten' then 'photoDays' when 'proxies forgotten' then 'proxyDays'
             when 'refund destinations erased' then 'refundDays' else 'signatureDays' end as what,
           at, coalesce(facts ->> 'forgotten', facts ->> 'signatures', facts ->> 'cases')::int as gone
    from journal
    where act in ('photos forgotten', 'signatures forgotten', 'batch signatures forgotten', 'proxies forgotten', 'refund destinations erased'))
  select distinct on (what) what, (at at time zone $1)::date as on, null::timestamptz as before,
         sum(gone)::int as gone, max(at) as "endedAt"
  from went group by what, (at at time zone $1)::date order by what, (at at time zone $1)::date desc`

/**
 * All that is kept of people and has an end, for how long in the programme in force, and how its forgetting stands: from
 * what the nights themselves wrote down, and of what goes with its date from the journal.
 */
export async function keptOfPeople(act: Act): Promise<{ due: Temporal.PlainDate; kept: Kept[] }> {
  const programme = await programmeInForce(act)
  const { zone } = programme.campus
  const due = nightDue(act.now, zone)
  const nights = await newestOf(act, 'last_forgetting', nightsSql)
  const doors = await newestOf(act, 'last_doors_forgetting', doorsSql)
  // Numbers of nobody: also for who reads no entry of the journal.
  const dates = await act.asItself(() => newestOf(act, 'last_by_date', byDateSql, [zone]))
  const kept = [...plans, handedFilesPlan].map(({ what, term, says }) => {
    const last = nights.get(what) ?? null
    return { ...lasting(programme, term), what, name: says, last, state: nightState(last, due) }
  })
  const otherwise = others.map(([setting, name]) => {
    const night = doors.get(setting) ?? null
    const isDoors = setting === 'eventMonths' || setting === 'historyMonths'
    const state = isDoors ? nightState(night, due) : ('by-date' as const)
    return {
      ...lasting(programme, setting),
      what: setting,
      name,
      last: night ?? dates.get(setting) ?? null,
      state,
    }
  })
  return { due, kept: [...otherwise, ...kept] }
}

async function newestOf(
  act: Act,
  name: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Map<string, Last>> {
  const rows = await act.statement<Night>(name, sql, values)
  return new Map(
    rows.map(({ what, ...last }) => [what, { ...last, counted: what === 'eventMonths' ? 'months' : 'rows' }]),
  )
}

const lasting = (programme: Programme, setting: string) => ({
  setting,
  length: lengthOfSetting(programme, setting)!,
  unit: unitOf(setting),
})
