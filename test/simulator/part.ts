import { createInterface } from 'node:readline'
import { runMany } from './many.ts'

/** One process's share of many worlds: each line asks for so many from a seed on, each answer is a line of what came of them. */
for await (const line of createInterface({ input: process.stdin })) {
  const [first, count] = line.split(' ').map(Number)
  if (!first || !count) throw new RangeError('which seed first, and how many worlds?')
  console.log(JSON.stringify({ first, totals: await runMany({ first, count }) }))
}
