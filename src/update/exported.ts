import { besideEachOther, both, saidInBoth } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Policy, Server } from '../server/http.ts'
import { ControllerId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { unlimited } from '../server/rows-of.ts'
import { lastReading } from './adopt-store.ts'
import { boardWords } from './board-words.ts'
import { type Stranger, strangersNow } from './boards.ts'
import { type ConditionSaid, conditionsOf } from './condition-rules.ts'
import { type DoorNames, doorNames, sayDoors } from './door-names.ts'
import { doorsWords } from './doors-words.ts'
import { calendarOf } from './expiry.ts'
import type { ExpiryDay } from './expiry-rules.ts'
import { type ControllerReport, controllersNow } from './report.ts'
import { everyCardOn, type StandingReport, type SurveyReport, surveysNow } from './survey-report.ts'
import { surveyWords } from './survey-words.ts'
import { type UnreachableController, unreachableNow } from './unreachable-store.ts'

const readers: Policy = ['access', 'office', 'auditor']
const common = { policy: readers, purpose: 'doors' as const, tags: ['update'], query: {} }

const place: ExportColumn<{ host: string | null; port: number | null; folder: string | null }> = {
  header: both('位址', 'Address'),
  text: row => (row.host === null ? row.folder : `${row.host}:${row.port}`),
}
const building: ExportColumn<{ buildingZh: string; buildingEn: string }> = {
  header: both('建築', 'Building'),
  text: (row, { language }) => both(row.buildingZh, row.buildingEn)[language],
}

const silent: ExportColumn<UnreachableController>[] = [
  { header: both('控制器', 'Controller'), text: row => String(row.id) },
  place,
  building,
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

const conditionNames: Readonly<Record<ConditionSaid, Bilingual>> = {
  strange: saidInBoth(language => doorsWords[language].isStrange),
  silent: both('沒有回應', 'silent'),
  held: saidInBoth(language => doorsWords[language].isHeld),
  'nearly-full': saidInBoth(language => doorsWords[language].nearlyFull),
}

const all: ExportColumn<ControllerReport>[] = [
  { header: both('控制器', 'Controller'), text: row => String(row.id) },
  building,
  place,
  {
    header: both('種類', 'Make'),
    text: ({ driver }, { language }) => doorsWords[language].makes[driver] ?? driver,
  },
  {
    header: both('狀況', 'Condition'),
    text: (row, { language }) => {
      const wrong = conditionsOf(row).map(each => conditionNames[each][language])
      return wrong.length === 0 ? doorsWords[language].answers : besideEachOther(wrong, language)
    },
  },
  { header: both('自何時起沒有回應', 'Silent since'), moment: row => row.silentSince },
  { header: both('等待的變更', 'Changes waiting'), count: row => row.open },
  { header: both('已確認卡數', 'Cards confirmed'), count: row => row.held },
  { header: both('容量', 'Room for'), count: row => row.capacity },
  { header: both('上次校正時鐘', 'Clock set'), moment: row => row.clockSetAt },
  { header: both('時鐘快（秒）', 'Clock fast by (s)'), count: row => row.clockDriftSeconds },
  { header: both('讀取時鐘', 'Clock read'), moment: row => row.clockReadAt },
]

const surveyed: ExportColumn<SurveyReport>[] = [
  { header: both('控制器', 'Controller'), text: row => String(row.controllerId) },
  building,
  { header: both('讀取時間', 'Read'), moment: row => row.found?.readAt ?? null },
  ...(['ours', 'different', 'missing', 'leftOver', 'others'] as const).map(
    (kind): ExportColumn<SurveyReport> => ({
      header: both(surveyWords['zh-TW'][kind], surveyWords.en[kind]),
      count: row => row.found?.[kind] ?? null,
    }),
  ),
  { header: both('號碼被占用', 'Numbers taken'), count: row => row.taken },
  { header: both('可接管', 'To adopt'), count: row => row.toAdopt },
  { header: both('接管時間', 'Adopted'), moment: row => row.adoptedAt },
  { header: both('容量', 'Room for'), count: row => row.capacity },
  {
    header: both('最近一次讀取', 'Newest reading'),
    text: ({ outcome }, { language }) => outcome && surveyWords[language].outcome[outcome],
  },
  { header: both('結束時間', 'Ended'), moment: row => row.endedAt },
]

const standing: ExportColumn<StandingReport & { names: DoorNames }>[] = [
  { header: both('門禁卡號', 'Number at the door'), text: row => String(row.number) },
  {
    header: both('狀況', 'State'),
    text: (row, { language }) => surveyWords[language].standing[row.standing],
  },
  { header: both('已接管', 'Adopted'), yes: row => row.adopted },
  { header: both('占用本系統卡號，自', 'Keeps a card of ours back since'), moment: row => row.takenAt },
  { header: both('門', 'Doors'), text: (row, { language }) => sayDoors(row.doors, row.names, language) },
  { header: both('起日', 'From'), day: row => row.from },
  { header: both('最後一日', 'Last day'), day: row => row.to },
  { header: both('有密碼', 'With a PIN'), yes: row => row.withPin },
  { header: both('位置', 'Place'), count: row => row.place },
]

const strange: ExportColumn<Stranger>[] = [
  { header: both('控制器', 'Controller'), text: row => String(row.controllerId) },
  { header: both('建築', 'Building'), text: (row, { language }) => row.building[language] },
  { header: both('情形', 'What it is'), text: (row, { language }) => boardWords[language].how[row.how] },
  { header: both('回應的位址', 'From'), text: row => `${row.host}:${row.port}` },
  { header: both('回應的序號', 'Serial number seen'), text: row => String(row.serial) },
  { header: both('回應的網路卡位址', 'Hardware address seen'), text: row => row.mac },
  { header: both('回應的韌體', 'Firmware seen'), text: row => row.firmware },
  { header: both('原來的序號', 'Serial number expected'), text: row => String(row.expectedSerial) },
  { header: both('原來的網路卡位址', 'Hardware address expected'), text: row => row.expectedMac },
  { header: both('原來的韌體', 'Firmware expected'), text: row => row.expectedFirmware },
  { header: both('發現時間', 'Since'), moment: row => row.firstAt },
  { header: both('最近一次', 'Last seen'), moment: row => row.lastAt },
]

/** The lists of controllers as files: all of them, what stands there, who answers instead, who does not; and on which day how many cards end. */
export function doorExports(server: Server, rooms: { register: Register }): void {
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/controllers',
    name: 'controllers',
    title: both('控制器', 'Controllers'),
    columns: all,
    async *rows(act) {
      yield* await controllersNow(act, act.now)
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/surveys',
    name: 'cards-on-controllers',
    title: both('控制器上的卡片', 'Cards on the controllers'),
    columns: surveyed,
    async *rows(act) {
      yield* await surveysNow(act)
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/controllers/:serial/cards',
    name: 'cards-on-controller',
    title: both('控制器上需要留意的卡片', 'Cards on a controller that need a look'),
    params: { serial: ControllerId },
    columns: standing,
    async *rows(act, { serial }, language) {
      if ((await lastReading(act, serial)) === null) throw problem(404, 'not-found', language)
      const names = await doorNames(act, serial)
      for await (const card of everyCardOn(act, serial)) yield { ...card, names }
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/strange-boards',
    name: 'strange-boards',
    title: both('不是原來的控制板', 'Strange boards'),
    columns: strange,
    async *rows(act) {
      yield* await strangersNow(act, unlimited)
    },
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/controllers/unreachable',
    name: 'silent-controllers',
    title: both('沒有回應的控制器', 'Silent controllers'),
    columns: silent,
    async *rows(act) {
      yield* await unreachableNow(act)
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
