import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import { whoActed } from '../lib/roles.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { isMended } from './bad-rows.ts'
import { personFields } from './columns.ts'
import type { FieldChange } from './difference.ts'
import { headerKey, longestHeader, shortened } from './header.ts'
import type { Preview } from './import.ts'
import type { PersonFacts, PersonField } from './person.ts'
import type { ImportQuestion } from './question-store.ts'
import type { Upload } from './store.ts'
import type { TableHead } from './table.ts'
import { words } from './words.ts'

const Field = Type.Enum([...personFields])

/** What applying an upload does, or did, in numbers. */
export const Will = Type.Object({
  adds: Type.Integer(),
  changes: Type.Integer(),
  losesEnrolment: Type.Integer({
    description:
      'Of those changed: whose enrolment ends, now or on an announced day, and so their campus access',
  }),
  leavesAlone: Type.Integer(),
})

export const UploadReply = Type.Object({
  uploadId: Type.Integer(),
  fileName: Type.String(),
  uploadedAt: Moment,
  appliedAt: orNull(Moment),
  outcome: orNull(Will),
  waits: Type.Boolean({ description: 'Whether it waits for a second person' }),
})
export type UploadReply = Type.Static<typeof UploadReply>

/** A question to a second person about a file, as its readers see it. */
const Question = Type.Object({
  people: Type.Integer({ description: 'Who would stop being enrolled' }),
  lately: Type.Integer({
    description: 'Who has by other files of the 24 hours before, without a second person; counted too',
  }),
  of: Type.Integer({ description: 'Of so many enrolled' }),
  most: Type.Integer({ description: 'So many would have passed' }),
  seal: Type.String(),
  askedBy: Type.String(),
  askedAt: Moment,
  takenBackAt: orNull(Moment),
  answeredBy: orNull(Type.String()),
  answeredAt: orNull(Moment),
  letGo: orNull(Type.Boolean()),
  reason: orNull(Type.String()),
  yours: Type.Boolean({ description: 'Whether the reader asked it: another one answers' }),
})

/** How a file was read, for people to see and to say otherwise. */
export const AsReadReply = Type.Object({
  encoding: Type.String({ description: 'xlsx for a workbook' }),
  delimiter: Type.String(),
  sheet: orNull(Type.String()),
  sheets: Type.Array(Type.String()),
  columns: Type.Array(
    Type.Object({
      header: Type.String(),
      field: orNull(Type.String({ description: 'null: left aside' })),
      remembered: Type.Boolean({ description: 'Whether the office has said so before' }),
      first: Type.Array(Type.String(), { description: 'What stands in the first rows' }),
    }),
  ),
})
export type AsReadReply = Type.Static<typeof AsReadReply>

const Person = Type.Object({
  line: orNull(Type.Integer()),
  studentNumber: Type.String(),
  name: Both,
  department: Type.String(),
  status: Type.String(),
})

export const PreviewReply = Type.Object({
  ...UploadReply.properties,
  ...AsReadReply.properties,
  /** Whether the file is one of bad rows that were mended: it says nothing of everybody else. */
  mends: Type.Boolean(),
  question: orNull(Question),
  /** Whether applying it needs a second person. */
  needsSecond: Type.Boolean(),
  /** Whom other files have ended lately without a second person: where one is needed, they are counted too. */
  endedLately: Type.Integer(),
  stated: Type.Array(Field),
  ignored: Type.Array(Type.String(), { description: 'Columns that mean nothing to us and were left aside' }),
  convertedYears: Type.Integer({ description: 'Entry years that stood in the ROC calendar' }),
  will: Will,
  /** Names exactly this difference; only what was looked at is applied. */
  seal: Type.String(),
  counts: Type.Object({
    rows: Type.Integer(),
    added: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    missing: Type.Integer(),
    bad: Type.Integer(),
    badWithoutNumber: Type.Integer(),
  }),
  /** Each list has at most so many; the counts are of all. */
  shownAtMost: Type.Integer(),
  added: Type.Array(Person),
  changed: Type.Array(
    Type.Object({
      ...Person.properties,
      changes: Type.Array(Type.Object({ field: Field, from: Type.String(), to: Type.String() })),
    }),
  ),
  missing: Type.Array(Person),
  bad: Type.Array(
    Type.Object({
      line: Type.Integer(),
      studentNumber: orNull(Type.String()),
      faults: Type.Array(Type.Object({ field: orNull(Field), shown: Type.String(), message: Type.String() })),
    }),
  ),
})
export type PreviewReply = Type.Static<typeof PreviewReply>

/** An upload as the API says it. */
export const uploadReply = (upload: Omit<Upload, 'file'>, waits: boolean): UploadReply => ({
  uploadId: upload.id,
  // Of a file that is forgotten its name is, too.
  fileName: upload.fileName || `roster-${upload.id}`,
  uploadedAt: upload.uploadedAt.toString(),
  appliedAt: upload.appliedAt?.toString() ?? null,
  outcome: upload.outcome,
  waits,
})

/** How a file was read, column by column, as the API says it. */
export function asReadReply(
  { columns, header, ...table }: TableHead<string>,
  firstRows: readonly (readonly string[])[],
): AsReadReply {
  const fields = new Map([...columns.places].map(([field, place]) => [place, field]))
  return {
    encoding: table.encoding,
    delimiter: table.delimiter,
    sheet: table.sheet,
    sheets: [...table.sheets],
    columns: header.flatMap((cell, at) =>
      cell.trim() === ''
        ? []
        : {
            header: cell.trim().slice(0, longestHeader),
            field: fields.get(at) ?? null,
            remembered: columns.remembered.includes(headerKey(cell)),
            first: firstRows.slice(0, 3).map(cells => shortened(cells[at] ?? '')),
          },
    ),
  }
}

const questionReply = (question: ImportQuestion, reader: string) => ({
  people: question.people,
  lately: question.lately,
  of: question.of,
  most: question.most,
  seal: question.seal,
  askedBy: question.askedBy,
  askedAt: question.askedAt.toString(),
  takenBackAt: question.takenBackAt?.toString() ?? null,
  answeredBy: question.answeredBy,
  answeredAt: question.answeredAt?.toString() ?? null,
  letGo: question.letGo,
  reason: question.reason,
  yours: whoActed(question.askedBy) === whoActed(reader),
})

/** How many of each list a preview shows. */
export const shownAtMost = 100

/** By what a preview is said: the names of departments, sites and halls, and in which language. */
export interface Said {
  programme: Programme
  halls: readonly { id: string; name: Bilingual }[]
  language: Language
}

/** Says a field's value the way its reader writes it: names for ids, words for codes. */
export function sayValue(
  field: PersonField,
  value: PersonFacts[PersonField],
  { programme, halls, language }: Said,
): string {
  const w = words[language].values
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return w.none
  if (typeof value === 'boolean') return value ? w.yes : w.no
  const text = Array.isArray(value) ? value.join(', ') : String(value)
  const named = { department: programme.departments, site: programme.campus.sites, hall: halls }
  if (field === 'department' || field === 'site' || field === 'hall')
    return nameOf(named[field], text)[language]
  if (field === 'language') return text === 'en' ? 'English' : '中文'
  return (w as Readonly<Record<string, string>>)[text] ?? text
}

/** A preview as the API says it, in the reader's language. */
export function previewReply(
  {
    preview,
    upload,
    question,
  }: { preview: Preview; upload: Omit<Upload, 'file'>; question: ImportQuestion | null },
  said: Said & { reader: string },
): PreviewReply {
  const { roster, found } = preview
  const some = <Item>(list: readonly Item[]) => list.slice(0, shownAtMost)
  const person = (line: number | null, facts: PersonFacts) => ({
    line,
    studentNumber: facts.studentNumber,
    name: bothNames(facts),
    department: sayValue('department', facts.department, said),
    status: sayValue('status', facts.status, said),
  })
  const change = ({ field, from, to }: FieldChange) => ({
    field,
    from: sayValue(field, from, said),
    to: sayValue(field, to, said),
  })
  return {
    ...uploadReply(
      upload,
      question !== null && question.takenBackAt === null && question.answeredAt === null,
    ),
    ...asReadReply(roster.table, roster.firstRows),
    mends: isMended(roster.table),
    question: question && questionReply(question, said.reader),
    needsSecond: preview.ending !== null,
    endedLately: preview.ending?.lately ?? 0,
    stated: [...roster.stated],
    ignored: [...roster.table.columns.ignored],
    convertedYears: roster.convertedYears,
    will: preview.will,
    seal: preview.seal,
    counts: {
      rows: roster.good + roster.bad.length,
      added: found.added.length,
      changed: found.changed.length,
      unchanged: found.unchanged,
      missing: found.missing.length,
      bad: roster.bad.length,
      badWithoutNumber: found.badWithoutNumber,
    },
    shownAtMost,
    added: some(found.added).map(row => person(row.line, row.person)),
    changed: some(found.changed).map(row => ({
      ...person(row.line, row.person),
      changes: row.changes.map(change),
    })),
    missing: some(found.missing).map(facts => person(null, facts)),
    bad: some(roster.bad).map(({ line, studentNumber, faults }) => ({
      line,
      studentNumber,
      faults: faults.map(fault => ({
        field: fault.field,
        shown: fault.shown,
        message: words[said.language].row[fault.refusal](fault.facts),
      })),
    })),
  }
}
