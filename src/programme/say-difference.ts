import { sayDate, sayMoney } from '../lib/say.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import type { Change } from './difference.ts'
import { fieldWords } from './field-words.ts'
import type { Programme } from './shape.ts'
import { sayBring } from './template.ts'
import { words } from './words.ts'

/** A change as the office reads it. */
export interface SaidChange {
  /** A JSON pointer in which items of a list are named by their id. */
  path: string
  kind: Change['kind']
  /** The same in words: "counters, Registration Division, place". */
  where: string
  /** What it said before; null for what is added. */
  before: string | null
  after: string | null
}

/** Longer values are cut: the whole text is in the file. */
const longestSaid = 300

const short = (text: string): string =>
  text.length > longestSaid ? `${text.slice(0, longestSaid - 1)}…` : text

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isBilingual = (value: unknown): value is Bilingual =>
  isRecord(value) && typeof value['zh-TW'] === 'string' && typeof value.en === 'string'

const yesNo = { 'zh-TW': ['是', '否'], en: ['yes', 'no'] } as const
const inOrder = { 'zh-TW': '順序：', en: 'order: ' } as const
const between = { 'zh-TW': '：', en: ': ' } as const

/** What a field is called; `at` is a time of day in the timetable, and counters everywhere else. */
const nameOfField = (names: Readonly<Record<string, string>>, field: string, counters: boolean): string =>
  names[field === 'at' && counters ? 'atCounters' : field] ?? field

/** The lists whose ids a field holds. */
const listsOf = (
  programme: Programme,
): Readonly<Record<string, readonly { id: string; name: Bilingual }[]>> => ({
  edition: programme.editions,
  editions: programme.editions,
  counter: programme.counters,
  counters: programme.counters,
  askAt: programme.counters,
  at: programme.counters,
  faculty: programme.faculties,
  faculties: programme.faculties,
  site: programme.campus.sites,
  sites: programme.campus.sites,
  departments: programme.departments,
  cohorts: programme.cohorts,
  evidence: programme.evidence,
  doesNotMove: programme.doesNotMove,
  contacts: programme.contacts,
})

const moneyFields = new Set(['amount', 'price', 'perDay', 'handling'])
const bringFields = new Set(['bring', 'accepts', 'whenNeither'])

/** Says values of one programme in one language. */
class Speaker {
  readonly #programme: Programme
  readonly #language: Language
  readonly #lists: ReturnType<typeof listsOf>

  constructor(programme: Programme, language: Language) {
    this.#programme = programme
    this.#language = language
    this.#lists = listsOf(programme)
  }

  /** What an id of that list is called, or the id itself where it has no name. */
  nameOf(list: string, id: string): string {
    return this.#lists[list]?.find(item => item.id === id)?.name[this.#language] ?? id
  }

  value(field: string, value: unknown): string {
    const language = this.#language
    if (typeof value === 'boolean') return yesNo[language][value ? 0 : 1]
    if (typeof value === 'number')
      return moneyFields.has(field) ? sayMoney(value, this.#programme.campus.currency) : String(value)
    if (typeof value === 'string') return this.#text(field, value)
    if (Array.isArray(value)) {
      const items: unknown[] = value
      if (bringFields.has(field))
        return sayBring(this.#programme, items as readonly (readonly string[])[], language)
      return items.map(item => this.value(field, item)).join(language === 'zh-TW' ? '、' : ', ')
    }
    if (isBilingual(value)) return value[language]
    return isRecord(value) ? this.#record(value) : ''
  }

  #text(field: string, text: string): string {
    const language = this.#language
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return sayDate(Temporal.PlainDate.from(text), language)
    const { statuses, kinds, weekdays, fees } = words[language]
    const named: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      statuses,
      kinds,
      days: weekdays,
      for: fees,
    }
    return named[field]?.[text] ?? this.nameOf(field, text)
  }

  /** Something with a name is said by it, anything else field by field. */
  #record(record: Record<string, unknown>): string {
    const called = [record.name, record.text, record.question, record.title].find(isBilingual)
    if (called) return called[this.#language]
    const said = Object.entries(record).map(
      ([field, value]) =>
        `${nameOfField(fieldWords[this.#language], field, Array.isArray(value))}${between[this.#language]}${this.value(field, value)}`,
    )
    return said.join(this.#language === 'zh-TW' ? '，' : ', ')
  }
}

/** A change of the programme in words, values as each of the two programmes means them. */
export function sayChange(
  change: Change,
  { before, after, language }: { before: Programme | null; after: Programme; language: Language },
): SaidChange {
  const was = new Speaker(before ?? after, language)
  const is = new Speaker(after, language)
  const speaker = change.kind === 'removed' ? was : is
  const fields = fieldWords[language]
  const where = change.path.map((part, at) => {
    if (typeof part === 'number') return `${part + 1}`
    const parent = change.path[at - 1]
    const named = typeof parent === 'string' ? speaker.nameOf(parent, part) : part
    return named === part ? nameOfField(fields, part, change.path[0] !== 'timetable') : named
  })
  const field = change.path.findLast(part => typeof part === 'string') ?? ''
  const said = (by: Speaker, value: unknown): string | null => {
    if (value === undefined) return null
    const text = by.value(field, value)
    return short(change.kind === 'moved' ? `${inOrder[language]}${text}` : text)
  }
  return {
    path: change.path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    kind: change.kind,
    where: where.join(language === 'zh-TW' ? '／' : ', '),
    before: said(was, change.before),
    after: said(is, change.after),
  }
}
