import type { CardRecord, ControllerAddress, ControllerDriver, Outcome, Slot } from '../../update/driver.ts'
import { Book, type Surroundings } from './book.ts'
import { canSay, isRemovalOpen, judge, lastRow, numberText } from './changes.ts'
import type { Change, HandedRow } from './state.ts'

/** How the driver is opened; see `Surroundings`. */
export type FileOptions = Omit<Surroundings, 'lookEveryMs'> & { lookEveryMs?: number }

const notSent: Outcome = { answer: 'rejected', proved: false, tries: 0 }
const unreachable: Outcome = { answer: 'unreachable', proved: false, tries: 0 }

/** A file where the settings do not say how many rows it may have. */
const usualRows = 1_000

/**
 * Opens the driver that hands changes to another access system as files, and believes of them what its results say.
 * A change that was handed over and has no result is `unconfirmed`, and is not written into a second file when asked
 * for again; a result makes the same question `applied`, `rejected` or `full`. Lookups, counts and reads answer from
 * what results confirmed. A file is placed when a lane calls `handOver`, or when it has as many rows as it may have.
 * It has no clock to set.
 */
export function openFileDriver(options: FileOptions): ControllerDriver {
  const surroundings: Surroundings = { lookEveryMs: 1_000, ...options }
  const books = new Map<number, Book>()
  const removalsTold = new WeakSet<HandedRow>()
  let closed = false

  function bookOf({ serial }: ControllerAddress): Book {
    const book = books.get(serial) ?? new Book(serial, surroundings)
    books.set(serial, book)
    return book
  }

  /** Whatever waits when the driver is closed, and whatever comes after, finds nobody there. */
  const inTurn = async <T>(c: ControllerAddress, work: (book: Book) => T | Promise<T>): Promise<T | null> => {
    const book = bookOf(c)
    if (closed) return null
    return book.inTurn(c, () => (closed ? null : work(book)))
  }

  async function ask(c: ControllerAddress, change: Change): Promise<Outcome> {
    const said = await inTurn(c, async book => {
      const { number } = change
      const row = lastRow(book.state, number)?.row
      const firstTold = row !== undefined && row.card === null && !removalsTold.has(row)
      const verdict = judge(book.state, book.collected, change, { capacity: c.capacity, firstTold })
      if (row?.card === null && verdict.outcome.answer === 'applied') removalsTold.add(row)
      if (verdict.next !== 'wait') book.collected.delete(number)
      if (verdict.next === 'collect') book.collected.set(number, change)
      if (book.collected.size >= (c.settings!.rows ?? usualRows)) await book.place(c.settings!)
      return verdict.outcome
    })
    return said ?? unreachable
  }

  const cardsOf = (book: Book): CardRecord[] =>
    [...book.state.known.values()]
      .flatMap(({ card }) => (card ? [card] : []))
      .toSorted((a, b) => (a.number < b.number ? -1 : 1))

  async function* read(c: ControllerAddress, from: number, limit: number): AsyncIterable<Slot> {
    const first = Math.max(1, Math.trunc(from))
    if (limit < 1) return
    const cards = await inTurn(c, cardsOf)
    if (cards === null) {
      yield { slot: first, holds: 'unreachable' }
      return
    }
    for (let slot = first; slot < first + limit; slot++) {
      const card = slot > c.capacity ? undefined : cards[slot - 1]
      yield card ? { slot, holds: 'card', card } : { slot, holds: 'end' }
      if (!card) return
    }
  }

  return {
    async probe(c) {
      const cards = await inTurn(c, book => cardsOf(book).length)
      if (cards === null) return { answer: 'unreachable' }
      return { answer: 'answers', serial: c.serial, cards, echoesSequence: true, mac: '', firmware: '' }
    },
    together: () => 1,
    put: async (c, card) => (canSay(card, c.settings!) ? ask(c, { number: card.number, card }) : notSent),
    remove: async (c, number) =>
      numberText(number, c.settings!.number) === null ? notSent : ask(c, { number, card: null }),
    async get(c, number) {
      if (numberText(number, c.settings!.number) === null) return { answer: 'absent' }
      const found = await inTurn(c, ({ state, collected }) => {
        const card = state.known.get(number)?.card
        if (card) return { answer: 'found', card } as const
        return { answer: isRemovalOpen(state, collected, number) ? 'unreadable' : 'absent' } as const
      })
      return found ?? { answer: 'unreachable' }
    },
    async count(c) {
      const cards = await inTurn(c, book => cardsOf(book).length)
      return cards === null ? { answer: 'unreachable' } : { answer: 'counted', cards }
    },
    async setTime(c) {
      const there = await inTurn(c, () => true)
      return { answer: there ? 'rejected' : 'unreachable' }
    },
    async getTime(c) {
      const there = await inTurn(c, () => true)
      return { answer: there ? 'unreadable' : 'unreachable' }
    },
    read,
    async handOver(c) {
      await inTurn(c, async book => {
        await book.place(c.settings!)
        book.visited()
      })
    },
    async close() {
      closed = true
    },
  }
}
