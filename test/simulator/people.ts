import { changedRows, type Doors, type WantedRecord } from '../../src/access/rules.ts'
import type { WindowPlan } from '../../src/update/windows.ts'
import type { Books } from './books.ts'
import { WindowsOfPlan } from './windows-of-plan.ts'

/** A card of a person; it has the same number at every controller. */
export interface SimulatedCard {
  cardId: number
  number: number
  state: 'issued' | 'active' | 'ended' | 'lost'
}

/** A person with three cards: the old one, the new one, and one more that replaces a lost one. */
export interface SimulatedPerson {
  personId: number
  /** Which doors, by controller. */
  places: Map<number, Doors>
  cards: SimulatedCard[]
  hasLeft: boolean
  /** A card was reported lost, or the person left: make-before-break does not hold for them any more. */
  isExempt: boolean
}

/** What can be decided about a person. */
export type Deed =
  | { kind: 'activate'; putsAtOnce: boolean }
  | { kind: 'lose'; number: number }
  | { kind: 'leave' }
  | { kind: 'return' }
  | { kind: 'other doors'; controllerId: number; doors: Doors }

const from = Temporal.PlainDate.from('2023-09-01')
const to = Temporal.PlainDate.from('2028-08-31')

/** The people of a world and their cards, and what an act on one of them makes wanted. */
export class Register {
  readonly people: SimulatedPerson[] = []
  readonly #byNumber = new Map<number, SimulatedPerson>()

  add(person: SimulatedPerson): void {
    this.people.push(person)
    for (const { number } of person.cards) this.#byNumber.set(number, person)
  }

  isOurs(number: number): boolean {
    return this.#byNumber.has(number)
  }

  personOf(number: number): SimulatedPerson {
    return this.#byNumber.get(number)!
  }

  /** What every controller should hold for a person. */
  wantedOf({ personId, places, cards, hasLeft }: SimulatedPerson): WantedRecord[] {
    if (hasLeft) return []
    return cards
      .filter(card => card.state === 'active')
      .flatMap(({ cardId, number }) =>
        [...places].map(([controllerId, doors]) => ({
          controllerId,
          number,
          personId,
          cardId,
          doors,
          from,
          to,
          because: [],
        })),
      )
  }

  /** Carries a deed out on a person who is locked; false where it is refused. */
  do(person: SimulatedPerson, deed: Deed): boolean {
    const active = person.cards.find(card => card.state === 'active')
    if (deed.kind === 'activate') {
      const next = person.cards.find(card => card.state === 'issued')
      if (!next || person.hasLeft) return false
      if (active) active.state = 'ended'
      next.state = 'active'
    } else if (deed.kind === 'lose') {
      const lost = person.cards.find(card => card.number === deed.number)!
      if (lost.state === 'lost') return false
      lost.state = 'lost'
      person.isExempt = true
    } else if (deed.kind === 'other doors') {
      person.places.set(deed.controllerId, deed.doors)
    } else {
      if (person.hasLeft === (deed.kind === 'leave')) return false
      person.hasLeft = deed.kind === 'leave'
      person.isExempt = true
    }
    return true
  }

  /** The rows that a deed just done makes of what is wanted; the real rules say so. */
  rowsAfter(
    person: SimulatedPerson,
    deed: Deed,
    books: Books,
    { plan, decidedAtMs, lockedAtMs }: { plan: WindowPlan; decidedAtMs: number; lockedAtMs: number },
  ) {
    const lost = person.cards.find(card => deed.kind === 'lose' && card.number === deed.number)
    return changedRows(this.wantedOf(person), books.newestOf(person.personId), {
      now: Temporal.Instant.fromEpochMilliseconds(lockedAtMs),
      window: WindowsOfPlan.of(plan).next(decidedAtMs).startsAt,
      putsAtOnce: deed.kind === 'activate' && deed.putsAtOnce,
      urgentCards: lost ? [lost.cardId] : [],
    })
  }
}
