import { Type } from 'typebox'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { isMended } from '../roster/bad-rows.ts'
import { AsReadReply, asReadReply } from '../roster/import-api.ts'
import { Moment, orNull } from '../server/shapes.ts'
import type { CheckedRow } from './file-check.ts'
import { cardFields, type FileCard, fileKinds } from './file-columns.ts'
import type { CardFile } from './file-store.ts'
import { sayRowFault } from './file-words.ts'
import { readerFormats } from './formats.ts'
import type { CardPreview } from './take-file.ts'

/** What applying a file of cards does, or did, in numbers. */
export const FileWillReply = Type.Object({
  takes: Type.Integer({ description: 'Cards that come into the register, or are told their printed number' }),
  blanks: Type.Integer({ description: 'Of those: cards that are nobody’s yet' }),
  unchanged: Type.Integer({ description: 'Cards that are in the register exactly so' }),
  bad: Type.Integer(),
})
export type FileWillReply = Type.Static<typeof FileWillReply>

export const CardFileReply = Type.Object({
  uploadId: Type.Integer(),
  kind: Type.Enum([...fileKinds]),
  numberFormat: Type.Enum([...readerFormats]),
  fileName: Type.String(),
  uploadedAt: Moment,
  appliedAt: orNull(Moment),
  outcome: orNull(FileWillReply),
})
export type CardFileReply = Type.Static<typeof CardFileReply>

const CardLine = Type.Object({
  line: Type.Integer(),
  chip: Type.String({ description: 'Hexadecimal, the bytes as the chip sends them' }),
  printedNumber: orNull(Type.String()),
  edition: Type.String(),
  studentNumber: orNull(Type.String()),
  counter: orNull(Type.String()),
  box: orNull(Type.String()),
  heldSince: orNull(Type.String({ format: 'date' })),
})

export const CardPreviewReply = Type.Object({
  ...CardFileReply.properties,
  ...AsReadReply.properties,
  /** Whether the file is one of bad rows that were mended. */
  mends: Type.Boolean(),
  notOrdered: Type.Object(
    { people: Type.Integer(), first: Type.Array(Type.String(), { description: 'Student numbers' }) },
    { description: 'For whom no card was ordered, while the card maker has a batch of the edition' },
  ),
  ignored: Type.Array(Type.String(), { description: 'Columns that mean nothing to us and were left aside' }),
  will: FileWillReply,
  seal: Type.String({
    description: 'Names exactly what would be taken in; only what was looked at is applied',
  }),
  rows: Type.Integer(),
  shownAtMost: Type.Integer(),
  good: Type.Array(CardLine),
  unchanged: Type.Array(CardLine),
  bad: Type.Array(
    Type.Object({
      line: Type.Integer(),
      chip: orNull(Type.String()),
      faults: Type.Array(
        Type.Object({
          field: orNull(Type.Enum([...cardFields])),
          refusal: Type.String(),
          shown: Type.String(),
          message: Type.String(),
        }),
      ),
    }),
  ),
})
export type CardPreviewReply = Type.Static<typeof CardPreviewReply>

/** How many of each list a preview shows. */
export const cardsShownAtMost = 100

/** How many students are named for whom nothing was ordered; all are counted. */
const notOrderedNamed = 20

/** An upload of cards as the API says it. */
export const cardFileReply = (upload: Omit<CardFile, 'file'>): CardFileReply => ({
  uploadId: upload.id,
  kind: upload.kind,
  numberFormat: upload.format,
  // Of a file that is forgotten its name is, too.
  fileName: upload.fileName || `${upload.kind}-${upload.id}`,
  uploadedAt: upload.uploadedAt.toString(),
  appliedAt: upload.appliedAt?.toString() ?? null,
  outcome: upload.outcome,
})

/** A preview of a file of cards as the API says it, in the reader's language. */
export function cardPreviewReply(
  { upload, preview }: { upload: Omit<CardFile, 'file'>; preview: CardPreview },
  { programme, language }: { programme: Programme; language: Language },
): CardPreviewReply {
  const { checked, read } = preview
  const some = <Item>(list: readonly Item[]) => list.slice(0, cardsShownAtMost)
  const named = (list: 'editions' | 'counters', id: string | null) =>
    programme[list].find(each => each.id === id)?.name[language] ?? id
  const line = ({ line: at, card }: { line: number; card: FileCard }) => ({
    ...card,
    line: at,
    edition: named('editions', card.edition) ?? card.edition,
    counter: named('counters', card.counter),
  })
  const bad = ({ line: at, told, faults }: CheckedRow) => ({
    line: at,
    chip: told.chip ?? null,
    faults: faults.map(fault => ({
      field: fault.field,
      refusal: fault.refusal,
      shown: fault.shown,
      message: sayRowFault(fault, language),
    })),
  })
  return {
    ...cardFileReply(upload),
    ...asReadReply(read.table, read.firstRows),
    mends: isMended(read.table),
    notOrdered: { people: preview.notOrdered.length, first: preview.notOrdered.slice(0, notOrderedNamed) },
    ignored: [...read.table.columns.ignored],
    will: preview.will,
    seal: preview.seal,
    rows: read.rows.length,
    shownAtMost: cardsShownAtMost,
    good: some(checked.fresh).map(line),
    unchanged: some(checked.unchanged).map(line),
    bad: some(checked.bad).map(bad),
  }
}
