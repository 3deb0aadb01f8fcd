import { both } from '../lib/both.ts'
import { guarded } from '../lib/spreadsheet-guard.ts'
import type { Bilingual, Language } from '../lib/words.ts'

/** What a list is written by: the campus's zone and currency, and who reads it. */
export interface ExportLook {
  language: Language
  zone: string
  currency: { code: string; minorDigits: number }
}

/** What a column holds of a row; null is an empty cell. */
type Holds<Row> =
  /** Names, words, and numbers that are names (student and card numbers): text cells, zeros in front stay. */
  | { text: (row: Row, look: ExportLook) => string | null }
  | { count: (row: Row) => number | null }
  /** Whole minor units of the programme's currency. */
  | { money: (row: Row) => number | null }
  | { day: (row: Row) => Temporal.PlainDate | null }
  /** Written as the campus's wall time. */
  | { moment: (row: Row) => Temporal.Instant | null }
  | { yes: (row: Row) => boolean }

/**
 * A column of an exported list. A header that is one text for everybody is the name by which our own import knows the
 * column.
 */
export type ExportColumn<Row> = { header: Bilingual | string } & Holds<Row>

/** Whose row it is: the columns with which a list of people begins. */
export const whose: readonly ExportColumn<{
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
}>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('中文姓名', 'Name (Chinese)'), text: row => row.nameZh },
  { header: both('英文姓名', 'Name (English)'), text: row => row.nameEn },
]

/** A cell as a spreadsheet has it, and as a CSV file writes it: a text is guarded, everything else begins with a figure or a minus. */
export interface ExportCell {
  value: string | number | Date | null
  text: string
}

const empty: ExportCell = { value: null, text: '' }
const yesNo = { 'zh-TW': ['是', '否'], en: ['yes', 'no'] } as const

/** The longest text that a cell of a spreadsheet can hold. */
const longestText = 32_000

const textCell = (text: string | null): ExportCell => {
  if (text === null || text === '') return empty
  const cut = text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text
  return { value: guarded(cut.toWellFormed()), text: cut.toWellFormed() }
}

/** Money as a figure with its minor digits: 1250 of a currency with two is 12.5 in a spreadsheet and 12.50 in a text. */
function moneyCell(amount: number | null, { currency: { minorDigits } }: ExportLook): ExportCell {
  if (amount === null) return empty
  const digits = String(Math.abs(amount)).padStart(minorDigits + 1, '0')
  const cut = digits.length - minorDigits
  const text = `${amount < 0 ? '-' : ''}${digits.slice(0, cut)}${minorDigits > 0 ? `.${digits.slice(cut)}` : ''}`
  return { value: Number(text), text }
}

/** A spreadsheet knows no zones: the wall time of the campus stands in it as if it were UTC. */
const wallTime = (at: Temporal.PlainDateTime): Date =>
  new Date(Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second))

/** What a column has of a row. */
export function cellOf<Row>(column: ExportColumn<Row>, row: Row, look: ExportLook): ExportCell {
  if ('text' in column) return textCell(column.text(row, look))
  if ('money' in column) return moneyCell(column.money(row), look)
  if ('yes' in column) return textCell(yesNo[look.language][column.yes(row) ? 0 : 1])
  if ('count' in column) {
    const value = column.count(row)
    return value === null ? empty : { value, text: String(value) }
  }
  if ('day' in column) {
    const day = column.day(row)
    return day === null
      ? empty
      : { value: wallTime(day.toPlainDateTime()), text: day.toString({ calendarName: 'never' }) }
  }
  const at = column.moment(row)?.toZonedDateTimeISO(look.zone).toPlainDateTime() ?? null
  if (at === null) return empty
  return { value: wallTime(at), text: at.toString({ smallestUnit: 'second' }).replace('T', ' ') }
}

/** The format by which a spreadsheet shows a column; `@` keeps a text a text also when somebody edits it. */
export function formatOf<Row>(column: ExportColumn<Row>, { currency }: ExportLook): string {
  if ('money' in column)
    return currency.minorDigits > 0 ? `#,##0.${'0'.repeat(currency.minorDigits)}` : '#,##0'
  if ('count' in column) return '0'
  if ('day' in column) return 'yyyy-mm-dd'
  return 'moment' in column ? 'yyyy-mm-dd hh:mm:ss' : '@'
}

/** A column's name in the reader's language; what is money says its currency, what our import knows keeps its name. */
export function headerOf<Row>(column: ExportColumn<Row>, { language, currency }: ExportLook): string {
  const name = typeof column.header === 'string' ? column.header : column.header[language]
  return 'money' in column ? `${name} (${currency.code})` : name
}

/** How wide a text stands, in Latin characters: Chinese, Japanese and Korean ones, and wide forms, take two. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0)

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u
