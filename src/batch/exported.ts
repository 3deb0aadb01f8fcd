import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { howFar } from './rules.ts'
import { screenWords } from './screen-words.ts'
import { batchSeenBy, type CardOfBatch, cardsOfBatch, everyBatch, type ListedBatch } from './store.ts'

const common = { policy: ['desk', 'office'] as const, purpose: 'desk' as const, tags: ['batch'], query: {} }

type Row = ListedBatch & ReturnType<typeof howFar> & { counterName: Bilingual }

const batches: ExportColumn<Row>[] = [
  ...whose,
  { header: both('批次', 'Batch'), text: row => String(row.id) },
  { header: both('櫃檯', 'Counter'), text: (row, { language }) => row.counterName[language] },
  { header: both('交付時間', 'Given'), moment: row => row.givenAt },
  { header: both('送回期限', 'Back by'), day: row => row.backBy },
  { header: both('卡片', 'Cards'), count: row => row.cards },
  { header: both('已啟用、掛失或繳回', 'Activated, reported lost or handed in'), count: row => row.arrived },
  { header: both('已送回', 'Brought back'), count: row => row.back },
  { header: both('在外', 'Out'), count: row => row.out },
  { header: both('逾期', 'Overdue'), yes: row => row.overdue },
]
const cards: ExportColumn<CardOfBatch>[] = [
  ...whose,
  { header: both('卡號末四碼', 'Card ending in'), text: row => row.ending },
  { header: both('卡盒', 'Box'), text: row => row.box },
  { header: both('狀態', 'State'), text: (row, { language }) => screenWords[language].states[row.state] },
]

/** Batches that class representatives fetched, and the cards of one, as files: at a desk those of its counter. */
export function batchExports(server: Server, rooms: { register: Register }): void {
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/desk/batches',
    name: 'class-batches',
    title: both('班代批次', 'Batches of class representatives'),
    columns: batches,
    async *rows(act) {
      const { campus, counters } = await programmeInForce(act)
      const today = act.now.toZonedDateTimeISO(campus.zone).toPlainDate()
      for await (const row of everyBatch(act, act.actor.counter ?? null))
        yield { ...row, ...howFar(row, today), counterName: nameOf(counters, row.counter) }
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/desk/batches/:id',
    name: 'cards-of-class-batch',
    title: both('班代批次的卡片', 'Cards of a class representative’s batch'),
    params: { id: RowId },
    columns: cards,
    async *rows(act, { id }, language) {
      if (!(await batchSeenBy(act, id))) throw problem(404, 'not-found', language)
      yield* await cardsOfBatch(act, id)
    },
  })
}
