import { besideEachOther, both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Policy, Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { calendarOf } from './expiry.ts'
import type { ExpiryDay } from './expiry-rules.ts'
import { type UnreachableController, unreachableNow } from './unreachable-store.ts'

const readers: Policy = ['access', 'office', 'auditor']
const common = { policy: readers, tags: ['update'], query: {} }

const silent: ExportColumn<UnreachableController>[] = [
  { header: both('控制器', 'Controller'), text: row => String(row.id) },
  {
    header: both('位址', 'Address'),
    text: row => (row.host === null ? row.folder : `${row.host}:${row.port}`),
  },
  {
    header: both('建築', 'Building'),
    text: (row, { language }) => both(row.buildingZh, row.buildingEn)[language],
  },
  {
    header: both('門', 'Doors'),
    text: (row, { language }) =>
      besideEachOther(
        row.doors.map(door => door[language]),
        language,
      ),
  },
  { header: both('自何時起沒有回應', 'Silent since'), moment: row => row.silentSince },
  { header: both('等待的號碼', 'Numbers waiting'), count: row => row.waiting },
  { header: both('影響人數', 'People'), count: row => row.people },
  { header: both('其中掛失的號碼', 'Of these reported lost'), count: row => row.urgent },
  { header: both('下次再試', 'Next try'), moment: row => row.nextTryAt },
]
const ends: ExportColumn<ExpiryDay>[] = [
  { header: both('最後一日', 'Last day'), day: row => row.on },
  { header: both('幾天後', 'Days ahead'), count: row => row.daysAhead },
  { header: both('卡片', 'Cards'), count: row => row.cards },
  { header: both('人數', 'People'), count: row => row.people },
  { header: both('之後沒有卡可開門的人', 'People with no card that goes on'), count: row => row.left },
]

/** The lists of doors as files: the controllers that do not answer, and on which day how many cards end. */
export function doorExports(server: Server, rooms: { register: Register }): void {
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/controllers/unreachable',
    name: 'silent-controllers',
    title: both('沒有回應的控制器', 'Silent controllers'),
    columns: silent,
    async *rows(act) {
      yield* await unreachableNow(act, act.now)
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/expiry',
    name: 'expiry',
    title: both('到期行事曆', 'Expiry calendar'),
    columns: ends,
    async *rows(act) {
      const { campus } = await programmeInForce(act)
      yield* (await calendarOf(act, campus.zone)).days
    },
  })
}
