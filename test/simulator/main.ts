import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { monotonicMs } from '../../src/app/clock.ts'
import { smaller, traceOf } from './failing.ts'
import { keepFailing, keepRun, newRun, type Run, runFrom } from './kept-run.ts'
import { addTotals, rarest } from './many.ts'
import { runInWorkers } from './workers.ts'

/*
 * npm run simulate -- --worlds 100000 --workers 2 --at-least 1000 --keep run.json
 * npm run simulate -- --from run.json --workers 2 --at-least 1000
 * npm run simulate -- --seed 100836 --trace
 *
 * The last line is one JSON object. Exits with 1 where a promise was broken, or a fault fired too rarely.
 */
const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: `${availableParallelism()}` },
    /** How often every kind of fault must fire in all. */
    'at-least': { type: 'string', default: '1' },
    /** A file that says how far the run has come, so that another can go on. */
    keep: { type: 'string' },
    /** Goes on with the run that such a file tells of, and keeps it there. */
    from: { type: 'string' },
    /** Where seeds go whose worlds broke a promise, a line each. */
    failing: { type: 'string', default: 'failing-worlds.jsonl' },
    /** Prints what happened in the world of --seed, line by line. */
    trace: { type: 'boolean', default: false },
  },
})
const progressEveryMs = 5_000

const whole = (name: 'worlds' | 'seed' | 'workers' | 'at-least'): number => {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new RangeError(`--${name} ${values[name]} is no whole number above zero`)
}

async function runWorlds(run: Run, file: string | undefined): Promise<void> {
  const { totals } = run
  const before = { worlds: totals.worlds, seconds: run.seconds }
  const beganMs = monotonicMs()
  let toldAtMs = beganMs
  const rest = { first: run.first + totals.worlds, count: run.worlds - totals.worlds }
  await runInWorkers(rest, whole('workers'), (_, more) => {
    addTotals(totals, more)
    const nowMs = monotonicMs()
    run.seconds = before.seconds + (nowMs - beganMs) / 1000
    if (file) keepRun(file, run)
    keepFailing(values.failing, more.failing)
    if (nowMs - toldAtMs < progressEveryMs) return
    toldAtMs = nowMs
    const aSecond = (totals.worlds - before.worlds) / (run.seconds - before.seconds)
    const left = Math.ceil((run.worlds - totals.worlds) / aSecond)
    const failing = totals.failed > 0 ? `, ${totals.failed} broke a promise` : ''
    console.log(
      `${totals.worlds} of ${run.worlds} worlds, ${Math.round(aSecond)} a second, ${left} s left${failing}`,
    )
  })
}

async function simulate(): Promise<void> {
  const file = values.from ?? values.keep
  const run = values.from === undefined ? newRun(whole('seed'), whole('worlds')) : runFrom(values.from)
  const atLeast = whole('at-least')
  await runWorlds(run, file)
  const { first, seconds, totals } = run
  const [failing] = totals.failing
  if (failing) {
    console.log(await traceOf(failing.seed))
    const small = await smaller(failing.promise)
    if (small) console.log(`The same in a smaller world:\n${await traceOf(small.seed, small.size)}`)
    console.log(`Every seed that broke a promise is in ${values.failing}.`)
  }
  const tooRare = Object.entries(totals.faults).filter(([, times]) => times < atLeast)
  for (const [fault, times] of tooRare) console.log(`${fault}: ${times} times, and should be ${atLeast}`)
  if (failing || tooRare.length > 0) process.exitCode = 1
  const worldsPerSecond = Math.round(totals.worlds / seconds)
  const told = { first, ...totals, rarest: rarest(totals), atLeast, seconds: Math.round(seconds) }
  console.log(JSON.stringify({ ...told, worldsPerSecond }))
}

if (values.trace) console.log(await traceOf(whole('seed')))
else await simulate()
