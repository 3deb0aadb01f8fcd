import type { Doors } from '../../src/access/rules.ts'
import type { Books } from './books.ts'
import { before, beganMs } from './calendar.ts'
import type { Faulty } from './faults.ts'

const doorSets: readonly Doors[] = [
  [1, 1, 0, 0],
  [1, 0, 0, 1],
  [1, 1, 1, 1],
]

/** Everybody has an old card, which the doors of theirs hold; yesterday's last window is over. */
export function settleIn(world: Faulty, people: number): void {
  const { books } = world.database.ledger
  const startsAtMs = before.startsAt.epochMilliseconds
  const window = {
    key: 'before',
    startsAt: before.startsAt,
    startsAtMs,
    frozen: true,
    finishes: 1,
    coveredBy: null,
    endsByMs: startsAtMs + 60_000,
  }
  books.windows.push(window)
  books.newest = window
  for (let personId = 1; personId <= people; personId += 1) {
    const own = world.stations.filter(() => world.chance.happens(0.5))
    const places = (own.length > 0 ? own : [world.chance.oneOf(world.stations)]).map(
      ({ board }): [number, Doors] => [board.serial, world.chance.oneOf(doorSets)],
    )
    const cards = (['active', 'issued', 'issued'] as const).map((state, at) => ({
      cardId: personId * 10 + at,
      number: 1_000 * (at + 1) + personId,
      state,
    }))
    const person = { personId, places: new Map(places), cards, hasLeft: false, isExempt: false }
    world.register.add(person)
    for (const { number } of cards) books.registered.add(number)
    const rows = world.register.wantedOf(person).map(row => ({
      ...row,
      carriedBy: before.startsAt,
      atOnce: false,
      urgent: false,
    }))
    for (const row of books.keepWanted(rows, startsAtMs - 1)) stands(world, row)
  }
}

const longAgo = { confirmedAtMs: beganMs - 1, verifiedAtMs: beganMs, verifyAfterMs: null }

function stands(
  world: Faulty,
  { controllerId, number, doors, from, to, carriedByMs }: ReturnType<Books['keepWanted']>[number],
): void {
  const { books } = world.database.ledger
  books.settle(controllerId, number, carriedByMs)
  books.of(controllerId).held.set(number, { number, doors, from, to, ...longAgo })
  books
    .of(controllerId)
    .lists.sent.push({ number, deed: 'put', answer: 'applied', confirmed: true, atMs: carriedByMs })
  const { board } = world.stations.find(each => each.board.serial === controllerId)!
  board.cards.put({ number, doors: [...doors], from: from.toString(), to: to.toString(), pin: 0 })
}
