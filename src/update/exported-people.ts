import { besideEachOther, both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Policy, Server } from '../server/http.ts'
import { ControllerId, RowId } from '../server/ids.ts'
import type { Register } from '../server/register.ts'
import { type DryRow, dryRows } from './dry-run.ts'
import { governWords } from './govern-words.ts'
import { comingWindow } from './guard-answer.ts'
import { everyoneForeseen, everyoneGuarded, type LosingPerson } from './guard-report.ts'
import { buildingsOf } from './report.ts'
import { afterRestore } from './restored.ts'
import type { Difference } from './restored-store.ts'
import { causeOf } from './shapes.ts'
import { type Concerned, everyoneConcerned } from './unreachable-store.ts'
import { words } from './words.ts'

const readers: Policy = ['access', 'office', 'auditor']
const common = { policy: readers, purpose: 'doors' as const, tags: ['update'], query: {} }

const student: ExportColumn<{ studentNumber: string }> = {
  header: both('學號', 'Student number'),
  text: row => row.studentNumber,
}
const controller: ExportColumn<{ building: { 'zh-TW': string; en: string }; controllerId: number }>[] = [
  { header: both('建築', 'Building'), text: (row, { language }) => row.building[language] },
  { header: both('控制器', 'Controller'), text: row => String(row.controllerId) },
]
const doors: ExportColumn<{ doors: readonly { 'zh-TW': string; en: string }[] }> = {
  header: both('門', 'Doors'),
  text: (row, { language }) =>
    besideEachOther(
      row.doors.map(door => door[language]),
      language,
    ),
}
const deed: ExportColumn<{ deed: 'put' | 'change' | 'remove' }> = {
  header: both('動作', 'What'),
  text: (row, { language }) => words[language][row.deed],
}
const decided: ExportColumn<{ decidedAt: Temporal.Instant }> = {
  header: both('決定時間', 'Decided'),
  moment: row => row.decidedAt,
}

const coming: ExportColumn<DryRow>[] = [
  student,
  ...controller,
  doors,
  { header: both('門禁卡號', 'Number at the door'), text: row => String(row.number) },
  deed,
  { header: both('最後一日', 'Last day'), day: row => (row.deed === 'remove' ? null : row.lastDay) },
  {
    header: both('原因', 'Cause'),
    text: ({ cause }, { language }) => words[language].causes[causeOf(cause)],
  },
  decided,
  {
    header: both('狀況', 'Condition'),
    text: ({ goes }, { language }) => governWords[language].file[goes],
  },
]

type Losing = Pick<LosingPerson, 'studentNumber' | 'decidedAt'> & LosingPerson['places'][number]

const losing: ExportColumn<Losing>[] = [
  student,
  ...controller,
  doors,
  {
    header: both('動作', 'What'),
    text: ({ removed }, { language }) => words[language][removed ? 'remove' : 'change'],
  },
  {
    header: both('最後一日', 'Last day'),
    day: ({ removed, lastDay }) => (removed || lastDay === null ? null : Temporal.PlainDate.from(lastDay)),
  },
  decided,
]

async function* placeByPlace(people: AsyncIterable<LosingPerson>): AsyncGenerator<Losing> {
  for await (const { places, studentNumber, decidedAt } of people)
    for (const place of places) yield { ...place, studentNumber, decidedAt }
}

const concerned: ExportColumn<Concerned>[] = [
  student,
  { header: both('掛失', 'Reported lost'), yes: row => row.urgent },
  { header: both('寫入或修改', 'To be put or changed'), yes: row => row.puts },
  { header: both('移除', 'To be removed'), yes: row => row.removals },
  decided,
]

const restored: ExportColumn<Difference & { building: { 'zh-TW': string; en: string } }>[] = [
  student,
  ...controller,
  { header: both('門禁卡號', 'Number at the door'), text: row => String(row.number) },
  deed,
  decided,
]

/** Whose doors change, by what comes next, what waits and what was stopped, as files. */
export function doorPeopleExports(server: Server, rooms: { register: Register }): void {
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/windows/next/dry-run',
    name: 'next-update',
    title: both('下一次更新的變更', 'Changes of the next update'),
    columns: coming,
    async *rows(act) {
      yield* dryRows(act, await comingWindow(act))
    },
  })
  const title = both('會失去門禁的人', 'Who would lose access')
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/windows/next/dry-run/people',
    name: 'losing-access-next',
    title,
    columns: losing,
    async *rows(act) {
      yield* placeByPlace(everyoneForeseen(act, await comingWindow(act)))
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/guards/:id/people',
    name: 'losing-access',
    title,
    params: { id: RowId },
    columns: losing,
    rows: (act, { id }) => placeByPlace(everyoneGuarded(act, id)),
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/controllers/:serial/waiting-people',
    name: 'waiting-for-a-controller',
    title: both('等待控制器的人', 'Who waits for a controller'),
    params: { serial: ControllerId },
    columns: concerned,
    rows: (act, { serial }) => everyoneConcerned(act, serial, act.now),
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/restores/current/people',
    name: 'cards-after-restore',
    title: both('資料庫還原後會送出的卡片', 'Cards that would be sent after a restore'),
    columns: restored,
    async *rows(act) {
      const buildings = await buildingsOf(act)
      for (const each of (await afterRestore(act)).difference)
        yield { ...each, building: buildings.get(each.controllerId)! }
    },
  })
}
