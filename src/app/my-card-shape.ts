import { Type } from 'typebox'
import { EligibilityShape } from '../eligibility/routes.ts'
import { reissueReasons } from '../programme/shape-cards.ts'
import { ProxyOnCard } from '../proxy/standing.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { nextSteps, storyKinds, trackSteps } from './card-story.ts'

const Card = Type.Object({
  cardId: Type.Integer(),
  edition: Both,
  generation: Type.Integer(),
  ending: orNull(
    Type.String({
      description: 'The last four digits printed on it; of the new card only once it is active',
    }),
  ),
  collectedAt: orNull(Moment),
  accessEndsAt: orNull(
    Type.String({ format: 'date-time', description: 'When its campus access ends or ended in the register' }),
  ),
  lostReportedAt: orNull(Moment),
})

const Building = Type.Object({
  building: Both,
  state: Type.Enum(['works', 'confirmed', 'planned', 'waiting', 'silent', 'held', 'ended']),
  controllers: Type.Integer(),
  done: Type.Integer(),
  silentSince: orNull(Moment),
  expectedBy: orNull(
    Type.String({
      format: 'date-time',
      description: 'Of a building that waits after its update: the latest end of the next one',
    }),
  ),
})

const Doors = Type.Object(
  {
    controllers: Type.Integer({ description: 'How many controllers are concerned' }),
    done: Type.Integer({ description: 'Confirmed and read back; for a card that ends: confirmed gone' }),
    confirmed: Type.Integer({ description: 'Confirmed by the controller, read back or not' }),
    since: orNull(Moment),
    buildings: Type.Array(Building),
  },
  { description: 'What the door controllers have confirmed of one card' },
)

/** Everything "my card" shows, for the page and for the university's own app. Instants in UTC. */
export const MyCardShape = Type.Object({
  now: Moment,
  today: Type.String({ format: 'date' }),
  zone: Type.String(),
  university: Both,
  person: Type.Object({ studentNumber: Type.String(), name: Both, department: orNull(Both) }),
  story: Type.Enum([...storyKinds]),
  sentence: Type.String({ description: 'What is true now, in the language asked for' }),
  next: Type.Enum([...nextSteps]),
  track: Type.Array(
    Type.Object({
      step: Type.Enum([...trackSteps]),
      state: Type.Enum(['done', 'current', 'waiting', 'failed']),
      at: orNull(Type.String({ format: 'date-time', description: 'When it was, or is promised to be' })),
    }),
  ),
  newCard: orNull(Card),
  oldCard: orNull(Card),
  collect: orNull(EligibilityShape),
  switch: orNull(
    Type.Object(
      {
        activated: Type.Boolean({
          description: 'False: what an activation at this moment would be promised',
        }),
        atOnce: Type.Boolean(),
        carriedBy: Moment,
        oldOpensUntil: orNull(Moment),
        newOpensFrom: Moment,
      },
      { description: 'Which card opens doors until and from when' },
    ),
  ),
  newDoors: Doors,
  oldDoors: Doors,
  lost: orNull(
    Type.Object({
      cardId: Type.Integer(),
      doors: Doors,
      sendAt: Type.String({
        format: 'date-time',
        description: 'When the issuer of the stored value is told',
      }),
      sentAt: orNull(Type.String({ format: 'date-time', description: 'Null: it can be taken back still' })),
      issuer: Both,
    }),
  ),
  paused: orNull(
    Type.Object(
      { cardId: Type.Integer(), since: Moment, doors: Doors },
      { description: 'Campus access paused by the holder: no door opens to it meanwhile' },
    ),
  ),
  reissue: orNull(
    Type.Object(
      {
        reason: Type.Enum([...reissueReasons]),
        isDue: Type.Boolean({ description: 'Something is to be paid' }),
        isMade: Type.Boolean(),
        lastDayToPay: Type.String({ format: 'date' }),
      },
      { description: 'An open application for another card; more at /api/v1/me/reissue' },
    ),
  ),
  representative: orNull(
    Type.Object(
      { name: Both, since: Moment, backBy: Type.String({ format: 'date' }) },
      { description: 'Who fetched the new card for its holder, until it is active' },
    ),
  ),
  mayNameProxy: Type.Boolean({ description: 'Whether somebody else may be named to collect now' }),
  proxy: orNull(ProxyOnCard),
  temporaryCard: orNull(
    Type.Object(
      { lastDay: Type.String({ format: 'date' }) },
      { description: 'A card that was lent; more at /api/v1/me/temporary-card' },
    ),
  ),
  askAt: EligibilityShape.properties.counters,
})

export type MyCard = Type.Static<typeof MyCardShape>
export type OneCard = Type.Static<typeof Card>
export type BuildingDoors = Type.Static<typeof Building>
export type CardDoors = Type.Static<typeof Doors>
