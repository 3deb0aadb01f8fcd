import { sayDate, sayMoney } from '../lib/say.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { sayChoice } from './choice-words.ts'
import type { Change } from './difference.ts'
import {
  at,
  choicesOf,
  kindOf,
  listNamedBy,
  named,
  type Schema,
  shapeOfAll,
  shapeOfField,
} from './editor-form.ts'
import { labelOf } from './field-words.ts'
import type { Programme } from './shape.ts'
import { sayBring } from './template.ts'

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

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isBilingual = (value: unknown): value is Bilingual =>
  isRecord(value) && typeof value['zh-TW'] === 'string' && typeof value.en === 'string'

/** The first of these fields that is a text in both languages, in one of them. */
const firstText = (item: unknown, fields: readonly string[], language: Language): string | null =>
  fields.map(field => at(item, [field])).find(isBilingual)?.[language] ?? null

/** What stands between words, and the words of the difference itself. */
const said = {
  'zh-TW': {
    yesNo: ['是', '否'],
    order: '順序：',
    colon: '：',
    comma: '，',
    list: '、',
    semicolon: '；',
    way: '／',
    whole: '整份作業',
  },
  en: {
    yesNo: ['yes', 'no'],
    order: 'order: ',
    colon: ': ',
    comma: ', ',
    list: ', ',
    semicolon: '; ',
    way: ', ',
    whole: 'the whole programme',
  },
} as const

const moneyFields = new Set(['amount', 'price', 'perDay', 'handling', 'balanceAtMost'])

/** Where a value stands: its shape, where there is one, and the fields that lead to it, without places and ids. */
interface Place {
  shape: Schema | undefined
  names: readonly string[]
}

const whole: Place = { shape: shapeOfAll, names: [] }

const isList = ({ shape }: Place): boolean => shape?.type === 'array'

const itemOf = ({ shape, names }: Place): Place => ({ shape: shape?.items, names })

const fieldOf = ({ shape, names }: Place, field: string): Place => ({
  shape: shapeOfField(shape, field),
  names: [...names, field],
})

const placeOf = (path: Change['path']): Place =>
  path.reduce((place, part) => (isList(place) ? itemOf(place) : fieldOf(place, String(part))), whole)

/** Says values of one programme in one language. */
class Speaker {
  readonly #programme: Programme
  readonly #language: Language

  constructor(programme: Programme, language: Language) {
    this.#programme = programme
    this.#language = language
  }

  /** A way to a value, by what its fields and items are called; an item without a name by its place in the list. */
  where(path: Change['path']): string {
    const words: string[] = []
    let place = whole
    let data: unknown = this.#programme
    for (const part of path) {
      const items: unknown[] | null = isList(place) && Array.isArray(data) ? data : null
      if (items) {
        const byId = items.findIndex(item => at(item, ['id']) === part)
        const index = byId < 0 && /^\d+$/.test(String(part)) ? Number(part) : byId
        words.push(this.#nameOf(items[index], place) ?? (index < 0 ? String(part) : String(index + 1)))
        place = itemOf(place)
        data = items[index]
      } else {
        place = fieldOf(place, String(part))
        words.push(labelOf(place.names, this.#language))
        data = at(data, [part])
      }
    }
    return words.length === 0 ? said[this.#language].whole : words.join(said[this.#language].way)
  }

  /** What an item of a list is called, where it has a name; a fee by what it is for. */
  #nameOf(item: unknown, list: Place): string | null {
    const purpose = at(item, ['for'])
    return (
      firstText(item, ['name', 'title'], this.#language) ??
      (typeof purpose === 'string'
        ? (sayChoice([...list.names, 'for'], purpose, this.#language) ?? null)
        : null)
    )
  }

  /** Items of the list at a way, by their ids, in this order. */
  order(path: Change['path'], ids: readonly string[]): string {
    const { order, list } = said[this.#language]
    const data = path.reduce<unknown>((value, part) => at(value, [part]), this.#programme)
    const items: unknown[] = Array.isArray(data) ? data : []
    const names = ids.map(id => {
      const item = items.find(each => at(each, ['id']) === id)
      const text = firstText(item, ['text', 'question'], this.#language)
      return this.#nameOf(item, placeOf(path)) ?? (text === null ? id : cut(text, 30))
    })
    return `${order}${names.join(list)}`
  }

  value(place: Place, value: unknown): string {
    const language = this.#language
    if (typeof value === 'boolean') return said[language].yesNo[value ? 0 : 1]
    if (typeof value === 'number')
      return moneyFields.has(place.names.at(-1) ?? '')
        ? sayMoney(value, this.#programme.campus.currency)
        : String(value)
    if (typeof value === 'string') return this.#text(place, value)
    if (Array.isArray(value)) return this.#list(place, value)
    if (isBilingual(value)) return value[language]
    return isRecord(value) ? this.#record(place, value) : ''
  }

  #list(place: Place, items: readonly unknown[]): string {
    const { list, semicolon } = said[this.#language]
    const field = place.names.at(-1) ?? ''
    if (place.shape && kindOf(field, place.shape) === 'bring')
      return sayBring(this.#programme, items as readonly (readonly string[])[], this.#language)
    const each = items.map(item => this.value(itemOf(place), item))
    // Ways have commas of their own.
    return each.join(field === 'invented' ? semicolon : list)
  }

  #text({ shape, names }: Place, text: string): string {
    const language = this.#language
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return sayDate(Temporal.PlainDate.from(text), language)
    if (names[0] === 'invented') return this.where(waysOf(text))
    if (shape === undefined) return text
    if (choicesOf(shape).length > 0) return sayChoice(names, text, language) ?? text
    const list = listNamedBy(names.at(-1) ?? '', shape)
    return list === null
      ? text
      : (named(this.#programme, list, language).find(({ id }) => id === text)?.name ?? text)
  }

  /** Something with a name is said by it, anything else field by field. */
  #record(place: Place, record: Record<string, unknown>): string {
    const language = this.#language
    const called = firstText(record, ['name', 'text', 'question', 'title'], language)
    if (called !== null) return called
    const { colon, comma } = said[language]
    return Object.entries(record)
      .map(([field, value]) => {
        const inner = fieldOf(place, field)
        return `${labelOf(inner.names, language)}${colon}${this.value(inner, value)}`
      })
      .join(comma)
  }
}

const escaped = (part: string | number): string =>
  `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** The parts of a JSON pointer; none for the whole document. */
const waysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A change of the programme in words, values as each of the two programmes means them. */
export function sayChange(
  change: Change,
  { before, after, language }: { before: Programme | null; after: Programme; language: Language },
): SaidChange {
  const { path, kind } = change
  const was = new Speaker(before ?? after, language)
  const is = new Speaker(after, language)
  const sayValue = (by: Speaker, value: unknown): string | null => {
    if (value === undefined) return null
    const ids = kind === 'moved' && Array.isArray(value) && value.every(each => typeof each === 'string')
    if (ids) return cut(by.order(path, value), longestSaid)
    const text = by.value(placeOf(path), value)
    return cut(kind === 'moved' ? `${said[language].order}${text}` : text, longestSaid)
  }
  return {
    path: path.map(escaped).join(''),
    kind,
    where: (kind === 'removed' ? was : is).where(path),
    before: sayValue(was, change.before),
    after: sayValue(is, change.after),
  }
}
