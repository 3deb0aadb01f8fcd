import { exportsList } from '../programme/exported-list.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { columns } from './columns.ts'
import type { PersonField } from './person.ts'
import { peopleSql, type RegisteredPerson } from './store.ts'

/** How a field of a person stands in a roster, so that our own import reads it as it was. */
function written(person: RegisteredPerson, field: PersonField): string | null {
  const value = person[field]
  if (Array.isArray(value)) return value.join(' ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? null : String(value)
}

const rosterColumns = (Object.keys(columns) as PersonField[]).map(
  (field): ExportColumn<RegisteredPerson> => ({
    header: columns[field].header,
    text: person => written(person, field),
  }),
)

/** The register's people as a roster: it can be imported again, and changes nothing then. */
export const rosterExport = (server: Server, { register }: { register: Register }): void =>
  exportsList(
    server,
    { register },
    {
      of: '/api/v1/roster',
      name: 'roster',
      title: { 'zh-TW': '名冊', en: 'Roster' },
      policy: 'office',
      tags: ['roster'],
      query: {},
      columns: rosterColumns,
      rows: act => rowsOf<RegisteredPerson>(act, 'export_roster', `${peopleSql} order by student_number`),
    },
  )
