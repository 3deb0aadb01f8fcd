import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import { cohortOf } from '../programme/cohorts.ts'
import { exportsList } from '../programme/exported-list.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import { hallsCalled } from '../roster/store.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { everyoneLosing, type LosingWhole } from './rehearsal.ts'
import { rehearsalWords } from './rehearsal-words.ts'

type Row = LosingWhole & {
  departmentName: Bilingual | null
  cohort: Bilingual
  hallName: Bilingual | null
}

const columns: ExportColumn<Row>[] = [
  ...whose,
  { header: both('系所', 'Department'), text: (row, { language }) => row.departmentName?.[language] ?? null },
  { header: both('身分別', 'Group'), text: (row, { language }) => row.cohort[language] },
  { header: both('宿舍', 'Hall'), text: (row, { language }) => row.hallName?.[language] ?? null },
  {
    header: both('情形', 'State'),
    text: ({ standing }, { language }) => rehearsalWords[language].standings[standing],
  },
]

/** Who would lose campus access at the deadline, as a file. */
export const rehearsalExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/programme/rehearsal/people',
    name: 'losing-access-at-the-deadline',
    title: both('截止日將失去校園門禁的人', 'Who would lose campus access at the deadline'),
    policy: 'office',
    purpose: 'planning' as const,
    tags: ['programme'],
    query: {},
    columns,
    async *rows(act) {
      const programme = await programmeInForce(act)
      const halls = await hallsCalled(act)
      for await (const row of everyoneLosing(act))
        yield {
          ...row,
          departmentName: row.department === null ? null : nameOf(programme.departments, row.department),
          cohort: cohortOf(programme, row).name,
          hallName: row.hall === null ? null : nameOf(halls, row.hall),
        }
    },
  })
