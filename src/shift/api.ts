import { Type } from 'typebox'
import { deskFormats, usualDeskFormat } from '../card/read-scan.ts'
import { Both, orNull } from '../server/shapes.ts'
import { shiftEvents } from './store.ts'

const CounterId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })

export const ShiftQuery = Type.Object({
  counter: Type.Optional({ ...CounterId, description: 'For the office; a clerk reads their own counter' }),
})
export type ShiftQuery = Type.Static<typeof ShiftQuery>

const ShiftCardReply = Type.Object({
  cardId: Type.Integer(),
  what: Type.Enum([...shiftEvents]),
  ending: orNull(Type.String()),
  box: orNull(Type.String()),
  studentNumber: orNull(Type.String()),
  name: orNull(Both),
})
export type ShiftCardReply = Type.Static<typeof ShiftCardReply>

const Moment = Type.String({ format: 'date-time' })
const Count = Type.Object({
  id: Type.Integer(),
  at: Moment,
  by: Both,
  expected: Type.Integer(),
  counted: Type.Integer(),
})

export const ShiftReply = Type.Object({
  counter: orNull(Type.Object({ id: Type.String(), name: Both })),
  counters: Type.Array(Type.Object({ id: Type.String(), name: Both }), {
    description: 'From which the office chooses; a clerk has one',
  }),
  now: Moment,
  counts: orNull(
    // Morning, stocked, moved in, returned, undone and brought back, less the other four, is what is expected.
    Type.Object({
      morning: Type.Integer(),
      stocked: Type.Integer(),
      movedIn: Type.Integer(),
      returned: Type.Integer(),
      undone: Type.Integer(),
      broughtBack: Type.Integer({ description: 'By a class representative, whenever they were given' }),
      handedOver: Type.Integer({
        description: 'Every handover of today, those undone or brought back since, too',
      }),
      movedOut: Type.Integer(),
      retired: Type.Integer(),
      lent: Type.Integer(),
      expected: Type.Integer(),
      spoilt: Type.Integer(),
    }),
  ),
  cards: Type.Array(ShiftCardReply),
  fees: orNull(
    Type.Object({
      taken: Type.Integer({ description: 'How many fees were paid at this counter today' }),
      said: Type.String({ description: 'The sum of them, with the currency' }),
      receipts: Type.Integer({ description: 'How many receipts were written for them' }),
    }),
  ),
  counted: Type.Array(Count),
})
export type ShiftReply = Type.Static<typeof ShiftReply>

export const CountBody = Type.Object(
  {
    counter: orNull(CounterId),
    counted: orNull(
      Type.Integer({ minimum: 0, maximum: 100_000, description: 'Null: every card was scanned' }),
    ),
    scanned: Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 2_000 }),
    readerFormat: Type.Optional(Type.Enum([...deskFormats], { default: usualDeskFormat })),
  },
  { additionalProperties: false },
)
export type CountBody = Type.Static<typeof CountBody>

export const ComparedReply = Type.Object({
  id: Type.Integer(),
  at: Moment,
  expected: Type.Integer(),
  counted: Type.Integer(),
  missing: Type.Array(ShiftCardReply),
  surplus: Type.Array(ShiftCardReply),
  unknown: Type.Integer(),
  exact: Type.Boolean(),
})
export type ComparedReply = Type.Static<typeof ComparedReply>
