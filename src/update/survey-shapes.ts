import { Type } from 'typebox'
import { ControllerId, RowId } from '../server/ids.ts'
import { Moment } from '../server/shapes.ts'
import { standings, surveyOutcomes } from './rules.ts'
import { Building, Count, Maybe } from './shapes.ts'

const Found = Type.Object({
  readAt: Moment,
  ours: Type.Integer({ description: 'Cards of ours, as they should be' }),
  different: Type.Integer({ description: 'Cards of ours with other doors or days' }),
  missing: Type.Integer({ description: 'Cards of ours that should stand there and do not' }),
  leftOver: Type.Integer({ description: 'Cards of the register that should not stand there' }),
  others: Type.Integer({ description: 'Cards of other systems; never touched' }),
})

/** What stands on the controllers, one by one and in sum. */
export const Surveys = Type.Object({
  now: Moment,
  sum: Type.Object({
    controllers: Count,
    read: Type.Integer({ description: 'Controllers with a complete reading' }),
    reading: Type.Integer({ description: 'Controllers whose list is asked for or being read' }),
    ours: Count,
    different: Count,
    missing: Count,
    leftOver: Count,
    others: Count,
    taken: Count,
    toAdopt: Count,
  }),
  controllers: Type.Array(
    Type.Object({
      controllerId: Type.Integer({ description: 'Its serial number' }),
      building: Building,
      capacity: Count,
      reading: Type.Union(
        [
          Type.Object({
            askedAt: Moment,
            beganAt: Maybe,
            placesRead: Type.Integer({ description: 'Of the capacity; a list mostly ends before' }),
            endedAt: Maybe,
            outcome: Type.Union([Type.Enum([...surveyOutcomes]), Type.Null()]),
            wrongPlace: Type.Union([Type.Integer(), Type.Null()]),
          }),
          Type.Null(),
        ],
        { description: 'The newest reading, whatever came of it' },
      ),
      found: Type.Union([Found, Type.Null()], { description: 'What the last complete reading found' }),
      taken: Type.Integer({
        description: 'Numbers of ours that are due there and that a card of another system holds',
      }),
      toAdopt: Type.Integer({
        description: 'Cards of the register that stand there and that Gatehouse did not put there',
      }),
      adoptedAt: Maybe,
    }),
  ),
})
export type Surveys = Type.Static<typeof Surveys>

const Doors = Type.Array(Type.Integer(), {
  description: 'Doors 1 to 4: 0 never, 1 always, 2 to 254 by the time profile of that number',
})
const Day = Type.String({ format: 'date' })
const Card = Type.Object({
  number: Type.Integer({ description: 'As this controller’s readers send it' }),
  doors: Doors,
  from: Day,
  to: Day,
  withPin: Type.Boolean({ description: 'A keypad code goes with it' }),
})

/** What stands on one controller and is not ours, or not as it should be. */
export const SurveyCards = Type.Object({
  controllerId: Type.Integer(),
  cards: Type.Array(
    Type.Object({
      ...Card.properties,
      standing: Type.Enum([...standings]),
      takenAt: Type.Union([Moment, Type.Null()], {
        description: 'Since when a card of ours with this number is kept back because of it',
      }),
      adopted: Type.Boolean(),
    }),
  ),
  more: Type.Boolean({ description: 'Whether others follow that are not shown' }),
})
export type SurveyCards = Type.Static<typeof SurveyCards>

const Ours = Type.Object({
  ...Card.properties,
  studentNumber: Type.Union([Type.String(), Type.Null()]),
  alsoStaff: Type.Boolean({ description: 'The person works at the university too' }),
  wanted: Type.Union([Type.Object({ doors: Doors, from: Day, to: Day }), Type.Null()], {
    description: 'What a different card becomes; null of others',
  }),
  lost: Type.Boolean({ description: 'Reported lost: it goes at once' }),
})

/** What adopting a controller’s present content would do. */
export const Adoption = Type.Object({
  controllerId: Type.Integer(),
  readAt: Maybe,
  counts: Type.Object({ confirmed: Count, changed: Count, leftOver: Count, taken: Count, foreign: Count }),
  listedAtMost: Type.Integer({
    description: 'Cards that are changed or removed; where there are more, the adoption is refused',
  }),
  shownAtMost: Type.Integer({ description: 'Of taken and other systems’ cards; the counts are of all' }),
  changed: Type.Array(Ours, { description: 'Wanted with other doors or days: made as they should be' }),
  leftOver: Type.Array(Ours, { description: 'Should not stand there: removed by the next update' }),
  taken: Type.Array(Ours, { description: 'Numbers that are taken: adopted one by one, with `number`' }),
  foreign: Type.Array(Card, { description: 'Other systems’: they stay as they are' }),
  seal: Type.String({ description: 'Names exactly this preview; only what was looked at is adopted' }),
  carriedBy: Moment,
})
export type Adoption = Type.Static<typeof Adoption>

/** What was adopted. */
export const Adopted = Type.Object({
  confirmed: Count,
  changed: Count,
  leftOver: Count,
  foreign: Count,
  carriedBy: Moment,
})
export type Adopted = Type.Static<typeof Adopted>

/** Which controllers’ lists are to be read. */
export const SurveyAsked = Type.Object(
  { controllers: Type.Array(ControllerId, { minItems: 1, maxItems: 5_000 }) },
  { additionalProperties: false },
)
export type SurveyAsked = Type.Static<typeof SurveyAsked>

/** Which preview is adopted; with `number`, only that number of it. */
export const AdoptionAsked = Type.Object(
  {
    seal: Type.String({ minLength: 1, maxLength: 64 }),
    number: Type.Optional(RowId),
  },
  { additionalProperties: false },
)
export type AdoptionAsked = Type.Static<typeof AdoptionAsked>
