import { Type } from 'typebox'
import { Both, Moment, orNull } from '../server/shapes.ts'

/** A loss report as its holder sees it. */
const Loss = Type.Object({
  at: Moment,
  sendAt: Type.String({ format: 'date-time', description: 'When it leaves for the issuer' }),
  sentAt: orNull(Moment),
  withdrawableUntil: orNull(
    Type.String({
      format: 'date-time',
      description: 'Until then it can be taken back; null once it is sent',
    }),
  ),
  receivedAt: orNull(Moment),
  refusedBecause: orNull(Type.String({ description: 'Why the issuer did not take it, in its words' })),
  riskUntil: orNull(
    Type.String({
      format: 'date-time',
      description: 'Until then the holder bears what is spent; null while the issuer’s clock has not started',
    }),
  ),
  found: Type.Enum(['withdraws', 'restores-campus-access', 'never-restored', 'replacement-produced'], {
    description: 'What happens when the card is found again now, or why nothing can',
  }),
  oldCardGoesOn: Type.Boolean({
    description: 'The old card goes on opening doors: they had not switched to this one',
  }),
})

/** One card of a person, as the page for a card that is missing shows it. */
export const MissingCardShape = Type.Object({
  cardId: Type.Integer(),
  edition: Both,
  ending: orNull(
    Type.String({ description: 'The last four digits printed on it; of a card to be activated none' }),
  ),
  inUse: Type.Boolean({ description: 'It has campus access in the register, paused or not' }),
  pausedSince: orNull(Moment),
  resumesLeft: Type.Integer({ description: 'How often the holder can resume without coming to a desk' }),
  purseLocked: Type.Boolean({ description: 'Its stored value is locked at the issuer, for ever' }),
  loss: orNull(Loss),
})

/** What can be done of a person's cards when one is missing, and what was done. */
export const MissingShape = Type.Object(
  {
    now: Moment,
    leftTheUniversity: Type.Boolean({ description: 'The university can report no card of this person' }),
    issuer: Type.Object({
      name: Both,
      phones: Type.Array(Type.String()),
      riskHours: Type.Integer(),
      clockStarts: Type.Enum(['reported', 'received-by-issuer']),
    }),
    nextSending: Type.String({ format: 'date-time', description: 'When a report made now would leave' }),
    putOffTimes: Type.Array(Moment, { description: 'Later moments at which it could leave instead' }),
    cards: Type.Array(MissingCardShape),
  },
  { $id: 'MissingCards' },
)

export type Missing = Type.Static<typeof MissingShape>
export type MissingCard = Type.Static<typeof MissingCardShape>
