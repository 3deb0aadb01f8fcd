import { noDoors, type WantedRow } from '../../src/access/rules.ts'
import { type KnownNumber, standingOf } from '../../src/update/rules.ts'
import type { WindowPlan } from '../../src/update/windows.ts'
import type { Books } from './books.ts'
import type { Register } from './people.ts'
import { WindowsOfPlan } from './windows-of-plan.ts'

/** What somebody goes by who adopts a controller's content. */
export interface Adopting {
  books: Books
  register: Register
  plan: WindowPlan
  decidedAtMs: number
}

/** What an adoption made ours, and what it decided. */
export interface AdoptedInWorld {
  numbers: number[]
  rows: WantedRow[]
}

/**
 * Adopts what the newest complete reading of a controller's list found and Gatehouse did not put there, as `adopt.ts`
 * does; with those that were taken, which a person decides one by one, only where `withTaken` says so.
 */
export function adoptIn(
  { books, register, plan, decidedAtMs }: Adopting,
  controllerId: number,
  withTaken: boolean,
): AdoptedInWorld {
  const { lists, wanted } = books.of(controllerId)
  const window = WindowsOfPlan.of(plan).next(decidedAtMs).startsAt
  const now = Temporal.Instant.fromEpochMilliseconds(decidedAtMs)
  const numbers: number[] = []
  const rows: WantedRow[] = []
  for (const card of lists.complete?.cards.values() ?? []) {
    const { number, from, to } = card
    if (card.ours || lists.adopted.has(number) || !register.isOurs(number)) continue
    if (card.isTaken && !withTaken) continue
    const all = wanted.get(number) ?? []
    const known: KnownNumber = {
      inRegister: true,
      due: all.findLast(row => books.hasBegun(row)) ?? null,
      planned: all.findLast(row => !books.hasBegun(row)) ?? null,
    }
    lists.adopted.set(number, { ...card, isTakenUp: false })
    numbers.push(number)
    if (standingOf(card, known) !== 'left-over') continue
    const person = register.personOf(number)
    const { cardId, state } = person.cards.find(each => each.number === number)!
    const lost = state === 'lost'
    const carried = { carriedBy: lost ? now : window, atOnce: lost, urgent: lost }
    const { personId } = person
    rows.push({ controllerId, number, personId, cardId, doors: noDoors, from, to, ...carried, because: [] })
  }
  return { numbers, rows }
}
