import type { ReaderFormat } from '../card/formats.ts'
import { readScan } from '../card/read-scan.ts'
import { cardByChip, cardByPrintedNumber } from '../card/store.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act } from '../server/register.ts'
import {
  eventfulCards,
  keepCount,
  lyingCards,
  type ShiftCard,
  type ShiftCounts,
  shiftCounts,
} from './store.ts'

/** How many cards a page of a shift names. */
const mostNamed = 40
/** More cards than any counter holds. */
const mostLying = 20_000

/** What a clerk counted: a number, or every card scanned. */
export interface Counting {
  counted: number | null
  scanned: readonly string[]
  readerFormat: ReaderFormat
}

/** How a count compares with what is expected. */
export interface Compared {
  id: number
  at: Temporal.Instant
  expected: number
  counted: number
  /** Cards that are not there; where only a number was typed, those that it could be. */
  missing: readonly ShiftCard[]
  surplus: readonly ShiftCard[]
  /** Cards that were scanned and lie, by the register, somewhere else or nowhere. */
  unknown: number
  /** Whether the cards were scanned, so that it is known which they are. */
  exact: boolean
}

/** The start of a day of the campus. */
export const morningOf = ({ campus }: Programme, now: Temporal.Instant): Temporal.Instant =>
  now.toZonedDateTimeISO(campus.zone).startOfDay().toInstant()

/** The card of one scan in a count, or null. */
async function cardOf(
  act: Act,
  scan: string,
  readerFormat: ReaderFormat,
  { campus: { studentNumber, printedNumber } }: Programme,
): Promise<number | null> {
  const read = readScan(scan, { readerFormat, studentNumber, printedNumber })
  for (const mayBe of read.ok ? read.candidates : []) {
    const card =
      mayBe.is === 'chip'
        ? await cardByChip(act, mayBe.chip)
        : mayBe.is === 'printed-number'
          ? await cardByPrintedNumber(act, mayBe.printed.digits)
          : null
    if (card) return card.cardId
  }
  return null
}

// Where a number is short, a card may have gone without its handover, or stayed away; where it is over, one may lie there still.
const couldBeMissing = new Set(['undone', 'brought-back', 'moved-in'])
const couldBeOver = new Set(['handed-over', 'moved-out', 'retired', 'lent'])

/**
 * Counts a counter at the end of a shift and keeps the count, whatever it says: what differs is named with the cards that it
 * could be, and nothing is changed by it.
 */
export async function countShift(
  act: Act,
  counter: string,
  { counted, scanned, readerFormat }: Counting,
  programme: Programme,
): Promise<Compared> {
  const morning = morningOf(programme, act.now)
  const { expected } = await shiftCounts(act, counter, morning)
  const exact = counted === null
  const eventful = await eventfulCards(act, counter, morning, mostLying)
  let missing: readonly ShiftCard[] = []
  let surplus: readonly ShiftCard[] = []
  let found = counted ?? 0
  let unknown = 0
  if (exact) {
    const lying = await lyingCards(act, counter, morning, mostLying)
    const seen = new Set<number>()
    let unread = 0
    for (const scan of new Set(scanned)) {
      const cardId = await cardOf(act, scan, readerFormat, programme)
      if (cardId === null) unread += 1
      else seen.add(cardId)
    }
    const lies = new Set(lying.map(({ cardId }) => cardId))
    missing = lying.filter(({ cardId }) => !seen.has(cardId))
    surplus = eventful.filter(({ cardId }) => seen.has(cardId) && !lies.has(cardId))
    found = seen.size + unread
    unknown = found - (lying.length - missing.length) - surplus.length
  } else if (found < expected) missing = eventful.filter(({ what }) => couldBeMissing.has(what))
  else if (found > expected) surplus = eventful.filter(({ what }) => couldBeOver.has(what))
  const ids = (cards: readonly ShiftCard[]) => (exact ? cards.map(({ cardId }) => cardId) : null)
  const id = await keepCount(act, {
    counter,
    expected,
    counted: found,
    missing: ids(missing),
    surplus: ids(surplus),
  })
  await act.note({ act: 'shift counted', facts: { count: id, counter, expected, counted: found } })
  return {
    id,
    at: act.now,
    expected,
    counted: found,
    missing: missing.slice(0, mostNamed),
    surplus: surplus.slice(0, mostNamed),
    unknown,
    exact,
  }
}

/** How a shift stands: its numbers, and the cards to which something happened. */
export async function shiftOf(
  act: Act,
  counter: string,
  programme: Programme,
): Promise<{ counts: ShiftCounts; cards: ShiftCard[] }> {
  const morning = morningOf(programme, act.now)
  const counts = await shiftCounts(act, counter, morning)
  const cards = await eventfulCards(act, counter, morning, 1_000)
  // One look reads who was there today.
  await act.note({ act: 'shift read', facts: { counter, people: cards.length } })
  return { counts, cards }
}
