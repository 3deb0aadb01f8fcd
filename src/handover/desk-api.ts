import { Type } from 'typebox'
import { deskFormats } from '../card/read-scan.ts'
import { PhotoAtDesk } from '../photo/at-desk.ts'
import { RowId } from '../server/ids.ts'
import { Both, orNull } from '../server/shapes.ts'
import { drawingPattern, longestDrawing } from './drawing.ts'
import { signingPlaces, signingStates } from './signing-rules.ts'

const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

const StudentNumber = Type.String({ minLength: 1, maxLength: 20 })
const Chip = Type.String({
  pattern: '^([0-9A-F]{8}|[0-9A-F]{14})$',
  description: 'A chip number of 4 or 7 bytes, capital hexadecimal, as the look-up answers it',
})

const EvidenceId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })
const Seen = closed({ kind: Type.Literal('old-card-seen') })
const DocumentSeen = closed({
  kind: Type.Literal('document'),
  evidence: EvidenceId,
  documentKind: Type.Union([Type.String({ pattern: '^[a-z][a-z-]{0,62}$' }), Type.Null()], {
    description: 'Which of the kinds that the programme lists; null where it lists none. Never a number',
  }),
})

/** The old card on the reader, the old card to the clerk's eyes, the app's live proof, or a document that was seen. */
export const EvidenceShape = Type.Union([
  closed({ kind: Type.Literal('old-card'), chip: Chip }),
  Seen,
  closed({ kind: Type.Literal('app-proof'), proof: Type.String({ minLength: 1, maxLength: 200 }) }),
  DocumentSeen,
])
/** The same, or the one-time code of who collects for somebody else. */
const AnyEvidence = Type.Union([
  EvidenceShape,
  closed({
    kind: Type.Literal('proxy-code'),
    code: Type.String({ pattern: '^[0-9A-Z]{12}$', description: 'As the look-up answers it' }),
  }),
])
const AllShown = Type.Array(AnyEvidence, { maxItems: 12, description: 'Everything that was shown' })

const formats = [...deskFormats]

export const LookUpBody = closed({
  scan: orNull(
    Type.String({
      maxLength: 4096,
      description: 'What the reader typed; null: look again at what lies here',
    }),
  ),
  seen: Type.Optional(
    Type.Union([Seen, DocumentSeen], { description: 'What the clerk saw, where nothing was scanned' }),
  ),
  readerFormat: Type.Optional(
    Type.Enum(formats, { description: 'How this desk’s reader writes chip numbers' }),
  ),
  beside: closed({
    studentNumber: orNull(StudentNumber),
    chip: orNull(Chip),
    evidence: AllShown,
  }),
})

export type LookUpBody = Type.Static<typeof LookUpBody>

export const ViewReply = Type.Object({
  scanned: Type.Enum([
    'nothing',
    'student-number',
    'printed-number',
    'proof',
    'proxy-code',
    'receipt',
    'old-card',
    'document',
    'new-card',
    'held-card',
  ]),
  insteadOf: orNull(Both),
  person: orNull(
    Type.Object({
      studentNumber: Type.String(),
      name: Both,
      department: Both,
      site: Both,
      language: Type.Enum(['zh-TW', 'en']),
      photo: orNull(PhotoAtDesk),
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
  evidence: Type.Array(
    Type.Object({
      kind: Type.Enum(['old-card', 'old-card-seen', 'app-proof', 'document', 'proxy-code']),
      chip: Type.Optional(Type.String()),
      proof: Type.Optional(Type.String()),
      code: Type.Optional(Type.String()),
      evidence: Type.Optional(Type.String()),
      documentKind: Type.Optional(orNull(Type.String())),
      name: Both,
      kindName: orNull(Both),
      ending: orNull(Type.String()),
      secondsLeft: orNull(Type.Integer()),
      holds: Type.Boolean({ description: 'False: it ran out or is somebody else’s, and counts for nothing' }),
    }),
  ),
  offers: Type.Array(
    Type.Object({
      evidence: Type.String(),
      name: Both,
      kinds: Type.Array(Type.Object({ id: Type.String(), name: Both })),
    }),
    { description: 'What would help this person and is seen, not scanned: the old card, documents' },
  ),
  missing: orNull(Both),
  second: orNull(
    Type.Object({
      state: Type.Enum(['to-ask', 'waits', 'confirmed', 'declined']),
      goodUntil: orNull(Type.String({ format: 'date-time' })),
    }),
  ),
  proxy: orNull(
    Type.Object(
      {
        name: Type.String(),
        language: Type.Enum(['zh-TW', 'en']),
        signatureText: Both,
      },
      { description: 'Who stands there in the student’s place, and what they sign' },
    ),
  ),
  signing: orNull(
    Type.Object(
      {
        request: Type.Integer(),
        place: Type.Enum([...signingPlaces]),
        state: Type.Enum([...signingStates], {
          description:
            '`signed`: hand over with `{"manner": "elsewhere", "request": …}`; `to-witness`: the same, once the clerk ' +
            'has seen it; `elsewhere`: another desk is asking',
        }),
        goodUntil: Type.String({ format: 'date-time' }),
      },
      { description: 'What was asked to be signed on a phone or a tablet about this card' },
    ),
  ),
  next: orNull(Type.Enum(['person', 'card', 'evidence', 'second-person', 'signature'])),
  stop: orNull(Type.Object({ refusal: Type.String(), message: Both })),
})
export type ViewReply = Type.Static<typeof ViewReply>

const language = Type.Enum(['zh-TW', 'en'], { description: 'The language of the sentence that is signed' })

/** A signature by hand: what is no drawing is refused before any rule. */
export const Drawn = {
  manner: Type.Literal('drawn'),
  picture: Type.String({
    pattern: drawingPattern,
    maxLength: longestDrawing,
    description: 'SVG path data of whole points in a field of 600 × 180: M12 40L13 42L…',
  }),
  language,
}
/** A signature by name. */
export const Typed = {
  manner: Type.Literal('typed'),
  picture: Type.String({
    maxLength: 120,
    description: 'The person’s name, as the roster has it; of a proxy, the proxy’s',
  }),
  language,
}
/** A signature without either: the button on one's own phone, or before a clerk who witnesses it. */
export const Said = <Manner extends 'confirmed' | 'witnessed'>(manner: Manner) => ({
  manner: Type.Literal(manner),
  picture: Type.Literal(''),
  language,
})

export const HandoverBody = closed({
  studentNumber: StudentNumber,
  chip: Chip,
  evidence: AllShown,
  signature: Type.Union([
    closed(Drawn),
    closed(Typed),
    closed(Said('witnessed')),
    closed({ manner: Type.Literal('elsewhere'), request: RowId }),
  ]),
})
export type HandoverBody = Type.Static<typeof HandoverBody>

/** A question to a second person, about exactly the documents that were shown. */
export const AskBody = closed({ studentNumber: StudentNumber, evidence: AllShown })
export type AskBody = Type.Static<typeof AskBody>

/** Somebody is asked to sign on their phone, or on the desk's tablet, for what lies on the desk. */
export const AskToSignBody = closed({
  studentNumber: StudentNumber,
  chip: Chip,
  evidence: AllShown,
  place: Type.Enum([...signingPlaces]),
})
export type AskToSignBody = Type.Static<typeof AskToSignBody>

export const AskedToSignReply = Type.Object({
  request: Type.Integer(),
  goodUntil: Type.String({ format: 'date-time' }),
})
export type AskedToSignReply = Type.Static<typeof AskedToSignReply>

export const AskedReply = Type.Object({
  confirmation: Type.Integer(),
  goodUntil: Type.String({ format: 'date-time' }),
})
export type AskedReply = Type.Static<typeof AskedReply>

export const HandedOverReply = Type.Object({
  cardId: Type.Integer(),
  studentNumber: Type.String(),
  at: Type.String({ format: 'date-time' }),
})
export type HandedOverReply = Type.Static<typeof HandedOverReply>

export const DeskReply = Type.Object({
  /** Who sits there; what a tab keeps is theirs. */
  clerk: Type.String(),
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
  phone: Type.Object(
    {
      stem: Type.String(),
      key: Type.String({ description: '32 bytes as base64url; keep it on this phone only' }),
      until: Type.String({ format: 'date-time' }),
    },
    { description: 'What the phone makes further codes of while it has no signal; see “The live proof”' },
  ),
})
