import { Type } from 'typebox'
import { bankAccounts, feePurposes, refundWays } from '../programme/shape-cards.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { askRefusals, issuerReasons, refundReasons, refundStages } from './rules.ts'

const Day = Type.String({ format: 'date' })

export const refundSteps = ['asked', 'sent', 'received', 'paid'] as const
export type RefundStep = (typeof refundSteps)[number]

const Case = Type.Object({
  stage: Type.Enum([...refundStages]),
  why: Type.Enum([...refundReasons]),
  way: Type.Enum([...refundWays]),
  to: orNull(Type.String({ description: 'Where the money goes, masked; null once it was erased' })),
  askedAt: Moment,
  steps: Type.Array(
    Type.Object({
      step: Type.Enum([...refundSteps]),
      state: Type.Enum(['done', 'current', 'waiting', 'failed']),
      on: orNull(Type.String({ format: 'date', description: 'The day of it, in the campus’s zone' })),
    }),
  ),
  promisedBy: orNull(
    Type.String({
      format: 'date',
      description: 'By then it is to be paid, reckoned from when the issuer had it',
    }),
  ),
  expectedBy: orNull(
    Type.String({
      format: 'date',
      description: 'While the issuer has not answered: reckoned from the sending',
    }),
  ),
  late: Type.Boolean({ description: 'That day is over and nothing was paid' }),
  paid: orNull(
    Type.Object({
      amount: Type.Integer({
        description: 'Whole minor units, as the issuer settled it; zero or less: nothing was paid',
      }),
      on: Day,
      said: Type.String(),
    }),
  ),
  issuerSaid: orNull(
    Type.Object({
      kind: Type.Enum(['refused', 'cancelled']),
      on: Day,
      reason: Type.Enum([...issuerReasons]),
      message: Type.String(),
    }),
  ),
  mayChange: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
})

const Card = Type.Object({
  cardId: Type.Integer(),
  edition: Both,
  ending: orNull(
    Type.String({
      description: 'The last four digits printed on it, of a card that its holder activated or held before',
    }),
  ),
  mayAsk: Type.Boolean(),
  why: orNull(Type.Enum([...refundReasons])),
  whyNot: orNull(Type.Object({ refusal: Type.Enum([...askRefusals]), message: Type.String() })),
  fees: Type.Array(
    Type.Object({
      way: Type.Enum([...refundWays]),
      purpose: Type.Enum([...feePurposes]),
      amount: Type.Integer(),
      said: Type.String(),
    }),
    { description: 'What the issuer takes off before it pays; never reckoned here' },
  ),
  case: orNull(Case),
})

/** How refunds of a person's cards stand, for My card and for the university's own app. No balance: nobody here knows it. */
export const RefundStandingShape = Type.Object({
  issuer: Both,
  workingDays: Type.Integer(),
  ways: Type.Array(Type.Enum([...refundWays])),
  bankAccount: Type.Enum([...bankAccounts]),
  passes: Type.Array(Type.Object({ name: Type.String(), advice: Type.String() }), {
    description: 'What an old card may carry that has money in it of its own, and would be lost with it',
  }),
  cards: Type.Array(Card, {
    description: 'The one with a refund under way first, then those that can be refunded',
  }),
})

export type RefundStanding = Type.Static<typeof RefundStandingShape>
export type RefundCard = RefundStanding['cards'][number]
export type RefundCase = NonNullable<RefundCard['case']>
