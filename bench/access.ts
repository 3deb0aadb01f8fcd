import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { aims } from './access-aims.ts'
import { closeCampuses } from './access-campus.ts'
import { lostCard } from './access-lost.ts'
import { planning } from './access-planning.ts'
import { fullVerify, lossyVerify } from './access-reading.ts'
import { isMet, line, type Result, tableOf, writeTable, wrongCards } from './access-table.ts'
import { campusWindow, firstLoad, million, oneCard, type Patience, swaps } from './access-windows.ts'

/*
 * Measures the access engine on real parts: `npm run bench:access`, or some rows by their names. `--write` puts them
 * into docs/performance.md, `--limit SECONDS` says when a piece of work is given up. Prints a table, and as the last line
 * all figures with the peer's and the targets as one JSON object. A card that is not as wanted ends with exit code 1.
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, limit: { type: 'string', default: '300' } },
})
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void closeCampuses().finally(() => process.exit(130)))
const patience: Patience = { limitSeconds: Number(options.limit) }
const rows = new Set(positionals.length > 0 ? positionals : Object.keys(aims))
for (const name of rows)
  if (!(name in aims)) {
    console.error(`There is no row "${name}": ${Object.keys(aims).join(', ')}.`)
    process.exit(1)
  }

/** Rows that share a campus, and how they are measured. */
const scenes: [rows: string[], measure: () => Promise<Result[]>][] = [
  [['swap-10', 'swap-10-echo'], () => swaps('swap-10', { controllers: 10, people: 20_000 }, rows, patience)],
  [
    ['swap-100', 'swap-100-echo'],
    () => swaps('swap-100', { controllers: 100, people: 5_000 }, rows, patience),
  ],
  [['swap-1000', 'swap-1000-echo', 'nothing-1000', 'memory'], () => million(rows, patience)],
  [['one-100'], () => oneCard(patience)],
  [['verify-10', 'verify-10-echo'], () => fullVerify(rows, patience)],
  [['load-10'], () => firstLoad('load-10', patience)],
  [['load-10-echo'], () => firstLoad('load-10-echo', patience)],
  [['lost-1000'], () => lostCard()],
  [['plan'], () => planning()],
  [['window-60'], () => campusWindow('window-60', patience)],
  [['window-60-echo'], () => campusWindow('window-60-echo', patience)],
  [['loss-10'], () => lossyVerify(patience)],
]

const processor = `${cpus().length} × ${cpus()[0]?.model.trim()}`
console.log(`Node.js ${process.versions.node}, ${processor}\n`)
const results: Result[] = []
const figures: Record<string, unknown> = {}
for (const [names, measure] of scenes) {
  if (!names.some(name => rows.has(name))) continue
  // One that breaks must not take the others' figures with it.
  const measured = await measure().catch((fault: unknown) => {
    console.error(`\n!!! ${names.join(', ')}: ${String(fault)} !!!\n`)
    process.exitCode = 1
    return []
  })
  for (const result of measured) {
    const { atMost, peerFigures } = aims[result.name]!
    figures[result.name] = {
      ...result.figures,
      wrongCards: wrongCards(result),
      met: isMet(result),
      target: atMost,
      peer: peerFigures,
    }
    console.log(line(result))
    if (result.gaveUp) {
      console.error(
        `\n!!! ${result.name} was not finished within ${options.limit} s: --limit says how long to wait !!!\n`,
      )
      process.exitCode = 1
    } else if (result.wrong && wrongCards(result) > 0) {
      const { missing, extra, different } = result.wrong
      console.error(
        `\n!!! ${result.name}: ${missing} cards missing, ${extra} too many, ${different} different !!!\n`,
      )
      process.exitCode = 1
    }
  }
  results.push(...measured)
  if (options.write)
    await writeTable(
      measured,
      `Node.js ${process.versions.node}, ${processor}; each row as it was measured last.`,
    )
}
console.log(`\n${tableOf(results)}\n`)
console.log(JSON.stringify(figures))
