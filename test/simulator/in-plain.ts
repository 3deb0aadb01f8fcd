import type { Turn } from '../../src/update/ledger.ts'

/** Instants and dates as text, lists whose order says nothing in one order. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
/** A list whose order says nothing, in one order. */
export const byText = (all: readonly unknown[]): unknown => all.map(each => JSON.stringify(each)).toSorted()

/** A due number as text. */
export const dueText = ({
  number,
  cardId,
  wanted,
  carriedBy,
  atOnce,
  urgent,
  settled,
  listRead,
  foreign,
}: Turn['people'][number]['due'][number]) =>
  JSON.stringify([
    number,
    cardId,
    wanted.doors,
    wanted.from,
    wanted.to,
    carriedBy,
    atOnce,
    urgent,
    settled,
    listRead,
    foreign,
  ])
