import pg from 'pg'
import { type Campus, type Controllers, compared } from './access-campus.ts'
import type { EmulatorAsked, Wrong } from './access-emulator.ts'
import type { EngineAsked, Settled } from './access-engine.ts'
import type { Child } from './child.ts'
import { postgresSeconds } from './processor-time.ts'

/** Processor seconds of the engine, of the emulator and of PostgreSQL. */
export interface Seconds {
  engine: number
  emulator: number
  postgres: number
}

interface Usage {
  cpu: NodeJS.CpuUsage
  peakKb: number
}

const usageOf = (child: Child): Promise<Usage> => child.ask<Usage>({ usage: true }, 'usage')

/** Processor seconds that each of the three has used until now. */
export async function secondsSoFar({ engine, emulator, ground }: Campus): Promise<Seconds> {
  const [ours, theirs, postgres] = await Promise.all([
    usageOf(engine),
    usageOf(emulator),
    postgresSeconds(ground.owner),
  ])
  const seconds = ({ cpu }: Usage) => (cpu.user + cpu.system) / 1e6
  return { engine: seconds(ours), emulator: seconds(theirs), postgres: postgres ?? 0 }
}

export const since = (before: Seconds, after: Seconds): Seconds => ({
  engine: after.engine - before.engine,
  emulator: after.emulator - before.emulator,
  postgres: after.postgres - before.postgres,
})

/** Datagrams that reached the controllers, by function code, as the emulator counted them. */
export interface Datagrams {
  all: number
  /** What the busiest controller got. */
  busiest: number
  byCode: Record<string, number>
}

/** What was counted since it was asked last. */
export async function datagrams({ emulator }: Campus): Promise<Datagrams> {
  const { datagrams: all, controllers } = await emulator.ask<{
    datagrams: number
    controllers: Record<string, Record<string, number>>
  }>({ counts: true } satisfies EmulatorAsked, 'counts')
  const byCode: Record<string, number> = {}
  let busiest = 0
  for (const codes of Object.values(controllers)) {
    let own = 0
    for (const [code, count] of Object.entries(codes)) {
      byCode[code] = (byCode[code] ?? 0) + count
      own += count
    }
    busiest = Math.max(busiest, own)
  }
  return { all, busiest, byCode }
}

/** One timed piece of work of the engine. */
export interface Timed extends Settled {
  datagrams: Datagrams
  seconds: Seconds
  wrong: Wrong
  /** The most memory that the engine's process ever had, in megabytes. */
  peakMb: number
}

/** Lets the engine work until nothing is left, or for so long, and looks at everything that came of it. */
export async function timed(campus: Campus, name: string, limitSeconds: number): Promise<Timed> {
  // Tables that were empty when a statement was planned are not any more.
  await campus.client.query('analyze')
  await campus.client.query('checkpoint')
  await campus.emulator.ask({ profile: null } satisfies EmulatorAsked, 'profile')
  const before = await secondsSoFar(campus)
  await datagrams(campus)
  const settled = await campus.engine.ask<Settled>(
    { settle: name, limitSeconds } satisfies EngineAsked,
    'settle',
  )
  const after = await secondsSoFar(campus)
  await campus.emulator.ask({ profile: name } satisfies EmulatorAsked, 'profile')
  const { peakKb } = await usageOf(campus.engine)
  return {
    ...settled,
    datagrams: await datagrams(campus),
    seconds: since(before, after),
    wrong: await compared(campus),
    peakMb: peakKb / 1024,
  }
}

/** The quiet time is over for everything that was switched; the verifying pass then reads it all back. */
export async function timedVerifying(
  campus: Campus,
  name: string,
  limitSeconds: number,
): Promise<Timed & { left: number }> {
  const { client } = campus
  await client.query('update held set verify_after = raw_now() where verify_after is not null')
  await client.query('vacuum analyze held')
  const pass = await timed(campus, `${name}-verifying`, limitSeconds)
  const { rows } = await client.query<{ left: number }>(
    'select count(*)::int as left from held where verify_after is not null',
  )
  return { ...pass, left: rows[0]!.left }
}

/** What this machine can do at this moment: plain questions a second, and durable commits a second. */
export interface Yardstick {
  plainAsks: number
  commits: number
}

const plainAsksInAll = 20_000
const commitsForMs = 1_000
const connections = 8

async function commitsASecond(url: string): Promise<number> {
  let commits = 0
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }))
  await Promise.all(clients.map(client => client.connect()))
  await clients[0]!.query('create table if not exists bench_commit (n int)')
  const endMs = performance.now() + commitsForMs
  const committing = clients.map(async client => {
    for (; performance.now() < endMs; commits++) await client.query('insert into bench_commit values (1)')
  })
  await Promise.all(committing)
  await Promise.all(clients.map(client => client.end()))
  return (commits * 1000) / commitsForMs
}

/** Milliseconds of one plain question on these controllers, all asked at once, each one after the other. */
export async function plainMs(campus: Campus, controllers: Controllers, each: number): Promise<number> {
  const asked = controllers.map(({ serial, host, port }) => ({ serial, host, port, capacity: 40_000 }))
  return (await campus.engine.ask<number>({ plain: asked, each } satisfies EngineAsked, 'plain')) / each
}

/** Measured on the campus itself, in the same minute. */
export async function yardstick(campus: Campus): Promise<Yardstick> {
  const { length } = campus.controllers
  const each = Math.max(5, Math.ceil(plainAsksInAll / length))
  const ms = await plainMs(campus, campus.controllers, each)
  return { plainAsks: (length * 1000) / ms, commits: await commitsASecond(campus.ground.url) }
}
