import { type Decision, no, yes } from '../lib/decision.ts'
import { editionIssuedOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'

/**
 * Why somebody needs a card made: never had one of this edition; a settled reissue; the one that was made is faulty; it was
 * retired uncollected; the office once cancelled it for good. The last two are made only when somebody asks for them.
 */
export const makeReasons = ['none-yet', 'reissue', 'faulty', 'uncollected', 'left-out'] as const
export type MakeReason = (typeof makeReasons)[number]

/** What is ordered unless somebody chooses one list: everything that nobody decided against. */
export const usualReasons: readonly MakeReason[] = ['none-yet', 'reissue', 'faulty']

/** The lists of people who need a card: those that are usually ordered, together, or one reason alone. */
export const makeLists = ['usual', ...makeReasons] as const
export type MakeList = (typeof makeLists)[number]

/** The reasons of a list. */
export const reasonsOf = (list: MakeList): readonly MakeReason[] => (list === 'usual' ? usualReasons : [list])

/** The most cards of one batch. */
export const mostInBatch = 2_000

/** Which edition is made: the one given today, or, before the first day, the first that will be; null: none. */
export function editionToMake(
  programme: Programme,
  today: Temporal.PlainDate,
): Programme['editions'][number] | null {
  const now = editionIssuedOn(programme, today)
  if (now) return now
  const [next] = programme.issued
    .filter(({ from }) => from > today.toString())
    .toSorted((one, other) => (one.from < other.from ? -1 : 1))
  return programme.editions.find(({ id }) => id === next?.edition) ?? null
}

/** Why no batch is made, in the order in which it is told. */
export type OrderRefusal = 'no-edition-to-make' | 'list-changed' | 'nobody-to-order-for'

/** What somebody wants to order, and how the list stands now. */
export interface Order {
  edition: string | null
  /** How many the list had when it was looked at, and how many it has. */
  seen: number
  listed: number
  /** How many are left when those are taken off whom somebody left out, or who have no photo. */
  chosen: number
}

/** Whether a batch is made of these people: only of a list as it was looked at, and of somebody. */
export function mayOrder({
  edition,
  seen,
  listed,
  chosen,
}: Order): Decision<{ edition: string; cards: number }, OrderRefusal> {
  if (edition === null) return no('no-edition-to-make')
  if (seen !== listed) return no('list-changed', { seen, listed })
  if (chosen === 0) return no('nobody-to-order-for')
  return yes({ edition, cards: Math.min(chosen, mostInBatch) })
}

/** Whether who has no photo is left out of a batch: where the programme needs one, or somebody says so. */
export const leavesOutWithoutPhoto = (
  { production }: Pick<Programme, 'production'>,
  said: boolean,
): boolean => said || production?.photo === 'required'

/**
 * Why a card that is at the card maker's is needed no longer: what it was ordered for has ended (the lost card was found, the
 * application taken back or lapsed), or its holder has left the university.
 */
export const needlessReasons = ['found-again', 'withdrawn', 'lapsed', 'left'] as const
export type NeedlessReason = (typeof needlessReasons)[number]

/** How far one card of a batch is. */
export type ItemState = 'out' | 'back' | 'cancelled'

/** Why cards of a batch are not cancelled, in the order in which it is told. */
export type CancelRefusal =
  | 'no-such-batch'
  | 'not-of-this-batch'
  | 'back-already'
  | 'cancelled-already'
  | 'none-out'

/**
 * Whether cards of a batch are cancelled: those alone of which none came back. Without a choice it is all that are out.
 */
export function mayCancel(
  items: readonly { id: number; state: ItemState }[],
  chosen: readonly number[] | null,
): Decision<{ items: number[] }, CancelRefusal> {
  if (items.length === 0) return no('no-such-batch')
  const out = items.filter(({ state }) => state === 'out').map(({ id }) => id)
  if (chosen === null) return out.length > 0 ? yes({ items: out }) : no('none-out')
  const states = new Map(items.map(({ id, state }) => [id, state]))
  const found = chosen.map(id => states.get(id))
  if (found.includes(undefined)) return no('not-of-this-batch')
  if (found.includes('back')) return no('back-already')
  if (found.includes('cancelled')) return no('cancelled-already')
  return chosen.length > 0 ? yes({ items: [...new Set(chosen)] }) : no('none-out')
}

/** Why cards that the maker delivered without a place are not put at a counter. */
export type PlaceRefusal = 'no-such-batch' | 'unknown-counter' | 'none-without-place'

/** How many cards of a batch stand where. */
export interface BatchCounts {
  cards: number
  out: number
  /** Of those that are out: needed no longer. */
  needless: number
  back: number
  cancelled: number
  /** Of those that came back: found misprinted before anybody had them. */
  misprinted: number
}

/** Of a hundred cards that came back, how many were misprinted, to one decimal; null before one is back. */
export const misprintedPercent = ({ back, misprinted }: BatchCounts): number | null =>
  back === 0 ? null : Math.round((misprinted * 1_000) / back) / 10

/** How the card maker and the office call one card of a batch: `7-0012`. */
export const referenceOf = (batch: number, place: number): string =>
  `${batch}-${String(place).padStart(4, '0')}`
