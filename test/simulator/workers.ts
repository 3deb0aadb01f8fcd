import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Totals } from './many.ts'

/** So many worlds are asked of a process at a time; what came of them is told and kept then. */
const shareWorlds = 50

/** Worlds to run: those of so many seeds from the first on. */
export interface Share {
  first: number
  count: number
}

function* sharesOf({ first, count }: Share): Generator<Share> {
  for (let from = first; from < first + count; from += shareWorlds)
    yield { first: from, count: Math.min(shareWorlds, first + count - from) }
}

/** Has a process of its own run one share after the other, until none is left. */
async function keepRunning(shares: Generator<Share>, told: (share: Share, totals: Totals) => void) {
  const path = new URL('part.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--max-semi-space-size=32', path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let asked: Share | null = null
  const ask = () => {
    const { value, done } = shares.next()
    asked = done ? null : value
    if (asked) child.stdin.write(`${asked.first} ${asked.count}\n`)
    else child.stdin.end()
  }
  ask()
  for await (const line of createInterface({ input: child.stdout })) {
    const { totals } = JSON.parse(line) as { totals: Totals }
    told(asked!, totals)
    ask()
  }
  if (asked) throw new Error(`the worlds from seed ${(asked as Share).first} on came to no end`)
}

/**
 * Runs worlds in several processes. `told` hears what came of them share by share, in the order of their seeds, so that
 * it knows at any time that everything before is done.
 */
export async function runInWorkers(
  worlds: Share,
  workers: number,
  told: (share: Share, totals: Totals) => void,
): Promise<void> {
  const shares = sharesOf(worlds)
  const early = new Map<number, { share: Share; totals: Totals }>()
  let next = worlds.first
  const inOrder = (share: Share, totals: Totals) => {
    early.set(share.first, { share, totals })
    for (let one = early.get(next); one; one = early.get(next)) {
      early.delete(next)
      next += one.share.count
      told(one.share, one.totals)
    }
  }
  await Promise.all(Array.from({ length: workers }, () => keepRunning(shares, inOrder)))
}
