import { Type } from 'typebox'
import { ControllerId, RowId } from '../server/ids.ts'
import { Moment } from '../server/shapes.ts'
import { noticeKinds } from './notices.ts'
import { Building, Count, causes, Maybe, Next } from './shapes.ts'

const Named = Type.Union([Building, Type.Null()])
const Reason = Type.String({ maxLength: 500, description: 'Why; kept in the journal. No names' })
const Controllers = Type.Union([Type.Array(ControllerId, { minItems: 1, maxItems: 5_000 }), Type.Null()])

/** Who caused or did something, as the journal names them, and by their name. */
const Who = Type.Object({ actor: Type.String(), name: Named })

const Limit = Type.Object({
  controllerId: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: the campus' }),
  building: Named,
  people: Count,
  of: Count,
  most: Type.Integer({ description: 'So many would have passed without a second person' }),
})

/** The guards that something waits behind. */
export const Guards = Type.Object({
  now: Moment,
  guards: Type.Array(
    Type.Object({
      id: Type.Integer(),
      startsAt: Moment,
      people: Type.Integer({ description: 'People who would lose access' }),
      limits: Type.Array(Limit),
      causedBy: Type.Array(Who),
      causes: Type.Array(Type.Enum([...causes])),
      answer: Type.Union([Type.Literal('refused'), Type.Null()]),
      answeredAt: Maybe,
      answeredBy: Type.Union([Who, Type.Null()]),
      reason: Type.Union([Type.String(), Type.Null()]),
      mayAnswer: Type.Boolean({ description: 'False for those whose act caused it, and for who only reads' }),
    }),
  ),
})
export type Guards = Type.Static<typeof Guards>

/** Some of the people who would lose access. */
export const LosingPeople = Type.Object({
  people: Type.Array(
    Type.Object({
      studentNumber: Type.String(),
      places: Type.Array(
        Type.Object({
          controllerId: Type.Integer(),
          building: Building,
          doors: Type.Array(Building, { description: 'Doors that the card opens now' }),
          removed: Type.Boolean(),
          lastDay: Type.Union([Type.String({ format: 'date' }), Type.Null()], {
            description: 'The new last day, of a card that stays until then',
          }),
        }),
      ),
    }),
  ),
  next: Next,
})
export type LosingPeople = Type.Static<typeof LosingPeople>

/** The answer to a guard. */
export const GuardAnswered = Type.Object({ answer: Type.Enum(['let-go', 'refused']), reason: Reason })
export type GuardAnswered = Type.Static<typeof GuardAnswered>

/** The coming window, rehearsed. */
export const DryRun = Type.Object({
  startsAt: Moment,
  controllers: Type.Array(
    Type.Object({
      controllerId: Type.Integer(),
      building: Building,
      people: Count,
      puts: Count,
      changes: Count,
      removals: Count,
      held: Type.Boolean({ description: 'Somebody holds it: nothing of this goes before that is lifted' }),
      givesNow: Type.Integer({ description: 'Card numbers that would be put or changed by "run now"' }),
    }),
  ),
  runNow: Type.Object({
    numbers: Type.Integer({
      description: 'Card numbers that "run now" would give everywhere; it removes none',
    }),
    refusal: Type.Union([Type.String(), Type.Null()], { description: 'Why it would be refused just now' }),
    message: Type.Union([Type.String(), Type.Null()], { description: 'The same as a sentence' }),
  }),
  guard: Type.Object({
    people: Type.Integer({ description: 'People who would lose access and would wait for a second person' }),
    limits: Type.Array(Limit),
    causedBy: Type.Array(Who),
    seal: Type.Union([Type.String(), Type.Null()], { description: 'Names exactly who and where' }),
    mayApprove: Type.Boolean(),
  }),
})
export type DryRun = Type.Static<typeof DryRun>

/** What is approved: the window and the seal of its dry run. */
export const Approval = Type.Object({
  startsAt: Moment,
  seal: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  reason: Reason,
})
export type Approval = Type.Static<typeof Approval>

/** Which controllers, null for all, and why. */
export const Controlled = Type.Object({ controllers: Controllers, reason: Reason })
export type Controlled = Type.Static<typeof Controlled>

/** The holds in force. */
export const Holds = Type.Object({
  holds: Type.Array(
    Type.Object({
      id: Type.Integer(),
      controllerId: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: all' }),
      building: Named,
      heldAt: Moment,
      heldBy: Who,
      reason: Type.String(),
    }),
  ),
})
export type Holds = Type.Static<typeof Holds>

/** Which holds end. */
export const Lifted = Type.Object({
  holds: Type.Array(RowId, { minItems: 1, maxItems: 5_000 }),
})
export type Lifted = Type.Static<typeof Lifted>

/** What the staff are told until one of them acknowledges it. */
export const StaffNotices = Type.Object({
  notices: Type.Array(
    Type.Object({
      id: Type.Integer(),
      kind: Type.Enum([...noticeKinds]),
      startsAt: Moment,
      madeAt: Moment,
      people: Type.Integer({ description: 'Of a guard: people who would lose access; else 0' }),
      missed: Type.Union([Type.Object({ windows: Count, first: Moment }), Type.Null()], {
        description: 'Of missed updates: how many, and the start of the first; this one does their work',
      }),
      left: Type.Array(
        Type.Object({
          controllerId: Type.Integer(),
          building: Named,
          outcome: Type.Enum(['partly', 'unreachable', 'held', 'late']),
          left: Type.Integer({ description: 'Card numbers' }),
        }),
      ),
    }),
  ),
})
export type StaffNotices = Type.Static<typeof StaffNotices>
