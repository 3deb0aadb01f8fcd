import { Type } from 'typebox'
import { maskedPrinted } from '../card/numbers.ts'
import type { Window } from '../programme/timetable.ts'
import { Moment, orNull } from '../server/shapes.ts'
import type { Consequences } from './consequences.ts'
import type { ListedGrant } from './grant-store.ts'
import { BothNames, ControllerFields, DoorFields, DoorId, GroupFields } from './shape.ts'

const Count = Type.Integer({ minimum: 0 })

/** The window that carries a change, as the API says it. */
export const CarriedBy = Type.Object({
  startsAt: Moment,
  usuallyEndsAt: Moment,
  endsBy: Type.String({ format: 'date-time', description: 'Promised: the doors have followed by then' }),
})

/** A window as the API says it. */
export const carriedReply = ({ startsAt, usuallyEndsAt, endsBy }: Window) => ({
  startsAt: startsAt.toString(),
  usuallyEndsAt: usuallyEndsAt.toString(),
  endsBy: endsBy.toString(),
})

/** Every controller with its doors, and what opens them. */
export const DoorsList = Type.Object({
  controllers: Type.Array(
    Type.Object({
      ...ControllerFields,
      held: Type.Integer({ description: 'Card numbers of ours that it confirmed' }),
      doors: Type.Array(
        Type.Object({
          ...DoorFields,
          groups: Type.Array(DoorId, { description: 'The access groups that open it' }),
          grants: Type.Integer({ description: 'Cards to which it is granted one by one' }),
        }),
      ),
    }),
  ),
})
export type DoorsList = Type.Static<typeof DoorsList>

const GroupReply = {
  id: DoorId,
  members: GroupFields.members,
  key: orNull(Type.String()),
  name: BothNames,
  doors: Type.Array(DoorId),
}

/** Every access group with its doors, and how many people it opens them to. */
export const GroupsList = Type.Object({
  groups: Type.Array(Type.Object({ ...GroupReply, people: Count })),
})
export type GroupsList = Type.Static<typeof GroupsList>

/** What a change of a group does, or would do. */
export const Follows = Type.Object({
  window: CarriedBy,
  opensFor: Type.Integer({ description: 'Enrolled people to whom the group opens its doors' }),
  persons: Type.Integer({ description: 'People whose doors change' }),
  numbers: Type.Integer({ description: 'Card numbers that change, counted on each controller' }),
  puts: Count,
  changes: Count,
  removals: Count,
  controllers: Count,
  leftWithoutDoor: Type.Integer({ description: 'People who open a door now and none afterwards' }),
  overfull: Type.Array(
    Type.Object({ controllerId: Type.Integer(), building: BothNames, wanted: Count, capacity: Count }),
    { description: 'Controllers that should hold more of our card numbers than they can' },
  ),
})
export type Follows = Type.Static<typeof Follows>

/** The consequences of a group's change as the API says them: counts, no person. */
export const followsReply = ({ window, personIds, ...counts }: Consequences): Follows => ({
  ...counts,
  window: carriedReply(window),
  persons: personIds.length,
})

const Printed = orNull(Type.String({ description: 'The number printed on the card, masked' }))

/** A printed number as staff may see it here: masked. */
export function maskedOrNull(printedNumber: string | null): string | null {
  return printedNumber === null ? null : maskedPrinted(printedNumber)
}

/** One door's grants. */
export const GrantsList = Type.Object({
  grants: Type.Array(
    Type.Object({
      id: Type.Integer(),
      studentNumber: Type.String(),
      printedNumber: Printed,
      owner: BothNames,
      grantedAt: Moment,
      endedAt: orNull(Moment),
      opens: Type.Boolean({ description: 'The card has campus access, and its holder is enrolled' }),
      movedOn: Type.Boolean({
        description: 'The holder uses another card now, to which the door was not granted',
      }),
    }),
  ),
  more: Type.Boolean({ description: 'Whether others follow' }),
})
export type GrantsList = Type.Static<typeof GrantsList>

/** A grant in the list as the API says it. */
export const grantReply = ({
  personId: _person,
  grantedAt,
  endedAt,
  printedNumber,
  ...grant
}: ListedGrant) => ({
  ...grant,
  printedNumber: maskedOrNull(printedNumber),
  grantedAt: grantedAt.toString(),
  endedAt: endedAt?.toString() ?? null,
})

/** What a grant did. */
export const GrantedReply = Type.Object({
  grantId: Type.Integer(),
  printedNumber: Printed,
  until: orNull(
    Type.String({
      format: 'date-time',
      description: 'When the card’s own campus access ends; null: no end set',
    }),
  ),
  window: CarriedBy,
})

/** What ending a grant did. */
export const EndedReply = Type.Object({ again: Type.Boolean(), endedAt: Moment, window: CarriedBy })
