import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import type { Register } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { columns } from './columns.ts'
import { lookAtUpload, type Preview } from './import.ts'
import { type Said, sayValue } from './import-api.ts'
import type { PersonField } from './person.ts'
import { refusedRead } from './routes.ts'
import { hallsCalled, peopleSql, type RegisteredPerson } from './store.ts'
import { words } from './words.ts'

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
      policy: ['office', 'integrator'],
      scope: 'exports:read',
      purpose: 'roster',
      tags: ['roster'],
      query: {},
      columns: rosterColumns,
      rows: act => rowsOf<RegisteredPerson>(act, 'export_roster', `${peopleSql} order by student_number`),
    },
  )

/** What an uploaded roster does to somebody: one row for each field that changes. */
interface Told {
  line: number | null
  what: 'added' | 'changed' | 'missing' | 'bad'
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
  field: PersonField | null
  from: string | null
  to: string | null
  reason: string | null
}

const outcomes: Readonly<Record<Told['what'], Bilingual>> = {
  added: both('新增', 'added'),
  changed: both('變更', 'changed'),
  missing: both('檔案中沒有，不變動', 'not in the file, left alone'),
  bad: both('錯誤', 'bad'),
}

const differenceColumns: ExportColumn<Told>[] = [
  ...whose,
  { header: both('行', 'Line'), text: ({ line }) => (line === null ? null : String(line)) },
  { header: both('結果', 'Outcome'), text: ({ what }, { language }) => outcomes[what][language] },
  {
    header: both('欄位', 'Field'),
    text: ({ field }, { language }) => field && words[language].fields[field],
  },
  { header: both('原值', 'Was'), text: row => row.from },
  { header: both('新值', 'Becomes'), text: row => row.to },
  { header: both('原因', 'Reason'), text: row => row.reason },
]

const nothing = { line: null, field: null, from: null, to: null, reason: null }

/** Everything that a looked-at roster would do, row by row. */
function* toldOf({ roster, found }: Preview, said: Said): Generator<Told> {
  for (const { line, person } of found.added) yield { ...nothing, ...person, line, what: 'added' }
  for (const { line, person, changes } of found.changed)
    for (const { field, from, to } of changes)
      yield {
        ...nothing,
        studentNumber: person.studentNumber,
        nameZh: person.nameZh,
        nameEn: person.nameEn,
        line,
        what: 'changed',
        field,
        from: sayValue(field, from, said),
        to: sayValue(field, to, said),
      }
  for (const person of found.missing) yield { ...nothing, ...person, what: 'missing' }
  for (const { line, studentNumber, faults } of roster.bad)
    for (const { field, refusal, facts, shown } of faults)
      yield {
        ...nothing,
        line,
        what: 'bad',
        studentNumber,
        nameZh: null,
        nameEn: null,
        field,
        from: shown,
        reason: words[said.language].row[refusal](facts),
      }
}

/** What an uploaded roster would do, person by person and field by field, as a file to look through or to pass on. */
export const rosterDifferenceExport = (server: Server, { register }: { register: Register }): void =>
  exportsList(
    server,
    { register },
    {
      of: '/api/v1/roster/uploads/:id',
      name: 'roster-difference',
      title: both('名冊的差異', 'What a roster changes'),
      policy: 'office',
      purpose: 'roster',
      tags: ['roster'],
      query: {},
      params: { id: RowId },
      columns: differenceColumns,
      async *rows(act, { id }, language) {
        const looked = await lookAtUpload(act, id)
        if (!looked.ok) throw refusedRead(looked, language)
        const said = { programme: await programmeInForce(act), halls: await hallsCalled(act), language }
        yield* toldOf(looked.preview, said)
      },
    },
  )
