import { createHash } from 'node:crypto'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { spellingsOf } from '../roster/fields.ts'
import { meaningsOf } from '../roster/header-store.ts'
import { openFile } from '../roster/open-file.ts'
import { lockPeople } from '../roster/store.ts'
import { asRecognised, type ReadAs } from '../roster/table.ts'
import { inSlices } from '../server/in-slices.ts'
import type { Act } from '../server/register.ts'
import type { CardFileSettings } from './file-cells.ts'
import { type CheckedFile, type CheckedRow, checkCards } from './file-check.ts'
import { cardFields, type FileCard, type FileKind } from './file-columns.ts'
import { beginCardFile, type CardFileRefusal, type ReadFile } from './file-rows.ts'
import {
  type CardFile,
  cardFileOf,
  type FileWill,
  keepCardFile,
  knownOf,
  lockStock,
  markFileApplied,
} from './file-store.ts'
import type { ReaderFormat } from './formats.ts'
import { checkNumbers } from './numbers-check.ts'
import { keepPrintedNumbers, knownNumbersOf, lockCardsOf, notOrdered } from './numbers-store.ts'
import { takeIntoStock } from './store.ts'

/** Why an upload is not applied though its file can be read. */
export type CardUploadRefusal = 'no-such-upload' | 'file-forgotten' | 'applied-already' | 'register-changed'

/** Why a file of cards is not taken in. */
export type TakeRefusal = CardFileRefusal | CardUploadRefusal

/** A file as somebody uploads it: what it tells, and how its maker writes chip numbers. */
export interface GivenFile {
  kind: FileKind
  format: ReaderFormat
  fileName: string
  file: Buffer
  /** What the office says of how it is read. */
  readAs?: ReadAs
}

/** What a file of cards would do to the register, seen before anything is done. */
export interface CardPreview {
  read: ReadFile
  checked: CheckedFile
  will: FileWill
  /** Students of cards that come in though none was ordered for them, while the maker has a batch of the edition. */
  notOrdered: readonly string[]
  /** Names exactly what would be taken in: what was looked at is what will be applied, or nothing. */
  seal: string
}

function settingsOf(
  programme: Programme,
  { kind, format }: GivenFile,
  today: Temporal.PlainDate,
): CardFileSettings {
  const named = (list: readonly { id: string; name: Record<'zh-TW' | 'en', string> }[]) =>
    spellingsOf(list.map(({ id, name }) => ({ id, names: [name['zh-TW'], name.en] })))
  return {
    kind,
    format,
    studentNumber: programme.campus.studentNumber,
    printedNumber: programme.campus.printedNumber,
    editions: named(programme.editions),
    counters: named(programme.counters),
    today,
  }
}

/** How a file is looked at: with its students locked, and telling how far it is. */
interface Looking {
  locked?: boolean
  onProgress?: (doing: string, rows: number) => void
}

async function look(
  act: Act,
  given: GivenFile,
  { locked = false, onProgress = () => {} }: Looking,
): Promise<Decision<{ preview: CardPreview }, CardFileRefusal>> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const opened = await openFile(given.file, given.readAs, rows => onProgress('reading', rows))
  if (!opened.ok) return opened
  const said = await meaningsOf(act, given.kind, cardFields)
  const begun = beginCardFile(opened.opened, settingsOf(programme, given, today), said)
  if (!begun.ok) return begun
  const found = await inSlices(begun.reading, rows => onProgress('comparing', rows))
  if (!found.ok) return found
  const { rows } = found.read
  if (locked && given.kind === 'numbers') await lockCardsOf(act, rows)
  // What somebody holds and uses must not change meanwhile; packs that wait come under the lock on the stock alone.
  if (locked && given.kind !== 'stock' && given.kind !== 'numbers')
    await lockStudents(
      act,
      rows.map(({ told }) => told.studentNumber),
    )
  const checked =
    given.kind === 'numbers'
      ? checkNumbers(rows, await knownNumbersOf(act, rows, programme))
      : checkCards(rows, given.kind, await knownOf(act, rows, programme))
  const { fresh, unchanged, bad } = checked
  const told = [given.kind, fresh.map(({ card }) => card)]
  const comesIn = given.kind === 'stock' || given.kind === 'health-check'
  return yes({
    preview: {
      read: found.read,
      checked,
      will: {
        takes: fresh.length,
        blanks: given.kind === 'numbers' ? 0 : fresh.filter(({ personId }) => personId === null).length,
        unchanged: unchanged.length,
        bad: bad.length,
      },
      notOrdered: comesIn
        ? await notOrdered(
            act,
            fresh.map(({ card }) => card),
          )
        : [],
      seal: createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32),
    },
  })
}

/** Locks these students in the order in which everybody else locks people, so that two acts never wait for each other. */
const lockStudents = (act: Act, numbers: readonly (string | null | undefined)[]): Promise<void> =>
  lockPeople(
    act,
    numbers.flatMap(studentNumber => (studentNumber ? [{ studentNumber }] : [])),
  )

/**
 * Takes in a file of cards and says what it would do: which cards come in, which are there already, which rows are
 * bad. Nothing is done yet. A file that cannot be read is not kept.
 */
export async function uploadCardFile(
  act: Act,
  given: GivenFile,
  looking: Looking = {},
): Promise<Decision<{ uploadId: number; preview: CardPreview }, CardFileRefusal>> {
  const seen = await look(act, given, looking)
  if (!seen.ok) return seen
  const uploadId = await keepCardFile(act, { readAs: asRecognised, ...given })
  const rows = seen.preview.read.rows.length
  await act.note({ act: 'card file uploaded', facts: { upload: uploadId, kind: given.kind, rows } })
  return yes({ uploadId, preview: seen.preview })
}

/**
 * Takes in a file of cards and what it brings in one act, for a campus that is being set up: nobody else is at work, so
 * that the file is looked at once. Where a row is bad (`bad` has them) no card is taken.
 */
export async function takeGoodFile(
  act: Act,
  given: GivenFile,
): Promise<
  Decision<
    { bad: readonly CheckedRow[]; kind: FileKind; cards: TakenCard[]; will: FileWill },
    CardFileRefusal
  >
> {
  await lockStock(act)
  const uploaded = await uploadCardFile(act, given, { locked: true })
  if (!uploaded.ok) return uploaded
  const { uploadId, preview } = uploaded
  const { bad } = preview.checked
  const taken =
    bad.length > 0
      ? { kind: given.kind, cards: [], will: preview.will }
      : await take(act, { id: uploadId, kind: given.kind }, preview)
  return yes({ bad, ...taken })
}

/** Looks again at an uploaded file of cards, against the register as it is now. */
export async function lookAtCardFile(
  act: Act,
  uploadId: number,
  { locked } = { locked: false },
): Promise<Decision<{ upload: CardFile; preview: CardPreview }, TakeRefusal>> {
  const upload = await cardFileOf(act, uploadId)
  if (upload === null) return no('no-such-upload')
  if (upload.isForgotten) return no('file-forgotten')
  const seen = await look(act, upload, { locked })
  return seen.ok ? yes({ upload, preview: seen.preview }) : seen
}

/** A card that a file brought into the register. */
export interface TakenCard {
  cardId: number
  personId: number | null
  card: FileCard
}

/**
 * Takes the cards of an uploaded file into the register: every good row or none, in one transaction, and only what was
 * looked at (its seal). Bad rows and cards that are there already are left alone. Whose hands they are in, where
 * students hold them, is recorded by whoever calls this.
 */
export async function takeCardFile(
  act: Act,
  { uploadId, seal }: { uploadId: number; seal: string },
): Promise<Decision<{ kind: FileKind; cards: TakenCard[]; will: FileWill }, TakeRefusal>> {
  await lockStock(act)
  const looked = await lookAtCardFile(act, uploadId, { locked: true })
  if (!looked.ok) return looked
  const { upload, preview } = looked
  if (upload.appliedAt !== null) {
    const { zone } = (await programmeInForce(act)).campus
    const at = upload.appliedAt
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
    return no('applied-already', { at: at.replace('T', ' ') })
  }
  if (preview.seal !== seal) return no('register-changed')
  return yes(await take(act, upload, preview))
}

/** Takes the good rows of a file that was looked at under the stock's lock. */
async function take(
  act: Act,
  upload: Pick<CardFile, 'id' | 'kind'>,
  preview: CardPreview,
): Promise<{ kind: FileKind; cards: TakenCard[]; will: FileWill }> {
  const { kind } = upload
  const fresh = preview.checked.fresh.filter(({ fills }) => fills === undefined)
  // As late as may be: a desk waits for these people.
  if (kind === 'stock' || kind === 'numbers')
    await lockStudents(
      act,
      fresh.map(({ card }) => card.studentNumber),
    )
  const taken = await takeIntoStock(
    act,
    fresh.map(({ card, personId }) => ({
      edition: card.edition,
      chip: Uint8Array.fromHex(card.chip),
      printedNumber: card.printedNumber,
      // Who holds a card already has no pack that waits.
      madeFor: kind === 'stock' || kind === 'numbers' ? personId : null,
      counter: card.counter,
      box: card.box,
      carrierCode: card.carrierCode,
    })),
  )
  // Everything that could be in its way was asked under the lock.
  if (!taken.ok) throw new Error(`cards that were looked at were not taken: ${taken.refusal}`)
  const cards = fresh.map(({ card, personId }, at) => ({ cardId: taken.ids[at]!, personId, card }))
  const filled = await fillNumbers(act, preview)
  await markFileApplied(act, upload.id, preview.will)
  const { takes, unchanged, bad } = preview.will
  const entries = kind === 'stock' || kind === 'numbers' ? cards : []
  await act.note(
    { act: 'card file applied', facts: { upload: upload.id, kind, takes, unchanged, bad } },
    ...entries.map(({ cardId, personId }) => ({ act: 'card taken into stock', personId, cardId })),
    ...filled.map(({ cardId, personId }) => ({ act: 'printed number recorded', personId, cardId })),
  )
  return { kind, cards, will: preview.will }
}

/** Tells cards of the register their printed numbers; which cards. */
async function fillNumbers(
  act: Act,
  preview: CardPreview,
): Promise<{ cardId: number; personId: number | null }[]> {
  const filled = preview.checked.fresh.flatMap(({ fills, personId, card }) =>
    fills === undefined ? [] : [{ cardId: fills, personId, printedNumber: card.printedNumber! }],
  )
  if (filled.length > 0) await keepPrintedNumbers(act, filled)
  return filled
}
