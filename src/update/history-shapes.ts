import { Type } from 'typebox'
import { Moment, orNull } from '../server/shapes.ts'
import { Building, Count } from './shapes.ts'

const Day = Type.String({ format: 'date' })
const Doors = Type.Array(Type.Integer(), { minItems: 4, maxItems: 4, description: 'Doors 1 to 4; 0: closed' })

/** A page of a list, and the moment it is about. */
export const AskedAt = Type.Object(
  {
    at: Type.Optional(
      Type.String({
        maxLength: 40,
        description:
          'An instant with its offset, or a wall time on the campus’s clocks (2023-10-18T15:00); now where nothing is said',
      }),
    ),
    page: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: 'From 1 on, which is the first' }),
    ),
  },
  { additionalProperties: false },
)

/** What opens a door: an access group, or an individual grant by its owner. */
export const Because = Type.Object({
  kind: Type.Enum(['group', 'grant']),
  id: Type.String(),
  name: orNull(Building),
})
export type Because = Type.Static<typeof Because>

const Holder = {
  number: Type.Integer({ description: 'As this controller’s readers send it' }),
  person: orNull(Type.Object({ studentNumber: Type.String(), name: Building })),
  card: orNull(
    Type.Object({
      edition: Type.String(),
      chip: Type.String({ description: 'Its last two bytes; the others are masked' }),
    }),
  ),
}
const Should = orNull(
  Type.Object({
    doors: Doors,
    from: Day,
    to: Day,
    decidedAt: Moment,
    because: Type.Array(Because, { description: 'As it was when this was decided' }),
  }),
)
const Did = orNull(Type.Object({ doors: Doors, from: Day, to: Day, confirmedAt: Moment }))
const Counted = {
  at: Moment,
  on: Type.String({
    format: 'date',
    description: 'The day in the campus’s zone, which the controller’s clock decides by',
  }),
  page: Count,
  pages: Count,
  answersFrom: orNull(
    Type.String({
      format: 'date-time',
      description: 'What was before is forgotten; null while nothing was',
    }),
  ),
  both: Type.Integer({ description: 'As decided and as confirmed' }),
  onlyShould: Type.Integer({ description: 'Decided and due; the controller had not confirmed it' }),
  onlyDid: Type.Integer({ description: 'Confirmed by the controller; no longer what was decided' }),
}

/** Who could open a door at a moment. */
export const Openers = Type.Object({
  door: Type.Object({
    id: Type.String(),
    name: Building,
    building: Building,
    controllerId: Type.Integer(),
    number: Type.Integer({ minimum: 1, maximum: 4 }),
  }),
  ...Counted,
  openers: Type.Array(
    Type.Object({
      ...Holder,
      should: Type.Boolean({ description: 'By what was decided, the card opened this door then' }),
      did: Type.Boolean({
        description: 'By what the controller had confirmed, the card opened this door then',
      }),
      decidedAt: orNull(Moment),
      confirmedAt: orNull(Moment),
      because: Type.Array(Because, {
        description: 'What opened this very door, as it was when that was decided',
      }),
      to: orNull(
        Type.String({ format: 'date', description: 'Its last day there, as confirmed, else as decided' }),
      ),
    }),
  ),
})
export type Openers = Type.Static<typeof Openers>

/** What a controller held, and should have held, at a moment. */
export const Content = Type.Object({
  controllerId: Type.Integer(),
  building: Building,
  ...Counted,
  numbers: Type.Array(
    Type.Object({
      ...Holder,
      should: Should,
      did: Did,
      agrees: Type.Boolean({ description: 'Both are the same' }),
    }),
  ),
})
export type Content = Type.Static<typeof Content>
