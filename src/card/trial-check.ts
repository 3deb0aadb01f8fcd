import type { Decision } from '../lib/decision.ts'
import { spellingsOf } from '../roster/fields.ts'
import { openText } from '../roster/table.ts'
import { atOnce } from '../roster/trial-rosters.ts'
import type { CardFileSettings } from './file-cells.ts'
import { checkCards, type KnownCard, type KnownToRegister, numberKey } from './file-check.ts'
import type { FileKind } from './file-columns.ts'
import { beginCardFile, type CardFileRefusal, type ReadFile } from './file-rows.ts'
import type { ReaderFormat } from './formats.ts'
import type { PrintedShape } from './numbers.ts'

export const settings = {
  studentNumber: '99999999A',
  printedNumber: undefined,
  editions: spellingsOf([
    { id: '4k', names: ['4K 卡', '4K card'] },
    { id: 'older', names: ['更舊的卡', 'Older card'] },
    { id: 'old', names: ['舊卡', 'Old card'] },
  ]),
  counters: spellingsOf([{ id: 'registry', names: ['註冊組', 'Registration'] }]),
  today: Temporal.PlainDate.from('2023-10-18'),
}

export const card: KnownCard = {
  chip: 'AABBCC01',
  printedNumber: '9900000000000001',
  edition: '4k',
  studentNumber: '41047001S',
  counter: 'registry',
  box: 'R-01',
  heldSince: null,
  how: null,
  retired: null,
}
export const hold = { studentNumber: '41047002S', edition: '4k', chip: 'AABBCC02', until: null }

/** A register with two students and one card in its box, and doors of one 24-bit format. */
export const register: KnownToRegister = {
  people: new Map([
    ['41047001S', 1],
    ['41047002S', 2],
  ]),
  cards: [card],
  numbers: new Map([[numberKey('w26-24bit', 0xbbcc01), 'AABBCC01']]),
  waiting: [{ ...hold, studentNumber: '41047001S', chip: 'AABBCC01' }],
  held: [],
  used: [],
  formats: ['w26-24bit'],
  accessEndsOn: edition => (edition === 'old' ? '2024-03-01' : null),
  givenToday: '4k',
}

export const headers: Readonly<Record<FileKind, string>> = {
  numbers: 'chip_number,printed_number,student_number,item',
  stock: 'chip_number,printed_number,edition,student_number,counter,box',
  'old-cards': 'chip_number,printed_number,edition,student_number,held_since,how',
  'health-check': 'chip_number,printed_number,edition,student_number,held_since,how',
}

export interface Case {
  printedNumber?: PrintedShape
  kind?: FileKind
  known?: Partial<KnownToRegister>
  format?: ReaderFormat
}

/** A CSV file of cards, read at once. */
export function readCards(
  bytes: Uint8Array,
  settings: CardFileSettings,
): Decision<{ read: ReadFile }, CardFileRefusal> {
  const text = openText(bytes)
  if (!text.ok) return text
  const begun = beginCardFile(text.opened, settings)
  return begun.ok ? atOnce(begun.reading) : begun
}

/** What becomes of a file, on one line: how many are good and unchanged, and what is wrong where. */
export function verdict(
  rows: readonly string[],
  { kind = 'stock', known = {}, format = 'be-hex', printedNumber }: Case = {},
): string {
  const file = new TextEncoder().encode([headers[kind], ...rows].join('\n'))
  return verdictOf(readCards(file, { ...settings, kind, format, printedNumber }), { kind, known })
}

/** What becomes of a file that was read, on one line. */
export function verdictOf(
  read: ReturnType<typeof readCards>,
  { kind = 'stock', known = {} }: Pick<Case, 'kind' | 'known'> = {},
): string {
  if (!read.ok) return `refused: ${read.refusal}`
  const { fresh, unchanged, bad } = checkCards(read.read.rows, kind, { ...register, ...known })
  const faults = bad.map(
    ({ line, faults: all }) =>
      `line ${line}: ${all.map(({ field, refusal }) => `${field ?? 'row'} ${refusal}`).join(', ')}`,
  )
  return [`${fresh.length} good, ${unchanged.length} unchanged`, ...faults].join('; ')
}

export const good = 'AABBCC11,9900000000000011,4k,41047002S,registry,R-02'
export const there = 'AABBCC01,9900000000000001,4k,41047001S,registry,R-01'
export const given = 'AABBCC21,9900000000000021,old,41047002S,2021-09-13,before-gatehouse'
export const without = (row: string, at: number, cell: string) => row.split(',').with(at, cell).join(',')
export const nothing = '0 good, 0 unchanged; line 2: '
