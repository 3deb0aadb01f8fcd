import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { monotonicMs } from '../../src/app/clock.ts'
import { smaller, traceOf } from './failing.ts'
import { addTotals, noTotals, type Totals } from './many.ts'

/*
 * npm run simulate -- --worlds 100000 [--seed 1] [--workers 2] [--trace]
 * The last line is one JSON object. Exits with 1 where a promise was broken.
 */
const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: `${availableParallelism()}` },
    /** Prints what happened in the world of --seed, line by line. */
    trace: { type: 'boolean', default: false },
  },
})
const whole = (name: 'worlds' | 'seed' | 'workers'): number => {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new RangeError(`--${name} ${values[name]} is no whole number above zero`)
}

/** Has a process of its own run some worlds. */
async function part(first: number, count: number, onProgress: (worlds: number) => void): Promise<Totals> {
  if (count <= 0) return noTotals()
  const path = new URL('part.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [path, `${first}`, `${count}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line) as { worlds: number } | { totals: Totals }
    if ('totals' in told) return told.totals
    onProgress(told.worlds)
  }
  throw new Error(`the worlds from seed ${first} on came to no end`)
}

async function simulate(): Promise<void> {
  const [worlds, seed, workers] = [whole('worlds'), whole('seed'), whole('workers')]
  const beganMs = monotonicMs()
  const each = Math.ceil(worlds / workers)
  const done = Array.from({ length: workers }, () => 0)
  let toldAtMs = beganMs
  const onProgress = (worker: number) => (count: number) => {
    done[worker] = count
    if (monotonicMs() - toldAtMs < 10_000) return
    toldAtMs = monotonicMs()
    const all = done.reduce((sum, one) => sum + one, 0)
    console.log(`${all} worlds, ${Math.round((all * 1000) / (toldAtMs - beganMs))} a second`)
  }
  const parts = await Promise.all(
    done.map((_, at) => part(seed + at * each, Math.min(each, worlds - at * each), onProgress(at))),
  )
  const totals = noTotals()
  for (const one of parts) addTotals(totals, one)
  const seconds = (monotonicMs() - beganMs) / 1000
  for (const [fault, count] of Object.entries(totals.faults)) console.log(`${fault}: ${count}`)
  const [failing] = totals.failing
  if (failing) {
    console.log(await traceOf(failing.seed))
    const small = await smaller(failing.promise as Parameters<typeof smaller>[0])
    if (small) console.log(`The same in a smaller world:\n${await traceOf(small.seed, small.size)}`)
    process.exitCode = 1
  }
  const worldsPerSecond = Math.round(totals.worlds / seconds)
  console.log(
    JSON.stringify({ ...totals, first: seed, workers, seconds: Math.round(seconds), worldsPerSecond }),
  )
}

if (values.trace) console.log(await traceOf(whole('seed')))
else await simulate()
