import { Type } from 'typebox'
import { RowId } from '../server/ids.ts'
import { Both, orNull } from '../server/shapes.ts'
import { undoReasons } from './undo-rules.ts'

const Moment = Type.String({ format: 'date-time' })

export const UndoBody = Type.Object(
  {
    cardId: RowId,
    at: Type.String({ format: 'date-time', description: 'When it was handed over, as it was answered' }),
    why: Type.Enum([...undoReasons]),
  },
  { additionalProperties: false },
)
export type UndoBody = Type.Static<typeof UndoBody>

export const UndoneReply = Type.Object({
  at: Moment,
  ending: orNull(Type.String()),
  box: orNull(Type.String({ description: 'Where the card goes back to' })),
  retired: Type.Boolean({ description: 'It is faulty, retired for good, and goes to the card office' }),
})
export type UndoneReply = Type.Static<typeof UndoneReply>

export const LatestReply = Type.Object({
  now: Moment,
  handovers: Type.Array(
    Type.Object({
      cardId: Type.Integer(),
      studentNumber: Type.String(),
      name: Both,
      ending: orNull(Type.String()),
      at: Moment,
      undoneAt: orNull(Moment),
      undoUntil: orNull(
        Type.String({
          format: 'date-time',
          description: 'Null: it can no longer be undone, or never could',
        }),
      ),
    }),
  ),
})
export type LatestReply = Type.Static<typeof LatestReply>
