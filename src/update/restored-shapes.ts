import { Type } from 'typebox'
import { Moment } from '../server/shapes.ts'
import { restoreSigns } from './restored-rules.ts'
import { surveyOutcomes } from './rules.ts'
import { Building, Count, Maybe } from './shapes.ts'

/** The controllers that wait because the database was brought back from an older copy. */
export const AfterRestore = Type.Object({
  now: Moment,
  noticedAt: Maybe,
  sign: Type.Union([Type.Enum([...restoreSigns]), Type.Null()], {
    description:
      'said: by somebody who brought it back; other-server, other-timeline: where the database is; journal-behind: what ' +
      'was written is not there any more',
  }),
  waiting: Type.Integer({ description: 'Controllers to which nothing is sent' }),
  read: Type.Integer({ description: 'Of them, those whose list was read to its end since' }),
  controllers: Type.Array(
    Type.Object({
      controllerId: Type.Integer(),
      building: Building,
      read: Type.Boolean(),
      reading: Type.Boolean(),
      outcome: Type.Union([Type.Enum([...surveyOutcomes]), Type.Null()]),
      puts: Type.Integer({ description: 'Cards that would be put again if it were let go' }),
      changes: Count,
      removals: Count,
      leftOver: Type.Union([Type.Integer(), Type.Null()], {
        description: 'Cards of the register that should not stand there by this database; they stay',
      }),
      others: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
  seal: Type.String({ description: 'Names exactly this difference; only with it are controllers let go' }),
})
export type AfterRestore = Type.Static<typeof AfterRestore>

/** Whose cards would be sent to the controllers that were read. */
export const RestoredPeople = Type.Object({
  people: Type.Array(
    Type.Object({
      studentNumber: Type.String(),
      controllerId: Type.Integer(),
      deed: Type.Enum(['put', 'change', 'remove']),
      decidedAt: Moment,
    }),
  ),
  more: Type.Boolean(),
})
export type RestoredPeople = Type.Static<typeof RestoredPeople>

/** Lets the controllers go whose lists were read. */
export const Release = Type.Object(
  {
    seal: Type.String({ minLength: 1, maxLength: 64 }),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  },
  { additionalProperties: false },
)
export type Release = Type.Static<typeof Release>
