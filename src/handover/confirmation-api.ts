import { Type } from 'typebox'
import { Both, Moment } from '../server/shapes.ts'
import { AllShown, StudentNumber } from './evidence-api.ts'

/** A question to a second person, about exactly the documents that were shown. */
export const AskBody = Type.Object(
  { studentNumber: StudentNumber, evidence: AllShown },
  { additionalProperties: false },
)
export type AskBody = Type.Static<typeof AskBody>

export const AskedReply = Type.Object({
  confirmation: Type.Integer(),
  goodUntil: Type.String({ format: 'date-time' }),
})
export type AskedReply = Type.Static<typeof AskedReply>

/** The questions that wait for me: who stands at which desk, who asks, and which documents were shown. */
export const WaitingReply = Type.Object({
  confirmations: Type.Array(
    Type.Object({
      id: Type.Integer(),
      studentNumber: Type.String(),
      name: Both,
      counter: Both,
      askedBy: Both,
      documents: Type.Array(Type.Object({ name: Both, kindName: Type.Union([Both, Type.Null()]) })),
      askedAt: Moment,
      goodUntil: Moment,
    }),
  ),
})
export type WaitingReply = Type.Static<typeof WaitingReply>
export type WaitingConfirmation = WaitingReply['confirmations'][number]

/** A second person's answer; a no says why, in words that the clerk at the desk will read. */
export const AnswerBody = Type.Object(
  {
    confirmed: Type.Boolean(),
    reason: Type.Union([Type.String({ maxLength: 200 }), Type.Null()], {
      description: 'Why it is declined, for the clerk who asked; null when confirmed',
    }),
  },
  { additionalProperties: false },
)
export type AnswerBody = Type.Static<typeof AnswerBody>

export const AnswerReply = Type.Object({ id: Type.Integer(), confirmed: Type.Boolean() })
export type AnswerReply = Type.Static<typeof AnswerReply>
