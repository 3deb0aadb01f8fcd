import { type Decision, no, yes } from '../lib/decision.ts'
import { plainText } from './cells.ts'
import type { Degree, Kind, PersonFacts, PersonField, Status } from './person.ts'
import { parseStudentNumber, type StudentNumberRefusal, type StudentNumberShape } from './student-number.ts'

/** Every way in which a department, a site or a hall may be written, in lower case, and the id it means. */
export type Spellings = ReadonlyMap<string, string>

/** What a campus says about its rosters. */
export interface RosterSettings {
  studentNumber: StudentNumberShape
  departments: Spellings
  sites: Spellings
  halls: Spellings
  /** In which language somebody is written to of whom the file says none. */
  language: 'zh-TW' | 'en'
  /** Academic years of entry that make sense, both included. */
  entryYears: { earliest: number; latest: number }
}

export type FieldRefusal =
  | StudentNumberRefusal
  | 'lost-character'
  | 'name-too-long'
  | 'unknown-department'
  | 'unknown-site'
  | 'unknown-hall'
  | 'unknown-word'
  | 'two-digit-year'
  | 'not-a-year'
  | 'year-out-of-range'
  | 'not-a-term'
  | 'not-a-date'
  | 'not-an-email'

/** Longest name, in characters. */
export const longestName = 60

/** How many ids a refusal names of a list. */
const mostNamed = 12

/** Builds the spellings of a list of ids and the names that people write for them. */
export const spellingsOf = (list: readonly { id: string; names: readonly string[] }[]): Spellings =>
  new Map(list.flatMap(({ id, names }) => [id, ...names].map(name => [name.toLowerCase(), id] as const)))

/** The first ids of a list, and a sign where there are more. */
const someOf = (ids: readonly string[]): string =>
  [...ids.slice(0, mostNamed), ...(ids.length > mostNamed ? ['…'] : [])].join(', ')

type Read<Value> = Decision<{ value: Value }, FieldRefusal>
type Reader<Value> = (text: string, settings: RosterSettings) => Read<Value>

const inLatin = (word: string): boolean => /^[a-z]/.test(word)

const word =
  <Value>(meanings: readonly [Value, ...string[]][], blank?: Value): Reader<Value> =>
  text => {
    const asked = plainText(text).toLowerCase()
    if (asked === '') return blank === undefined ? no('empty') : yes({ value: blank })
    const found = meanings.find(([, ...words]) => words.includes(asked))
    return found
      ? yes({ value: found[0] })
      : no('unknown-word', {
          allowed: meanings.map(([, first]) => first).join('、'),
          allowedEn: meanings.map(([, ...words]) => words.find(inLatin) ?? words[0]).join(', '),
        })
  }

const listed =
  (list: 'departments' | 'sites', refusal: FieldRefusal): Reader<string> =>
  (text, settings) => {
    if (text === '') return no('empty')
    const value = settings[list].get(plainText(text).toLowerCase())
    return value === undefined
      ? no(refusal, { known: someOf([...new Set(settings[list].values())]) })
      : yes({ value })
  }

/** A name keeps its own width and script. A question mark is what is left of a character that Big5 could not write. */
const name: Reader<string> = text => {
  if (/[?？]/.test(text)) return no('lost-character', { character: '?' })
  if (Array.from(text).length > longestName) return no('name-too-long', { most: longestName })
  return yes({ value: text.replace(/\s+/g, ' ') })
}

/** `111`, `111學年度` and `2022` are the same year; two digits could be either calendar and are refused. */
const entryYear: Reader<number> = (text, { entryYears }) => {
  const digits = plainText(text).replace(/學年度?$/, '')
  if (digits === '') return no('empty')
  if (/^\d{2}$/.test(digits)) return no('two-digit-year')
  if (!/^\d{3,4}$/.test(digits)) return no('not-a-year')
  const value = digits.length === 3 ? Number(digits) + 1911 : Number(digits)
  if (value < entryYears.earliest || value > entryYears.latest)
    return no('year-out-of-range', { year: value, ...entryYears })
  return yes({ value })
}

/** `112-1` and `2023-1` are the same term; several are parted by a space, a semicolon or 、. */
const leaveTerms: Reader<readonly string[]> = text => {
  const terms: string[] = []
  for (const written of plainText(text)
    .split(/[\s;、]+/)
    .filter(part => part !== '')) {
    const parts = /^(\d{3,4})-([1-4])$/.exec(written)
    if (!parts) return no('not-a-term')
    const year = Number(parts[1]) + (parts[1]!.length === 3 ? 1911 : 0)
    terms.push(`${year}-${parts[2]}`)
  }
  return yes({ value: [...new Set(terms)].toSorted() })
}

/** A day of a file: `2024-02-19`, `2024/2/19` and `113/02/19` are the same one, nothing is none. */
export const readDate = (text: string): Decision<{ value: string | null }, 'not-a-date'> => {
  const plain = plainText(text)
  if (plain === '') return yes({ value: null })
  const parts = /^(\d{3,4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain)
  if (!parts) return no('not-a-date')
  const year = Number(parts[1]) + (parts[1]!.length === 3 ? 1911 : 0)
  const day = { year, month: Number(parts[2]), day: Number(parts[3]) }
  try {
    return yes({ value: Temporal.PlainDate.from(day, { overflow: 'reject' }).toString() })
  } catch {
    return no('not-a-date')
  }
}

const email: Reader<string | null> = text => {
  const plain = plainText(text)
  if (plain === '') return yes({ value: null })
  const [local, domain, more] = plain.split('@')
  const shaped = more === undefined && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/.test(local ?? '')
  if (!shaped || !/^([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/i.test(domain ?? '')) return no('not-an-email')
  const lower = domain!.toLowerCase()
  return yes({ value: lower === domain ? plain : `${local}@${lower}` })
}

const hall: Reader<string | null> = (text, settings) => {
  const asked = plainText(text).toLowerCase()
  if (['', '無', '-', 'none'].includes(asked)) return yes({ value: null })
  const value = settings.halls.get(asked)
  return value === undefined ? no('unknown-hall') : yes({ value })
}

/** What a status is called in the files of clerks' systems. */
const statusWords: readonly [Status, ...string[]][] = [
  ['enrolled', '在學', 'enrolled', '復學'],
  ['on-leave', '休學', 'on-leave', 'on leave'],
  ['graduated', '畢業', 'graduated'],
  ['withdrawn', '退學', 'withdrawn', '退轉學', '轉學'],
  ['not-registered', '未註冊', 'not-registered', 'not registered'],
]

const language = word<'zh-TW' | 'en'>([
  ['zh-TW', '中文', 'zh-tw', 'zh', 'chinese'],
  ['en', '英文', 'en', 'english'],
])

/** How each field of a person is read from its cell. */
export const fieldReaders: { readonly [Field in PersonField]: Reader<PersonFacts[Field]> } = {
  studentNumber: (text, settings) => {
    const read = parseStudentNumber(text, settings.studentNumber)
    return read.ok ? yes({ value: read.studentNumber }) : read
  },
  nameZh: name,
  nameEn: name,
  department: listed('departments', 'unknown-department'),
  entryYear,
  degree: word<Degree>([
    ['bachelor', '學士', 'bachelor', '學士班', '大學部', '大學'],
    ['master', '碩士', 'master', '碩士班'],
    ['doctor', '博士', 'doctor', '博士班', 'phd'],
  ]),
  kind: word<Kind>([
    ['regular', '一般生', 'regular', '一般', '本國生', '外籍生', '僑生'],
    ['exchange', '交換生', 'exchange', '交換'],
    ['visiting', '訪問生', 'visiting', '訪問'],
    ['in-service', '在職生', 'in-service', '在職專班', '在職', 'emba'],
  ]),
  status: word<Status>(statusWords),
  site: listed('sites', 'unknown-site'),
  hall,
  email,
  language: (text, settings) =>
    plainText(text) === '' ? yes({ value: settings.language }) : language(text, settings),
  healthCheck: word<'done' | 'missed' | null>(
    [
      ['done', '已完成', 'done', '完成'],
      ['missed', '未完成', 'missed', '未檢', '缺檢'],
    ],
    null,
  ),
  leaveTerms,
  returnedOn: readDate,
  nextStatus: word<Status | null>(statusWords, null),
  nextStatusOn: readDate,
  alsoStaff: word<boolean>(
    [
      [true, '是', 'yes', 'true', 'y', '1'],
      [false, '否', 'no', 'false', 'n', '0'],
    ],
    false,
  ),
}
