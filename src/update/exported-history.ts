import { Type } from 'typebox'
import { reachesController } from '../access/reach.ts'
import { masked } from '../card/numbers.ts'
import { besideEachOther, both } from '../lib/both.ts'
import type { Language } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Policy, Server } from '../server/http.ts'
import { ControllerId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { slicesOf } from '../server/rows-of.ts'
import { type DoorNames, doorNames, sayDoors } from './door-names.ts'
import { type EventRow, everyEvent, type Holder, holdersThen } from './events-page.ts'
import { EventsMonth } from './events-routes.ts'
import { eventsWords } from './events-words.ts'
import { contentReply, namesOf, openerReply } from './history-replies.ts'
import { askedOf } from './history-routes.ts'
import { AskedAt, type Because, type Content, type Openers } from './history-shapes.ts'
import { doorAsked, everyNumber, everyOpener, type NumberThen } from './history-store.ts'
import { historyWords } from './history-words.ts'

const readers: Policy = ['access', 'office', 'auditor']
const common = { policy: readers, narrows: true as const, purpose: 'doors' as const, tags: ['update'] }

const numberAndCard: ExportColumn<{ number: number; chip: Buffer | null }>[] = [
  { header: both('門禁卡號', 'Number at the door'), text: row => String(row.number) },
  { header: both('卡片內碼', 'Card’s chip'), text: ({ chip }) => chip && masked(chip) },
]

/** Which of the two truths a row stands in. */
function truth({ should, did }: { should: boolean; did: boolean }, language: Language): string {
  const w = historyWords[language]
  return should && did ? w.both : should ? w.onlyShould : did ? w.onlyDid : w.neither
}

const sayCauses = (because: readonly Because[], language: Language): string => {
  const w = historyWords[language]
  const said = because.map(({ kind, id, name }) =>
    name === null ? w.gone(id) : kind === 'group' ? w.group(name[language]) : w.grant(name[language]),
  )
  return besideEachOther(said, language)
}
const instant = (at: string | null | undefined) => (at ? Temporal.Instant.from(at) : null)
const day = (on: string | null | undefined) => (on ? Temporal.PlainDate.from(on) : null)

type Opener = NumberThen & { opener: Openers['openers'][number] }

const openers: ExportColumn<Opener>[] = [
  ...whose,
  ...numberAndCard,
  { header: both('狀況', 'State'), text: ({ opener }, { language }) => truth(opener, language) },
  {
    header: both('原因', 'Because of'),
    text: ({ opener }, { language }) => sayCauses(opener.because, language),
  },
  { header: both('最後一日', 'Last day'), day: ({ opener }) => day(opener.to) },
  { header: both('決定時間', 'Decided'), moment: row => row.decidedAt },
  { header: both('確認時間', 'Confirmed'), moment: row => row.confirmedAt },
]

type Stood = NumberThen & { stood: Content['numbers'][number]; names: DoorNames }

const content: ExportColumn<Stood>[] = [
  ...whose,
  ...numberAndCard,
  {
    header: both('狀況', 'State'),
    text: ({ stood }, { language }) =>
      truth({ should: stood.should !== null, did: stood.did !== null }, language),
  },
  {
    header: both('應有的門', 'Doors it should open'),
    text: ({ stood, names }, { language }) => stood.should && sayDoors(stood.should.doors, names, language),
  },
  { header: both('應有起日', 'Should from'), day: ({ stood }) => day(stood.should?.from) },
  { header: both('應有最後一日', 'Should until'), day: ({ stood }) => day(stood.should?.to) },
  { header: both('決定時間', 'Decided'), moment: ({ stood }) => instant(stood.should?.decidedAt) },
  {
    header: both('原因', 'Because of'),
    text: ({ stood }, { language }) => stood.should && sayCauses(stood.should.because, language),
  },
  {
    header: both('實有的門', 'Doors it opened'),
    text: ({ stood, names }, { language }) => stood.did && sayDoors(stood.did.doors, names, language),
  },
  { header: both('實有起日', 'Did from'), day: ({ stood }) => day(stood.did?.from) },
  { header: both('實有最後一日', 'Did until'), day: ({ stood }) => day(stood.did?.to) },
  { header: both('確認時間', 'Confirmed'), moment: ({ stood }) => instant(stood.did?.confirmedAt) },
]

type Told = EventRow & { holder: Holder | null; names: DoorNames }

const events: ExportColumn<Told>[] = [
  {
    header: both('時間（控制器的時鐘）', 'When (its own clock)'),
    text: row => row.happenedAt?.replace('T', ' ') ?? null,
  },
  {
    header: both('結果', 'Outcome'),
    text: ({ type, granted }, { language }) =>
      type === 1 ? eventsWords[language][granted ? 'granted' : 'denied'] : null,
  },
  {
    header: both('說明', 'What happened'),
    text: ({ reason, lost, index }, { language }) => {
      const w = eventsWords[language]
      return lost === null ? w.reason(reason ?? 0) : w.lost(lost, index, index + lost - 1)
    },
  },
  { header: both('學號', 'Student number'), text: ({ holder }) => holder?.studentNumber ?? null },
  { header: both('中文姓名', 'Name (Chinese)'), text: ({ holder }) => holder?.nameZh ?? null },
  { header: both('英文姓名', 'Name (English)'), text: ({ holder }) => holder?.nameEn ?? null },
  {
    header: both('門', 'Door'),
    text: ({ door, names }, { language }) =>
      door ? (names.get(door)?.[language] ?? eventsWords[language].doorNumber(door)) : null,
  },
  {
    header: both('進出', 'In or out'),
    text: ({ type, direction }, { language }) =>
      type === 1 && direction !== null ? eventsWords[language][direction === 2 ? 'out' : 'in'] : null,
  },
  {
    header: both('門禁卡號', 'Number at the door'),
    text: ({ number }) => (number === null ? null : String(number)),
  },
  { header: both('卡片內碼', 'Card’s chip'), text: ({ holder }) => holder && masked(holder.chip) },
  { header: both('儲存時間', 'Stored'), moment: row => row.storedAt },
  { header: both('記憶體', 'Memory'), count: row => row.epoch },
  { header: both('編號', 'Event'), count: row => row.index },
]

/** What was at the doors, as files: who could open one, what a controller held, what it told. */
export function doorHistoryExports(server: Server, rooms: { register: Register }): void {
  const query = { at: AskedAt.properties.at }
  const serial = { serial: ControllerId }
  /** No other controllers have a history, and none that the actor does not reach. */
  async function isThere(act: Act, id: number, language: Language): Promise<void> {
    if (!(await reachesController(act, id))) throw problem(404, 'not-found', language)
  }

  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/doors/:id/openers',
    name: 'openers-of-a-door',
    title: both('誰能開這扇門', 'Who could open a door'),
    query,
    params: { id: Type.String({ minLength: 1, maxLength: 60 }) },
    columns: openers,
    async *rows(act, asked, language) {
      const { at } = await askedOf(act, { query: asked.at === undefined ? {} : { at: asked.at }, language })
      const door = await doorAsked(act, asked.id)
      if (door === null) throw problem(404, 'not-found', language)
      const { campus } = await programmeInForce(act)
      const on = at.toZonedDateTimeISO(campus.zone).toPlainDate()
      for await (const some of slicesOf(everyOpener(act, { door, at, on }))) {
        const names = await namesOf(act, some)
        for (const row of some) yield { ...row, opener: openerReply(row, { door, on, names }) }
      }
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/controllers/:serial/content',
    name: 'content-of-a-controller',
    title: both('控制器裡有什麼', 'What a controller held'),
    query,
    params: serial,
    columns: content,
    async *rows(act, asked, language) {
      const { at } = await askedOf(act, { query: asked.at === undefined ? {} : { at: asked.at }, language })
      await isThere(act, asked.serial, language)
      const names = await doorNames(act, asked.serial)
      for await (const some of slicesOf(everyNumber(act, { controllerId: asked.serial, at }))) {
        const causes = await namesOf(act, some)
        for (const row of some) yield { ...row, names, stood: contentReply(row, causes) }
      }
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/controllers/:serial/events',
    name: 'door-events',
    title: both('門禁事件', 'Events at doors'),
    query: { month: EventsMonth },
    params: serial,
    columns: events,
    async *rows(act, asked, language) {
      await isThere(act, asked.serial, language)
      const names = await doorNames(act, asked.serial)
      const month = asked.month === undefined ? null : Temporal.PlainYearMonth.from(asked.month)
      for await (const some of slicesOf(everyEvent(act, asked.serial, month))) {
        const holders = await holdersThen(act, asked.serial, some)
        for (const row of some) yield { ...row, names, holder: holders.get(row) ?? null }
      }
    },
  })
}
