import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { inSlices } from '../server/in-slices.ts'
import type { Act } from '../server/register.ts'
import { personFields } from './columns.ts'
import {
  type Applying,
  applying,
  type ChangedPerson,
  type Comparison,
  comparison,
  endingEnrolment,
  endsEnrolment,
  type RosterDifference,
  stayEnded,
} from './difference.ts'
import { type RosterSettings, spellingsOf } from './fields.ts'
import { meaningsOf } from './header-store.ts'
import { openFile } from './open-file.ts'
import type { PersonField } from './person.ts'
import { changeStatuses } from './planned-status.ts'
import { type ManyEnding, tooManyEnd } from './question-rules.ts'
import { endedByFiles } from './question-store.ts'
import { type BadRow, beginRoster, type FileRefusal, type RosterRead, type UploadRefusal } from './rules.ts'
import {
  enrolledPeople,
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
import { asRecognised, type ReadAs } from './table.ts'

/** Why an upload is not applied, beside what may be wrong with the file. */
export type ImportRefusal = FileRefusal | UploadRefusal

/** What a file would do to the register, seen before anything is done. */
export interface Preview {
  uploadId: number
  fileName: string
  readAs: ReadAs
  roster: RosterRead
  found: RosterDifference
  will: Applying
  /** Names exactly this difference: what was looked at is what will be applied, or nothing. */
  seal: string
  /** By what it needs a second person; null: it needs none. */
  ending: ManyEnding | null
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
    language: campus.language,
    entryYears: { earliest: thisYear - 20, latest: thisYear + 1 },
  }
}

/** A file as somebody uploads it, and what they say of how it is read. */
export type GivenRoster = Pick<Upload, 'fileName' | 'file'> & { readAs?: ReadAs }

/** How far long work is: reading rows, comparing them, writing them. */
export type OnProgress = (doing: 'reading' | 'comparing' | 'writing', rows: number) => void
const silently: OnProgress = () => {}

/** How a file is compared; `canBeRead` is awaited once that is known, before its rows take room. */
interface Comparing {
  onProgress: OnProgress
  canBeRead?: () => Promise<void>
}

/** Reads a file up to where its rows meet the register: nothing here outlives it but what the comparison keeps. */
async function beginComparing(
  act: Act,
  { file, readAs = asRecognised }: GivenRoster,
  { onProgress, canBeRead }: Comparing,
): Promise<Decision<{ comparing: Comparison }, FileRefusal>> {
  const opened = await openFile(file, readAs, rows => onProgress('reading', rows))
  if (!opened.ok) return opened
  const said = await meaningsOf(act, 'roster', personFields)
  const begun = beginRoster(opened.opened, await settingsOf(act), said)
  if (!begun.ok) return begun
  await canBeRead?.()
  return yes({
    comparing: comparison(await inSlices(begun.reading, rows => onProgress('comparing', rows))),
  })
}

async function compare(
  act: Act,
  given: GivenRoster,
  how: Comparing,
): Promise<Decision<{ compared: Omit<Preview, 'uploadId'> }, FileRefusal>> {
  const begun = await beginComparing(act, given, how)
  if (!begun.ok) return begun
  const { comparing } = begun
  for await (const some of everybody(act)) comparing.with(some)
  const found = comparing.found()
  const { fileName, readAs = asRecognised } = given
  const [will, ending, seal] = [applying(found), await endingOf(act, found), await sealOf(found)]
  return yes({ compared: { fileName, readAs, roster: comparing.read, found, will, seal, ending } })
}

/** By what a difference needs a second person, with what other files have ended lately; null where it needs none. */
async function endingOf(act: Act, found: RosterDifference): Promise<ManyEnding | null> {
  const people = endingEnrolment(found)
  if (people === 0) return null
  const lately = stayEnded(await endedByFiles(act), found)
  const counted = { people, lately, of: await enrolledPeople(act) }
  return tooManyEnd(counted, (await programmeInForce(act)).importGuard)
}

/** How many people are sealed between two chances of everybody else. */
const sealedAtOnce = 25

/** Names a difference: every person whom it adds or changes, with all that it says of them, and whom it leaves alone. */
async function sealOf(found: RosterDifference): Promise<string> {
  const hash = createHash('sha256')
  const lists = {
    added: found.added,
    changed: found.changed,
    missing: found.missing.map(person => person.studentNumber),
    unreadable: found.unreadable,
  }
  for (const [name, list] of Object.entries(lists)) {
    hash.update(`${name} ${list.length}\n`)
    for (let from = 0; from < list.length; from += sealedAtOnce) {
      hash.update(JSON.stringify(list.slice(from, from + sealedAtOnce)))
      await setImmediate()
    }
  }
  return hash.digest('hex').slice(0, 32)
}

/**
 * Takes in a roster file and says what it would do: added, changed, missing, bad rows. Nothing is done yet. A file
 * that cannot be read is not kept.
 */
export async function uploadRoster(
  act: Act,
  given: GivenRoster,
  onProgress = silently,
): Promise<Decision<{ preview: Preview }, FileRefusal>> {
  let uploadId = 0
  const canBeRead = async () => {
    uploadId = await keepUpload(act, { readAs: asRecognised, ...given })
  }
  const seen = await compare(act, given, { onProgress, canBeRead })
  if (!seen.ok) return seen
  await act.note({
    act: 'roster uploaded',
    facts: { upload: uploadId, rows: seen.compared.roster.good },
  })
  return yes({ preview: { uploadId, ...seen.compared } })
}

/** Looks again at an uploaded file, against the register as it is now. */
export async function lookAtUpload(
  act: Act,
  uploadId: number,
  { locked = false, onProgress = silently }: { locked?: boolean; onProgress?: OnProgress } = {},
): Promise<Decision<{ preview: Preview; upload: Omit<Upload, 'file'> }, ImportRefusal>> {
  const found = await uploadOf(act, uploadId, { locked })
  if (found === null || found.isForgotten) return no(found ? 'file-forgotten' : 'no-such-upload')
  const seen = await compare(act, found, { onProgress })
  const { file: _, ...upload } = found
  return seen.ok ? yes({ preview: { uploadId, ...seen.compared }, upload }) : seen
}

/**
 * Looks at an upload under the roster's lock, to do exactly what its seal names. Refuses: there is none; it was applied;
 * the register has changed since it was looked at.
 */
export async function lookToApply(
  act: Act,
  { uploadId, seal }: { uploadId: number; seal: string },
  onProgress = silently,
): Promise<Decision<{ preview: Preview }, ImportRefusal>> {
  await lockRoster(act)
  const looked = await lookAtUpload(act, uploadId, { locked: true, onProgress })
  if (!looked.ok) return looked
  const { appliedAt } = looked.upload
  if (appliedAt !== null) {
    const { zone } = (await programmeInForce(act)).campus
    const at = appliedAt.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
    return no('applied-already', { at: at.replace('T', ' ') })
  }
  return looked.preview.seal === seal ? yes({ preview: looked.preview }) : no('register-changed')
}

/**
 * Applies an uploaded roster: every good row or none, in one transaction. Only the difference that was looked at
 * (its seal) is applied; if the register changed meanwhile, the office looks again. Missing people and bad rows
 * are left alone. A file by which many would stop being enrolled needs a second person (question.ts).
 */
export async function applyRoster(
  act: Act,
  { uploadId, seal }: { uploadId: number; seal: string },
  onProgress = silently,
): Promise<Decision<{ applied: Applying }, ImportRefusal>> {
  const looked = await lookToApply(act, { uploadId, seal }, onProgress)
  if (!looked.ok) return looked
  const { ending, will } = looked.preview
  if (ending !== null) return no('second-person-needed', { ...ending })
  await writeLooked(act, looked.preview, onProgress)
  return yes({ applied: will })
}

/** Writes a difference that was looked at under the roster's lock, with what it brings. */
export async function writeLooked(act: Act, preview: Preview, onProgress = silently): Promise<void> {
  await write(act, preview, onProgress)
  await bringTrue(act)
}

/**
 * Takes in a roster and applies it in one act, for a campus that is being set up: nobody else is at work, so that it is
 * looked at once. Where a row is bad (`bad` has them) nothing is applied.
 */
export async function bringRoster(
  act: Act,
  given: GivenRoster,
): Promise<Decision<{ bad: readonly BadRow[] }, FileRefusal>> {
  await lockRoster(act)
  const uploaded = await uploadRoster(act, given)
  if (!uploaded.ok) return uploaded
  const { bad } = uploaded.preview.roster
  if (bad.length === 0) await writeLooked(act, uploaded.preview)
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

/** How many people are written in one statement. */
const writtenAtOnce = 2_000

/** Writes the people of a difference that was looked at under the roster's lock. */
async function write(
  act: Act,
  { uploadId, found, will }: Pick<Preview, 'uploadId' | 'found' | 'will'>,
  onProgress: OnProgress,
): Promise<void> {
  const people = [...found.added, ...found.changed].map(({ person }) => person)
  // In the order in which everybody else locks people, so that two acts never wait for each other.
  await lockPeople(act, people)
  const ids = new Map<string, number>()
  for (let from = 0; from < people.length; from += writtenAtOnce) {
    const some = people.slice(from, from + writtenAtOnce)
    for (const [number, id] of await writePeople(act, some, uploadId)) ids.set(number, id)
    onProgress('writing', from + some.length)
  }
  await markApplied(act, uploadId, will)
  const { adds, changes, losesEnrolment } = will
  await act.note({ act: 'roster applied', facts: { upload: uploadId, adds, changes, losesEnrolment } })
  const entries = (from: number) => [
    ...found.added.slice(from, from + writtenAtOnce).map(({ person }) => ({
      act: 'person added',
      personId: ids.get(person.studentNumber)!,
    })),
    ...found.changed.slice(from, from + writtenAtOnce).map(change => ({
      act: 'person changed',
      personId: ids.get(change.person.studentNumber)!,
      facts: {
        fields: change.changes.map(({ field }) => field).join(' '),
        ...statusFacts(change.changes),
        ...(endsEnrolment(change) && { endedByUpload: uploadId }),
      },
    })),
  ]
  for (let from = 0; from < Math.max(adds, changes); from += writtenAtOnce) await act.note(...entries(from))
}
