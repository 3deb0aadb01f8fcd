import { openRows } from '../src/access/open-rows.ts'
import { at, type Campus, openCampus, windowAt } from './access-campus.ts'
import type { EngineAsked } from './access-engine.ts'
import { type Seconds, secondsSoFar, since } from './access-measure.ts'
import type { Result } from './access-table.ts'
import { oldNumberAt } from './population.ts'
import { median, say, spread } from './report.ts'

const controllers = 60
const changes = 2_000
/** The first plan of a campus is not counted: nothing of it is in memory yet. */
const plans = 6

interface Planned {
  tookMs: number
  lanes: number
}

/** 2,000 cards are to stand with another last day from the next window on; then that window is planned. */
async function planOnce(campus: Campus, day: number): Promise<Planned & { seconds: Seconds }> {
  const { client, ground, engine } = campus
  const window = windowAt(campus.windows++)
  await client.query('truncate wanted_open')
  await client.query('update lane set rest_until = null, silent_since = null')
  await client.query(
    `with kept as (insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
     select controller_id, number, ${at(window)}, person_id, card_id, doors, valid_from, date '2024-03-01' + $1::int,
            campus_now()
     from (select distinct on (controller_id, number) * from wanted where number between $2 and $3
           order by controller_id, number, carried_by desc) w returning *) ${openRows('kept')}`,
    [day, oldNumberAt(1), oldNumberAt(changes)],
  )
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  await ground.moveTo(window)
  const asked = campus.controllers.map(({ serial, host, port }) => ({ serial, host, port, capacity: 40_000 }))
  const before = await secondsSoFar(campus)
  const planned = await engine.ask<Planned>({ plan: asked } satisfies EngineAsked, 'plan')
  if (planned.lanes < controllers)
    throw new Error(`only ${planned.lanes} of ${controllers} lanes came to their first deed`)
  return { ...planned, seconds: since(before, await secondsSoFar(campus)) }
}

/** Each person's card is on one controller of sixty; nothing is sent, so that no emulator listens. */
const campusOf = (people: number): Promise<Campus> =>
  openCampus({
    controllers,
    people,
    belongs: `i % ${controllers} = c`,
    registered: changes,
    emulated: false,
  })

/** The same changes planned on a small campus and on a large one, in turns, so that a slow drift favours neither. */
export async function planning(): Promise<Result[]> {
  const small = await campusOf(17_000)
  try {
    const large = await campusOf(1_000_000)
    try {
      const took = { small: [] as number[], large: [] as number[] }
      const cpu = { small: 0, large: 0 }
      for (let day = 0; day < plans; day++)
        for (const [size, campus] of Object.entries({ small, large }) as ['small' | 'large', Campus][]) {
          const { tookMs, seconds } = await planOnce(campus, day)
          if (day === 0) continue
          took[size].push(tookMs)
          cpu[size] += seconds.engine + seconds.postgres
        }
      const ratio = median(took.large) / median(took.small)
      const cpuRatio = cpu.large / cpu.small
      return [
        {
          name: 'plan',
          measured: `**${say(ratio, 2)} ×**: ${spread(took.large)} ms against ${spread(took.small)} ms; processor time ${say(cpuRatio, 2)} ×`,
          figures: { ratio, cpuRatio, largeMs: median(took.large), smallMs: median(took.small) },
        },
      ]
    } finally {
      await large.close()
    }
  } finally {
    await small.close()
  }
}
