import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import { type ExportColumn, whose } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { Problem, problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { everyoneOfCohort, type Somebody, whichPeople } from './cohort-people.ts'
import { cohortWords } from './cohort-words.ts'
import { draftOf } from './draft-store.ts'
import { exportsList } from './exported-list.ts'
import { nameOf } from './name-of.ts'
import { readProgramme } from './read.ts'
import type { Programme } from './shape.ts'
import { everyVersion, programmeOrNull, type VersionRow } from './store.ts'

const common = { policy: 'office' as const, purpose: 'planning' as const, tags: ['programme'] }

const versions: ExportColumn<VersionRow>[] = [
  { header: both('版本', 'Version'), text: row => String(row.version) },
  { header: both('換發作業', 'Programme'), text: row => row.programmeId },
  { header: both('發布時間', 'Published'), moment: row => row.publishedAt },
  {
    header: both('發布者', 'Published by'),
    text: ({ nameZh, nameEn, publishedBy }, { language }) =>
      nameZh !== null && nameEn !== null ? both(nameZh, nameEn)[language] : publishedBy,
  },
  {
    header: both('取代版本', 'Took the place of'),
    text: ({ replaces }) => (replaces === null ? null : String(replaces)),
  },
  {
    header: both('提案者', 'Proposed by'),
    text: ({ proposal }, { language }) => proposal?.by[language] ?? null,
  },
  {
    header: both('提案時間', 'Proposed'),
    moment: ({ proposal }) => proposal && Temporal.Instant.from(proposal.at),
  },
  { header: both('提案說明', 'Note to the second person'), text: ({ proposal }) => proposal?.note ?? null },
]

type Row = Somebody & { cohorts: Programme['cohorts'] }

const people: ExportColumn<Row>[] = [
  ...whose,
  {
    header: both('目前版本的身分別', 'Group by the version in force'),
    text: ({ other, cohorts }, { language }) => (other === '' ? null : nameOf(cohorts, other)[language]),
  },
]

/** The programme's versions, and whom a draft counts in a group, as files: of the draft as it is kept. */
export function programmeExports(server: Server, rooms: { register: Register }): void {
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/programme/versions',
    name: 'programme-versions',
    title: both('換發作業的版本', 'Versions of the programme'),
    query: {},
    columns: versions,
    rows: act => everyVersion(act),
  })
  exportsList(server, rooms, {
    ...common,
    of: '/api/v1/programme/drafts/:id/cohorts/:cohort',
    name: 'people-of-a-group',
    title: both('身分別的人', 'People of a group'),
    query: { which: Type.Optional(Type.Enum([...whichPeople])) },
    params: { id: RowId, cohort: Type.String({ minLength: 1, maxLength: 63 }) },
    columns: people,
    async *rows(act, { id, cohort, which = 'all' }, language) {
      const draft = await draftOf(act, id)
      if (draft === null) throw problem(404, 'not-found', language)
      const reading = readProgramme(draft.source)
      if (!reading.ok)
        throw new Problem(
          409,
          reading.refusal,
          cohortWords[language].problems(reading.problems.length),
          reading.facts,
        )
      const { programme } = reading
      const before = await programmeOrNull(act)
      const cohorts = [...programme.cohorts, ...(before?.cohorts ?? [])]
      if (!cohorts.some(each => each.id === cohort)) throw problem(404, 'not-found', language)
      for await (const row of everyoneOfCohort(act, { programme, before, cohort, which }))
        yield { ...row, cohorts }
    },
  })
}
