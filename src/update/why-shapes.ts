import { Type } from 'typebox'
import { Moment, orNull } from '../server/shapes.ts'
import { Because } from './history-shapes.ts'
import { answers } from './outcome.ts'
import { Building, Maybe } from './shapes.ts'
import { whyReasons } from './why-rules.ts'

const Day = Type.String({ format: 'date' })
const Doors = Type.Array(Type.Integer(), { minItems: 4, maxItems: 4 })

/** Who stands before the door; a body, so that no number stands in an address or a log. */
export const WhyAsked = Type.Object(
  {
    who: Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        'A student number; or a card: its number in hexadecimal, as printed, or as a door’s readers send it',
    }),
  },
  { additionalProperties: false },
)

const Said = {
  reason: Type.Enum([...whyReasons, 'opens']),
  message: Type.String({ description: 'The reason as a sentence, in the language asked for' }),
  next: Type.String({ description: 'What to do, as a sentence' }),
}

/** One card at one door: why, what is decided, what the controller said, and its numbers. */
export const CardAtDoorReply = Type.Object({
  cardId: Type.Integer({ description: 'The register’s own id, no card number' }),
  edition: Type.String(),
  chip: Type.String({ description: 'Its last two bytes; the others are masked' }),
  ...Said,
  should: orNull(
    Type.Object({
      opens: Type.Boolean({ description: 'This door' }),
      doors: Doors,
      from: Day,
      to: Day,
      decidedAt: Moment,
      carriedBy: Type.String({
        format: 'date-time',
        description: 'Start of the window that brings it; or when it was decided, where at once',
      }),
      due: Type.Boolean(),
      because: Type.Array(Because),
    }),
  ),
  did: orNull(
    Type.Object({
      opens: Type.Boolean(),
      doors: Doors,
      from: Day,
      to: Day,
      confirmedAt: Moment,
      verifiedAt: Maybe,
    }),
  ),
  answer: orNull(Type.Object({ answer: Type.Enum([...answers]), since: Moment })),
  numbers: Type.Array(
    Type.Object({
      format: Type.String(),
      name: Type.String(),
      number: Type.Integer(),
      here: Type.Boolean({ description: 'What this door’s readers send' }),
    }),
  ),
})
export type CardAtDoorReply = Type.Static<typeof CardAtDoorReply>

/** Why a door refuses a person. */
export const Why = Type.Object({
  now: Moment,
  door: Type.Object({ id: Type.String(), name: Building, building: Building, controllerId: Type.Integer() }),
  person: Type.Object({ studentNumber: Type.String(), name: Building }),
  ...Said,
  cardId: orNull(
    Type.Integer({ description: 'The card that speaks for the person; null where none was handed over' }),
  ),
  opensTo: Type.Array(
    Type.Object({
      ...Because.properties,
      theirs: Type.Boolean({ description: 'It opens the door to this person' }),
    }),
  ),
  controller: Type.Object({ silentSince: Maybe, clockSetAt: Maybe, clockUnset: Type.Boolean() }),
  cards: Type.Array(CardAtDoorReply),
})
export type Why = Type.Static<typeof Why>
