import { CardList } from './card-list.ts'
import { type BoardClock, type BoardEvent, EventRing } from './memory.ts'
import type { ControllerSetup, Faults, Trouble } from './settings.ts'
import { SortedList } from './sorted-list.ts'
import { type FunctionName, layouts, nameOf, readFields, writeFields } from './wire.ts'

/** Why a swipe was let in or not, as the protocol numbers it. */
export const reasons = {
  letIn: 1,
  noRight: 6,
  outsideDates: 15,
  unknownCard: 18,
  powerOn: 28,
  reset: 29,
} as const

/** What the reader showed: let in or not, the protocol's reason, and the event that tells of it. */
export interface Swiped {
  granted: boolean
  reason: number
  event: number
  at: string
}

const seal = 0x55aaaa55
const partBytes = 64
/** Where what a function carries begins. */
const content = 8
/** Of which functions 16 may come in one datagram. */
const batched = new Set<number>([layouts.getEvent.code, layouts.getCardAt.code, layouts.sortedCard.code])

type RareFunction = Exclude<FunctionName, 'putCard' | 'removeCard' | 'getCard' | 'getCardAt' | 'countCards'>

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
  readonly events: EventRing
  /** By which number it answers. */
  serial: number
  readonly echo: boolean
  readonly #trouble: Trouble
  readonly #host: string
  readonly #changed: (card: number | 'all') => void
  readonly #batch: boolean
  /** The list that is being taken in, where this board takes whole lists. */
  readonly #sorted: SortedList | null
  #fetchedTo = 0
  #mac: string
  #firmware = '0892'

  constructor(
    setup: ControllerSetup,
    trouble: Trouble,
    clock: BoardClock,
    changed: (card: number | 'all') => void,
  ) {
    this.serial = setup.serial
    this.#mac = `0066${setup.serial.toString(16).padStart(8, '0')}`
    this.echo = setup.echo ?? true
    this.cards = new CardList(setup.capacity ?? 20_000, setup.holes ?? true)
    this.events = new EventRing({ limit: setup.eventLimit ?? 20_000, chunk: setup.eventChunk ?? 2_048 })
    this.#batch = setup.batch ?? false
    this.#sorted = setup.sortedReplace ? new SortedList(this.cards) : null
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

  /** Another board stands here: what is said of it is otherwise from now on. */
  become({ serial, mac, firmware }: NonNullable<Faults['becomes']>): void {
    this.serial = serial ?? this.serial
    this.#mac = mac ?? this.#mac
    this.#firmware = firmware ?? this.#firmware
  }

  /** All cards and events are lost, as after a reset; the first event then tells of it. */
  wipe(): void {
    this.cards.clear()
    this.events.clear()
    this.#fetchedTo = 0
    this.events.append({ ...noEvent, type: 3, at: this.clock.now(), reason: reasons.reset })
  }

  /** Power was gone for a moment: the first event after it tells of it. */
  reboot(losesList: boolean): void {
    if (losesList) this.cards.clear()
    this.events.append({ ...noEvent, type: 3, at: this.clock.now(), reason: reasons.powerOn })
  }

  /** The reply to a datagram; null where it is for another controller, for none of ours, or of another length. */
  answer(datagram: Buffer): Buffer | null {
    if (datagram.length === partBytes) return this.#answerPart(datagram)
    if (!this.#batch || datagram.length !== partBytes * 16) return null
    const replies = Buffer.alloc(partBytes * 16)
    for (let at = 0; at < replies.length; at += partBytes) {
      const part = datagram.subarray(at, at + partBytes)
      if (batched.has(part[1]!)) this.#answerPart(part)?.copy(replies, at)
    }
    return replies
  }

  #answerPart(asked: Buffer): Buffer | null {
    const code = asked[1]!
    const name = nameOf.get(code)
    const to = asked.readUInt32LE(4)
    // Whoever asks nobody in particular who is there is told.
    if (to !== this.serial && !(to === 0 && name === 'device')) return null
    if (asked[0] !== 0x17 || !name) return null
    if (name === 'sortedCard' && !this.#sorted) return null
    const reply = Buffer.alloc(partBytes)
    reply[0] = 0x17
    reply[1] = code
    reply.writeUInt32LE(this.serial, 4)
    if (this.echo) reply.writeUInt32LE(asked.readUInt32LE(40), 40)
    // Cards are answered in the bytes in which they are kept; everything else is rare.
    switch (name) {
      case 'putCard':
        reply[content] = Number(this.#put(asked) && !this.#trouble.denies)
        break
      case 'removeCard':
        reply[content] = Number(this.#remove(asked.readUInt32LE(content)) && !this.#trouble.denies)
        break
      case 'getCard':
        this.cards.copyRecord(asked.readUInt32LE(content), reply, content)
        break
      case 'getCardAt':
        this.#copyListed(asked.readUInt32LE(content), reply)
        break
      case 'countCards':
        reply.writeUInt32LE(this.cards.size + this.#trouble.overCount, content)
        break
      default:
        writeFields(layouts[name].reply, this.#does[name](asked), reply)
    }
    return reply
  }

  readonly #does: Record<RareFunction, (datagram: Buffer) => Record<string, number | string>> = {
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
    removeAll: datagram => {
      if (this.#trouble.refuse || readFields(layouts.removeAll.request, datagram).seal !== seal)
        return { ok: 0 }
      this.cards.clear()
      this.#changed('all')
      return { ok: 1 }
    },
    sortedCard: datagram => {
      const { card, total, at } = readFields(layouts.sortedCard.request, datagram)
      const taken = this.#trouble.refuse ? 'refused' : this.#sorted!.take(datagram, card, { total, at })
      if (taken === 'replaced') this.#changed('all')
      return { ok: taken === 'refused' ? 0 : taken === 'unsorted' ? 0xe1 : 1 }
    },
    device: () => {
      const [ip1 = 0, ip2 = 0, ip3 = 0, ip4 = 0] = this.#host.split('.').map(Number)
      return { ip1, ip2, ip3, ip4, mac: this.#mac, firmware: this.#firmware, builtOn: '2021-01-01' }
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

  #copyListed(slot: number, reply: Buffer): void {
    const { endless } = this.#trouble
    if (this.cards.copySlot(slot, reply, content) || endless === 'no') return
    // A list without an end: its first card again, or one that it does not have.
    const [first] = this.cards.all()
    if (!first) return
    this.cards.copyRecord(first.number, reply, content)
    if (endless === 'invents') reply.writeUInt32LE(3_900_000_000 + slot, content)
  }

  #put(asked: Buffer): boolean {
    const number = asked.readUInt32LE(content)
    if (this.#trouble.refuse || number === 0 || number === 0xffffffff || number === 0x00ffffff) return false
    if (!isDay(asked, 12) || !isDay(asked, 16)) return false
    if (this.#trouble.forgets) return true
    // A PIN of more than six digits is cut to other digits, without a word.
    const pin = asked.readUIntLE(24, 3)
    if (pin > 999_999) asked.writeUIntLE(pin % 1_000_000, 24, 3)
    if (!this.cards.putRecord(asked, content)) return false
    this.#changed(number)
    return true
  }

  #remove(number: number): boolean {
    if (this.#trouble.refuse || !this.cards.remove(number)) return false
    this.#changed(number)
    return true
  }
}

/** Decimal digits, and not all of them zero. */
function isDay(datagram: Buffer, at: number): boolean {
  const digits = datagram.readUInt32BE(at)
  if (digits === 0) return false
  for (let shift = 0; shift < 32; shift += 4) if (((digits >>> shift) & 0x0f) > 9) return false
  return true
}
