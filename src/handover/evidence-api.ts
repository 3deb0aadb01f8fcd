import { Type } from 'typebox'

const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** Whom it is about. */
export const StudentNumber = Type.String({ minLength: 1, maxLength: 20 })
/** The chip of the card to be given. */
export const Chip = Type.String({
  pattern: '^([0-9A-F]{8}|[0-9A-F]{14})$',
  description: 'A chip number of 4 or 7 bytes, capital hexadecimal, as the look-up answers it',
})

const EvidenceId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })
/** The old card to the clerk’s eyes. */
export const Seen = closed({ kind: Type.Literal('old-card-seen') })
/** A document that the clerk saw. */
export const DocumentSeen = closed({
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
/** Everything that was shown, in the order in which it was. */
export const AllShown = Type.Array(AnyEvidence, { maxItems: 12, description: 'Everything that was shown' })
