import { Type } from 'typebox'
import { besideEachOther, both } from '../lib/both.ts'
import type { Language } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { listPart } from './api.ts'
import { decideGroups, planAsUsual } from './decided.ts'
import { type Addressee, addresseesOf } from './letter-store.ts'
import { allOf, type Listed } from './lists.ts'
import { nameOf } from './names.ts'
import { peopleWords } from './people-words.ts'
import { onlyOf } from './routes.ts'
import type { Dimension } from './rules.ts'
import { type Found, mostFound, shownPeople } from './search-people.ts'
import { type Line, timelineOf } from './timeline.ts'
import { timelineWords } from './timeline-words.ts'
import { everyUncollected, type UncollectedCard } from './uncollected.ts'
import { words } from './words.ts'

const common = { policy: ['office', 'auditor'] as const, purpose: 'lists' as const, tags: ['overview'] }

/** A row beside the programme in which its counter and department have their names. */
type Within<Row> = Row & { programme: Programme }

async function* within<Row>(rows: AsyncIterable<Row> | Iterable<Row>, programme: Programme) {
  for await (const row of rows) yield { ...row, programme }
}

const named = (programme: Programme, by: Dimension, value: string | null, language: Language) =>
  value === null ? null : nameOf(programme, by, value)[language]

const department: ExportColumn<Within<{ department: string }>> = {
  header: both('系所', 'Department'),
  text: (row, { language }) => named(row.programme, 'department', row.department, language),
}
const place: ExportColumn<Within<{ counter: string | null; box: string | null; fetched?: boolean }>>[] = [
  {
    header: both('櫃檯', 'Counter'),
    text: (row, { language }) => named(row.programme, 'counter', row.counter, language),
  },
  {
    header: both('卡盒', 'Box'),
    text: ({ box, fetched }, { language }) => (fetched ? words[language].fetched : box),
  },
]

const ofList: ExportColumn<Within<Listed>>[] = [
  ...whose,
  department,
  {
    header: both('身分別', 'Group'),
    text: (row, { language }) => named(row.programme, 'cohort', row.cohort, language),
  },
  ...place,
  { header: both('自何時起', 'Since'), moment: row => row.since },
  {
    header: both('等待的建築', 'Buildings that wait'),
    text: ({ building }, { language }) =>
      building &&
      besideEachOther(
        building.map(each => each[language]),
        language,
      ),
  },
  { header: both('有電子郵件', 'Has an e-mail address'), yes: row => row.hasAddress },
]

const uncollected: ExportColumn<Within<UncollectedCard>>[] = [
  ...whose,
  {
    header: both('學籍', 'Status'),
    text: ({ status }, { language }) => status && (peopleWords[language].statuses[status] ?? status),
  },
  { header: both('卡號末四碼', 'Card ending in'), text: row => row.ending },
  ...place,
  { header: both('入庫時間', 'In stock since'), moment: row => row.since },
]

const found: ExportColumn<Within<Found>>[] = [
  ...whose,
  department,
  {
    header: both('學籍', 'Status'),
    text: ({ status }, { language }) => peopleWords[language].statuses[status] ?? status,
  },
  { header: both('新卡', 'New card'), text: ({ card }, { language }) => peopleWords[language].cards[card] },
  ...place,
]

const addressees: ExportColumn<Addressee>[] = [
  ...whose,
  { header: both('寄出時有電子郵件', 'Had an e-mail address'), yes: row => row.hadAddress },
]

const story: ExportColumn<Line>[] = [
  { header: both('時間', 'Time'), moment: row => Temporal.Instant.from(row.at) },
  {
    header: both('種類', 'Kind'),
    text: ({ kind }, { language }) => timelineWords[language].kinds[kind],
  },
  { header: both('發生了什麼', 'What happened'), text: row => row.text },
  { header: both('經手', 'By whom'), text: row => row.who },
  { header: both('細節', 'Details'), text: row => row.more.join(' · ') },
]

/** The overview's lists as files, the people that a search found, a letter's addressees, and one person's whole story. */
export function overviewExports(server: Server, { register }: { register: Register }): void {
  const rooms = { register }
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/overview/list',
    name: ({ list }) => list,
    title: both('進度總覽的名單', 'People of the overview'),
    query: listPart,
    columns: ofList,
    async *rows(act, { list, ...part }) {
      const decided = await decideGroups(act)
      yield* within(allOf(act, decided, { list, only: onlyOf(part) }), decided.programme)
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/overview/uncollected',
    name: 'uncollected-cards',
    title: both('逾期未領的卡片', 'Uncollected cards'),
    query: { counter: Type.Optional(Type.String({ maxLength: 63 })) },
    columns: uncollected,
    async *rows(act, { counter = null }) {
      const { programme, edition } = await decideGroups(act)
      await planAsUsual(act)
      yield* within(everyUncollected(act, edition, counter), programme)
    },
  })
  exportsList(server, rooms, {
    ...common,
    purpose: 'question',
    of: '/api/v1/people',
    name: 'people-found',
    title: both('查到的人', 'People found'),
    query: {
      ids: Type.String({
        pattern: `^\\d{1,15}(,\\d{1,15}){0,${mostFound - 1}}$`,
        description: `Who was found, by the register’s own ids; at most ${mostFound}`,
      }),
    },
    columns: found,
    async *rows(act, { ids }) {
      const programme = await programmeInForce(act)
      yield* within(await shownPeople(act, ids.split(',').map(Number), programme), programme)
    },
  })
  exportsList(server, rooms, {
    policy: 'office',
    purpose: 'lists',
    tags: common.tags,
    of: '/api/v1/overview/letters/:id/addressees',
    name: 'letter-addressees',
    title: both('一封信的收件人', 'People of a letter'),
    query: { withoutAddress: Type.Optional(Type.Boolean({ description: 'Only who had no e-mail address' })) },
    params: { id: RowId },
    columns: addressees,
    async *rows(act, { id, withoutAddress = false }, language) {
      const people = await addresseesOf(act, id, { withoutAddress })
      if (people === null) throw problem(404, 'not-found', language)
      yield* people
    },
  })
  exportsList(server, rooms, {
    ...common,
    purpose: 'question',
    of: '/api/v1/people/:id/timeline',
    name: 'timeline',
    title: both('完整紀錄', 'Everything of a person'),
    query: {},
    params: { id: RowId },
    columns: story,
    async *rows(act, { id }, language) {
      const timeline = await timelineOf(act, id, language, { all: true })
      if (timeline === null) throw problem(404, 'not-found', language)
      for (const line of timeline.lines) yield { ...line, personId: id }
    },
  })
}
