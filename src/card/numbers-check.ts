import type { Facts } from '../lib/decision.ts'
import type { Bilingual } from '../lib/words.ts'
import { type CheckedFile, type CheckedRow, checkCards, type KnownToRegister } from './file-check.ts'
import { cardOf, type ReadCard } from './file-rows.ts'

/** Why a row of a file of numbers is not used, beside what any file of cards is refused for. */
export type NumbersRefusal =
  | 'chip-unknown'
  | 'chip-of-several'
  | 'student-differs'
  | 'printed-differs'
  | 'printed-elsewhere'
  | 'item-unknown'
  | 'item-of-another'
  | 'item-back-already'
  | 'item-cancelled'

/** A live card of the register that a row may be about: whose it is, and where it lies. */
export interface NumberedCard {
  id: number
  chip: string
  printedNumber: string | null
  edition: string
  personId: number | null
  /** Who holds it, or whose pack it is; null for a blank. */
  studentNumber: string | null
  /** Whether it was handed over. */
  inHand: boolean
  counter: string | null
  box: string | null
  /** Where it is, as a sentence's part; names are the programme's. */
  lies: Bilingual
}

/** A card that the card maker was asked to make, by the reference of its batch. */
export interface OrderedCard {
  reference: string
  studentNumber: string
  edition: string
  state: 'out' | 'back' | 'cancelled'
}

/** What the register knows about the rows of a file of numbers. */
export interface KnownNumbers {
  cards: readonly NumberedCard[]
  items: ReadonlyMap<string, OrderedCard>
  /** What it knows of cards that come in new, whose students their items name. */
  register: KnownToRegister
}

type Told = readonly [field: 'chip' | 'printedNumber' | 'studentNumber' | 'item', NumbersRefusal, Facts]

/** Which card it is about that stands in the way: all that a clerk needs to find it. */
const which = ({ chip, studentNumber, lies }: NumberedCard): Facts => ({
  chip,
  student: studentNumber,
  liesZh: lies['zh-TW'],
  liesEn: lies.en,
})

/** What keeps a row from telling the number of this card: it is somebody else's, or has another number already. */
function againstCard({ told }: ReadCard, card: NumberedCard, item: OrderedCard | null): Told | null {
  if (told.studentNumber && told.studentNumber !== card.studentNumber)
    return ['studentNumber', 'student-differs', which(card)]
  if (item && item.studentNumber !== card.studentNumber) return ['item', 'item-of-another', which(card)]
  if (card.printedNumber !== null && card.printedNumber !== told.printedNumber)
    return ['printedNumber', 'printed-differs', { ...which(card), printed: card.printedNumber }]
  return null
}

/** What keeps a row from bringing in the card of its item: nobody ordered it, or it is another student's, back or cancelled. */
function againstItem({ told, faults }: ReadCard, item: OrderedCard | null): Told | null {
  if (faults.some(({ field }) => field === 'item')) return null
  if (!told.item) return ['chip', 'chip-unknown', {}]
  if (item === null) return ['item', 'item-unknown', {}]
  const facts = { student: item.studentNumber, liesZh: null, liesEn: null, chip: null }
  if (told.studentNumber && told.studentNumber !== item.studentNumber)
    return ['item', 'item-of-another', facts]
  if (item.state === 'back') return ['item', 'item-back-already', facts]
  return item.state === 'cancelled' ? ['item', 'item-cancelled', facts] : null
}

/**
 * Compares a file of numbers with the register: which printed number is on which chip. A card of the register without a
 * printed number is told it; one that agrees is unchanged; a row with the reference of a card that was ordered brings that
 * card in. Whatever would contradict a card of somebody is named with that card, and not used. Pure.
 */
export function checkNumbers(rows: readonly ReadCard[], known: KnownNumbers): CheckedFile {
  const byChip = Map.groupBy(known.cards, card => card.chip)
  const byPrinted = Map.groupBy(known.cards, card => card.printedNumber)
  const fresh: {
    line: number
    card: CheckedFile['fresh'][number]['card']
    personId: number | null
    fills?: number
  }[] = []
  const unchanged: { line: number; card: CheckedFile['fresh'][number]['card'] }[] = []
  const bad: CheckedRow[] = []
  const comesIn: ReadCard[] = []
  for (const row of rows) {
    const { chip, printedNumber } = row.told
    const same = chip ? (byChip.get(chip) ?? []) : []
    const item = row.told.item ? (known.items.get(row.told.item) ?? null) : null
    const [card] = same
    const elsewhere = printedNumber
      ? byPrinted.get(printedNumber)?.find(each => each.chip !== chip)
      : undefined
    const found: (Told | null)[] = [
      same.length > 1 ? ['chip', 'chip-of-several', which(card!)] : null,
      chip && same.length === 1 ? againstCard(row, card!, item) : null,
      chip && !card ? againstItem(row, item) : null,
      elsewhere ? ['printedNumber', 'printed-elsewhere', which(elsewhere)] : null,
    ]
    const faults = found.flatMap(told =>
      told ? [{ field: told[0], refusal: told[1], shown: row.told[told[0]] ?? '', facts: told[2] }] : [],
    )
    if (row.faults.length + faults.length > 0) bad.push({ ...row, faults: [...row.faults, ...faults] })
    else if (!card) comesIn.push(asNewCard(row, item!))
    else {
      const { edition, studentNumber, counter, box, personId } = card
      const told = { ...cardOf(row), edition, studentNumber, counter, box }
      if (card.printedNumber === null) fresh.push({ line: row.line, card: told, personId, fills: card.id })
      else unchanged.push({ line: row.line, card: told })
    }
  }
  const news = checkCards(comesIn, 'stock', known.register)
  const inOrder = <Row extends { line: number }>(list: readonly Row[]) =>
    list.toSorted((one, other) => one.line - other.line)
  return {
    fresh: inOrder([...fresh, ...news.fresh]),
    unchanged: inOrder([...unchanged, ...news.unchanged]),
    bad: inOrder([...bad, ...news.bad]),
  }
}

/** A row as a card that comes in: its student and edition are those of the order, and it lies at no counter yet. */
const asNewCard = (row: ReadCard, { studentNumber, edition }: OrderedCard): ReadCard => ({
  ...row,
  told: { ...row.told, studentNumber, edition, counter: null, box: null },
})
