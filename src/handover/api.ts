import { Type } from 'typebox'
import { RowId } from '../server/ids.ts'
import { AllShown, Chip, StudentNumber } from './evidence-api.ts'
import { Drawn, Said, Typed } from './signing-api.ts'

const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** A card is handed over: whose, which, what was shown, and how it was signed for. */
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

export const HandedOverReply = Type.Object({
  cardId: Type.Integer(),
  studentNumber: Type.String(),
  at: Type.String({ format: 'date-time' }),
})
export type HandedOverReply = Type.Static<typeof HandedOverReply>

/** A live proof for the desk, and what the phone makes further ones of. */
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
