import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'

/** Individual access to one door that a card of the person carries, or carried. */
export interface Grant {
  doorId: string
  /** Whether it hangs on an earlier card or on the newest one. */
  on: 'old' | 'new'
  grantedAt: Temporal.Instant
  ended: boolean
  /** What the door's owner was asked to do for the newest card, once it is switched on. */
  task: { askedAt: Temporal.Instant; declined: { reason: string } | null } | null
  /** A group opens the door to this person anyway. */
  byGroup: boolean
  /** When the door's controller was read and really held the newest card for this door; null while it was not. */
  readBackAt: Temporal.Instant | null
}

/** What a programme calls individual access; an item of that id is where a person's own doors are listed. */
export const individualAccess = 'individual-access'

/** What the holder says of an item; each can be taken back. */
export const marks = ['done', 'not-mine'] as const
export type Mark = (typeof marks)[number]

/** What a person has said of one item, and until when the pass on the old card runs. */
export interface Marked {
  mark: { says: Mark; at: Temporal.Instant } | null
  runsUntil: Temporal.PlainDate | null
}

/**
 * How it stands with a door of an earlier card. `set-up-again`: nobody was asked yet, because the new card is not
 * switched on. `requested`: its owner was asked. `done`: granted, and on its way to the door. `works`: read back there.
 */
export type DoorState = 'set-up-again' | 'requested' | 'declined' | 'not-needed' | 'done' | 'works'

export interface DoorExtra<G extends Grant> {
  grant: G
  state: DoorState
  /** When the newest card was granted the door; null while it was not. */
  grantedAgainAt: Temporal.Instant | null
}

/**
 * One thing that did not move. `ask-yourself`: only the holder knows whether the old card carries it. Of doors it is the
 * state of the one that is furthest from being done; `done` and `not-mine` the holder may also say.
 */
export type ExtraState = 'ask-yourself' | 'set-up-again' | 'requested' | 'declined' | 'done' | 'not-mine'

/** An item of the programme that stays on the old card, with the person's own doors where it is about those. */
export interface Extra<G extends Grant> extends Marked {
  item: Programme['doesNotMove'][number]
  state: ExtraState
  doors: DoorExtra<G>[]
}

function doorState(grant: Grant, again: Grant | undefined): DoorState {
  if (again) return again.readBackAt === null ? 'done' : 'works'
  if (grant.byGroup) return 'not-needed'
  if (grant.task === null) return 'set-up-again'
  return grant.task.declined ? 'declined' : 'requested'
}

/** Of each door of an earlier card the newest grant, and how it stands with the newest card. */
function doorsOf<G extends Grant>(grants: readonly G[]): DoorExtra<G>[] {
  const live = grants.filter(grant => !grant.ended)
  const onNew = new Map(live.filter(grant => grant.on === 'new').map(grant => [grant.doorId, grant]))
  const onOld = Map.groupBy(
    live.filter(grant => grant.on === 'old'),
    grant => grant.doorId,
  )
  return [...onOld.values()].map(own => {
    const grant = own.reduce((a, b) => (Temporal.Instant.compare(b.grantedAt, a.grantedAt) > 0 ? b : a))
    const again = onNew.get(grant.doorId)
    return { grant, state: doorState(grant, again), grantedAgainAt: again?.grantedAt ?? null }
  })
}

function itemState(doors: readonly DoorExtra<Grant>[], mark: Marked['mark']): ExtraState {
  if (doors.length === 0) return mark?.says ?? 'ask-yourself'
  const furthest = (['set-up-again', 'declined', 'requested'] as const).find(state =>
    doors.some(door => door.state === state),
  )
  return furthest ?? 'done'
}

/** Whether nothing is left to do. */
const isOver = ({ state }: Pick<Extra<Grant>, 'state'>): boolean => state === 'done' || state === 'not-mine'

const rank = (extra: Extra<Grant>): number => {
  if (isOver(extra)) return 4
  if (extra.item.moneyAtStake || extra.item.refund) return 0
  if (extra.item.until !== undefined) return 1
  return extra.state === 'ask-yourself' ? 3 : 2
}

const inOrder = (a: Extra<Grant>, b: Extra<Grant>): number => {
  const [first, second] = [a.item.until ?? '', b.item.until ?? '']
  return rank(a) - rank(b) || (first < second ? -1 : first > second ? 1 : 0)
}

const unmarked: Marked = { mark: null, runsUntil: null }

/**
 * What an earlier card carries that does not move to the new one (the notice's point 10): what the programme names for
 * everybody, and this person's own doors with their owners. What has money in it comes first, then what has a last day,
 * then what is known to need doing; what is over comes last. Who has no earlier card has nothing to move.
 */
export function extrasOf<G extends Grant>(
  programme: Pick<Programme, 'doesNotMove'>,
  {
    hasOldCard,
    grants,
    marked = new Map(),
  }: { hasOldCard: boolean; grants: readonly G[]; marked?: ReadonlyMap<string, Marked> },
): Extra<G>[] {
  if (!hasOldCard) return []
  const doors = doorsOf(grants)
  return programme.doesNotMove
    .map(item => {
      const own = item.id === individualAccess ? doors : []
      const said = marked.get(item.id) ?? unmarked
      return { item, doors: own, ...said, state: itemState(own, said.mark) }
    })
    .sort(inOrder)
}

/** No pass runs longer than this, in days; a later date is a slip. */
const longestPassDays = 400

/** The reasons not to keep what a holder says of an item, in the order in which they are told. */
export const markRefusals = [
  'unknown-item',
  'nothing-to-move',
  'doors-tell-themselves',
  'no-pass',
  'not-a-date',
  'pass-has-ended',
  'pass-too-long',
] as const
export type MarkRefusal = (typeof markRefusals)[number]

/** Whether a person may tick an item off: doors that are known tell themselves how they stand. */
export function mayMark(
  extras: readonly Extra<Grant>[],
  programme: Pick<Programme, 'doesNotMove'>,
  item: string,
): Decision<{ extra: Extra<Grant> }, MarkRefusal> {
  if (!programme.doesNotMove.some(({ id }) => id === item)) return no('unknown-item')
  const extra = extras.find(each => each.item.id === item)
  if (extra === undefined) return no('nothing-to-move')
  if (extra.doors.length > 0) return no('doors-tell-themselves')
  return yes({ extra })
}

/** Whether a person's pass may run until that day: a date as people type it; null where it is taken back. */
export function mayRunUntil(
  extra: Pick<Extra<Grant>, 'item'>,
  typed: string,
  today: Temporal.PlainDate,
): Decision<{ runsUntil: Temporal.PlainDate | null }, MarkRefusal> {
  if (extra.item.refund === undefined) return no('no-pass')
  const text = typed.normalize('NFKC').trim().replaceAll(/[/.]/g, '-')
  if (text === '') return yes({ runsUntil: null })
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (!parts) return no('not-a-date')
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]
  let runsUntil: Temporal.PlainDate
  try {
    runsUntil = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return no('not-a-date')
  }
  if (Temporal.PlainDate.compare(runsUntil, today) < 0) return no('pass-has-ended')
  if (Temporal.PlainDate.compare(runsUntil, today.add({ days: longestPassDays })) > 0)
    return no('pass-too-long')
  return yes({ runsUntil })
}
