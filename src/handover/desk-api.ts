import { Type } from 'typebox'
import { deskFormats } from '../card/read-scan.ts'

const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
const orNull = <T extends Type.TSchema>(shape: T) => Type.Union([shape, Type.Null()])

const Both = Type.Object({ 'zh-TW': Type.String(), en: Type.String() })
const StudentNumber = Type.String({ minLength: 1, maxLength: 20 })
const Chip = Type.String({
  pattern: '^([0-9A-F]{8}|[0-9A-F]{14})$',
  description: 'A chip number of 4 or 7 bytes, capital hexadecimal, as the look-up answers it',
})

/** The old card on the reader, the old card to the clerk's eyes, or the app's live proof. */
export const EvidenceShape = Type.Union([
  closed({ kind: Type.Literal('old-card'), chip: Chip }),
  closed({ kind: Type.Literal('old-card-seen') }),
  closed({ kind: Type.Literal('app-proof'), proof: Type.String({ minLength: 1, maxLength: 200 }) }),
])

const formats = [...deskFormats]

export const LookUpBody = closed({
  scan: orNull(
    Type.String({
      maxLength: 4096,
      description: 'What the reader typed; null: look again at what lies here',
    }),
  ),
  readerFormat: Type.Optional(
    Type.Enum(formats, { description: 'How this desk’s reader writes chip numbers' }),
  ),
  beside: closed({
    studentNumber: orNull(StudentNumber),
    chip: orNull(Chip),
    evidence: orNull(EvidenceShape),
  }),
})

export type LookUpBody = Type.Static<typeof LookUpBody>

export const ViewReply = Type.Object({
  scanned: Type.Enum([
    'nothing',
    'student-number',
    'printed-number',
    'proof',
    'old-card',
    'new-card',
    'held-card',
  ]),
  person: orNull(
    Type.Object({
      studentNumber: Type.String(),
      name: Both,
      department: Both,
      site: Both,
      language: Type.Enum(['zh-TW', 'en']),
      photo: Type.Null(),
      eligible: Type.Boolean(),
      eligibility: Both,
      where: Type.Array(Type.Object({ counter: Both, here: Type.Boolean() })),
      lies: orNull(
        Type.Object({
          ending: Type.String(),
          counter: orNull(Both),
          here: Type.Boolean(),
          box: orNull(Type.String()),
        }),
      ),
    }),
  ),
  card: orNull(
    Type.Object({
      chip: Type.String(),
      ending: Type.String(),
      edition: Both,
      box: orNull(Type.String()),
      madeForThem: Type.Boolean(),
    }),
  ),
  evidence: orNull(
    Type.Object({
      kind: Type.Enum(['old-card', 'old-card-seen', 'app-proof']),
      chip: Type.Optional(Type.String()),
      proof: Type.Optional(Type.String()),
      ending: orNull(Type.String()),
      secondsLeft: orNull(Type.Integer()),
    }),
  ),
  next: orNull(Type.Enum(['person', 'card', 'evidence', 'signature'])),
  stop: orNull(Type.Object({ refusal: Type.String(), message: Both })),
})
export type ViewReply = Type.Static<typeof ViewReply>

const language = Type.Enum(['zh-TW', 'en'], { description: 'The language of the sentence that is signed' })

export const HandoverBody = closed({
  studentNumber: StudentNumber,
  chip: Chip,
  evidence: EvidenceShape,
  signature: Type.Union([
    closed({
      manner: Type.Literal('drawn'),
      picture: Type.String({
        pattern: '^([ML][0-9]{1,4} [0-9]{1,4})+$',
        maxLength: 60_000,
        description: 'SVG path data of whole points: M12 40L13 42L…',
      }),
      language,
    }),
    closed({
      manner: Type.Literal('typed'),
      picture: Type.String({ maxLength: 120, description: 'The person’s name, as the roster has it' }),
      language,
    }),
    closed({ manner: Type.Literal('witnessed'), picture: Type.Literal(''), language }),
  ]),
})
export type HandoverBody = Type.Static<typeof HandoverBody>

export const HandedOverReply = Type.Object({
  cardId: Type.Integer(),
  studentNumber: Type.String(),
  at: Type.String({ format: 'date-time' }),
})
export type HandedOverReply = Type.Static<typeof HandedOverReply>

export const DeskReply = Type.Object({
  counter: Type.Object({ id: Type.String(), name: Both, place: Both }),
  /** The edition that is given now; null before the change begins. */
  edition: orNull(Both),
  /** The sentence that is signed; null before the change begins. */
  signatureText: orNull(Both),
  readerFormats: Type.Array(Type.Enum(formats)),
  usualReaderFormat: Type.Enum(formats),
})
export type DeskReply = Type.Static<typeof DeskReply>

export const ProofReply = Type.Object({
  proof: Type.String({ description: 'Show it as a QR code; it is good for one handover' }),
  expiresAt: Type.String({ format: 'date-time' }),
  lifetimeSeconds: Type.Integer(),
})
