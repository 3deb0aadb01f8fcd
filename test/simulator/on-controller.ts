import { isAbsent } from '../../src/access/rules.ts'
import type { CardList } from '../../src/controller/emulator/card-list.ts'
import type { Content } from '../../src/update/plan.ts'
import type { WantedInBooks } from './books.ts'
import { absent } from './content-text.ts'

/** What changed a board: a request of ours, a reset, or another system. */
export type Cause = 'request' | 'wipe' | 'foreign'

/** What the oracle knows of one controller. */
export interface OnController {
  cards: CardList
  /** By number: since when what stood there. */
  history: Map<number, { sinceMs: number; text: string }[]>
  /** By number: everything that was ever wanted of it. */
  wanted: Map<number, WantedInBooks[]>
  /** By number: the moment of the row that was confirmed last. */
  confirmedMs: Map<number, number>
  /** Numbers that a reset or another system took away, and that are not back. */
  taken: Set<number>
  /** Numbers that another system wrote there last. */
  altered: Set<number>
  /** Of those the numbers under which Gatehouse held no card: they are the other system's (decision 17). */
  theirs: Set<number>
  /** When the newest complete reading of its list began. */
  listReadMs: number
  verifyingAtMs: number
}

/** A change of what stands under a number, and what the ledger held it for. */
interface Change {
  cause: Cause
  before: string
  text: string
  held: Content | undefined
}

/** Whether that stood there at any time since. */
export function wasThere(
  { history: of }: OnController,
  number: number,
  text: string,
  sinceMs: number,
): boolean {
  const history = of.get(number)
  if (!history) return text === absent
  for (let at = history.length - 1; at >= 0; at -= 1) {
    if (history[at]!.text === text) return true
    if (history[at]!.sinceMs <= sinceMs) return false
  }
  return text === absent
}

/** Keeps whose the card is that stands under a number since a change, or who took it away. */
export function whoseIsIt(
  { taken, altered, theirs }: OnController,
  number: number,
  { cause, before, text, held }: Change,
): void {
  const wasOurs = before !== absent ? !theirs.has(number) : taken.has(number)
  for (const those of [taken, altered, theirs]) those.delete(number)
  if (cause === 'request') return
  if (text === absent) {
    taken.add(number)
    return
  }
  altered.add(number)
  if (!wasOurs || !held || isAbsent(held)) theirs.add(number)
}

/** Whether nothing has looked for what became of a number since others changed it; `others`: cards of theirs stand there. */
export function isUnseen(
  { taken, altered, listReadMs }: OnController,
  number: number,
  healedMs: number,
  others: boolean,
): boolean {
  if (listReadMs >= healedMs) return false
  // Beside others' cards, counting cannot tell that one of ours has gone: only reading the list does.
  return altered.has(number) || (others && taken.has(number))
}
