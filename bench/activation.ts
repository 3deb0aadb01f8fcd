import { deepStrictEqual } from 'node:assert'
import { type Child, startChild } from './child.ts'
import { campusDoors, type Ground, openGround, superuser } from './ground.ts'
import type { LoadDone } from './load.ts'
import { findPgbench, leftBehind, pgbench, type Script, scriptOf } from './pgbench.ts'
import { settle } from './population.ts'
import { postgresSeconds } from './processor-time.ts'
import { type Measured, median, quantile, say, spread } from './report.ts'
import type { Traced } from './trace.ts'

const clients = 8
const each = 250
const aRound = clients * each
const rounds = 5
const warmUp = clients * 50

/** Requests a second over the middle 80 %: neither the start of the clients nor the last ones' tail counts. */
export function rate(endedMs: readonly number[]): number {
  const ended = endedMs.toSorted((a, b) => a - b)
  const from = Math.floor(ended.length * 0.1)
  const to = Math.floor(ended.length * 0.9)
  return ((to - from) * 1000) / (ended[to]! - ended[from]!)
}

interface Round {
  rate: number
  tookMs: number[]
  /** Processor time an activation, in microseconds. */
  nodeUs: number
  postgresUs: number
}

/** Everything that both sides of the comparison run on. */
interface Bench {
  ground: Ground
  server: Child
  load: Child
  port: number
  program: string
  script: Script
}

async function overHttp({ ground, server, load, port }: Bench, first: number, count: number): Promise<Round> {
  const before = await postgresSeconds(ground.owner)
  const cpu = await server.ask<NodeJS.CpuUsage>('cpu', 'cpu')
  const { endedMs, tookMs } = await load.ask<LoadDone>(
    { does: 'activate', port, first, count, connections: clients },
    'done',
  )
  const after = await server.ask<NodeJS.CpuUsage>('cpu', 'cpu')
  const used = ((await postgresSeconds(ground.owner)) ?? 0) - (before ?? 0)
  return {
    rate: rate(endedMs),
    tookMs,
    nodeUs: (after.user + after.system - cpu.user - cpu.system) / count,
    postgresUs: (used * 1e6) / count,
  }
}

async function overPgbench({ ground, program, script }: Bench, first: number, count: number): Promise<Round> {
  const before = await postgresSeconds(ground.owner)
  const done = await pgbench(program, ground.url, script, { first, clients, each: count / clients })
  const used = ((await postgresSeconds(ground.owner)) ?? 0) - (before ?? 0)
  return { rate: rate(done.endedMs), tookMs: done.tookMs, nodeUs: 0, postgresUs: (used * 1e6) / count }
}

/** Student 2's request, traced; student 1 was served before, so that nothing is done for the first time. */
async function traced(server: Child, load: Child, port: number): Promise<Traced[]> {
  await load.ask({ does: 'activate', port, first: 1, count: 1, connections: 1 }, 'done')
  await server.ask('trace', 'tracing')
  const statements = server.hear<Traced[]>('statements')
  await load.ask({ does: 'activate', port, first: 2, count: 1, connections: 1 }, 'done')
  return statements
}

/** Makes pgbench's script from a real request, and proves that it leaves the very rows that the request left. */
async function provedScript(ground: Ground, program: string, statements: readonly Traced[]): Promise<Script> {
  const script = await scriptOf(ground.url, statements, 2)
  await pgbench(program, ground.url, script, { first: 3, clients: 1, each: 1 })
  const real = await leftBehind(ground.url, 2)
  deepStrictEqual(await leftBehind(ground.url, 3), real, 'pgbench left other rows than the request')
  if (real.length < 10) throw new Error(`an activation left only ${real.length} rows`)
  return script
}

function told(
  statements: readonly Traced[],
  http: readonly Round[],
  sql: readonly Round[],
  postgres: string,
): Measured {
  const ratios = http.map((round, at) => round.rate / sql[at]!.rate)
  const httpMs = http.flatMap(round => round.tookMs)
  const sqlMs = sql.flatMap(round => round.tookMs)
  const rates = (of: readonly Round[]) => of.map(round => round.rate)
  const us = (of: readonly Round[], what: 'nodeUs' | 'postgresUs') => median(of.map(round => round[what]))
  return {
    title: 'Activation through the whole HTTP path, against pgbench running the same SQL',
    rows: [
      [`**ratio** (median of ${rounds} pairs; smallest to largest)`, `**${spread(ratios, 2)}**`],
      ['activations a second over HTTP', spread(rates(http))],
      ['the same statements by pgbench, a second', spread(rates(sql))],
      ['statements an activation, begin and commit included', String(statements.length)],
      ['HTTP p50 / p99', `${say(median(httpMs), 1)} / ${say(quantile(httpMs, 0.99), 1)} ms`],
      ['pgbench p50 / p99', `${say(median(sqlMs), 1)} / ${say(quantile(sqlMs, 0.99), 1)} ms`],
      ['processor time of Node.js an activation', `${say(us(http, 'nodeUs'))} µs`],
      ['of PostgreSQL, over HTTP', `${say(us(http, 'postgresUs'))} µs`],
      ['of PostgreSQL, by pgbench', `${say(us(sql, 'postgresUs'))} µs`],
      ['clients; activations a round', `${clients}; ${aRound}`],
      ['database', postgres],
    ],
    figures: {
      ratio: median(ratios),
      httpPerSecond: median(rates(http)),
      pgbenchPerSecond: median(rates(sql)),
      statements: statements.length,
      httpP50Ms: median(httpMs),
      httpP99Ms: quantile(httpMs, 0.99),
      nodeUs: us(http, 'nodeUs'),
    },
  }
}

/** Activations over real HTTP and by pgbench in turns, on one durable database, each student once. */
export async function activation(): Promise<Measured> {
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
    await settle(ground, 3 + 2 * (warmUp + rounds * aRound))
    // The students' old cards were decided before the 10:00 window, the new ones wait for that of 15:00.
    await ground.moveTo('2023-10-18T11:00')
    const port = await listening
    const statements = await traced(server, load, port)
    const script = await provedScript(ground, program, statements)
    const bench: Bench = { ground, server, load, port, program, script }

    let next = 4
    const take = (count: number) => {
      next += count
      return next - count
    }
    await overHttp(bench, take(warmUp), warmUp)
    await overPgbench(bench, take(warmUp), warmUp)
    const http: Round[] = []
    const sql: Round[] = []
    for (let round = 0; round < rounds; round++) {
      // Tables that were empty when the server's statements were planned are not any more: both sides plan anew.
      await superuser(ground.url, ['analyze', 'checkpoint'])
      // Who comes first changes, so that a slow drift favours neither.
      for (const side of round % 2 ? ['sql', 'http'] : ['http', 'sql'])
        if (side === 'http') http.push(await overHttp(bench, take(aRound), aRound))
        else sql.push(await overPgbench(bench, take(aRound), aRound))
    }
    return told(statements, http, sql, ground.postgres)
  } finally {
    await Promise.all([server.stop(), load.stop()])
    await ground.close()
  }
}
