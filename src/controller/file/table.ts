import { type Encoding, encodeText, survives } from '../../lib/encoding.ts'
import { guarded } from '../../lib/spreadsheet-guard.ts'
import type { CardRecord } from '../../update/driver.ts'
import { type FileSettings, numberText } from './changes.ts'
import type { Change } from './state.ts'

/** Whose card a number is, for columns with names. */
export interface Holder {
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
}

type Column = FileSettings['columns'][number]

/** A day as the other system writes it: 2023-11-20, or 112/11/20 by the calendar of the Republic. */
const dayText = (day: Temporal.PlainDate, dates: FileSettings['dates']): string => {
  if (dates === 'iso') return day.toString()
  const two = (number: number) => String(number).padStart(2, '0')
  return `${day.year - 1911}/${two(day.month)}/${two(day.day)}`
}

/** Each character that the encoding cannot write, replaced. */
const withSign = (text: string, encoding: Encoding, sign: string): string =>
  Array.from(text, character => (survives(character, encoding) ? character : sign)).join('')

/** A name as it can be written: itself, or what the office chose in its place. */
function writableName(name: string, holder: Holder, { encoding, names }: FileSettings): string {
  if (survives(name, encoding)) return name
  if (names?.otherwise === 'sign') return withSign(name, encoding, names.sign ?? '?')
  return withSign(holder.nameEn, encoding, '?')
}

function doorText(holds: Column['holds'], { doors }: CardRecord): string {
  if (holds === 'doors') return doors.flatMap((door, at) => (door > 0 ? [String(at + 1)] : [])).join(' ')
  return String(doors[Number(holds.slice(-1)) - 1] ?? '')
}

function cellOf(column: Column, change: Change, settings: FileSettings, holder: Holder | undefined): string {
  const { number, card } = change
  switch (column.holds) {
    case 'number':
      return numberText(number, settings.number) ?? ''
    case 'deed':
      return card ? settings.deeds.put : settings.deeds.remove
    case 'text':
      return column.text ?? ''
    case 'student-number':
      return card ? (holder?.studentNumber ?? '') : ''
    case 'name-zh':
      return card && holder ? writableName(holder.nameZh, holder, settings) : ''
    case 'name-en':
      return card && holder ? writableName(holder.nameEn, holder, settings) : ''
    case 'from':
    case 'to':
      return card ? dayText(card[column.holds], settings.dates) : ''
    default:
      return card ? doorText(column.holds, card) : ''
  }
}

/** What a spreadsheet would take for a formula stands behind an apostrophe; what would break a line is a space. */
function safeCell(text: string, delimiter: string): string {
  const plain = text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
  const safe = guarded(plain)
  return safe.includes(delimiter) || /["']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const namesOf = (settings: FileSettings): Column['holds'][] =>
  settings.columns
    .map(column => column.holds)
    .filter(holds => holds === 'name-zh' || holds === 'name-en' || holds === 'student-number')

/** Whether the file says whose the cards are. */
export const saysHolders = (settings: FileSettings): boolean => namesOf(settings).length > 0

/** The file of some changes, and the people whose name did not go into it as it is. */
export function tableOf(
  changes: readonly Change[],
  settings: FileSettings,
  holders: ReadonlyMap<bigint, Holder>,
): { bytes: Buffer; unwritable: number[] } {
  const { columns, delimiter, encoding, header } = settings
  const rows = changes.map(change =>
    columns.map(column => cellOf(column, change, settings, holders.get(change.number))),
  )
  const lines = header ? [columns.map(({ name }) => name), ...rows] : rows
  const text = lines
    .map(cells => `${cells.map(cell => safeCell(cell, delimiter)).join(delimiter)}\r\n`)
    .join('')
  const named = namesOf(settings)
  const unwritable = changes.flatMap(({ number, card }) => {
    const holder = card && holders.get(number)
    if (!holder) return []
    const lost =
      (named.includes('name-zh') && !survives(holder.nameZh, encoding)) ||
      (named.includes('name-en') && !survives(holder.nameEn, encoding))
    return lost ? [holder.personId] : []
  })
  return { bytes: encodeText(text, encoding), unwritable: [...new Set(unwritable)] }
}
