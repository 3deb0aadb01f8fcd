import { type BoardClock, type BoardEvent, CardList, EventRing } from './memory.ts'
import type { BoardCard, ControllerSetup, Trouble } from './settings.ts'
import { envelope, type FunctionName, layouts, nameOf, readFields, reply, type Values } from './wire.ts'

/** Why a swipe was let in or not, as the protocol numbers it. */
export const reasons = { letIn: 1, noRight: 6, outsideDates: 15, unknownCard: 18, reset: 29 } as const

/** What the reader showed: let in or not, the protocol's reason, and the event that tells of it. */
export interface Swiped {
  granted: boolean
  reason: number
  event: number
  at: string
}

const seal = 0x55aaaa55
const noEvent: BoardEvent = {
  index: 0,
  type: 0,
  granted: 0,
  door: 0,
  direction: 0,
  card: 0,
  at: '0000-00-00T00:00:00',
  reason: 0,
}

/** One emulated controller: its memory, its clock, and what it does when asked. It knows no network. */
export class Board {
  readonly cards: CardList
  readonly clock: BoardClock
  readonly events = new EventRing()
  readonly serial: number
  readonly echo: boolean
  readonly #trouble: Trouble
  readonly #host: string
  readonly #changed: (card: number | 'all') => void
  #fetchedTo = 0

  constructor(
    setup: ControllerSetup,
    trouble: Trouble,
    clock: BoardClock,
    changed: (card: number | 'all') => void,
  ) {
    this.serial = setup.serial
    this.echo = setup.echo ?? true
    this.cards = new CardList(setup.capacity ?? 20_000, setup.holes ?? true)
    this.clock = clock
    this.#host = setup.host
    this.#trouble = trouble
    this.#changed = changed
  }

  /** A card is held to the reader of a door. */
  swipe(number: number, door: number): Swiped {
    const at = this.clock.now()
    const card = this.cards.get(number)
    const today = at.slice(0, 10)
    const reason = !card
      ? reasons.unknownCard
      : card.doors[door - 1] === 0
        ? reasons.noRight
        : today < card.from || today > card.to
          ? reasons.outsideDates
          : reasons.letIn
    const granted = reason === reasons.letIn
    const told = { type: 1, granted: Number(granted), door, direction: 1, card: number, at, reason }
    return { granted, reason, event: this.events.append(told).index, at }
  }

  /** All cards and events are lost, as after a reset; the first event then tells of it. */
  wipe(): void {
    this.cards.clear()
    this.events.clear()
    this.#fetchedTo = 0
    this.events.append({ ...noEvent, type: 3, at: this.clock.now(), reason: reasons.reset })
  }

  /** The reply to a datagram; null where it is for another controller, or for none of ours. */
  answer(datagram: Buffer): Buffer | null {
    const { start, code, serial, sequence } = readFields(envelope, datagram)
    const name = nameOf.get(code)
    if (start !== 0x17 || serial !== this.serial || !name) return null
    const values = this.#does[name](datagram)
    return reply(name, serial, this.echo ? sequence : 0, values)
  }

  readonly #does: Record<FunctionName, (datagram: Buffer) => Record<string, number | string>> = {
    status: () => {
      const [date = '', time = ''] = this.clock.now().split('T')
      return { ...(this.events.newest ?? noEvent), error: 0, time, date: date.slice(2) }
    },
    setTime: datagram => {
      const { at } = readFields(layouts.setTime.request, datagram)
      try {
        this.clock.set(Temporal.PlainDateTime.from(at))
      } catch {
        // Not a moment: the clock stays, and the reply says what it stands at.
      }
      return { at: this.clock.now() }
    },
    getTime: () => ({ at: this.clock.now() }),
    putCard: datagram => ({ ok: Number(this.#put(readFields(layouts.putCard.request, datagram))) }),
    removeCard: datagram => {
      const { card } = readFields(layouts.removeCard.request, datagram)
      if (this.#trouble.refuse || !this.cards.remove(card)) return { ok: 0 }
      this.#changed(card)
      return { ok: 1 }
    },
    removeAll: datagram => {
      if (this.#trouble.refuse || readFields(layouts.removeAll.request, datagram).seal !== seal)
        return { ok: 0 }
      this.cards.clear()
      this.#changed('all')
      return { ok: 1 }
    },
    countCards: () => ({ cards: this.cards.size + this.#trouble.overCount }),
    getCard: datagram => {
      const card = this.cards.get(readFields(layouts.getCard.request, datagram).card)
      return card ? recordOf(card) : {}
    },
    getCardAt: datagram => {
      const card = this.#listed(readFields(layouts.getCardAt.request, datagram).slot)
      return card === 'end' ? {} : card === 'deleted' ? { card: 0xffffffff } : recordOf(card)
    },
    device: () => {
      const [ip1 = 0, ip2 = 0, ip3 = 0, ip4 = 0] = this.#host.split('.').map(Number)
      const mac = `0066${this.serial.toString(16).padStart(8, '0')}`
      return { ip1, ip2, ip3, ip4, mac, firmware: '0892', builtOn: '2021-01-01' }
    },
    getEvent: datagram => {
      const { index } = readFields(layouts.getEvent.request, datagram)
      const { oldest, newest } = this.events
      const event = index === 0 ? oldest : index === 0xffffffff ? newest : this.events.at(index)
      if (event === 'overwritten') return { index, type: 0xff }
      return { ...(event ?? noEvent) }
    },
    setEventIndex: datagram => {
      const asked = readFields(layouts.setEventIndex.request, datagram)
      if (asked.seal !== seal || asked.index === this.#fetchedTo) return { ok: 0 }
      this.#fetchedTo = asked.index
      return { ok: 1 }
    },
    getEventIndex: () => ({ index: this.#fetchedTo }),
  }

  #listed(slot: number): ReturnType<CardList['at']> {
    const card = this.cards.at(slot)
    const [first] = this.cards.all()
    if (card !== 'end' || !first || this.#trouble.endless === 'no') return card
    return this.#trouble.endless === 'repeats' ? first : { ...first, number: 3_900_000_000 + slot }
  }

  #put(asked: Values<typeof layouts.putCard.request>): boolean {
    if (this.#trouble.refuse) return false
    if (asked.card === 0 || asked.card === 0xffffffff || asked.card === 0x00ffffff) return false
    if (!isDay(asked.from) || !isDay(asked.to)) return false
    if (this.#trouble.forgets) return true
    const doors: BoardCard['doors'] = [asked.door1, asked.door2, asked.door3, asked.door4]
    // A PIN of more than six digits is cut to other digits, without a word.
    const card = { number: asked.card, from: asked.from, to: asked.to, doors, pin: asked.pin % 1_000_000 }
    if (!this.cards.put(card)) return false
    this.#changed(card.number)
    return true
  }
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && text !== '0000-00-00'

function recordOf({ number, from, to, doors, pin }: BoardCard): Record<string, number | string> {
  const [door1, door2, door3, door4] = doors
  return { card: number, from, to, door1, door2, door3, door4, pin }
}
