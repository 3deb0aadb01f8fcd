import type { Act } from '../server/register.ts'
import type { Decided } from './decided.ts'
import { factsSql, factsValues } from './facts-sql.ts'
import { type Dimension, type Forecast, forecast, type Stage, speedDays } from './rules.ts'

/** How many people have come as far as each step. */
export type Counts = Record<Stage, number>

/** Only the people of one counter, department or cohort. */
export interface Only {
  by: Dimension
  value: string
}

/** The day of the campus on which so many took a step. */
export interface DayCounts extends Pick<Counts, 'collected' | 'activated' | 'confirmed'> {
  on: string
}

/** How far the programme is. */
export interface Funnel {
  counts: Counts
  /** The same by one dimension, the largest first. */
  parts: (Counts & { value: string | null })[]
  /** Each day on which somebody took a step, with all who had taken it by its end. */
  days: DayCounts[]
  forecast: Forecast | null
}

const counted = `
  count(*)::int as eligible, count(*) filter (where produced)::int as produced,
  count(collected_at)::int as collected, count(activated_at)::int as activated, count(confirmed_at)::int as confirmed`

const columns = { counter: 'counter', department: 'department', cohort: 'cohort' } as const

// One pass over everybody: all, each part, and each day on which somebody took a step.
const funnelSql = (by: Dimension, only: Dimension | null) => `
  with ${factsSql},
  chosen as (
    select ${columns[by]} as value, produced, collected_at, activated_at, confirmed_at,
           (collected_at at time zone $4)::date as "collectedOn", (activated_at at time zone $4)::date as "activatedOn",
           (confirmed_at at time zone $4)::date as "confirmedOn"
    from facts ${only === null ? 'where $5::text is null' : `where ${columns[only]} = $5`})
  select grouping(value, "collectedOn", "activatedOn", "confirmedOn") as of, value, "collectedOn"::text, "activatedOn"::text,
         "confirmedOn"::text, ${counted}
  from chosen group by grouping sets ((), (value), ("collectedOn"), ("activatedOn"), ("confirmedOn"))`

interface Row extends Counts {
  /** By what it is grouped: a bit for each that it is not. */
  of: number
  value: string | null
  collectedOn: string | null
  activatedOn: string | null
  confirmedOn: string | null
}

const [all, perValue] = [0b1111, 0b0111]
const perDay = { collected: 0b1011, activated: 0b1101, confirmed: 0b1110 } as const

const dayRows = (rows: readonly Row[], step: keyof typeof perDay): [on: string, people: number][] =>
  rows.flatMap(row => {
    const on = row[`${step}On`]
    return row.of === perDay[step] && on !== null ? [[on, row[step]] as [string, number]] : []
  })

/** Adds up what happened day by day. */
function accumulate(rows: readonly Row[]): DayCounts[] {
  const steps = (['collected', 'activated', 'confirmed'] as const).map(step => ({
    step,
    people: new Map(dayRows(rows, step)),
  }))
  const so = { collected: 0, activated: 0, confirmed: 0 }
  return [...new Set(steps.flatMap(({ people }) => [...people.keys()]))].sort().map(on => {
    for (const { step, people } of steps) so[step] += people.get(on) ?? 0
    return { on, ...so }
  })
}

const countsOf = ({ eligible, produced, collected, activated, confirmed }: Row): Counts => ({
  eligible,
  produced,
  collected,
  activated,
  confirmed,
})

/** The steps of everybody who is due a card, or of one part of them: one statement over committed rows. */
export async function funnelOf(
  act: Act,
  decided: Decided,
  { by, only }: { by: Dimension; only: Only | null },
): Promise<Funnel> {
  const { programme, today } = decided
  const name = `overview_funnel_${by}_${only?.by ?? 'all'}`
  const values = [...factsValues(act, decided), only?.value ?? null]
  const rows = await act.statement<Row>(name, funnelSql(by, only?.by ?? null), values)
  const counts = countsOf(rows.find(({ of }) => of === all)!)
  const parts = rows
    .filter(({ of }) => of === perValue)
    .map(row => ({ value: row.value, ...countsOf(row) }))
    .toSorted((one, other) => other.eligible - one.eligible)
  const from = today.subtract({ days: speedDays - 1 }).toString()
  const recent = dayRows(rows, 'activated').reduce((sum, [on, people]) => sum + (on >= from ? people : 0), 0)
  const { eligible, activated } = counts
  return {
    counts,
    parts,
    days: accumulate(rows),
    forecast: forecast(
      { eligible, activated, recent },
      {
        today,
        startsOn: Temporal.PlainDate.from(programme.startsOn),
        deadlineOn: Temporal.PlainDate.from(programme.deadline.on),
      },
    ),
  }
}
