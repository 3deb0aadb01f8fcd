import { both } from '../lib/both.ts'
import { roleNames } from '../lib/roles.ts'
import type { Bilingual } from '../lib/words.ts'
import { isInvented } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { PrivacyLaw } from '../programme/shape-privacy.ts'
import { categoryWords } from './category-words.ts'
import { type DataMap, mappedColumns } from './data-map.ts'
import { keptWords, sayKept } from './kept-words.ts'
import { itemTitles, rightsOf, said } from './notice-words.ts'
import { parts } from './own-parts.ts'

/** What each law asks a notice to say, in the order in which the page says it, with where it asks so. */
export const itemsOfLaw = {
  pdpa: {
    controller: both('個資法第 8 條第 1 項第 1 款', 'PDPA art. 8(1)(1)'),
    purposes: both('個資法第 8 條第 1 項第 2 款', 'PDPA art. 8(1)(2)'),
    categories: both('個資法第 8 條第 1 項第 3、4 款', 'PDPA art. 8(1)(3) and (4)'),
    use: both('個資法第 8 條第 1 項第 4 款', 'PDPA art. 8(1)(4)'),
    recipients: both('個資法第 8 條第 1 項第 4 款', 'PDPA art. 8(1)(4)'),
    rights: both('個資法第 3 條、第 8 條第 1 項第 5 款', 'PDPA art. 3, art. 8(1)(5)'),
    'not-given': both('個資法第 8 條第 1 項第 6 款', 'PDPA art. 8(1)(6)'),
  },
  gdpr: {
    controller: both('GDPR 第 13 條第 1 項 (a) 款', 'GDPR art. 13(1)(a)'),
    officer: both('GDPR 第 13 條第 1 項 (b) 款', 'GDPR art. 13(1)(b)'),
    purposes: both('GDPR 第 13 條第 1 項 (c)、(d) 款', 'GDPR art. 13(1)(c) and (d)'),
    categories: both('GDPR 第 13 條第 2 項 (a) 款', 'GDPR art. 13(2)(a)'),
    use: both('GDPR 第 13 條第 1 項 (f) 款', 'GDPR art. 13(1)(f)'),
    recipients: both('GDPR 第 13 條第 1 項 (e) 款', 'GDPR art. 13(1)(e)'),
    rights: both('GDPR 第 13 條第 2 項 (b)、(c) 款', 'GDPR art. 13(2)(b) and (c)'),
    complaint: both('GDPR 第 13 條第 2 項 (d) 款', 'GDPR art. 13(2)(d)'),
    'not-given': both('GDPR 第 13 條第 2 項 (e) 款', 'GDPR art. 13(2)(e)'),
    machine: both('GDPR 第 13 條第 2 項 (f) 款', 'GDPR art. 13(2)(f)'),
  },
} as const satisfies Record<PrivacyLaw, Partial<Record<NoticeItem, Bilingual>>>

/** A part of the notice. */
export type NoticeItem = keyof typeof itemTitles

/** A category of data as the notice has it: what it comprises, who reads it, and until when. */
export interface CategoryNoticed {
  id: string
  name: Bilingual
  comprises: Bilingual
  readers: Bilingual[]
  kept: Bilingual[]
}

/** The notice, from the programme in force and the data map. */
export interface PrivacyNoticed {
  laws: PrivacyLaw[]
  /** The day that it bears. */
  since: string
  /** The version of the programme that it was made from. */
  version: number
  /** That the card office has yet to confirm what stands in it. */
  unconfirmed: boolean
  items: {
    item: NoticeItem
    title: Bilingual
    /** Where the laws that apply ask for it. */
    asked: Bilingual[]
    lines: Bilingual[]
    /** A page that it leads to. */
    page: string | null
  }[]
  categories: CategoryNoticed[]
}

const readers: Readonly<Record<string, Bilingual>> = {
  ...roleNames,
  student: both('您本人', 'you yourself'),
  tablet: both('櫃檯簽名平板', 'the counter’s tablet for signing'),
}

const givenToPerson = new Set(
  parts.flatMap(({ table, gives }) => Object.keys(gives).map(column => `${table}.${column}`)),
)

/** Each category of the data map in words; throws where it has none, so that no notice leaves one out. */
export const categoriesNoticed = (map: DataMap, programme: Programme): CategoryNoticed[] =>
  map.categories.map(id => {
    const words = categoryWords[id]
    if (!words) throw new Error(`The category ${id} of the data map has no words.`)
    const columns = mappedColumns(map).filter(({ about }) => about === id)
    const tables = new Set(columns.map(({ table }) => table))
    const reading = new Set([...tables].flatMap(table => map.tables[table]!.readers))
    // What a person is given of themselves Gatehouse reads for them, also where their role reads nothing.
    if (columns.some(({ table, column }) => givenToPerson.has(`${table}.${column}`))) reading.add('student')
    const rules = Object.entries(map.kept).filter(([rule]) => columns.some(({ kept }) => kept === rule))
    // What links records stays everywhere, and is said once at the head of the list.
    const own = rules.filter(([rule]) => rule !== 'link' || rules.length === 1)
    return {
      id,
      ...words,
      // In the order in which the map lists roles. What only Gatehouse itself reads has no reader among people.
      readers: map.roles.flatMap(role => (reading.has(role) && readers[role] ? [readers[role]] : [])),
      kept: own.map(([rule, { setting }]) => sayKept(programme, rule, setting)),
    }
  })

const asSentence = (words: Bilingual): Bilingual => both(`${words['zh-TW']}。`, `${words.en}.`)

type Privacy = NonNullable<Programme['privacy']>

function linesOf(privacy: Privacy): Record<NoticeItem, Bilingual[]> {
  const { rightsOffice, officer, authority } = privacy
  const reached = ({ email, phone }: { email: string; phone?: string | undefined }) =>
    [email, ...(phone === undefined ? [] : [phone])].join(' · ')
  return {
    controller: [privacy.controller],
    officer: officer ? [said.named(officer.name, reached(officer))] : [],
    purposes: privacy.purposes.map(({ code, name, basis }) => said.purpose({ code, name, basis })),
    categories: [said.categories, asSentence(keptWords.link!)],
    use: [said.place(privacy.processedAt), said.manner],
    recipients: [
      said.within,
      ...privacy.recipients.map(({ name, receives }) => said.receives(name, receives)),
    ],
    rights: [
      ...privacy.laws.flatMap(law => rightsOf[law]),
      said.how(rightsOffice.name, rightsOffice.address, reached(rightsOffice)),
      said.ownPages,
    ],
    complaint: authority ? [authority.name] : [],
    'not-given': [privacy.ifNotGiven],
    machine: [said.noMachine],
  }
}

/** The notice that the laws a programme names ask for, or null where the programme says nothing of it. */
export function privacyNotice(programme: Programme, version: number, map: DataMap): PrivacyNoticed | null {
  const { privacy } = programme
  if (privacy === undefined) return null
  const lines = linesOf(privacy)
  const items = (Object.keys(itemTitles) as NoticeItem[]).filter(item => lines[item].length > 0)
  return {
    laws: privacy.laws,
    since: privacy.since,
    version,
    unconfirmed: isInvented(programme, '/privacy'),
    items: items.map(item => ({
      item,
      title: itemTitles[item],
      asked: privacy.laws.flatMap(law => {
        const where: Partial<Record<NoticeItem, Bilingual>> = itemsOfLaw[law]
        return where[item] ? [where[item]] : []
      }),
      lines: lines[item],
      page: item === 'complaint' ? (privacy.authority?.page ?? null) : null,
    })),
    categories: categoriesNoticed(map, programme),
  }
}

/** What a law asks for and a notice does not say, in either language; nothing where it says everything. */
export const missingItems = (notice: PrivacyNoticed, law: PrivacyLaw): string[] =>
  Object.keys(itemsOfLaw[law]).filter(item => {
    const found = notice.items.find(each => each.item === item)
    return !found?.lines.every(({ 'zh-TW': zh, en }) => zh.trim() !== '' && en.trim() !== '')
  })
