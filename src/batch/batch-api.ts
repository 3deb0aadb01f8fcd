import { Type } from 'typebox'
import { deskFormats } from '../card/read-scan.ts'
import { drawingPattern, longestDrawing } from '../handover/drawing.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'

const Chip = Type.String({ pattern: '^([0-9A-F]{8}|[0-9A-F]{14})$' })
const ReaderFormat = Type.Optional(Type.Enum([...deskFormats]))
const Scan = Type.String({ maxLength: 4096, description: 'What the reader typed' })

/** Who fetches, the cards that lie there, and one scan more. */
export const LookBody = Type.Object(
  {
    representative: Type.String({
      maxLength: 4096,
      description: 'A scan or a student number of who fetches',
    }),
    checked: Type.String({
      maxLength: 130,
      description: 'How the clerk saw who it is, as for a person present',
    }),
    chips: Type.Array(Chip, { maxItems: 200, description: 'The cards that lie there already' }),
    scan: orNull(Scan),
    readerFormat: ReaderFormat,
  },
  { additionalProperties: false },
)
export type LookBody = Type.Static<typeof LookBody>

const InBatch = Type.Object({
  chip: Type.String(),
  ending: orNull(Type.String()),
  box: orNull(Type.String()),
  studentNumber: orNull(Type.String()),
  name: orNull(Both),
  goes: Type.Boolean(),
  message: orNull(Type.String({ description: 'Why it does not go, and what to do' })),
})
/** Who fetches, and each card: whether it goes. */
export const LookReply = Type.Object({
  representative: Type.Object({
    studentNumber: Type.String(),
    name: Both,
    department: Both,
    language: Type.Enum(['zh-TW', 'en']),
  }),
  mostCards: Type.Integer(),
  backBy: Type.String({ format: 'date' }),
  cards: Type.Array(InBatch),
  text: Both,
})
export type LookReply = Type.Static<typeof LookReply>

const language = Type.Enum(['zh-TW', 'en'])
/** A batch as the clerk gives it. */
export const GiveBody = Type.Object(
  {
    studentNumber: Type.String({ maxLength: 40 }),
    checked: Type.String({ maxLength: 130 }),
    chips: Type.Array(Chip, { maxItems: 200 }),
    signature: Type.Union([
      Type.Object(
        {
          manner: Type.Literal('drawn'),
          picture: Type.String({ pattern: drawingPattern, maxLength: longestDrawing }),
          language,
        },
        { additionalProperties: false },
      ),
      Type.Object(
        { manner: Type.Literal('typed'), picture: Type.String({ maxLength: 120 }), language },
        { additionalProperties: false },
      ),
      Type.Object(
        { manner: Type.Literal('witnessed'), picture: Type.Literal(''), language },
        { additionalProperties: false },
      ),
    ]),
  },
  { additionalProperties: false },
)
export type GiveBody = Type.Static<typeof GiveBody>
/** A batch that was given. */
export const Given = Type.Object({
  batchId: Type.Integer(),
  cards: Type.Integer(),
  backBy: Type.String({ format: 'date' }),
})
export type GivenReply = Type.Static<typeof Given>

export const Batch = Type.Object({
  id: Type.Integer(),
  counter: Both,
  representative: Type.Object({ studentNumber: Type.String(), name: Both }),
  givenAt: Moment,
  backBy: Type.String({ format: 'date' }),
  cards: Type.Integer(),
  arrived: Type.Integer({
    description: 'Activated, reported lost, or handed in for another one, by their holders',
  }),
  back: Type.Integer(),
  out: Type.Integer(),
  overdue: Type.Boolean(),
})
/** The newest batches. */
export const Batches = Type.Object({
  allowed: Type.Boolean(),
  usualReaderFormat: Type.Enum([...deskFormats]),
  checks: Type.Array(Type.Object({ id: Type.String(), name: Both, kind: orNull(Both) }), {
    description: 'How a clerk can see who the representative is',
  }),
  batches: Type.Array(Batch),
})
export type BatchesReply = Type.Static<typeof Batches>
/** The cards of one batch. */
export const Cards = Type.Object({
  cards: Type.Array(
    Type.Object({
      ending: orNull(Type.String()),
      box: orNull(Type.String()),
      studentNumber: Type.String(),
      name: Both,
      state: Type.Enum(['out', 'active', 'lost', 'handed-in', 'back']),
    }),
  ),
})
export type CardsReply = Type.Static<typeof Cards>
/** A card that came back. */
export const Back = Type.Object({
  batchId: Type.Integer(),
  studentNumber: Type.String(),
  name: Both,
  box: orNull(Type.String()),
})
export type BackReply = Type.Static<typeof Back>

/** A card that a representative brings back, as the reader typed it. */
export const BackBody = Type.Object(
  { scan: Scan, readerFormat: ReaderFormat },
  { additionalProperties: false },
)
