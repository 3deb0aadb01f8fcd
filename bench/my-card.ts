import { rate } from './activation.ts'
import { type Bare, bare } from './bare.ts'
import { type Child, startChild } from './child.ts'
import { campusDoors, openGround, superuser } from './ground.ts'
import type { LoadDone } from './load.ts'
import { findPgbench, pgbench, type Script, scriptOf } from './pgbench.ts'
import { settle } from './population.ts'
import { type Measured, median, quantile, say, spread } from './report.ts'
import type { Traced } from './trace.ts'

/** As many phones at once. */
const clients = 16
const each = 250
const aRound = clients * each
const rounds = 5

interface Side {
  rate: number
  tookMs: number[]
}

async function overHttp(load: Child, port: number, server: Child): Promise<Side & { nodeUs: number }> {
  const before = await server.ask<NodeJS.CpuUsage>('cpu', 'cpu')
  const asked = { does: 'look', port, first: 1, count: aRound, connections: clients }
  const { endedMs, tookMs } = await load.ask<LoadDone>(asked, 'done')
  const after = await server.ask<NodeJS.CpuUsage>('cpu', 'cpu')
  return {
    rate: rate(endedMs),
    tookMs,
    nodeUs: (after.user + after.system - before.user - before.system) / aRound,
  }
}

async function overPgbench(program: string, url: string, script: Script): Promise<Side> {
  const done = await pgbench(program, url, script, { first: 1, clients, each })
  return { rate: rate(done.endedMs), tookMs: done.tookMs }
}

async function traced(server: Child, load: Child, port: number): Promise<Traced[]> {
  await load.ask({ does: 'look', port, first: 1, count: 1, connections: 1 }, 'done')
  await server.ask('trace', 'tracing')
  const statements = server.hear<Traced[]>('statements')
  await load.ask({ does: 'look', port, first: 2, count: 1, connections: 1 }, 'done')
  return statements
}

/**
 * `GET` of my card over real HTTP and the same statements by pgbench, in turns: each of 4,000 students, who have
 * collected the new card and not activated it, looks at the own card.
 */
export async function myCard(): Promise<Measured> {
  const program = await findPgbench()
  const ground = await openGround({ doors: await campusDoors(), at: '2023-10-18T09:30' })
  const runtime = ['--import', './scripts/runtime.mjs']
  const profile = process.env.BENCH_PROFILE
  const server = startChild('serve.ts', {
    env: { BENCH_DATABASE: ground.url },
    execArgv: profile ? [...runtime, '--cpu-prof', '--cpu-prof-dir', profile] : runtime,
    stopsBy: 'stop',
  })
  const load = startChild('load.ts', {})
  try {
    const listening = server.hear<number>('port')
    await settle(ground, aRound + 2)
    await ground.moveTo('2023-10-18T11:00')
    const port = await listening
    await superuser(ground.url, ['analyze'])
    const statements = await traced(server, load, port)
    const script = await scriptOf(ground.url, statements, 2)
    await overHttp(load, port, server)
    await overPgbench(program, ground.url, script)
    const http: Awaited<ReturnType<typeof overHttp>>[] = []
    const sql: Side[] = []
    const floor: Bare[] = []
    for (let round = 0; round < rounds; round++) {
      for (const side of round % 2 ? ['sql', 'http'] : ['http', 'sql'])
        if (side === 'http') http.push(await overHttp(load, port, server))
        else sql.push(await overPgbench(program, ground.url, script))
      floor.push(await bare(ground.url, statements, { clients, count: aRound }))
    }
    const ratios = http.map((one, at) => one.rate / sql[at]!.rate)
    const httpMs = http.flatMap(one => one.tookMs)
    const rates = (of: readonly Side[]) => of.map(one => one.rate)
    return {
      title: 'GET of my card through the whole HTTP path, against pgbench running the same SQL',
      rows: [
        [`**ratio** (median of ${rounds} pairs; smallest to largest)`, `**${spread(ratios, 2)}**`],
        ['requests a second over HTTP', spread(rates(http))],
        ['the same statements by pgbench, a second', spread(rates(sql))],
        ['the same statements by the driver alone, a second', spread(floor.map(one => one.rate))],
        [
          'the driver alone against pgbench',
          spread(
            floor.map((one, at) => one.rate / sql[at]!.rate),
            2,
          ),
        ],
        ['statements a request, begin and commit included', String(statements.length)],
        ['HTTP p50 / p99', `${say(median(httpMs), 1)} / ${say(quantile(httpMs, 0.99), 1)} ms`],
        ['processor time of Node.js a request', `${say(median(http.map(one => one.nodeUs)))} µs`],
        ['the same of the driver alone', `${say(median(floor.map(one => one.nodeUs)))} µs`],
        ['phones at once; requests a round', `${clients}; ${aRound}`],
        ['database', ground.postgres],
      ],
      figures: {
        ratio: median(ratios),
        httpPerSecond: median(rates(http)),
        pgbenchPerSecond: median(rates(sql)),
        barePerSecond: median(floor.map(one => one.rate)),
        statements: statements.length,
        httpP99Ms: quantile(httpMs, 0.99),
      },
    }
  } finally {
    await Promise.all([server.stop(), load.stop()])
    await ground.close()
  }
}
