import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { type DoorFormat, doorNumber } from '../src/card/formats.ts'
import { parseChipNumber } from '../src/card/numbers.ts'
import type { Emulator } from '../src/controller/emulator/start.ts'
import type { Database } from '../src/server/database.ts'

/** Where a door of the demo campus is. */
interface Place {
  controllerId: number
  number: number
  format: string
}

/** The doors of the campus to try, asked one by one at their own controllers. */
export class Doors {
  readonly #places: ReadonlyMap<string, Place>
  readonly #emulator: Emulator

  private constructor(places: ReadonlyMap<string, Place>, emulator: Emulator) {
    this.#places = places
    this.#emulator = emulator
  }

  static async of(owner: Database, emulator: Emulator): Promise<Doors> {
    const rows = await owner.db
      .selectFrom('door')
      .innerJoin('controller', 'controller.id', 'door.controller_id')
      .select(['door.id', 'door.controller_id', 'door.number', 'controller.number_format'])
      .execute()
    const places = rows.map(
      row =>
        [row.id, { controllerId: row.controller_id, number: row.number, format: row.number_format }] as const,
    )
    return new Doors(new Map(places), emulator)
  }

  #place(door: string): Place {
    const place = this.#places.get(door)
    if (!place) throw new Error(`there is no door "${door}"`)
    return place
  }

  /** The number that a door's controller sees when this chip is held to its reader. */
  numberAt(door: string, chip: string): number {
    const parsed = parseChipNumber(chip)
    if (!parsed.ok) throw new Error(`${chip}: ${parsed.refusal}`)
    const told = doorNumber(parsed.chip, this.#place(door).format as DoorFormat)
    if (!told.ok) throw new Error(`${chip}: ${told.refusal}`)
    return Number(told.number)
  }

  /** Holds a card to a door, and says whether it opened. */
  async opens(door: string, chip: string): Promise<boolean> {
    const { controllerId, number } = this.#place(door)
    return (await this.#emulator.swipe(controllerId, this.numberAt(door, chip), number)).granted
  }

  /** The numbers in the memory of a door's controller. */
  async numbersAt(door: string): Promise<Set<number>> {
    return new Set((await this.#emulator.cards(this.#place(door).controllerId)).map(card => card.number))
  }
}

/** A card on a controller that is not ours: staff and contractors. */
export interface ForeignCard {
  controller: number
  number: number
  from: string
  to: string
  doors: [number, number, number, number]
  pin: number
}

/** The staff cards that stand on the demo's controllers beside the students'. */
export function foreignCards(): ForeignCard[] {
  const file = readFileSync(new URL('../examples/campus/foreign-cards.csv', import.meta.url), 'utf8')
  const rows = parseCsv(file, { columns: true }) as Record<string, string>[]
  const cards = rows.map(row => ({
    controller: Number(row.controller),
    number: Number(row.number),
    from: row.from!,
    to: row.to!,
    doors: [1, 2, 3, 4].map(door => Number(row[`door_${door}`])) as [number, number, number, number],
    pin: 0,
  }))
  return cards.toSorted(byController)
}

const byController = (a: ForeignCard, b: ForeignCard): number =>
  a.controller - b.controller || a.number - b.number

/** Plants the foreign cards, as another system would. */
export async function plantForeignCards(emulator: Emulator): Promise<ForeignCard[]> {
  const cards = foreignCards()
  for (const [serial, own] of Map.groupBy(cards, card => card.controller))
    await emulator.plant(
      serial,
      own.map(({ controller: _controller, ...card }) => card),
    )
  return cards
}

/** The foreign cards as the controllers hold them now. */
export async function foreignCardsHeld(
  emulator: Emulator,
  planted: readonly ForeignCard[],
): Promise<ForeignCard[]> {
  const held: ForeignCard[] = []
  for (const [serial, own] of Map.groupBy(planted, card => card.controller)) {
    const cards = new Map((await emulator.cards(serial)).map(card => [card.number, card]))
    for (const { number } of own) {
      const card = cards.get(number)
      if (card) held.push({ controller: serial, ...card, doors: [...card.doors] as ForeignCard['doors'] })
    }
  }
  return held
}
