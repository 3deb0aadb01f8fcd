import { Type } from 'typebox'
import { doorFormats } from '../card/formats.ts'
import { Moment } from '../server/shapes.ts'

/** An instant that may not have come. */
export const Maybe = Type.Union([Moment, Type.Null()])
/** How many. */
export const Count = Type.Integer({ minimum: 0 })
/** A building's name in both languages. */
export const Building = Type.Object({ 'zh-TW': Type.String(), en: Type.String() })

/** Where the next page of a list of people begins: an id of ours, that tells nothing of anybody; null where none follows. */
export const Next = Type.Union([Type.Integer(), Type.Null()], {
  description: 'What the next page is asked for with, as `after`; null: nobody follows',
})
/** A page of a list of people: the one after whom it begins. */
export const After = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
})

const Times = { startsAt: Moment, usuallyEndsAt: Moment, endsBy: Moment }
const Counted = {
  beganAt: Maybe,
  finishedAt: Maybe,
  owed: Type.Integer({ description: 'Card numbers that were due, summed over the controllers' }),
  done: Count,
  failed: Count,
  unreachable: Type.Integer({ description: 'Controllers that did not answer' }),
}

/** Today's windows as the API says them. */
export const WindowsToday = Type.Object({
  now: Moment,
  windows: Type.Array(
    Type.Object({
      ...Times,
      extra: Type.Boolean({ description: 'Somebody let it go, outside of the timetable' }),
      state: Type.Enum(['planned', 'running', 'done', 'partly', 'covered', 'not-run'], {
        description: 'covered: missed, and a later window did its work; not-run: nothing was there to run it',
      }),
      ...Counted,
    }),
  ),
  next: Type.Object({
    ...Times,
    persons: Count,
    numbers: Count,
    puts: Count,
    changes: Count,
    removals: Count,
    controllers: Count,
  }),
  check: Type.Union(
    [
      Type.Object({
        on: Type.String({ format: 'date' }),
        people: Type.Integer({ description: 'People whose doors were worked out from nothing and compared' }),
        differed: Type.Integer({ description: 'People of whom something differed; put right since' }),
        numbers: Type.Integer({ description: 'Card numbers on controllers that differed' }),
        endedAt: Maybe,
      }),
      Type.Null(),
    ],
    {
      description:
        'The newest daily check, made after the day’s first update; null before the first. Anything that differed is ' +
        'a fault of Gatehouse, or of somebody who wrote into its database.',
    },
  ),
  clockHref: Type.Union([Type.String(), Type.Null()], {
    description: 'Where the campus’s time can be moved; null outside of the demo',
  }),
})
export type WindowsToday = Type.Static<typeof WindowsToday>

/** The newest window, controller by controller. */
export const CurrentWindow = Type.Object({
  now: Moment,
  window: Type.Union([Type.Object({ startsAt: Moment, running: Type.Boolean(), ...Counted }), Type.Null()]),
  lanes: Type.Array(
    Type.Object({
      controllerId: Type.Integer(),
      building: Building,
      owed: Count,
      done: Count,
      failed: Count,
      finishedAt: Maybe,
      outcome: Type.Union([Type.Enum(['done', 'partly', 'unreachable', 'held', 'late']), Type.Null()]),
    }),
  ),
})
export type CurrentWindow = Type.Static<typeof CurrentWindow>

/** What causes a change at the doors, as the difference tells it; the journal's acts, and `date`. */
export const causes = [
  'programme-published',
  'card-activated',
  'card-reported-lost',
  'person-added',
  'person-changed',
  'old-card-recorded',
  'door-granted',
  'door-grant-ended',
  'group-doors-changed',
  'programme-concerns-doors',
  'doors-put-right',
  'left-over-card-withdrawn',
  'date',
  'other',
] as const
export type Cause = (typeof causes)[number]

/** An act of the journal as a cause; null is a date. */
export function causeOf(act: string | null): Cause {
  if (act === null) return 'date'
  const known = act.replaceAll(' ', '-')
  return causes.find(cause => cause === known) ?? 'other'
}

/** The next window as a difference. */
export const NextWindow = Type.Object({
  ...Times,
  people: Type.Array(
    Type.Object({
      studentNumber: Type.String(),
      cause: Type.Enum([...causes]),
      decidedAt: Moment,
      puts: Type.Array(Type.Integer(), { description: 'Controllers that get a card of this person' }),
      changes: Type.Array(Type.Integer(), {
        description: 'Controllers where a card gets other doors or days',
      }),
      removals: Type.Array(Type.Integer(), { description: 'Controllers that lose a card of this person' }),
      cards: Type.Array(
        Type.Object({
          numbers: Type.Array(Type.Object({ format: Type.Enum([...doorFormats]), number: Type.String() }), {
            description: 'The card’s number in every format that is recorded',
          }),
          changes: Type.Array(
            Type.Object({
              controllerId: Type.Integer(),
              deed: Type.Enum(['put', 'change', 'remove']),
              doors: Type.Array(Building, {
                description: 'Those that it opens from then on; of one that is removed, until then',
              }),
              number: Type.Integer({ description: 'As the controller’s readers send it' }),
              lastDay: Type.String({ description: 'The last day that it opens them' }),
            }),
          ),
        }),
      ),
    }),
  ),
  next: Next,
})
export type NextWindow = Type.Static<typeof NextWindow>

/** The controllers. */
export const Controllers = Type.Object({
  now: Moment,
  controllers: Type.Array(
    Type.Object({
      id: Type.Integer({ description: 'Its serial number' }),
      driver: Type.String({ description: 'Its make: uhppote, or file' }),
      host: Type.Union([Type.String(), Type.Null()]),
      port: Type.Union([Type.Integer(), Type.Null()]),
      folder: Type.Union([Type.String(), Type.Null()], { description: 'Where its files lie; of file' }),
      building: Building,
      capacity: Count,
      held: Type.Integer({
        description: 'Card numbers of ours that it confirmed; it may hold others besides',
      }),
      open: Type.Integer({ description: 'Card numbers that are due and not confirmed' }),
      silentSince: Maybe,
      clockSetAt: Type.Union([Moment, Type.Null()], {
        description:
          'When it last confirmed that its clock was set; by it it decides on which day a card ends',
      }),
      clockReadAt: Maybe,
      clockDriftSeconds: Type.Union([Type.Integer(), Type.Null()], {
        description: 'By how much it was fast when it was last read, before it was set; slow where negative',
      }),
      isHeld: Type.Boolean({ description: 'Somebody holds its updates' }),
      isStrange: Type.Boolean({ description: 'Another board stands at its address; nothing is sent there' }),
      clockUnset: Type.Boolean({
        description: 'It did not confirm its clock at the newest window that is over',
      }),
    }),
  ),
})
export type Controllers = Type.Static<typeof Controllers>
