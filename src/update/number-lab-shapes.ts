import { Type } from 'typebox'
import { Moment, orNull } from '../server/shapes.ts'
import { longestNumber } from './number-readings.ts'
import { Building, Count } from './shapes.ts'

const Format = Type.Object({ format: Type.String(), name: Type.String() })
const Person = orNull(Type.Object({ studentNumber: Type.String(), name: Building }))

/** A number as typed or scanned; a body, so that no number stands in an address or a log. */
export const LabAsked = Type.Object(
  {
    number: Type.String({
      maxLength: longestNumber,
      description: 'Decimal, hexadecimal, or two decimals with a comma',
    }),
  },
  { additionalProperties: false },
)

/** A card that shares its last 24 bits with another one: a Wiegand-26 reader cannot tell them apart. */
const Sharing = Type.Object({
  cardId: Type.Integer(),
  edition: Type.String(),
  chip: Type.String(),
  person: Person,
  retired: Type.Boolean(),
})

/** Everything that a number can be. Nothing of it is kept. */
export const Lab = Type.Object({
  taken: Type.Array(
    Type.Object({
      as: Type.Enum(['decimal', 'hexadecimal']),
      decimal: Type.String(),
      hex: Type.String(),
      reversedDecimal: Type.String(),
      reversedHex: Type.String(),
      facility: Type.Integer({ description: 'Of the last 24 bits, as Wiegand-26 has them' }),
      inFacility: Type.Integer(),
    }),
  ),
  readings: Type.Array(
    Type.Object({
      ...Format.properties,
      inUse: Type.Boolean({ description: 'Some controller’s readers send numbers this way' }),
      whole: Type.Boolean({ description: 'It tells the chip whole; else only part of it' }),
      patterns: Type.Array(Type.String(), {
        description: 'Chips in hexadecimal, ?? for bytes that are not told',
      }),
      cards: Type.Integer({
        description: 'How many cards of the register, of those listed, give this number in this format',
      }),
    }),
  ),
  unfit: Type.Array(
    Type.Object({
      ...Format.properties,
      message: Type.String({ description: 'Why no card gives this number in this format' }),
    }),
  ),
  cards: Type.Array(
    Type.Object({
      cardId: Type.Integer(),
      edition: Type.String(),
      chip: Type.String({ description: 'Hexadecimal, the bytes as the chip sends them' }),
      person: Person,
      retired: Type.Boolean(),
      lost: Type.Boolean(),
      readAs: Type.Array(Format, {
        description: 'Formats in which this card gives this number; none: it is printed on it',
      }),
      sends: Type.Array(
        Type.Object({
          ...Format.properties,
          number: orNull(Type.Integer({ description: 'null: such readers cannot send it' })),
          controllers: Type.Integer({ description: 'Controllers with such readers' }),
        }),
      ),
      shares24Bits: Type.Array(Sharing),
    }),
  ),
  more: Type.Boolean({ description: 'More cards fit than are listed' }),
  onControllers: Type.Array(
    Type.Object({
      controllerId: Type.Integer(),
      building: Building,
      number: Count,
      by: Type.Enum(['confirmed', 'read'], {
        description: 'It confirmed this to Gatehouse, or its list was read',
      }),
      standing: orNull(Type.Enum(['ours', 'different', 'left-over', 'foreign'])),
      doors: Type.Array(Type.Integer(), { minItems: 4, maxItems: 4 }),
      from: Type.String({ format: 'date' }),
      to: Type.String({ format: 'date' }),
      at: Moment,
    }),
  ),
})
export type Lab = Type.Static<typeof Lab>
