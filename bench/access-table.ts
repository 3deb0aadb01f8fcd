import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { aims } from './access-aims.ts'
import type { Wrong } from './access-emulator.ts'
import type { Datagrams, Seconds, Yardstick } from './access-measure.ts'
import { projectFolder } from './ground.ts'
import { say } from './report.ts'

/** What was measured for one row of the speed table. */
export interface Result {
  name: string
  /** As people read it: the figure that is wished for. */
  measured: string
  verified?: string
  /** Datagrams of the work, and of its verifying pass. */
  datagrams?: readonly Datagrams[]
  seconds?: Seconds
  /** What the machine could do in the same minute. */
  stick?: Yardstick
  /** Cards that are not as wanted at the end. */
  wrong?: Wrong
  figures: Readonly<Record<string, number>>
  /** It did not end within its time. */
  gaveUp?: boolean
}

export const wrongCards = ({ wrong }: Result): number =>
  wrong ? wrong.missing + wrong.extra + wrong.different : 0

/** Whether every figure is within what is wished for. */
export const isMet = (result: Result): boolean =>
  !result.gaveUp &&
  wrongCards(result) === 0 &&
  Object.entries(aims[result.name]!.atMost).every(
    ([figure, most]) => (result.figures[figure] ?? Number.NaN) <= most,
  )

const many = (count: number): string => Math.round(count).toLocaleString('en')
const codes = ({ byCode }: Datagrams): string =>
  Object.entries(byCode)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([code, count]) => `${code.slice(2)}: ${many(count)}`)
    .join(', ')

/** A row of the table in docs/performance.md. */
export function line(result: Result): string {
  const { work, peer, target } = aims[result.name]!
  const { seconds, datagrams = [], stick, wrong } = result
  const cells = [
    work,
    peer,
    target,
    `${isMet(result) ? '' : '**missed** '}${result.measured}`,
    result.verified ?? '–',
    datagrams.map(each => `${many(each.all)} (${codes(each)})`).join('; ') || '–',
    seconds ? `${say(seconds.engine, 1)} / ${say(seconds.emulator, 1)} / ${say(seconds.postgres, 1)}` : '–',
    stick ? `${many(stick.plainAsks)} / ${many(stick.commits)}` : '–',
    wrong && !result.gaveUp ? `${many(wrongCards(result))} of ${many(wrong.cards)}` : '–',
  ]
  return `| ${cells.join(' | ')} |`
}

const head = [
  '| work | peer, same lists | wished for, at most | measured | verifying pass | datagrams by code; verifying | CPU s: engine / emulator / PostgreSQL | machine: plain asks / commits a second | cards wrong |',
  '|---|---|---|---|---|---|---|---|---|',
]

/** The table of these results. */
export const tableOf = (results: readonly Result[]): string => [...head, ...results.map(line)].join('\n')

const document = join(projectFolder, 'docs/performance.md')
const from = '<!-- bench:access writes from here -->'
const to = '<!-- to here -->'

/** Puts the results into docs/performance.md; rows that were not measured now stay as they are there. */
export async function writeTable(results: readonly Result[], conditions: string): Promise<void> {
  const text = await readFile(document, 'utf8')
  const begin = text.indexOf(from)
  const end = text.indexOf(to)
  if (begin < 0 || end < begin)
    throw new Error(`docs/performance.md has no place for the table: ${from} … ${to}`)
  const there = text.slice(begin + from.length, end).split('\n')
  const measured = new Map(results.map(result => [result.name, line(result)]))
  const lines = Object.entries(aims).flatMap(
    ([name, { work }]) => measured.get(name) ?? there.find(each => each.startsWith(`| ${work} | `)) ?? [],
  )
  const table = [from, '', conditions, '', ...head, ...lines, '', ''].join('\n')
  await writeFile(document, text.slice(0, begin) + table + text.slice(end))
}
