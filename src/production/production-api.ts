import { Type } from 'typebox'
import { longestBox } from '../card/file-cells.ts'
import { personKinds } from '../programme/shape-parts.ts'
import { RowId } from '../server/ids.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { type MakeReason, makeLists, makeReasons, mostInBatch, needlessReasons } from './rules.ts'

const Count = Type.Integer({ minimum: 0 })
const closed = <Of extends Type.TProperties>(of: Of) => Type.Object(of, { additionalProperties: false })

/** What narrows the list; no personal data. */
export const Narrowed = {
  department: Type.Optional(Type.String({ maxLength: 63 })),
  kind: Type.Optional(Type.Enum([...personKinds])),
  entryYear: Type.Optional(Type.Integer({ minimum: 1900, maximum: 2200 })),
}

export const BatchReply = Type.Object({
  id: Type.Integer(),
  edition: Both,
  maker: orNull(Type.String()),
  orderedAt: Moment,
  orderedBy: orNull(Both),
  takenAt: orNull(Moment),
  cards: Count,
  out: Count,
  needless: Type.Integer({ description: 'Of those that are out: needed no longer' }),
  back: Count,
  cancelled: Count,
  misprinted: Count,
  misprintedPercent: orNull(Type.Number({ description: 'Of those that came back' })),
  withoutPlace: Type.Integer({ description: 'Came back, and lie at no counter yet' }),
})
export type BatchReply = Type.Static<typeof BatchReply>

const Listed = Type.Object({ people: Count, withoutPhoto: Count })

export const ProductionReply = Type.Object({
  edition: orNull(Both),
  photo: Type.Enum(['required', 'wished']),
  most: Count,
  lists: Type.Object(
    Object.fromEntries(makeReasons.map(reason => [reason, Listed])) as Record<MakeReason, typeof Listed>,
  ),
  departments: Type.Array(Type.Object({ id: Type.String(), name: Both })),
  entryYears: Type.Array(Type.Integer()),
  batches: Type.Array(BatchReply),
})
export type ProductionReply = Type.Static<typeof ProductionReply>

export const ToMakeReply = Type.Object({
  aPage: Count,
  people: Type.Array(
    Type.Object({
      personId: Type.Integer(),
      studentNumber: Type.String(),
      name: Both,
      department: Both,
      kind: Type.Enum([...personKinds]),
      entryYear: Type.Integer(),
      because: Type.Enum([...makeReasons]),
      since: orNull(Moment),
      hasPhoto: Type.Boolean(),
    }),
  ),
})
export type ToMakeReply = Type.Static<typeof ToMakeReply>

/** What is ordered. */
export const OrderBody = closed({
  list: Type.Enum([...makeLists]),
  ...Narrowed,
  seen: Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'How many the list had when it was looked at',
  }),
  except: Type.Array(RowId, { maxItems: mostInBatch, description: 'Whom somebody left out' }),
  leaveOutWithoutPhoto: Type.Boolean(),
  maker: Type.Optional(Type.String({ maxLength: 60, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })),
})
export type OrderBody = Type.Static<typeof OrderBody>

export const OrderReply = Type.Object({
  batchId: Type.Integer(),
  cards: Count,
  left: Type.Integer({ description: 'For whom the batch had no place; they stay on the list' }),
})
export type OrderReply = Type.Static<typeof OrderReply>

export const BatchPageReply = Type.Object({
  ...BatchReply.properties,
  counters: Type.Array(Type.Object({ id: Type.String(), name: Both })),
  items: Type.Array(
    Type.Object({
      id: Type.Integer(),
      reference: Type.String(),
      personId: Type.Integer(),
      studentNumber: Type.String(),
      name: Both,
      department: Both,
      because: Type.Enum([...makeReasons]),
      state: Type.Enum(['out', 'back', 'cancelled']),
      needless: orNull(
        Type.Enum([...needlessReasons], { description: 'Of one that is out: why it is needed no longer' }),
      ),
      at: orNull(Moment),
      cancelledBecause: orNull(Type.String()),
      makeAgain: orNull(Type.Boolean()),
      faulty: orNull(Type.Enum(['misprint', 'damaged'])),
      counter: orNull(Both),
      box: orNull(Type.String()),
      hasPhoto: Type.Boolean(),
    }),
  ),
})
export type BatchPageReply = Type.Static<typeof BatchPageReply>

/** Cards that are given up. */
export const CancelBody = closed({
  items: orNull(
    Type.Array(RowId, { minItems: 1, maxItems: mostInBatch, description: 'null: all that are out' }),
  ),
  because: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  makeAgain: Type.Boolean({ description: 'Whether their people are to have another one made' }),
})
export type CancelBody = Type.Static<typeof CancelBody>
export const CancelReply = Type.Object({ cancelled: Count })
export type CancelReply = Type.Static<typeof CancelReply>

/** Where cards that came without a place are put. */
export const PlacesBody = closed({
  counter: orNull(Type.String({ maxLength: 63, description: 'null: each where its holder is sent' })),
  box: Type.Optional(Type.String({ maxLength: longestBox })),
})
export type PlacesBody = Type.Static<typeof PlacesBody>
export const PlacesReply = Type.Object({ cards: Count })
export type PlacesReply = Type.Static<typeof PlacesReply>
