import { CsvError, parse } from 'csv-parse/sync'
import type { Facts } from '../../lib/decision.ts'
import { decodeText } from '../../lib/encoding.ts'
import { type FileSettings, numberFrom } from './changes.ts'
import type { HandedFile, Known, RowAnswer, State } from './state.ts'

/** Largest result that is read, in bytes, and its most rows: a file of 20,000 rows has an answer twice at most. */
export const largestResultBytes = 8 * 1024 * 1024
const mostRows = 40_000

/** Why a result is not read at all; nothing of it is believed. */
export type ResultRefusal = 'empty' | 'encoding' | 'truncated' | 'quotes' | 'header' | 'too-many-rows'

/** A result that is not believed, for the log. */
export interface Unread {
  ok: false
  refusal: ResultRefusal
  facts: Facts
}
const unread = (refusal: ResultRefusal, facts: Facts = {}): Unread => ({ ok: false, refusal, facts })

/** A result whose rows can be looked at: where in them number and answer stand, and how wide they are. */
export interface ReadResult {
  ok: true
  rows: readonly ResultRow[]
  at: { number: number; result: number }
  width: number
}

/** What is wrong with one row of a result; nothing is guessed from it. */
export type RowProblem =
  | 'cells'
  | 'number'
  | 'not-handed-over'
  | 'word'
  | 'not-for-this-deed'
  | 'twice'
  | 'two-answers'
  | 'confirmed-before'

/** One row of a result: the line on which it ends, from 1. */
interface ResultRow {
  line: number
  cells: readonly string[]
}

/** The rows of a result by what its settings name; refused whole where it cannot be the file that was agreed on. */
export function readResult(bytes: Uint8Array, settings: FileSettings): ReadResult | Unread {
  const text = decodeText(bytes, settings.encoding)
  if (text === null) return unread('encoding', { encoding: settings.encoding })
  if (text.trim() === '') return unread('empty')
  // The other system may still be writing, or was cut off: a last line without its end is not believed, nor the rest.
  if (!/[\r\n]$/.test(text)) return unread('truncated')
  const rows: ResultRow[] = []
  try {
    parse(text.replaceAll('\r\n', '\n'), {
      delimiter: settings.delimiter,
      record_delimiter: ['\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 16_384,
      to: mostRows + 2,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines, cells: cells.map(cell => cell.trim()) })
        return null
      },
    })
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault
    return unread('quotes', { line: Number(fault.lines ?? 0) })
  }
  const [head, ...rest] = rows
  if (!head) return unread('empty')
  if (rest.length > mostRows) return unread('too-many-rows', { most: mostRows })
  const places = (name: string) => head.cells.flatMap((cell, at) => (cell === name.trim() ? [at] : []))
  const [number, result] = [settings.result.number, settings.result.result]
  for (const name of [number, result])
    if (places(name).length !== 1) return unread('header', { column: name })
  const at = { number: places(number)[0]!, result: places(result)[0]! }
  return { ok: true, rows: rest, at, width: head.cells.length }
}

const answers = ['applied', 'rejected', 'full', 'absent', 'again'] as const

/** What a word of a result means by its settings; null where they do not say. */
function meaningOf(word: string, { result }: FileSettings): RowAnswer | null {
  const said = word.trim().toLowerCase()
  return answers.find(answer => result[answer]?.some(known => known.trim().toLowerCase() === said)) ?? null
}

/** What a result says of a file: an answer a number, where it is one; what is wrong in it; which lines it leaves out. */
export interface Judged {
  answers: Map<bigint, RowAnswer>
  problems: { line: number; problem: RowProblem }[]
  /** Lines of the file that was handed over, from 1 with its header, of which the result says nothing. */
  missing: number[]
}

/** Compares a result with the file that it answers, row by row. */
export function judgeResult({ rows: handed }: HandedFile, read: ReadResult, settings: FileSettings): Judged {
  const problems: Judged['problems'] = []
  const found = new Map<bigint, RowAnswer>()
  const contradicted = new Set<bigint>()
  const named = new Set<bigint>()
  for (const { line, cells } of read.rows) {
    const wrong = (problem: RowProblem): void => void problems.push({ line, problem })
    const number = numberFrom(cells[read.at.number] ?? '', settings.number)
    const answer = meaningOf(cells[read.at.result] ?? '', settings)
    if (cells.length !== read.width) wrong('cells')
    else if (number === null) wrong('number')
    else if (!handed.has(number)) wrong('not-handed-over')
    else {
      named.add(number)
      const row = handed.get(number)!
      const before = found.get(number)
      if (answer === null) wrong('word')
      else if (row.card ? answer === 'absent' : answer === 'full') wrong('not-for-this-deed')
      else if (before !== undefined) {
        wrong(before === answer ? 'twice' : 'two-answers')
        if (before !== answer) contradicted.add(number)
      } else if ((row.answer === 'applied' || row.answer === 'absent') && row.answer !== answer)
        wrong('confirmed-before')
      else found.set(number, answer)
    }
  }
  for (const number of contradicted) found.delete(number)
  const first = settings.header ? 2 : 1
  const missing = [...handed.values()].flatMap(({ number, answer }, at) =>
    named.has(number) || answer !== null ? [] : [first + at],
  )
  return { answers: found, problems, missing }
}

/** A state with what a result says of one of its files. What a later file was told of a number stays. */
export function withResult(state: State, of: HandedFile, answered: Judged['answers'], hash: string): State {
  const known = new Map(state.known)
  const rows = new Map(of.rows)
  for (const [number, answer] of answered) {
    const row = rows.get(number)!
    rows.set(number, { ...row, answer })
    const before = known.get(number)
    if (before && before.file > of.file) continue
    const is: Known | null =
      answer === 'applied' || answer === 'absent' ? { file: of.file, card: row.card } : null
    if (is) known.set(number, is)
  }
  const files = state.files.map(file => (file.file === of.file ? { ...file, rows, result: hash } : file))
  return { ...state, known, files }
}
