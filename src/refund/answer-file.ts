import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import { type CellRefusal, cleanCell, plainText } from '../roster/cells.ts'
import type { CsvRow } from '../roster/csv.ts'
import { readDate } from '../roster/fields.ts'
import { type ColumnTable, shortened } from '../roster/header.ts'
import { readTable, rowFaults, type Table, type TableRefusal } from '../roster/table.ts'
import { type IssuerReason, issuerReasons } from './rules.ts'

export const answerFields = ['case', 'outcome', 'date', 'amount', 'reference', 'reason'] as const
export type AnswerField = (typeof answerFields)[number]

/** What the issuer can say of a case. */
export const outcomes = ['received', 'paid', 'refused', 'cancelled'] as const
export type Outcome = (typeof outcomes)[number]

export type AnswerCellRefusal =
  | CellRefusal
  | 'wrong-cell-count'
  | 'over-lines'
  | 'empty'
  | 'not-a-case'
  | 'not-an-outcome'
  | 'not-a-date'
  | 'in-the-future'
  | 'not-an-amount'
  | 'amount-too-large'
  | 'not-a-reference'
  | 'not-a-reason'
  | 'not-with-this'

/** One thing wrong on a line: which field (null: the line itself), why, and the start of what stands there. */
export interface AnswerFault<Refusal extends string = AnswerCellRefusal> {
  line: number
  field: AnswerField | null
  refusal: Refusal
  shown: string
  facts: Facts
}

/** A line of an answer. Amounts are whole minor units, below zero where the card owed something. */
export interface AnswerLine {
  line: number
  ofCase: number
  ofRound: number
  outcome: Outcome
  on: Temporal.PlainDate
  amount: number
  reference: string
  reason: IssuerReason | null
}

const columns: ColumnTable<AnswerField> = {
  case: { header: 'case', required: true, alsoCalled: ['案號', '退費案號', 'case number'] },
  outcome: { header: 'outcome', required: true, alsoCalled: ['結果', '處理結果', 'result'] },
  date: { header: 'date', required: true, alsoCalled: ['日期', '處理日期', '匯款日期', 'value date'] },
  amount: { header: 'amount', required: true, alsoCalled: ['金額', '實付金額', '匯款金額', 'amount paid'] },
  reference: {
    header: 'reference',
    required: true,
    alsoCalled: ['付款編號', '匯款編號', 'payment reference'],
  },
  reason: { header: 'reason', required: true, alsoCalled: ['原因', '退件原因', 'reason code'] },
}

const outcomeWords: Readonly<Record<string, Outcome>> = {
  ...(Object.fromEntries(outcomes.map(each => [each, each])) as Record<Outcome, Outcome>),
  已收件: 'received',
  已匯款: 'paid',
  已付款: 'paid',
  退件: 'refused',
  取消: 'cancelled',
}

/** The largest amount that is believed at all, either way. */
export const largestAmount = 10_000_000

/** The number of a case as the issuer sees it: the case, and the time of sending. No spreadsheet takes it for a date. */
export const caseNumber = (ofCase: number, round: number): string => `R${ofCase}-${round}`

/** An amount as it is written: whole units with exactly the currency's decimals, no signs between them. */
export function readAmount(
  text: string,
  minorDigits: number,
): Decision<{ amount: number }, 'not-an-amount' | 'amount-too-large'> {
  const shape =
    minorDigits === 0 ? /^(-?)(\d{1,15})$/ : new RegExp(`^(-?)(\\d{1,12})\\.(\\d{${minorDigits}})$`)
  const parts = shape.exec(plainText(text))
  if (!parts) return no('not-an-amount')
  const amount = Number(`${parts[2]}${parts[3] ?? ''}`)
  if (amount > largestAmount) return no('amount-too-large', { most: largestAmount })
  if (amount === 0 && parts[1] === '-') return no('not-an-amount')
  return yes({ amount: parts[1] === '-' ? -amount : amount })
}

type Read<Value> = Decision<{ value: Value }, AnswerCellRefusal>

function readCase(text: string): Read<{ ofCase: number; ofRound: number }> {
  const parts = /^R([1-9]\d{0,14})-([1-9]\d?)$/.exec(plainText(text).toUpperCase())
  if (!parts) return no(text === '' ? 'empty' : 'not-a-case')
  return yes({ value: { ofCase: Number(parts[1]), ofRound: Number(parts[2]) } })
}

function readOutcome(text: string): Read<Outcome> {
  const plain = plainText(text).toLowerCase()
  const value = Object.hasOwn(outcomeWords, plain) ? outcomeWords[plain] : undefined
  if (value === undefined)
    return no(text === '' ? 'empty' : 'not-an-outcome', { allowed: outcomes.join(', ') })
  return yes({ value })
}

function readDay(text: string, today: Temporal.PlainDate): Read<Temporal.PlainDate> {
  const read = readDate(text)
  if (!read.ok) return read
  if (read.value === null) return no('empty')
  const value = Temporal.PlainDate.from(read.value)
  return Temporal.PlainDate.compare(value, today) > 0
    ? no('in-the-future', { today: today.toString() })
    : yes({ value })
}

/** A cell that belongs to some outcomes alone: asked for with these, and empty with all others. */
function onlyWith<Value>(
  text: string,
  asked: boolean,
  otherwise: Value,
  read: () => Read<Value>,
): Read<Value> {
  if (!asked) return text === '' ? yes({ value: otherwise }) : no('not-with-this')
  return text === '' ? no('empty') : read()
}

interface Settings {
  today: Temporal.PlainDate
  minorDigits: number
}

function readLine(
  row: CsvRow,
  table: Table<AnswerField>,
  { today, minorDigits }: Settings,
): { line: AnswerLine } | { faults: AnswerFault[] } {
  const { line } = row
  const wrong = rowFaults(row, table)
  const faults: AnswerFault[] = wrong.faults.map(fault => ({ line, ...fault }))
  if (wrong.shifted) return { faults }
  const rawOf = (field: AnswerField): string => row.cells[table.columns.places.get(field)!] ?? ''
  function read<Value>(field: AnswerField, of: (text: string) => Read<Value>): Value | undefined {
    const cell = cleanCell(rawOf(field))
    const done = cell.ok ? of(cell.text) : cell
    if (done.ok) return done.value
    faults.push({ line, field, refusal: done.refusal, shown: shortened(rawOf(field)), facts: done.facts })
    return undefined
  }
  const of = read('case', readCase)
  const outcome = read('outcome', readOutcome)
  const on = read('date', text => readDay(text, today))
  const isPaid = outcome === 'paid'
  const isNo = outcome === 'refused' || outcome === 'cancelled'
  // What belongs to an outcome is not asked of a line that has none.
  if (of === undefined || outcome === undefined || on === undefined) return { faults }
  const amount = read('amount', text =>
    onlyWith(text, isPaid, 0, () => {
      const found = readAmount(text, minorDigits)
      return found.ok ? yes({ value: found.amount }) : found
    }),
  )
  const reference = read('reference', text =>
    onlyWith(text, isPaid, '', () => {
      const plain = plainText(text)
      return /^[A-Za-z0-9][\w./-]{0,39}$/.test(plain) ? yes({ value: plain }) : no('not-a-reference')
    }),
  )
  const reason = read('reason', text =>
    onlyWith<IssuerReason | null>(text, isNo, null, () => {
      const value = issuerReasons.find(each => each === plainText(text).toLowerCase())
      return value ? yes({ value }) : no('not-a-reason', { allowed: issuerReasons.join(', ') })
    }),
  )
  if (faults.length > 0 || amount === undefined || reference === undefined || reason === undefined)
    return { faults }
  return { line: { line, ...of, outcome, on, amount, reference, reason } }
}

/**
 * Reads a file of answers (CSV): its lines, and everything that is wrong with any of them. Refuses the whole file where not
 * even its rows can be trusted.
 */
export function readAnswerFile(
  bytes: Uint8Array,
  settings: Settings,
): Decision<{ lines: AnswerLine[]; faults: AnswerFault[] }, TableRefusal> {
  const found = readTable(bytes, columns)
  if (!found.ok) return found
  const lines: AnswerLine[] = []
  const faults: AnswerFault[] = []
  for (const row of found.table.rows) {
    const read = readLine(row, found.table, settings)
    if ('line' in read) lines.push(read.line)
    else faults.push(...read.faults)
  }
  return yes({ lines, faults })
}
