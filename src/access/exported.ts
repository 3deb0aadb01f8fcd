import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { controllerOf } from './controller-store.ts'
import { unwritableNames } from './unwritable.ts'

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
    tags: ['access'],
    query: {},
    params: { serial: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }) },
    columns,
    async *rows(act, { serial }) {
      const controller = await controllerOf(act, serial)
      if (controller?.settings) yield* await unwritableNames(act, serial, controller.settings)
    },
  })
