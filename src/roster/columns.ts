import { type Decision, no, yes } from '../lib/decision.ts'
import type { PersonField } from './person.ts'
import { plainWidth } from './student-number.ts'

interface Column {
  header: string
  required: boolean
  alsoCalled: readonly string[]
}

/** Every column a roster may have: the header we write ourselves, and what clerks' systems call it in both languages. */
export const columns: Readonly<Record<PersonField, Column>> = {
  studentNumber: {
    header: 'student_number',
    required: true,
    alsoCalled: ['學號', '學生證號', 'student number', 'student id', 'student no'],
  },
  nameZh: {
    header: 'name_zh',
    required: true,
    alsoCalled: ['姓名', '中文姓名', '學生姓名', 'chinese name', 'name'],
  },
  nameEn: { header: 'name_en', required: true, alsoCalled: ['英文姓名', '英文名', 'english name'] },
  department: {
    header: 'department',
    required: true,
    alsoCalled: ['系所代碼', '系所', '系所別', '系級', 'department code', 'department id'],
  },
  entryYear: {
    header: 'entry_year',
    required: true,
    alsoCalled: ['入學學年度', '入學年度', '入學學年', '入學年', 'entry year', 'year of entry'],
  },
  degree: {
    header: 'degree',
    required: true,
    alsoCalled: ['學制', '學位', '學位別', '學制別', 'programme level'],
  },
  kind: { header: 'kind', required: true, alsoCalled: ['身分別', '身份別', '學生身分', 'student kind'] },
  status: {
    header: 'status',
    required: true,
    alsoCalled: ['學籍狀態', '在學狀態', '學籍', 'enrolment status'],
  },
  site: { header: 'site', required: true, alsoCalled: ['校區', '校區別', 'campus'] },
  hall: {
    header: 'hall',
    required: false,
    alsoCalled: ['宿舍', '宿舍別', '住宿', 'dormitory', 'residence hall'],
  },
  email: { header: 'email', required: false, alsoCalled: ['電子郵件', '電子信箱', '信箱', 'e-mail', 'mail'] },
  language: { header: 'language', required: false, alsoCalled: ['語言', '通知語言', '語文'] },
  healthCheck: {
    header: 'health_check',
    required: false,
    alsoCalled: ['健康檢查', '新生健檢', '體檢', '健檢'],
  },
  leaveTerms: {
    header: 'leave_terms',
    required: false,
    alsoCalled: ['休學學期', '休學學年期', 'terms on leave'],
  },
  returnedOn: { header: 'returned_on', required: false, alsoCalled: ['復學日期', '復學日', 'return date'] },
  alsoStaff: {
    header: 'also_staff',
    required: false,
    alsoCalled: ['教職員身分', '兼任職員', '教職員', 'staff'],
  },
}

export const personFields = Object.keys(columns) as readonly PersonField[]

export type ColumnRefusal =
  | 'garbled-header'
  | 'header-further-down'
  | 'no-header'
  | 'too-many-columns'
  | 'doubled-columns'
  | 'missing-columns'

/** Most columns a file may have; what a register's export brings beyond ours is left aside. */
export const mostColumns = 100

/** The fields of a file by their place in a row, and the headers that mean nothing to us. */
export interface RosterColumns {
  places: ReadonlyMap<PersonField, number>
  ignored: readonly string[]
}

const plain = (header: string): string =>
  plainWidth(header.normalize('NFC'))
    .replace(/[\u200B-\u200F\u2060\uFEFF]/g, '')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim()

const fieldsByHeader = new Map(
  personFields.flatMap(field =>
    [columns[field].header, ...columns[field].alsoCalled].map(name => [plain(name), field]),
  ),
)

/** The field that a header cell names, in either language. */
export const fieldOf = (header: string): PersonField | undefined => fieldsByHeader.get(plain(header))

const recognised = (cells: readonly string[]): number =>
  cells.filter(cell => fieldOf(cell) !== undefined).length

/**
 * Finds the columns by their headers, in any order; unknown ones are left aside and named.
 * Refuses, in this order: more than 100 columns; a header that an earlier program garbled; a title above the header
 * (`facts.row` says in which row the header is); no header; one field twice; fields missing (`facts.columns` names them).
 * `firstRows` are the first rows of the file, as read.
 */
export function readColumns(
  firstRows: readonly (readonly string[])[],
): Decision<RosterColumns, ColumnRefusal> {
  const header = firstRows[0] ?? []
  if (header.length > mostColumns)
    return no('too-many-columns', { columns: header.length, most: mostColumns })
  if (recognised(header) < 3) {
    if (header.some(cell => /[\u00C0-\u00FF][\u0080-\u00BF\u0152-\u0178\u2013-\u2122]/.test(cell)))
      return no('garbled-header')
    const further = firstRows.findIndex(row => recognised(row) >= 3)
    if (further > 0) return no('header-further-down', { row: further + 1 })
    return no('no-header', { seen: shortened(header.join(', ')) })
  }
  const places = new Map<PersonField, number>()
  const ignored: string[] = []
  const doubled: string[] = []
  header.forEach((cell, place) => {
    const field = fieldOf(cell)
    if (field === undefined) {
      if (cell.trim() !== '') ignored.push(shortened(cell))
    } else if (places.has(field)) doubled.push(cell.trim())
    else places.set(field, place)
  })
  if (doubled.length > 0) return no('doubled-columns', { columns: doubled.join(', ') })
  const missing = personFields.filter(field => columns[field].required && !places.has(field))
  if (missing.length > 0) {
    const names = missing.map(field => `${columns[field].alsoCalled[0]} (${columns[field].header})`)
    return no('missing-columns', { columns: names.join(', ') })
  }
  return yes({ places, ignored })
}

/** A cell as a report shows it: at most 24 characters, and what cannot be seen is written out. */
export function shortened(cell: string): string {
  const visible = Array.from(cell.slice(0, 100), letter => {
    const code = letter.codePointAt(0)!
    return hidden.test(letter) ? `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›` : letter
  })
  const most = 24
  return visible.length > most ? `${visible.slice(0, most - 1).join('')}…` : visible.join('')
}

const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\uFFFD]/u
