import { NumberIndex } from './number-index.ts'
import type { BoardCard } from './settings.ts'
import { layouts } from './wire.ts'

/** A record as the wire has it, from the card's number to its PIN, and one byte to spare. */
const recordBytes = 20
const wireBytes = layouts.putCard.request.pin[0] + 3 - layouts.putCard.request.card[0]
const { card, from, to, door1, pin } = layouts.putCard.request
const offset = {
  from: from[0] - card[0],
  to: to[0] - card[0],
  doors: door1[0] - card[0],
  pin: pin[0] - card[0],
}

const deleted = 0xffffffff

function dayAt(bytes: Buffer, at: number): string {
  const digits = bytes.toString('hex', at, at + 4)
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}

/** A card in the bytes in which a list keeps it. */
export function recordOf({ number, from: first, to: last, doors, pin: code }: BoardCard): Buffer {
  const record = Buffer.alloc(recordBytes)
  record.writeUInt32LE(number, 0)
  record.write(first.replaceAll('-', ''), offset.from, 'hex')
  record.write(last.replaceAll('-', ''), offset.to, 'hex')
  record.set(doors, offset.doors)
  record.writeUIntLE(code, offset.pin, 3)
  return record
}

/**
 * A controller's card list: places in a row, some of them left empty by removals. It is kept in the bytes of the wire,
 * which takes 26 bytes a card, and no work when it is asked for.
 */
export class CardList {
  capacity: number
  #bytes = Buffer.alloc(recordBytes * 16)
  #places = 0
  readonly #holes: number[] = []
  readonly #index = new NumberIndex(place => this.#bytes.readUInt32LE(place * recordBytes))
  readonly #keepsHoles: boolean

  constructor(capacity: number, keepsHoles: boolean) {
    this.capacity = capacity
    this.#keepsHoles = keepsHoles
  }

  get size(): number {
    return this.#index.size
  }

  has(number: number): boolean {
    return this.#index.placeOf(number) >= 0
  }

  get(number: number): BoardCard | null {
    const place = this.#index.placeOf(number)
    return place < 0 ? null : this.#cardAt(place)
  }

  /** The card at a place, the first is 1. */
  at(slot: number): BoardCard | 'deleted' | 'end' {
    if (slot < 1 || slot > this.#places) return 'end'
    return this.#bytes.readUInt32LE((slot - 1) * recordBytes) === deleted ? 'deleted' : this.#cardAt(slot - 1)
  }

  /** All cards, in the order of their places. */
  all(): BoardCard[] {
    const cards: BoardCard[] = []
    for (let slot = 1; slot <= this.#places; slot++) {
      const held = this.at(slot)
      if (typeof held === 'object') cards.push(held)
    }
    return cards
  }

  /** False where there is no room for another card. */
  put(held: BoardCard): boolean {
    return this.putRecord(recordOf(held), 0)
  }

  /** Stores the record that stands in a datagram; false where there is no room for another card. */
  putRecord(datagram: Buffer, at: number): boolean {
    const number = datagram.readUInt32LE(at)
    let place = this.#index.placeOf(number)
    const isNew = place < 0
    if (isNew) {
      if (this.size >= this.capacity) return false
      place = this.#holes.pop() ?? this.#places++
      if (this.#places * recordBytes > this.#bytes.length) this.#grow()
    }
    datagram.copy(this.#bytes, place * recordBytes, at, at + wireBytes)
    if (isNew) this.#index.set(number, place)
    return true
  }

  /** Writes a card's record into a reply; nothing where it is not there. */
  copyRecord(number: number, reply: Buffer, at: number): void {
    const place = this.#index.placeOf(number)
    if (place >= 0) this.#copy(place, reply, at)
  }

  /** Writes what stands at a place into a reply, a deleted card too; false past the last. */
  copySlot(slot: number, reply: Buffer, at: number): boolean {
    if (slot < 1 || slot > this.#places) return false
    this.#copy(slot - 1, reply, at)
    return true
  }

  /** False where the card is not there. */
  remove(number: number): boolean {
    const place = this.#index.placeOf(number)
    if (place < 0) return false
    this.#index.delete(number)
    if (this.#keepsHoles) {
      this.#bytes.fill(0, place * recordBytes, (place + 1) * recordBytes)
      this.#bytes.writeUInt32LE(deleted, place * recordBytes)
      this.#holes.push(place)
      return true
    }
    const last = --this.#places
    if (last !== place) {
      this.#bytes.copyWithin(place * recordBytes, last * recordBytes, (last + 1) * recordBytes)
      this.#index.set(this.#bytes.readUInt32LE(place * recordBytes), place)
    }
    return true
  }

  clear(): void {
    this.#bytes = Buffer.alloc(recordBytes * 16)
    this.#places = 0
    this.#holes.length = 0
    this.#index.clear()
  }

  #copy(place: number, reply: Buffer, at: number): void {
    this.#bytes.copy(reply, at, place * recordBytes, place * recordBytes + wireBytes)
  }

  #cardAt(place: number): BoardCard {
    const at = place * recordBytes
    const [door1 = 0, door2 = 0, door3 = 0, door4 = 0] = this.#bytes.subarray(
      at + offset.doors,
      at + offset.pin,
    )
    return {
      number: this.#bytes.readUInt32LE(at),
      from: dayAt(this.#bytes, at + offset.from),
      to: dayAt(this.#bytes, at + offset.to),
      doors: [door1, door2, door3, door4],
      pin: this.#bytes.readUIntLE(at + offset.pin, 3),
    }
  }

  /** Twice as large, but not larger than what it may hold. */
  #grow(): void {
    const places = Math.max(this.#places, Math.min(this.#places * 2, this.capacity))
    const larger = Buffer.alloc(places * recordBytes)
    this.#bytes.copy(larger)
    this.#bytes = larger
  }
}
