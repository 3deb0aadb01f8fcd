import type { ReaderFormat } from '../card/formats.ts'
import { words as cardWords } from '../card/words.ts'
import { checkedSaid } from '../handover/present-rules.ts'
import { kindsShown, purposes } from '../lib/looks.ts'
import { sayMoney } from '../lib/say.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { actWords } from '../overview/act-words.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { eventsWords } from '../update/events-words.ts'
import { type Here, sayDate, sayDated } from '../web/when.ts'
import { columnWords, moneyColumns } from './column-words.ts'
import type { OwnRow } from './own-data.ts'
import { valueWords } from './value-words.ts'

/** One thing that a row says, in the reader's language. */
export interface Said {
  name: string
  text: string
}

/** What rows are read with: where and when, and how the programme calls what it has ids for. */
export interface Reading {
  here: Here
  programme: Programme
  halls: readonly { id: string; name: Bilingual }[]
}

/** Letters of one value on the page; the file has all of it. */
const longest = 200

// What rows refer to each other by, and what machines need: it is in the file.
const inFileAlone =
  /(^id|_id|_hash|^guarded_by|^doors|^person_id|^handed_to|^made_for|^searched|^epoch|^controllers$|^of_case|^event_index|^verify_after|^picture|^facts|^key|^line)$/
const alsoInFileAlone: readonly string[] = [
  'message.kind',
  'production_item.place',
  'push_device.place',
  'repeated_request.actor',
  'repeated_request.answer',
  'repeated_request.status',
  'tap.type',
  'tap.door',
  'tap.direction',
  'told_of_day.occasion',
  'wanted.because',
]

const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d(:\d\d)?|Z)$/
const day = /^\d{4}-\d\d-\d\d$/
const wallTime = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d/
const range = /^[[(]"?(?<from>[^",]*)"?,"?(?<until>[^",]*)"?[\])]$/

const isBilingual = (value: unknown): value is Bilingual =>
  typeof value === 'object' && value !== null && 'zh-TW' in value && 'en' in value

const formatNames = (format: ReaderFormat): Bilingual => ({
  'zh-TW': cardWords['zh-TW'].formats[format],
  en: cardWords.en.formats[format],
})

/** PostgreSQL leaves out the minutes of an offset in a range; browsers ask for them. */
const isoOf = (text: string): string => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')

function named(column: string, value: string, { programme, halls }: Reading): Bilingual | null {
  const { departments, counters, editions, campus } = programme
  if (column === 'department') return nameOf(departments, value)
  if (column === 'checked') return checkedSaid(programme, value)
  if (column === 'counter' || column === 'returned_to') return nameOf(counters, value)
  if (column === 'place') return counters.find(({ id }) => id === value)?.name ?? null
  if (column === 'edition') return nameOf(editions, value)
  if (column === 'site') return nameOf(campus.sites, value)
  if (column === 'hall') return nameOf(halls, value)
  if (column === 'format') return formatNames(value as ReaderFormat)
  if (column === 'purpose') return purposes[value as keyof typeof purposes] ?? null
  if (column === 'shown') return kindsShown[value as keyof typeof kindsShown] ?? null
  const act = column === 'act' || column === 'cause' ? actWords[value] : undefined
  return act === undefined ? null : { 'zh-TW': act[1], en: act[2] }
}

function sayText(table: string, column: string, value: string, reading: Reading): string {
  const { here } = reading
  const { language } = here
  if (instant.test(value)) return sayDated(isoOf(value), here)
  if (day.test(value)) return sayDate(value, here)
  const wall = wallTime.exec(value)
  if (wall) return [sayDate(wall[1]!, here), wall[2]!].join(language === 'en' ? ' ' : '')
  const said = named(column, value, reading) ?? valueWords(table, column, value)
  return said === null ? value : said[language]
}

const yesNo: Record<Language, (value: boolean) => string> = {
  'zh-TW': value => (value ? '是' : '否'),
  en: value => (value ? 'yes' : 'no'),
}

function sayRange(value: string, here: Here): string | null {
  const found = range.exec(value)?.groups
  if (!found) return null
  const [from, until] = [found.from!, found.until!].map(text =>
    text === '' ? '' : sayDated(isoOf(text), here),
  )
  return `${from} – ${until}`.trim()
}

function say(table: string, column: string, value: unknown, reading: Reading): string {
  const { language } = reading.here
  if (moneyColumns.includes(column)) return sayMoney(Number(value), reading.programme.campus.currency)
  if (isBilingual(value)) return value[language]
  if (Array.isArray(value))
    return value.map(each => say(table, column, each, reading)).join(language === 'en' ? ', ' : '、')
  if (typeof value === 'boolean') return yesNo[language](value)
  // What was shown as a proof of identity: of each document its kind, where it has one.
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(
        ([shown, kind]) =>
          checkedSaid(reading.programme, kind === null ? shown : `${shown}:${kind}`)[language],
      )
      .join(language === 'en' ? ', ' : '、')
  if (table === 'tap' && column === 'reason') return eventsWords[language].reason(Number(value))
  const text = String(value)
  const spoken = column === 'during' || column === 'held' ? sayRange(text, reading.here) : null
  return spoken ?? (typeof value === 'string' ? sayText(table, column, text, reading) : text)
}

const isNothing = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** A row of a table in words: what says nothing, and what machines alone need, is left out. */
export function sayRow(table: string, row: OwnRow, reading: Reading): Said[] {
  const isOfCard = table === 'card'
  return Object.entries(row).flatMap(([column, value]) => {
    const hidden = inFileAlone.test(column) && !(isOfCard && column === 'id')
    if (hidden || alsoInFileAlone.includes(`${table}.${column}`) || isNothing(value)) return []
    const text = say(table, column, value, reading)
    const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
    return [{ name: columnWords[column]![reading.here.language], text: cut }]
  })
}
