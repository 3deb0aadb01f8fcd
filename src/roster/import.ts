import { createHash } from 'node:crypto'
import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { columns } from './columns.ts'
import {
  type Applying,
  applying,
  type ChangedPerson,
  difference,
  type RosterDifference,
} from './difference.ts'
import { type RosterSettings, spellingsOf } from './fields.ts'
import type { PersonField } from './person.ts'
import { changeStatuses } from './planned-status.ts'
import { type BadRow, type FileRefusal, type Roster, readRoster, type UploadRefusal } from './rules.ts'
import {
  everybody,
  hallNames,
  keepUpload,
  lockPeople,
  lockRoster,
  markApplied,
  type Upload,
  uploadOf,
  writePeople,
} from './store.ts'
import { readTable } from './table.ts'

/** Why an upload is not applied, beside what may be wrong with the file. */
export type ImportRefusal = FileRefusal | UploadRefusal

/** What a file would do to the register, seen before anything is done. */
export interface Preview {
  uploadId: number
  fileName: string
  roster: Roster
  found: RosterDifference
  will: Applying
  /** Names exactly this difference: what was looked at is what will be applied, or nothing. */
  seal: string
}

async function settingsOf(act: Act): Promise<RosterSettings> {
  const { campus, departments } = await programmeInForce(act)
  const named = (list: readonly { id: string; name: Record<'zh-TW' | 'en', string> }[]) =>
    spellingsOf(list.map(({ id, name }) => ({ id, names: [name['zh-TW'], name.en] })))
  const thisYear = act.now.toZonedDateTimeISO(campus.zone).year
  return {
    studentNumber: campus.studentNumber,
    departments: named(departments),
    sites: named(campus.sites),
    halls: spellingsOf(await hallNames(act)),
    entryYears: { earliest: thisYear - 20, latest: thisYear + 1 },
  }
}

async function compare(
  act: Act,
  { fileName, file }: { fileName: string; file: Buffer },
): Promise<Decision<{ compared: Omit<Preview, 'uploadId'> }, FileRefusal>> {
  const read = readRoster(file, await settingsOf(act))
  if (!read.ok) return read
  const found = difference(read.roster, await everybody(act))
  const told = [
    found.added,
    found.changed,
    found.missing.map(person => person.studentNumber),
    found.unreadable,
  ]
  const seal = createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32)
  return yes({ compared: { fileName, roster: read.roster, found, will: applying(found), seal } })
}

/**
 * Takes in a roster file and says what it would do: added, changed, missing, bad rows. Nothing is done yet. A file
 * that cannot be read is not kept.
 */
export async function uploadRoster(
  act: Act,
  { fileName, file }: { fileName: string; file: Buffer },
): Promise<Decision<{ preview: Preview }, FileRefusal>> {
  const seen = await compare(act, { fileName, file })
  if (!seen.ok) return seen
  const uploadId = await keepUpload(act, fileName, file)
  await act.note({
    act: 'roster uploaded',
    facts: { upload: uploadId, rows: seen.compared.roster.rows.length },
  })
  return yes({ preview: { uploadId, ...seen.compared } })
}

/** Looks again at an uploaded file, against the register as it is now. */
export async function lookAtUpload(
  act: Act,
  uploadId: number,
): Promise<Decision<{ preview: Preview; upload: Omit<Upload, 'file'> }, ImportRefusal>> {
  const found = await uploadOf(act, uploadId)
  if (found === null) return no('no-such-upload')
  const { file, ...upload } = found
  const seen = await compare(act, { fileName: upload.fileName, file })
  return seen.ok ? yes({ preview: { uploadId, ...seen.compared }, upload }) : seen
}

/** The bad rows of an upload as they stand in the file, with the columns of the file and everything wrong in each. */
export async function badRowsOf(
  act: Act,
  uploadId: number,
): Promise<
  Decision<
    { header: readonly string[]; delimiter: string; rows: { row: BadRow; cells: readonly string[] }[] },
    ImportRefusal
  >
> {
  const upload = await uploadOf(act, uploadId)
  if (upload === null) return no('no-such-upload')
  const read = readRoster(upload.file, await settingsOf(act))
  if (!read.ok) return read
  const found = readTable(upload.file, columns)
  if (!found.ok) return found
  const cells = new Map(found.table.rows.map(row => [row.line, row.cells]))
  return yes({
    header: found.table.header,
    delimiter: found.table.delimiter,
    rows: read.roster.bad.map(row => ({ row, cells: cells.get(row.line) ?? [] })),
  })
}

/**
 * Applies an uploaded roster: every good row or none, in one transaction. Only the difference that was looked at
 * (its seal) is applied; if the register changed meanwhile, the office looks again. Missing people and bad rows
 * are left alone.
 */
export async function applyRoster(
  act: Act,
  { uploadId, seal }: { uploadId: number; seal: string },
): Promise<Decision<{ applied: Applying }, ImportRefusal>> {
  await lockRoster(act)
  const looked = await lookAtUpload(act, uploadId)
  if (!looked.ok) return looked
  const { appliedAt } = looked.upload
  if (appliedAt !== null) {
    const { zone } = (await programmeInForce(act)).campus
    const at = appliedAt.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
    return no('applied-already', { at: at.replace('T', ' ') })
  }
  const { found, will, seal: sealNow } = looked.preview
  if (sealNow !== seal) return no('register-changed')
  await write(act, { uploadId, found, will })
  await bringTrue(act)
  return yes({ applied: will })
}

/**
 * Takes in a roster and applies it in one act, for a campus that is being set up: nobody else is at work, so that it is
 * looked at once. Where a row is bad (`bad` has them) nothing is applied.
 */
export async function bringRoster(
  act: Act,
  given: { fileName: string; file: Buffer },
): Promise<Decision<{ bad: readonly BadRow[] }, FileRefusal>> {
  await lockRoster(act)
  const uploaded = await uploadRoster(act, given)
  if (!uploaded.ok) return uploaded
  const { bad } = uploaded.preview.roster
  if (bad.length === 0) {
    await write(act, uploaded.preview)
    await bringTrue(act)
  }
  return yes({ bad })
}

/** What of a person's status changed, for whoever follows: from which to which, and what lies ahead. */
function statusFacts(fields: ChangedPerson['changes']): Facts {
  const of = (name: PersonField) => fields.find(({ field }) => field === name)
  const status = of('status')
  const ahead = of('nextStatus') ?? of('nextStatusOn')
  return {
    ...(status && { statusFrom: String(status.from), statusTo: String(status.to) }),
    ...(ahead && { plans: true }),
  }
}

/** A change whose day has come already when a file tells of it comes true at once, and not with the next date. */
async function bringTrue(act: Act): Promise<void> {
  const { zone } = (await programmeInForce(act)).campus
  let after: number | null = 0
  while (after !== null) after = (await changeStatuses(act, zone, after)).last
}

/** Writes the people of a difference that was looked at under the roster's lock. */
async function write(
  act: Act,
  { uploadId, found, will }: Pick<Preview, 'uploadId' | 'found' | 'will'>,
): Promise<void> {
  const people = [...found.added, ...found.changed].map(({ person }) => person)
  // In the order in which everybody else locks people, so that two acts never wait for each other.
  await lockPeople(act, people)
  const ids = await writePeople(act, people, uploadId)
  await markApplied(act, uploadId, will)
  const { adds, changes, losesEnrolment } = will
  await act.note(
    { act: 'roster applied', facts: { upload: uploadId, adds, changes, losesEnrolment } },
    ...found.added.map(({ person }) => ({ act: 'person added', personId: ids.get(person.studentNumber)! })),
    ...found.changed.map(({ person, changes: fields }) => ({
      act: 'person changed',
      personId: ids.get(person.studentNumber)!,
      facts: { fields: fields.map(change => change.field).join(' '), ...statusFacts(fields) },
    })),
  )
}
