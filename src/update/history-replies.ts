import { type Cause, causesOf, type Doors, isAbsent } from '../access/rules.ts'
import { masked } from '../card/numbers.ts'
import { both } from '../lib/both.ts'
import type { Act } from '../server/register.ts'
import type { Because, Content, Openers } from './history-shapes.ts'
import { type CauseNames, causeNames, type DoorAsked, type NumberThen } from './history-store.ts'
import { agrees } from './plan.ts'

const keyOf = ({ kind, id }: Pick<Cause, 'kind' | 'id'>): string => `${kind}:${id}`
/** What may have opened doors for these numbers, as people know it. */
export const namesOf = (act: Act, rows: readonly NumberThen[]): Promise<CauseNames> =>
  causeNames(
    act,
    rows.flatMap(row => causesOf(row.because ?? []).map(keyOf)),
  )
const becauseReply = (causes: readonly Cause[], names: CauseNames): Because[] =>
  causes.map(({ kind, id }) => ({ kind, id, name: names.get(keyOf({ kind, id })) ?? null }))

const holderReply = ({ number, studentNumber, nameZh, nameEn, edition, chip }: NumberThen) => ({
  number,
  person: studentNumber === null ? null : { studentNumber, name: both(nameZh!, nameEn!) },
  card: chip === null ? null : { edition: edition!, chip: masked(chip) },
})

const opens = (
  doors: Doors | null,
  door: number,
  days: readonly [Temporal.PlainDate | null, Temporal.PlainDate | null],
  on: Temporal.PlainDate,
): boolean =>
  doors !== null &&
  doors[door - 1] !== 0 &&
  Temporal.PlainDate.compare(days[0]!, on) <= 0 &&
  Temporal.PlainDate.compare(on, days[1]!) <= 0

/** A number that opened a door on a day of the campus: by what was decided, by what was confirmed, and why. */
export const openerReply = (
  row: NumberThen,
  { door, on, names }: { door: DoorAsked; on: Temporal.PlainDate; names: CauseNames },
): Openers['openers'][number] => ({
  ...holderReply(row),
  should: opens(row.shouldDoors, door.door, [row.shouldFrom, row.shouldTo], on),
  did: opens(row.didDoors, door.door, [row.didFrom, row.didTo], on),
  decidedAt: row.decidedAt?.toString() ?? null,
  confirmedAt: row.confirmedAt?.toString() ?? null,
  because: becauseReply(
    causesOf(row.because ?? []).filter(({ doors }) => doors.includes(door.door)),
    names,
  ),
  to: (row.didTo ?? row.shouldTo)?.toString() ?? null,
})

const standing = (doors: Doors | null, from: Temporal.PlainDate | null, to: Temporal.PlainDate | null) =>
  doors === null || isAbsent({ doors }) ? null : { doors, from: from!, to: to! }
const said = ({ doors, from, to }: NonNullable<ReturnType<typeof standing>>) => ({
  doors: [...doors],
  from: from.toString(),
  to: to.toString(),
})

/** A number as a controller held it, and should have held it. */
export function contentReply(row: NumberThen, names: CauseNames): Content['numbers'][number] {
  const should = standing(row.shouldDoors, row.shouldFrom, row.shouldTo)
  const did = standing(row.didDoors, row.didFrom, row.didTo)
  const because = becauseReply(causesOf(row.because ?? []), names)
  return {
    ...holderReply(row),
    should: should && { ...said(should), decidedAt: row.decidedAt!.toString(), because },
    did: did && { ...said(did), confirmedAt: row.confirmedAt!.toString() },
    agrees: should !== null && did !== null && agrees(should, did),
  }
}
