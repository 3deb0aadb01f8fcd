import { Type } from 'typebox'
import { Moment } from '../server/shapes.ts'
import { strangenesses } from './board-rules.ts'
import { Building, Maybe } from './shapes.ts'

const Text = Type.Union([Type.String(), Type.Null()])
const Other = Type.Union([Type.Object({ id: Type.Integer(), building: Building }), Type.Null()])

/** A board as it says who it is. */
const Board = Type.Object({
  serial: Type.Integer(),
  mac: Text,
  firmware: Text,
  madeOn: Type.Union([Type.String({ format: 'date' }), Type.Null()], {
    description: 'The day that its firmware is of',
  }),
})

/** Whoever answers in place of the controllers' boards. */
export const Strangers = Type.Object({
  now: Moment,
  strangers: Type.Array(
    Type.Object({
      id: Type.Integer(),
      controllerId: Type.Integer(),
      building: Building,
      doors: Type.Array(Building),
      how: Type.Enum([...strangenesses], {
        description:
          'other-serial: another serial number answers at its address; other-board: the same number with another hardware ' +
          'address or firmware; elsewhere: replies with its number came from another address. While one of the first two ' +
          'stands there, nothing is sent to the controller',
      }),
      host: Type.String({ description: 'From where it answered' }),
      port: Type.Integer(),
      seen: Board,
      expected: Board,
      knownSince: Maybe,
      firstAt: Moment,
      lastAt: Moment,
      belongsTo: Other,
      standsAt: Other,
      cards: Type.Integer({
        description: 'Cards that the controller confirmed; a new board would be given them',
      }),
    }),
  ),
  more: Type.Boolean({ description: 'Whether others follow that are not listed' }),
})
export type Strangers = Type.Static<typeof Strangers>

/** The board that somebody looked at, and says took the other one's place. */
export const Replaced = Type.Object(
  {
    serial: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    mac: Type.String({ pattern: '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' }),
  },
  { additionalProperties: false },
)
export type Replaced = Type.Static<typeof Replaced>
