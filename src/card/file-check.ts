import type { Facts } from '../lib/decision.ts'
import { sameElsewhere } from '../roster/table.ts'
import type { FileCard, FileKind } from './file-columns.ts'
import { cardOf, type ReadCard, type RowRefusal } from './file-rows.ts'
import { type DoorFormat, type DoorNumberRefusal, doorNumber } from './formats.ts'
import type { NumbersRefusal } from './numbers-check.ts'

/** Why a row is not used: what its file tells, or what the register and the doors say to it. */
export type CardRowRefusal =
  | RowRefusal
  | DoorNumberRefusal
  | 'chip-in-register'
  | 'card-retired'
  | 'printed-in-register'
  | 'number-taken'
  | 'number-twice'
  | 'unknown-person'
  | 'pack-waits'
  | 'student-twice'
  | 'holds-already'
  | 'uses-another'
  | 'access-ended'
  | 'edition-given-now'
  | 'edition-ends'
  | NumbersRefusal

/** A card of the register that a row of a file may be. */
export interface KnownCard {
  chip: string
  printedNumber: string | null
  edition: string
  studentNumber: string | null
  counter: string | null
  box: string | null
  /** Since when its holder has it, in the campus's calendar, and how it was given; null while it waits. */
  heldSince: string | null
  how: string | null
  retired: { on: string; reason: string } | null
}

/** What a student holds or uses, or what waits for them. */
export interface KnownHold {
  studentNumber: string
  edition: string
  chip: string
  /** Until when, in the campus's calendar; null: still. */
  until: string | null
}

/** What the register knows about the rows of a file, each list by what it is asked for. */
export interface KnownToRegister {
  people: ReadonlyMap<string, number>
  cards: readonly KnownCard[]
  /** Live numbers, by format and number: the chip that has it. */
  numbers: ReadonlyMap<string, string>
  waiting: readonly KnownHold[]
  held: readonly KnownHold[]
  used: readonly KnownHold[]
  formats: readonly DoorFormat[]
  /** The first day on which cards of that edition open no door any more; null: no end. */
  accessEndsOn(edition: string): string | null
  /** The edition that the programme gives today; null: none. */
  givenToday: string | null
}

export type CheckedRow = ReadCard<CardRowRefusal>

/** What a file would do: cards that come in, cards that are in the register exactly so, rows that are not used. */
export interface CheckedFile {
  /** `fills` is the card of the register that is only told its printed number. */
  fresh: readonly { line: number; card: FileCard; personId: number | null; fills?: number }[]
  unchanged: readonly { line: number; card: FileCard }[]
  bad: readonly CheckedRow[]
}

const ways: Readonly<Record<FileKind, string | null>> = {
  stock: null,
  numbers: null,
  'old-cards': 'before-gatehouse',
  'health-check': 'health-check',
}

/** What is wrong, and in which field. */
type Told = readonly [field: keyof FileCard, refusal: CardRowRefusal, facts: Facts]

function fault(row: CheckedRow, [field, refusal, facts]: Told): void {
  row.faults.push({ field, refusal, shown: row.told[field] ?? '', facts })
}

/** Whose number this is in a format, as a key. */
export const numberKey = (format: string, number: bigint | number): string => `${format} ${number}`

/** In what a card of the register is told otherwise by a row; empty where it is in the register exactly so. */
function differences(known: KnownCard, card: FileCard, kind: FileKind): string[] {
  const fields = ['printedNumber', 'edition', 'studentNumber'] as const
  const more = kind === 'stock' ? (['counter', 'box'] as const) : (['heldSince'] as const)
  const differ: string[] = [...fields, ...more].filter(field => known[field] !== card[field])
  return kind === 'stock' || known.how === ways[kind] ? differ : [...differ, 'how']
}

/** Ends beside a day of a holding: whether one that ends on `until` was still going on after `since`. */
const reaches = (until: string | null, since: string): boolean => until === null || until > since

const grouped = <Item>(list: readonly Item[], keyOf: (item: Item) => string) => {
  const groups = Map.groupBy(list, keyOf)
  return (key: string | null): readonly Item[] => (key === null ? [] : (groups.get(key) ?? []))
}

/**
 * Compares the rows of a file with the register and with what the readers in use send. A card that is in the register
 * exactly so is unchanged, so that a file that is dropped twice changes nothing. Pure: looks at nothing else.
 */
export function checkCards(rows: readonly ReadCard[], kind: FileKind, known: KnownToRegister): CheckedFile {
  const cardsByChip = grouped(known.cards, card => card.chip)
  const cardsByPrinted = grouped(known.cards, card => card.printedNumber ?? '')
  const unchanged: { line: number; card: FileCard }[] = []
  const rest: CheckedRow[] = []
  for (const row of rows) {
    const live = cardsByChip(row.told.chip ?? null).find(card => !card.retired)
    if (row.faults.length === 0 && live && differences(live, cardOf(row), kind).length === 0)
      unchanged.push({ line: row.line, card: cardOf(row) })
    else rest.push({ ...row, faults: [...row.faults] })
  }

  /** What is wrong with the card itself: it is there already, or doors could not tell it or not tell it apart. */
  function ofChip(row: CheckedRow, chip: string): Told | null {
    const same = cardsByChip(chip)
    const live = same.find(card => !card.retired)
    if (live) {
      const differs = differences(live, cardOf(row), kind).join(' ')
      return ['chip', 'chip-in-register', { student: live.studentNumber, differs }]
    }
    // Another card may have the same four bytes; the same printed number on top of that is the same card.
    const gone = same.find(card => card.printedNumber === (row.told.printedNumber ?? null))
    if (gone?.retired) return ['chip', 'card-retired', { ...gone.retired }]
    for (const format of known.formats) {
      const told = numberOf(chip, format)
      if (!told.ok) return ['chip', told.refusal, told.facts]
      const other = known.numbers.get(numberKey(format, told.number))
      if (other !== undefined)
        return ['chip', 'number-taken', { format, number: Number(told.number), chip: other }]
    }
    return null
  }

  /** What is wrong with giving this card to its person, or with their having it since that day. */
  function ofPerson({ told }: CheckedRow, studentNumber: string): Told | null {
    if (!known.people.has(studentNumber)) return ['studentNumber', 'unknown-person', {}]
    // Of the card itself it is said already that it is there.
    const { edition = '', heldSince: since } = told
    if (kind === 'stock') {
      const pack = waiting(studentNumber).find(each => each.edition === edition && each.chip !== told.chip)
      return pack ? ['studentNumber', 'pack-waits', { chip: pack.chip }] : null
    }
    if (!since) return null
    const holds = held(studentNumber).find(
      each => each.edition === edition && each.chip !== told.chip && reaches(each.until, since),
    )
    if (holds) return ['studentNumber', 'holds-already', { chip: holds.chip }]
    if (kind !== 'old-cards') return null
    const ends = known.accessEndsOn(edition)
    if (ends !== null && since >= ends) return ['heldSince', 'access-ended', { ends }]
    const uses = used(studentNumber).find(each => each.chip !== told.chip && reaches(each.until, since))
    return uses ? ['studentNumber', 'uses-another', { chip: uses.chip }] : null
  }

  /**
   * What is wrong with the edition in a file of this kind: under the wrong kind freshmen's cards would open doors
   * without being activated, and old cards would open none.
   */
  function ofEdition(edition: string): Told | null {
    if (kind === 'old-cards' && edition === known.givenToday) return ['edition', 'edition-given-now', {}]
    const ends = kind === 'health-check' ? known.accessEndsOn(edition) : null
    return ends === null ? null : ['edition', 'edition-ends', { ends }]
  }

  const numberOf = numbersOnce()
  const waiting = grouped(known.waiting, hold => hold.studentNumber)
  const held = grouped(known.held, hold => hold.studentNumber)
  const used = grouped(known.used, hold => hold.studentNumber)
  for (const row of rest) {
    const { chip, printedNumber, edition, studentNumber } = row.told
    const printed = cardsByPrinted(printedNumber ?? null).find(card => !card.retired && card.chip !== chip)
    const found: (Told | null)[] = [
      chip ? ofChip(row, chip) : null,
      printed ? ['printedNumber', 'printed-in-register', { chip: printed.chip }] : null,
      edition ? ofEdition(edition) : null,
      studentNumber ? ofPerson(row, studentNumber) : null,
    ]
    for (const told of found) if (told) fault(row, told)
  }

  // An old card was in use: of two of them at one time, of whatever edition, the register could follow only one.
  const ownerKey = ({ told }: CheckedRow) =>
    told.studentNumber ? `${told.studentNumber} ${kind === 'old-cards' ? '' : told.edition}` : null
  for (const [row, facts] of sameElsewhere(rest, ownerKey))
    fault(row, ['studentNumber', 'student-twice', { ...facts }])
  markSameNumbers(rest, known.formats, numberOf)

  const fresh = rest.filter(row => row.faults.length === 0)
  return {
    fresh: fresh.map(row => {
      const card = cardOf(row)
      return {
        line: row.line,
        card,
        personId: card.studentNumber ? known.people.get(card.studentNumber)! : null,
      }
    }),
    unchanged,
    bad: rest.filter(row => row.faults.length > 0),
  }
}

type NumberOf = (chip: string, format: DoorFormat) => ReturnType<typeof doorNumber>

/** The numbers that readers send for the chips of one file, each worked out once. */
function numbersOnce(): NumberOf {
  const known = new Map<string, ReturnType<typeof doorNumber>>()
  return (chip, format) => {
    const key = `${format} ${chip}`
    const told = known.get(key) ?? doorNumber(Uint8Array.fromHex(chip), format)
    known.set(key, told)
    return told
  }
}

/** Two cards of one file that readers in use could not tell apart: both rows are told of the other. */
function markSameNumbers(
  rows: readonly CheckedRow[],
  formats: readonly DoorFormat[],
  numberOf: NumberOf,
): void {
  const done = new Set<CheckedRow>()
  const refused = new Set(rows.filter(row => row.faults.some(({ field }) => field === 'chip')))
  for (const format of formats) {
    const byNumber = new Map<string, CheckedRow[]>()
    for (const row of rows) {
      // Whose chip is refused already has no number that counts.
      if (!row.told.chip || refused.has(row)) continue
      const told = numberOf(row.told.chip, format)
      if (!told.ok) continue
      const key = numberKey(format, told.number)
      const known = byNumber.get(key)
      if (known) known.push(row)
      else byNumber.set(key, [row])
    }
    for (const [key, same] of byNumber)
      for (const row of same.length > 1 ? same : []) {
        const other = same.find(each => each.told.chip !== row.told.chip)
        if (!other || done.has(row)) continue
        done.add(row)
        const number = Number(key.slice(format.length + 1))
        fault(row, ['chip', 'number-twice', { format, number, chip: other.told.chip!, line: other.line }])
      }
  }
}
