import { Type } from 'typebox'
import { deskFormats } from '../card/read-scan.ts'
import { AllShown, Chip, DocumentSeen, Seen, StudentNumber } from '../handover/evidence-api.ts'
import { signingPlaces, signingStates } from '../handover/signing-rules.ts'
import { PhotoAtDesk } from '../photo/at-desk.ts'
import { Both, orNull } from '../server/shapes.ts'

const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

const formats = [...deskFormats]

/** One scan, or what the clerk saw, beside what lies on the desk already. */
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

/** What now lies on the desk, and what is needed next or why it goes no further. */
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
