import type { Outcome } from '../update/driver.ts'
import type { Bench, Make } from './contract-bench.ts'
import { ofCarrying, ofChanges, ofLater } from './contract-changes.ts'
import { ofClock, ofLooking, ofNoClock } from './contract-looking.ts'
import { ofForgetful, ofFull, ofMute, ofTrouble } from './contract-trouble.ts'

/** One promise of `update/driver.ts`; `kept` throws where a driver breaks it. */
export interface PromiseOfDriver {
  name: string
  kept: () => Promise<void>
}

/** How long a driver may take over one promise before it counts as hanging. */
const longestMs = 30_000

/** A change carried through: where answers come later it is handed over, answered, and asked for again. */
async function carriedThrough(bench: Bench, change: () => Promise<Outcome>): Promise<Outcome> {
  const first = await change()
  if (!bench.answers || first.answer !== 'unconfirmed') return first
  await bench.driver.handOver?.(bench.controller)
  await bench.driver.handOver?.(bench.other)
  await bench.answers()
  return change()
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${longestMs / 1000} s`)), longestMs)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Every promise of `update/driver.ts` as far as a make declares that it can be asked for, each with a bench of its own.
 * A test makes an `it` of each; the name says what a driver that fails has broken.
 */
export function promisesOf(make: Make): PromiseOfDriver[] {
  const { moods, hasClock, answersLater } = make
  const tries = {
    ...ofChanges,
    ...ofCarrying(make),
    ...ofTrouble,
    ...(moods.includes('full') ? ofFull : {}),
    ...(moods.includes('forgetful') ? ofForgetful : {}),
    ...(moods.includes('mute') ? ofMute : {}),
    ...ofLooking,
    ...(hasClock ? ofClock : ofNoClock),
    ...(answersLater ? ofLater : {}),
  }
  return Object.entries(tries).map(([name, attempt]) => ({
    name,
    kept: async () => {
      const bench = await make.open()
      try {
        await withinTime(attempt({ ...bench, done: change => carriedThrough(bench, change) }))
      } finally {
        await bench.close()
      }
    },
  }))
}
