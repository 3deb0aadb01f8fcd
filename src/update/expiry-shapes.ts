import { Type } from 'typebox'
import { Moment } from '../server/shapes.ts'
import { shownDays, warnedRoles, warnedWithinDays, warningStages } from './expiry-rules.ts'
import { Building, Count, Maybe } from './shapes.ts'

const Day = Type.String({ format: 'date' })
const Percent = Type.Number({ minimum: 0, maximum: 100 })

/** A warning about a day on which many cards end, as it was raised for one role. */
export const ExpiryWarning = Type.Object({
  lastDay: Day,
  stage: Type.Integer({ description: `Days before: ${warningStages.join(', ')}` }),
  role: Type.Enum([...warnedRoles]),
  raisedAt: Moment,
  cards: Count,
  liveCards: Count,
  people: Count,
  controllers: Type.Integer({ description: 'Controllers of which more than a tenth ends on that day' }),
  acknowledgedAt: Maybe,
  acknowledgedBy: Type.Union([Type.String(), Type.Null()]),
})
export type ExpiryWarning = Type.Static<typeof ExpiryWarning>

/** The calendar of ends. */
export const Expiry = Type.Object({
  today: Day,
  upTo: Type.String({ format: 'date', description: `${shownDays} days ahead` }),
  liveCards: Type.Integer({ description: 'Cards that open some door and have not ended' }),
  days: Type.Array(
    Type.Object({
      lastDay: Type.String({ format: 'date', description: 'The last day on which these cards open doors' }),
      daysAhead: Type.Integer(),
      cards: Count,
      people: Count,
      left: Type.Integer({ description: 'Of these people, those with no card that goes on' }),
      percent: Percent,
      cliff: Type.Boolean({ description: `Warned of: steep, and within ${warnedWithinDays} days` }),
      controllers: Type.Array(
        Type.Object({ controllerId: Type.Integer(), building: Building, cards: Count, percent: Percent }),
        { description: 'Of which more than a tenth ends on that day, the worst first' },
      ),
    }),
  ),
  warnings: Type.Array(ExpiryWarning),
})
export type Expiry = Type.Static<typeof Expiry>

/** What waits for somebody of the reader's own role. */
export const ExpiryWarnings = Type.Object({ warnings: Type.Array(ExpiryWarning) })
export type ExpiryWarnings = Type.Static<typeof ExpiryWarnings>

/** Which warning was read. */
export const Acknowledged = Type.Object(
  { lastDay: Day, stage: Type.Enum([...warningStages]) },
  { additionalProperties: false },
)
export type Acknowledged = Type.Static<typeof Acknowledged>
