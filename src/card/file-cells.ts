import { type Decision, no, yes } from '../lib/decision.ts'
import { plainText } from '../roster/cells.ts'
import { readDate, type Spellings } from '../roster/fields.ts'
import {
  parseStudentNumber,
  type StudentNumberRefusal,
  type StudentNumberShape,
} from '../roster/student-number.ts'
import { parseCarrierCode } from './carrier-code.ts'
import type { CardField, FileKind } from './file-columns.ts'
import type { ReaderFormat } from './formats.ts'
import {
  type PrintedRefusal,
  type PrintedShape,
  parsePrintedNumber,
  printChipNumber,
  usualPrinted,
} from './numbers.ts'
import { bySpreadsheet, type ChipTextRefusal, readChip } from './read-chip.ts'

/** What a campus and an upload say about a file of cards. */
export interface CardFileSettings {
  kind: FileKind
  format: ReaderFormat
  studentNumber: StudentNumberShape
  /** Undefined where the programme says nothing: then as most cards are. */
  printedNumber: PrintedShape | undefined
  editions: Spellings
  counters: Spellings
  today: Temporal.PlainDate
}

export type CardCellRefusal =
  | ChipTextRefusal
  | PrintedRefusal
  | StudentNumberRefusal
  | 'unknown-edition'
  | 'unknown-counter'
  | 'box-too-long'
  | 'not-a-carrier-code'
  | 'not-a-date'
  | 'in-the-future'
  | 'too-long-ago'
  | 'other-kind'
  | 'unknown-word'
  | 'not-an-item'

/** Longest name of a box, in characters. */
export const longestBox = 40

/** How many years back a student may have been given a card. */
export const mostYearsHeld = 40

type Reader = (
  text: string,
  settings: CardFileSettings,
) => Decision<{ value: string | null }, CardCellRefusal>

const chip: Reader = (text, { format }) => {
  const read = readChip(text, format)
  return read.ok ? yes({ value: printChipNumber(read.chip) }) : read
}

/** An old card's printed number may have worn off; the others' last digits are asked for when they are activated. */
const printedNumber: Reader = (text, { kind, printedNumber: shape = usualPrinted }) => {
  const plain = plainText(text)
  if (plain === '') return kind === 'old-cards' ? yes({ value: null }) : no('empty')
  if (bySpreadsheet.test(plain))
    return no('written-by-spreadsheet', { example: `9.90E+${Math.max(...shape.digits) - 1}` })
  const read = parsePrintedNumber(plain, shape)
  if (read.ok) return yes({ value: read.printed.digits })
  const digits = Number(read.facts.digits ?? 0)
  const whole = shape.digits.find(each => digits > 0 && (each === digits + 1 || each === digits + 2))
  if (whole !== undefined)
    return no('leading-zeros-lost', { perhaps: plain.replace(/[\s-]/g, '').padStart(whole, '0') })
  return read
}

/** The ids of a list, as many as a sentence can hold. */
function someOf(list: Spellings): string {
  const ids = [...new Set(list.values())]
  return ids.length > mostNamed ? `${ids.slice(0, mostNamed).join(', ')}, …` : ids.join(', ')
}

const mostNamed = 12

const listed =
  (list: 'editions' | 'counters', refusal: CardCellRefusal): Reader =>
  (text, settings) => {
    const asked = plainText(text).toLowerCase()
    if (asked === '') return no('empty')
    const value = settings[list].get(asked)
    return value === undefined ? no(refusal, { known: someOf(settings[list]) }) : yes({ value })
  }

const studentNumber: Reader = (text, settings) => {
  if (plainText(text) === '')
    return settings.kind === 'stock' || settings.kind === 'numbers' ? yes({ value: null }) : no('empty')
  const read = parseStudentNumber(text, settings.studentNumber)
  return read.ok ? yes({ value: read.studentNumber }) : read
}

const box: Reader = text => {
  if (Array.from(text).length > longestBox) return no('box-too-long', { most: longestBox })
  return yes({ value: text === '' ? null : text })
}

const carrierCode: Reader = text => {
  if (plainText(text) === '') return yes({ value: null })
  const read = parseCarrierCode(text)
  return read.ok ? yes({ value: read.code }) : read
}

/** The days of one file, each read once: it has many cards and few days. */
const daysRead = new WeakMap<CardFileSettings, Map<string, ReturnType<Reader>>>()

const heldSince: Reader = (text, settings) => {
  const days = daysRead.get(settings) ?? new Map<string, ReturnType<Reader>>()
  daysRead.set(settings, days)
  const read = days.get(text) ?? readHeldSince(text, settings)
  days.set(text, read)
  return read
}

const readHeldSince: Reader = (text, { today }) => {
  const read = readDate(text)
  if (!read.ok) return read
  if (read.value === null) return no('empty')
  const on = Temporal.PlainDate.from(read.value)
  if (Temporal.PlainDate.compare(on, today) > 0) return no('in-the-future', { today: today.toString() })
  const earliest = today.subtract({ years: mostYearsHeld })
  if (Temporal.PlainDate.compare(on, earliest) < 0)
    return no('too-long-ago', { earliest: earliest.toString() })
  return yes({ value: read.value })
}

const waysHeld: Readonly<Record<string, FileKind>> = {
  'before-gatehouse': 'old-cards',
  'old-cards': 'old-cards',
  舊卡: 'old-cards',
  'health-check': 'health-check',
  新生健檢: 'health-check',
  健檢: 'health-check',
}

/** Says of each row what the upload says of the file: the wrong file, or the wrong choice, is noticed. */
const how: Reader = (text, { kind }) => {
  const plain = plainText(text).toLowerCase()
  if (plain === '') return yes({ value: null })
  const said = waysHeld[plain]
  if (said === undefined) return no('unknown-word', { allowed: 'before-gatehouse, health-check' })
  return said === kind ? yes({ value: said }) : no('other-kind', { said, kind })
}

/** The reference of an ordered card: its batch, and its place there in four figures. */
const item: Reader = text => {
  const plain = plainText(text)
  if (plain === '') return yes({ value: null })
  return /^[1-9]\d{0,8}-\d{4}$/.test(plain) ? yes({ value: plain }) : no('not-an-item')
}

/** How each field of a card is read from its cell. */
export const cellReaders: Readonly<Record<CardField, Reader>> = {
  chip,
  printedNumber,
  edition: listed('editions', 'unknown-edition'),
  studentNumber,
  counter: listed('counters', 'unknown-counter'),
  box,
  carrierCode,
  heldSince,
  how,
  item,
}
