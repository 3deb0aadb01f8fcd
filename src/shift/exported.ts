import { both } from '../lib/both.ts'
import { no } from '../lib/decision.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { refusalProblem } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { unlimited } from '../server/rows-of.ts'
import { ShiftQuery } from './api.ts'
import { counterFor, sayShift } from './routes.ts'
import { morningOf } from './shift.ts'
import { eventfulCards, type ShiftCard } from './store.ts'
import { shiftWords } from './words.ts'

const ofShift: ExportColumn<ShiftCard>[] = [
  ...whose,
  { header: both('卡號末四碼', 'Card ending in'), text: row => row.ending },
  { header: both('卡盒', 'Box'), text: row => row.box },
  {
    header: both('發生了什麼', 'What happened'),
    text: ({ what }, { language }) => shiftWords[language].events[what],
  },
]

/** What happened to a counter's cards today, as a file: at a desk of the clerk's counter. */
export const shiftExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/shift',
    name: 'cards-of-a-shift',
    title: both('今天櫃檯卡片的變動', 'A counter’s cards today'),
    policy: ['desk', 'office'],
    purpose: 'desk',
    tags: ['desk'],
    query: ShiftQuery.properties,
    columns: ofShift,
    async *rows(act, { counter = null }, language) {
      const programme = await programmeInForce(act)
      const may = counterFor(act.actor, counter, programme)
      if (!may.ok) throw refusalProblem(sayShift, language, may)
      if (may.counter === null) throw refusalProblem(sayShift, language, no('no-such-counter'))
      yield* await eventfulCards(act, may.counter, morningOf(programme, act.now), unlimited)
    },
  })
