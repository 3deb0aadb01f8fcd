import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { monotonicMs } from '../../src/app/clock.ts'
import { makeTemplate, privateServer } from '../postgres.ts'
import type { Part } from './part.ts'
import type { Fault, RunTold } from './run.ts'
import { allDeeds, type Step } from './trap.ts'
import type { Broken } from './witness.ts'

/*
 * npm run faults -- --what kill|stop|storm [--every 1] [--on commit,committed] [--runs 2] [--seed 1] [--workers 2]
 * Kills or stops a process at every step of a run (of which --every leaves out some), or lets windows run in a storm.
 * The last line is one JSON object. Exits with 1 where a promise was broken.
 */
const { values } = parseArgs({
  options: {
    what: { type: 'string', default: 'kill' },
    /** Every n-th step only. */
    every: { type: 'string', default: '1' },
    /** Only steps of these kinds: "commit,committed"; named: the first commit of each kind. */
    on: { type: 'string', default: 'datagram,change,commit,committed,unlucky put,named' },
    /** Windows of a storm, for each of the workers. */
    runs: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
  },
})
const whole = (name: 'every' | 'runs' | 'seed' | 'workers'): number => {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new RangeError(`--${name} ${values[name]} is no whole number above zero`)
}
const kindOf = (what: string): Part['kind'] => {
  if (what === 'kill' || what === 'stop' || what === 'storm') return what
  throw new RangeError(`--what ${what}: kill, stop or storm`)
}

type RunLine = { run: RunTold; fault: Fault | null; broken: (Broken & { during: Fault | null })[] }
type TotalsLine = { totals: Record<string, number>; failed: string | null }

/** What all parts saw. */
class Sum {
  runs = 0
  /** How often what a process was just doing was met: "putCard", "a batch kept". */
  readonly met: Record<string, number> = {}
  /** Steps that these runs did not come to. */
  notReached = 0
  readonly totals: Record<string, number> = {}
  readonly broken: RunLine['broken'] = []
  readonly failed: string[] = []

  add(line: RunLine | TotalsLine): void {
    if ('totals' in line) {
      for (const [name, count] of Object.entries(line.totals))
        this.totals[name] = (this.totals[name] ?? 0) + count
      if (line.failed) this.failed.push(line.failed)
      return
    }
    this.runs += 1
    this.broken.push(...line.broken)
    if (!line.fault) return
    const deed = line.run.sprung?.deed
    if (!deed) this.notReached += 1
    else {
      const name = `${line.fault.step.on}: ${deed}`
      this.met[name] = (this.met[name] ?? 0) + 1
    }
  }
}

/** Has a process of its own do a part, line by line. */
async function doPart(part: Part, told: (line: RunLine | TotalsLine) => void): Promise<void> {
  const path = new URL('part.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [path, JSON.stringify(part)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Hundreds of processes are started: what was compiled once need not be again.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'gatehouse-faults-compiled') },
  })
  let isOver = false
  for await (const line of createInterface({ input: child.stdout })) {
    const read = JSON.parse(line) as RunLine | TotalsLine
    isOver ||= 'totals' in read
    told(read)
  }
  if (!isOver) throw new Error(`a part came to no end: ${JSON.stringify(part.faults[0])}`)
}

/**
 * Every step of a run without faults, of which some were counted. A slow machine makes one repeat what was done already:
 * the run with the fewest datagrams was not disturbed. Commits go together as it happens: the most that there were.
 */
function stepsOf(told: readonly RunTold[], every: number): Step[] {
  const kinds = ['datagram', 'change', 'commit', 'committed', 'unlucky put'] as const
  const asked = values.on.split(',')
  const named = (['commit', 'committed'] as const).flatMap(on =>
    allDeeds.map((deed): Step => ({ on, at: 1, deed })),
  )
  const counted = kinds.flatMap(on => {
    if (!asked.includes(on)) return []
    const counts = told.map(({ steps }) => steps[on])
    const length = on.startsWith('commit') ? Math.max(...counts) : Math.min(...counts)
    return Array.from({ length }, (_, at): Step => ({ on, at: at + 1 })).filter(
      ({ at }) => on === 'unlucky put' || at % every === 0,
    )
  })
  return [...counted, ...(asked.includes('named') ? named : [])]
}

/** So many runs on one campus, before its students have all switched. */
const runsOnACampus = 30

async function faults(): Promise<void> {
  const kind = kindOf(values.what)
  const [every, seed, workers] = [whole('every'), whole('seed'), whole('workers')]
  const beganMs = monotonicMs()
  const server = await privateServer()
  const template = 'gatehouse_template'
  const sum = new Sum()
  let made = 0
  const progress = () =>
    `${sum.runs} runs, ${Math.round((monotonicMs() - beganMs) / 1000)} s, ${sum.broken.length} broken promises`
  const partOf = (worker: number, some: (Fault | null)[]): Part => {
    made += 1
    return {
      kind,
      faults: some,
      seed: seed + made,
      network: `127.67.${10 + worker}`,
      server: server.url,
      template,
    }
  }
  try {
    await makeTemplate(server.url, template)
    const parts: (Fault | null)[][] = []
    if (kind === 'storm') for (let n = 0; n < workers; n += 1) parts.push(Array(whole('runs')).fill(null))
    else {
      const counted: RunTold[] = []
      await doPart(partOf(0, [null, null, null]), line => {
        if ('run' in line) counted.push(line.run)
        sum.add(line)
      })
      const all = stepsOf(counted.slice(1), every).map(
        (step): Fault => ({
          way: kind === 'kill' ? 'kill' : 'stop',
          step,
          isLong: step.on === 'unlucky put',
        }),
      )
      console.log(`${all.length} steps: ${JSON.stringify(counted.map(({ steps }) => steps))}`)
      for (let at = 0; at < all.length; at += runsOnACampus) parts.push(all.slice(at, at + runsOnACampus))
    }
    const work = async (worker: number): Promise<void> => {
      for (let next = parts.shift(); next; next = parts.shift()) {
        await doPart(partOf(worker, next), line => {
          sum.add(line)
          if ('run' in line && kind === 'storm') console.log(JSON.stringify(line))
          if (sum.runs % 10 === 0) console.log(progress())
        })
      }
    }
    await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)))
  } finally {
    await server.stop()
  }
  for (const broken of sum.broken.slice(0, 20)) console.log(JSON.stringify(broken))
  if (sum.broken.length > 0 || sum.failed.length > 0) process.exitCode = 1
  const { runs, notReached, met, totals, failed } = sum
  const seconds = Math.round((monotonicMs() - beganMs) / 1000)
  const { broken } = sum
  console.log(
    JSON.stringify({
      what: kind,
      seed,
      runs,
      met,
      notReached,
      broken: broken.length,
      failed,
      ...totals,
      seconds,
    }),
  )
}

await faults()
