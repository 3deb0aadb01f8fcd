import { at, type Campus, openCampus, windowAt } from './access-campus.ts'
import type { EngineAsked } from './access-engine.ts'
import type { Result } from './access-table.ts'
import { oldNumberAt } from './population.ts'
import { median, say, spread } from './report.ts'

const controllers = 60
const changes = 2_000
/** The first plan of a campus is not counted: nothing of it is in memory yet. */
const plans = 6
const sizes = [17_000, 1_000_000] as const

interface Planned {
  tookMs: number
  lanes: number
}

/** 2,000 cards are to stand with another last day from the next window on; then that window is planned. */
async function planOnce(campus: Campus, day: number): Promise<Planned> {
  const { client, ground, engine } = campus
  const window = windowAt(campus.windows++)
  await client.query(`update wanted set settled_at = carried_by where settled_at is null`)
  await client.query('update lane set rest_until = null, silent_since = null')
  await client.query(
    `insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at)
     select controller_id, number, ${at(window)}, person_id, card_id, doors, valid_from, date '2024-03-01' + $1::int,
            campus_now()
     from (select distinct on (controller_id, number) * from wanted where number between $2 and $3
           order by controller_id, number, carried_by desc) w`,
    [day, oldNumberAt(1), oldNumberAt(changes)],
  )
  await client.query('vacuum analyze wanted')
  await ground.moveTo(window)
  const asked = campus.controllers.map(({ serial, host, port }) => ({ serial, host, port, capacity: 40_000 }))
  return engine.ask<Planned>({ plan: asked } satisfies EngineAsked, 'plan')
}

async function plansOf(people: number): Promise<number[]> {
  // Each person's card is on one controller of sixty; the emulator is not spoken to.
  const asked = { controllers, people, belongs: `i % ${controllers} = c`, registered: changes }
  const campus = await openCampus(asked)
  try {
    const took: number[] = []
    for (let day = 0; day < plans; day++) {
      const { tookMs, lanes } = await planOnce(campus, day)
      if (lanes < controllers)
        throw new Error(`only ${lanes} of ${controllers} lanes came to their first deed`)
      took.push(tookMs)
    }
    return took.slice(1)
  } finally {
    await campus.close()
  }
}

/** The same changes planned on a small campus and on a large one. */
export async function planning(): Promise<Result[]> {
  const small = await plansOf(sizes[0])
  const large = await plansOf(sizes[1])
  const ratio = median(large) / median(small)
  return [
    {
      name: 'plan',
      measured: `**${say(ratio, 2)} ×**: ${spread(large)} ms against ${spread(small)} ms`,
      figures: { ratio, largeMs: median(large), smallMs: median(small) },
    },
  ]
}
