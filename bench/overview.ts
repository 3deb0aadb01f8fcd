import { campusClock } from '../src/app/clock.ts'
import { decideGroups } from '../src/overview/decided.ts'
import { funnelOf } from '../src/overview/funnel.ts'
import { pageOf, stuckOf } from '../src/overview/lists.ts'
import { searchPeople } from '../src/overview/search-people.ts'
import { timelineOf } from '../src/overview/timeline.ts'
import { openDatabase } from '../src/server/database.ts'
import { type Act, openRegister } from '../src/server/register.ts'
import { campusDoors, openGround } from './ground.ts'
import { layOverview, peopleCount } from './overview-people.ts'
import { personAt } from './population.ts'
import { postgresSeconds } from './processor-time.ts'
import { type Measured, median, quantile, say } from './report.ts'

const rounds = 15

/** Each look once a round, beside a statement that reads everybody and their cards once and decides nothing. */
const looks: readonly [what: string, look: (act: Act, round: number) => Promise<unknown>][] = [
  [
    'yardstick: everybody joined with their cards and handovers, counted',
    act =>
      act.statement(
        'bench_yardstick',
        `select p.department, count(*), count(h.card_id) from person p join card c on c.made_for = p.id
         left join handover h on h.card_id = c.id group by 1`,
        [],
      ),
  ],
  [
    'dashboard: the numbers, the parts and every day',
    async act => funnelOf(act, await decideGroups(act), { by: 'department', only: null }),
  ],
  ['who is stuck, all kinds', async act => stuckOf(act, await decideGroups(act))],
  [
    'a page of a list',
    async act => pageOf(act, await decideGroups(act), { list: 'not-collected', only: null, page: 0 }),
  ],
  ['search: one Chinese character that some have', act => searchPeople(act, '乐')],
  ['search: one that everybody has, as a common surname', act => searchPeople(act, '示')],
  ['search: a Chinese name', (act, round) => searchPeople(act, `示例${String.fromCharCode(19968 + round)}`)],
  ['search: an English name', (act, round) => searchPeople(act, `cacilie ${7_000_003 + 5 * round}`)],
  ['search: a student number', (act, round) => searchPeople(act, `${String(777 + round).padStart(8, '0')}S`)],
  ['search: how student numbers begin', act => searchPeople(act, '0000')],
  [
    'search: a number that a door’s reader sends',
    (act, round) => searchPeople(act, String(2_200_000_000 + round)),
  ],
  ['one person’s timeline', (act, round) => timelineOf(act, personAt(1 + round), 'en')],
]

/**
 * How long the office waits for the overview of 100,000 people, beside the yardstick in the same turns; and how much processor
 * time PostgreSQL needs for each, which other work on the machine changes less.
 */
export async function overview(): Promise<Measured> {
  const ground = await openGround({ doors: await campusDoors(), at: '2023-11-20T11:00' })
  const app = openDatabase(ground.url, 'app', { connections: 2 })
  const register = openRegister(app, campusClock, async () => {})
  try {
    await layOverview(ground.url)
    const took = looks.map((): number[] => [])
    const used = looks.map(() => 0)
    for (let round = 0; round <= rounds; round++)
      for (const [at, [, look]] of looks.entries()) {
        const before = await postgresSeconds(ground.owner)
        const lasted = await register.look({ kind: 'office', id: 'bench' }, async act => {
          const began = performance.now()
          await look(act, round)
          return performance.now() - began
        })
        const after = await postgresSeconds(ground.owner)
        // The first round only warms up.
        if (round === 0) continue
        took[at]!.push(lasted)
        used[at]! += ((after ?? Number.NaN) - (before ?? Number.NaN)) * (1_000 / rounds)
      }
    return {
      title: `The overview of ${peopleCount} people`,
      rows: [
        ...looks.map(
          ([what], at) =>
            [
              what,
              `p50 ${say(median(took[at]!))} ms, p95 ${say(quantile(took[at]!, 0.95))} ms; ` +
                (Number.isNaN(used[at]!) ? 'processor –' : `processor ${say(used[at]!)} ms`),
            ] as const,
        ),
        ['rounds', String(rounds)],
        ['database', ground.postgres],
      ],
      figures: Object.fromEntries(looks.map(([what], at) => [`${what}, p95 ms`, quantile(took[at]!, 0.95)])),
    }
  } finally {
    await app.close()
    await ground.close()
  }
}
