import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById, personByNumber, type RegisteredPerson } from '../roster/store.ts'
import { plainWidth } from '../roster/student-number.ts'
import type { Act } from '../server/register.ts'
import { type DoorFormat, doorNumber, type ReaderFormat } from './formats.ts'
import { readScan } from './read-scan.ts'
import type { ScanRefusal } from './scan.ts'
import { cardsOf, cardsWith, cardsWithDoorNumber, formatsInUse, type RegisteredCard } from './store.ts'

/** Why a search finds no card. */
export type FindRefusal =
  | ScanRefusal
  | 'unknown-card'
  | 'person-without-card'
  | 'unknown-person'
  | 'proof-is-no-card'

/** A card that was found, whose it is, and how each reader in use sends its number; null where none can. */
export interface FoundCard {
  card: RegisteredCard
  /** Who holds it, or whose pack it lies in; null for a blank. */
  person: RegisteredPerson | null
  numbers: readonly { format: DoorFormat; number: number | null }[]
}

/** What waits is what an office asks about first, then what is in somebody's hands, then what is gone. */
const rank = ({ retired, lostReportedAt, handedOver }: RegisteredCard): number =>
  retired ? 3 : lostReportedAt ? 2 : handedOver ? 1 : 0

async function cardsScanned(
  act: Act,
  { scan, readerFormat }: { scan: string; readerFormat: ReaderFormat },
  programme: Programme,
): Promise<Decision<{ cards: RegisteredCard[] }, FindRefusal>> {
  // What stands in a controller's list, or in a report of doors, is a number as readers send it.
  const asDoor = plainWidth(scan).trim()
  const atDoors = async () =>
    /^\d{1,10}$/.test(asDoor) ? await cardsWithDoorNumber(act, Number(asDoor)) : []
  const { studentNumber, printedNumber } = programme.campus
  const read = readScan(scan, { readerFormat, studentNumber, printedNumber })
  let refused: Decision<{ cards: RegisteredCard[] }, FindRefusal> = read.ok ? no('unknown-card') : read
  for (const mayBe of read.ok ? read.candidates : []) {
    if (mayBe.is === 'proof' || mayBe.is === 'proxy-code') return no('proof-is-no-card')
    if (mayBe.is === 'student-number') {
      const person = await personByNumber(act, mayBe.studentNumber)
      const cards = person ? (await cardsOf(act, person.id)).toReversed() : []
      if (cards.length > 0) return yes({ cards })
      refused = no(person ? 'person-without-card' : 'unknown-person', { studentNumber: mayBe.studentNumber })
      continue
    }
    const cards = await cardsWith(act, mayBe.is === 'chip' ? mayBe : { printed: mayBe.printed.digits })
    if (cards.length > 0) return yes({ cards })
  }
  const known = await atDoors()
  return known.length > 0 ? yes({ cards: known }) : refused
}

/**
 * Finds a card, what waits first, by whatever is at hand: a tap on the desk's reader, the number printed on it, its number at the doors,
 * or the student it is for. Reading a person's cards is written in the journal.
 */
export async function findCard(
  act: Act,
  scan: { scan: string; readerFormat: ReaderFormat },
): Promise<Decision<{ found: FoundCard[]; programme: Programme }, FindRefusal>> {
  const programme = await programmeInForce(act)
  const scanned = await cardsScanned(act, scan, programme)
  if (!scanned.ok) return scanned
  const formats = await formatsInUse(act)
  const found: FoundCard[] = []
  for (const card of scanned.cards.toSorted((one, other) => rank(one) - rank(other))) {
    const owner = card.handedOver ?? card.madeFor
    found.push({
      card,
      person: owner && (await personById(act, owner.personId)),
      numbers: formats.map(format => {
        const told = doorNumber(card.chip, format)
        return { format, number: told.ok ? Number(told.number) : null }
      }),
    })
  }
  await act.note(
    ...found.map(({ card, person }) => ({
      act: 'card looked up',
      personId: person?.id ?? null,
      cardId: card.cardId,
    })),
  )
  return yes({ found, programme })
}
