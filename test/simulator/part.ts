import { runMany } from './many.ts'

/** One process's share of many worlds: it tells how far it is, and at last, in one line, what came of all. */
const [first, count] = process.argv.slice(2).map(Number)
if (!first || !count) throw new RangeError('which seed first, and how many worlds?')
const totals = await runMany({ first, count }, ({ worlds }) => console.log(JSON.stringify({ worlds })))
console.log(JSON.stringify({ totals }))
