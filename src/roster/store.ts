import { type Decision, no, yes } from '../lib/decision.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Act } from '../server/register.ts'
import type { Applying } from './difference.ts'
import type { PersonFacts } from './person.ts'
import { typedStudentNumber } from './student-number.ts'
import type { ReadAs } from './table.ts'

/** SQL: the people of the register with everything a roster says. */
export const peopleSql = `
  select id, student_number as "studentNumber", name_zh as "nameZh", name_en as "nameEn", department,
         entry_year as "entryYear", degree, kind, status, site, hall, email, language,
         health_check as "healthCheck", leave_terms as "leaveTerms", returned_on::text as "returnedOn",
         next_status as "nextStatus", next_status_on::text as "nextStatusOn", also_staff as "alsoStaff"
  from person`

/** A person of the register: the roster's facts, and our id. */
export type RegisteredPerson = PersonFacts & { id: number }

/** How many people of the register are looked at together where everybody is. */
const readAtOnce = 1_000

/** Everybody in the register, some at a time in the order of their ids. */
export async function* everybody(act: Act): AsyncGenerator<readonly RegisteredPerson[]> {
  const sql = `${peopleSql} where id > $1 order by id limit ${readAtOnce}`
  let some: RegisteredPerson[]
  let after = 0
  do {
    some = await act.statement<RegisteredPerson>('everybody', sql, [after])
    yield some
    after = some.at(-1)?.id ?? after
  } while (some.length === readAtOnce)
}

/** The person of a student number, or null. */
export async function personByNumber(act: Act, studentNumber: string): Promise<RegisteredPerson | null> {
  const sql = `${peopleSql} where student_number = $1`
  const [row] = await act.statement<RegisteredPerson>('person_by_number', sql, [studentNumber])
  return row ?? null
}

/** The person of a student number as a clerk typed it. Refuses: nobody has it. */
export async function personTyped(
  act: Act,
  typed: string,
): Promise<Decision<{ person: RegisteredPerson }, 'unknown-person'>> {
  const person = await personByNumber(act, typedStudentNumber(typed))
  return person ? yes({ person }) : no('unknown-person')
}

/** A person by our id, or null. */
export async function personById(act: Act, personId: number): Promise<RegisteredPerson | null> {
  const [row] = await act.statement<RegisteredPerson>('person_by_id', `${peopleSql} where id = $1`, [
    personId,
  ])
  return row ?? null
}

/** People by our ids, in the order of these. */
export const peopleByIds = (act: Act, ids: readonly number[]): Promise<RegisteredPerson[]> =>
  act.statement<RegisteredPerson>('people_by_ids', `${peopleSql} where id = any($1::bigint[]) order by id`, [
    ids,
  ])

/** Until the act ends nobody else adds people to the register or changes who they are; taken before people are locked. */
export async function lockRoster(act: Act): Promise<void> {
  await act.statement('roster_lock', 'select pg_advisory_xact_lock(7270002)', [])
}

/** Locks a person, so that of two who act for the same holder one waits for the other until the act ends. */
export async function lockHolder(act: Act, personId: number): Promise<void> {
  await act.statement('lock_holder', 'select 1 from person where id = $1 for update', [personId])
}

/** Locks the people of a file whom the register knows, until the act ends. */
export async function lockPeople(act: Act, people: readonly { studentNumber: string }[]): Promise<void> {
  const sql = 'select 1 from person where student_number = any($1::text[]) order by id for update'
  await act.statement('lock_people', sql, [people.map(person => person.studentNumber)])
}

const writeSql = `
  insert into person (student_number, name_zh, name_en, department, entry_year, degree, kind, status, site, hall,
                      email, language, health_check, leave_terms, returned_on, next_status, next_status_on, also_staff,
                      roster_import_id)
  select r.*, $2 from jsonb_to_recordset($1::jsonb) as r("studentNumber" text, "nameZh" text, "nameEn" text,
    department text, "entryYear" int, degree text, kind text, status text, site text, hall text, email text,
    language text, "healthCheck" text, "leaveTerms" text[], "returnedOn" date, "nextStatus" text,
    "nextStatusOn" date, "alsoStaff" boolean)
  on conflict (student_number) do update set
    name_zh = excluded.name_zh, name_en = excluded.name_en, department = excluded.department,
    entry_year = excluded.entry_year, degree = excluded.degree, kind = excluded.kind, status = excluded.status,
    site = excluded.site, hall = excluded.hall, email = excluded.email, language = excluded.language,
    health_check = excluded.health_check, leave_terms = excluded.leave_terms, returned_on = excluded.returned_on,
    next_status = excluded.next_status, next_status_on = excluded.next_status_on, also_staff = excluded.also_staff,
    roster_import_id = excluded.roster_import_id
  returning id, student_number as "studentNumber"`

/** Writes people as a roster has them, new or known, in one statement; says which id each has. */
export async function writePeople(
  act: Act,
  people: readonly PersonFacts[],
  importId: number,
): Promise<Map<string, number>> {
  if (people.length === 0) return new Map()
  type Row = { id: number; studentNumber: string }
  const rows = await act.statement<Row>('write_people', writeSql, [JSON.stringify(people), importId])
  return new Map(rows.map(row => [row.studentNumber, row.id]))
}

/** An uploaded roster file, and what became of it. */
export interface Upload {
  id: number
  fileName: string
  file: Buffer
  /** What stood in it is not kept any more (src/privacy). */
  isForgotten: boolean
  /** What the office said of how it is read. */
  readAs: ReadAs
  uploadedBy: string
  uploadedAt: Temporal.Instant
  appliedAt: Temporal.Instant | null
  /** What applying it did, once it was applied. */
  outcome: Applying | null
}

/** Keeps an uploaded file as it came; nothing of it is applied yet. */
export async function keepUpload(
  act: Act,
  { fileName, file, readAs }: Pick<Upload, 'fileName' | 'file' | 'readAs'>,
): Promise<number> {
  const [row] = await act.statement<{ id: number }>(
    'keep_upload',
    `insert into roster_import (file_name, file, encoding, sheet, uploaded_at, uploaded_by)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [fileName, file, readAs.encoding, readAs.sheet, act.now, act.actor.id],
  )
  return row!.id
}

const uploadColumns = `id, file_name as "fileName", json_build_object('encoding', encoding, 'sheet', sheet) as "readAs",
  uploaded_by as "uploadedBy", uploaded_at as "uploadedAt", applied_at as "appliedAt", outcome, forgotten_at is not null as "isForgotten"`

/** An uploaded file; `locked` against being applied twice at the same time. Null when there is none of that id. */
export async function uploadOf(act: Act, id: number, { locked } = { locked: false }): Promise<Upload | null> {
  const sql = `select ${uploadColumns}, file from roster_import where id = $1`
  const [row] = await (locked
    ? act.statement<Upload>('upload_locked', `${sql} for update`, [id])
    : act.statement<Upload>('upload_of', sql, [id]))
  return row ?? null
}

/** The newest uploads, without their files. */
export const newestUploads = (act: Act, most: number): Promise<Omit<Upload, 'file'>[]> =>
  act.statement('newest_uploads', `select ${uploadColumns} from roster_import order by id desc limit $1`, [
    most,
  ])

/** Marks an upload as applied, with its counts. */
export async function markApplied(act: Act, id: number, outcome: object): Promise<void> {
  await act.statement(
    'mark_applied',
    'update roster_import set applied_at = $2, applied_by = $3, outcome = $4 where id = $1',
    [id, act.now, act.actor.id, JSON.stringify(outcome)],
  )
}

/** How many people are enrolled. */
export async function enrolledPeople(act: Act): Promise<number> {
  const sql = `select count(*)::int as people from person where status = 'enrolled'`
  const [row] = await act.statement<{ people: number }>('enrolled_people', sql, [])
  return row!.people
}

/** The halls that access groups know: a roster may name these and no others. */
export async function hallNames(act: Act): Promise<{ id: string; names: string[] }[]> {
  return act.statement(
    'hall_names',
    `select member_key as id, array[name_zh, name_en] as names from access_group where members = 'hall'`,
    [],
  )
}

/** What each hall is called: by the first of its access groups. */
export const hallsCalled = (act: Act): Promise<{ id: string; name: Bilingual }[]> =>
  act.statement<{ id: string; name: Bilingual }>(
    'halls_called',
    `select distinct on (member_key) member_key as id, jsonb_build_object('zh-TW', name_zh, 'en', name_en) as name
     from access_group where members = 'hall' order by member_key, id`,
    [],
  )

/** The ids of everybody in these departments. */
export async function peopleOfDepartments(act: Act, departments: readonly string[]): Promise<number[]> {
  const sql = 'select id from person where department = any($1::text[]) order by id'
  const rows = await act.statement<{ id: number }>('people_of_departments', sql, [departments])
  return rows.map(({ id }) => id)
}
