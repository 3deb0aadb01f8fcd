import { Type } from 'typebox'
import { besideEachOther, both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { unlimited } from '../server/rows-of.ts'
import { controllerOf } from './controller-store.ts'
import { everyTask, type ListedTask } from './door-task-store.ts'
import { maskedOrNull } from './replies.ts'
import { type PutRight, putRightOn } from './self-check.ts'
import { unwritableNames } from './unwritable.ts'

const puttings: ExportColumn<PutRight>[] = [
  ...whose,
  { header: both('不同的號碼', 'Numbers that differed'), count: row => row.numbers },
  {
    header: both('控制器', 'Controllers'),
    text: ({ controllers }, { language }) => besideEachOther(controllers.map(String), language),
  },
]

const tasks: ExportColumn<ListedTask>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('中文姓名', 'Name (Chinese)'), text: row => row.name['zh-TW'] },
  { header: both('英文姓名', 'Name (English)'), text: row => row.name.en },
  { header: both('新卡卡號', 'New card'), text: row => maskedOrNull(row.printedNumber) },
  { header: both('門', 'Door'), text: (row, { language }) => row.door[language] },
  { header: both('建築', 'Building'), text: (row, { language }) => row.building[language] },
  { header: both('負責單位', 'Owner of the door'), text: (row, { language }) => row.owner[language] },
  { header: both('舊卡開通自', 'Earlier card has it since'), moment: row => row.grantedAt },
  { header: both('換卡時間', 'Card changed'), moment: row => row.madeAt },
]

/** Of whom a day's check found something else at the doors, and the tasks of doors' owners, as files. */
export function accessExports(server: Server, rooms: { register: Register }): void {
  const common = {
    policy: ['access', 'office', 'auditor'] as const,
    purpose: 'doors' as const,
    tags: ['access'],
  }
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/doors-checks/:on/people',
    name: 'put-right-at-doors',
    title: both('每日核對中有差異的人', 'Of whom something differed at the doors'),
    query: {},
    params: { on: Type.String({ format: 'date' }) },
    columns: puttings,
    async *rows(act, { on }) {
      yield* await putRightOn(act, on, unlimited)
    },
  })
  exportsList(server, rooms, {
    of: '/api/v1/door-tasks',
    policy: ['access', 'owner', 'office', 'auditor'],
    narrows: true,
    purpose: 'doors',
    tags: common.tags,
    name: 'cards-that-changed',
    title: both('換卡待辦', 'Cards that changed'),
    query: { building: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })) },
    columns: tasks,
    async *rows(act, { building = null }) {
      yield* everyTask(act, await programmeInForce(act), building)
    },
  })
}

interface Row {
  studentNumber: string
  missing: string[]
}

const columns: ExportColumn<Row>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  { header: both('無法寫入的字', 'Missing characters'), text: row => row.missing.join(' ') },
]

/** Whose names another access system's files cannot write, as a file. */
export const unwritableExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/controllers/:serial/unwritable-names',
    name: 'unwritable-names',
    title: both('無法寫入的姓名', 'Unwritable names'),
    policy: ['access', 'office', 'auditor'],
    purpose: 'doors',
    tags: ['access'],
    query: {},
    params: { serial: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }) },
    columns,
    async *rows(act, { serial }) {
      const controller = await controllerOf(act, serial)
      if (controller?.settings) yield* await unwritableNames(act, serial, controller.settings)
    },
  })
