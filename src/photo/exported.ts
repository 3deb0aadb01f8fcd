import { both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { everyoneWithoutPhoto, type PersonWithoutPhoto } from './store.ts'

type Row = PersonWithoutPhoto & Pick<Programme, 'departments'>

const columns: ExportColumn<Row>[] = [
  ...whose,
  {
    header: both('系所', 'Department'),
    text: (row, { language }) => nameOf(row.departments, row.department)[language],
  },
]

/** Who studies and has no photo, as a file: for the registrar's own photos, or for a reminder. */
export const missingPhotosExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/photos/missing',
    name: 'students-without-photo',
    title: both('沒有照片的學生', 'Students without a photo'),
    policy: 'office',
    purpose: 'photos',
    tags: ['photo'],
    query: {},
    columns,
    async *rows(act) {
      const { departments } = await programmeInForce(act)
      for await (const row of everyoneWithoutPhoto(act)) yield { ...row, departments }
    },
  })
