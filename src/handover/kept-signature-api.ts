import { Type } from 'typebox'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { signedOn, signingManners } from './signature.ts'
import { undoReasons } from './undo-rules.ts'

/** What was signed for a card, and whether it still is what was signed. */
export const KeptSignatureReply = Type.Object({
  cardId: Type.Integer(),
  studentNumber: Type.String(),
  name: Both,
  ending: orNull(Type.String({ description: 'The last four digits of the card’s printed number' })),
  counter: orNull(Both),
  clerk: Type.String(),
  clerkName: Both,
  place: Type.Enum([...signedOn]),
  manner: Type.Enum([...signingManners]),
  picture: Type.String({ description: 'The drawing as SVG path data, or the typed name; else empty' }),
  text: Type.String({ description: 'The sentence that was signed, word for word' }),
  signedAt: Moment,
  hash: Type.String({ description: 'SHA-256 as hexadecimal' }),
  shortHash: Type.String({ description: 'As the receipt says it' }),
  fits: Type.Boolean({
    description:
      'Whether the hash, worked out anew from what is kept, is the one that was kept. False: something of it was changed',
  }),
  eraseOn: Type.String({ format: 'date' }),
  undone: orNull(
    Type.Object(
      { at: Moment, why: Type.Enum([...undoReasons]), by: Both },
      { description: 'The handover was undone: when, why and by whom. Null: it stands' },
    ),
  ),
})

export type KeptSignatureReply = Type.Static<typeof KeptSignatureReply>
