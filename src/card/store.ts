import { type Decision, no, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import { carrierCodeHash } from './carrier-code.ts'
import { stillFetched } from './fetched.ts'
import { type DoorFormat, doorNumber, isDoorFormat } from './formats.ts'
import { type ChipNumber, printChipNumber } from './numbers.ts'
import type { CardInStock, RetireReason } from './rules.ts'

/** A card of the register with everything that decides at a desk. */
export interface RegisteredCard {
  cardId: number
  edition: string
  chip: Buffer
  printedNumber: string | null
  madeFor: { personId: number; studentNumber: string } | null
  counter: string | null
  box: string | null
  retired: { at: Temporal.Instant; reason: string } | null
  handedOver: {
    personId: number
    studentNumber: string
    at: Temporal.Instant
    how: string
    /** A class representative has it still. */
    isFetched: boolean
  } | null
  lostReportedAt: Temporal.Instant | null
  /** Lent as a temporary card, and not back. */
  lent?: boolean
}

const cardSql = `
  select c.id as "cardId", c.edition, c.chip, c.printed_number as "printedNumber", c.counter, c.box,
         c.made_for as "madeForId", pack.student_number as "madeFor", c.retired_at as "retiredAt",
         c.retired_for as "retiredFor", h.person_id as "holderId", holder.student_number as holder, h.at as "handedAt", h.how,
         ${stillFetched('h')} as "isFetched",
         l.at as "lostReportedAt",
         exists (select from card_loan o where o.card_id = c.id and o.returned_at is null) as lent
  from card c
  left join person pack on pack.id = c.made_for
  left join handover h on h.card_id = c.id
  left join person holder on holder.id = h.person_id
  left join card_lost l on l.card_id = c.id`

interface CardRow
  extends Pick<RegisteredCard, 'cardId' | 'edition' | 'chip' | 'printedNumber' | 'counter' | 'box'> {
  madeForId: number | null
  madeFor: string | null
  retiredAt: Temporal.Instant | null
  retiredFor: string | null
  holderId: number | null
  holder: string | null
  handedAt: Temporal.Instant | null
  how: string | null
  isFetched: boolean | null
  lostReportedAt: Temporal.Instant | null
  lent: boolean
}

const asCard = (row: CardRow): RegisteredCard => ({
  cardId: row.cardId,
  edition: row.edition,
  chip: row.chip,
  printedNumber: row.printedNumber,
  counter: row.counter,
  box: row.box,
  madeFor: row.madeForId ? { personId: row.madeForId, studentNumber: row.madeFor! } : null,
  retired: row.retiredAt ? { at: row.retiredAt, reason: row.retiredFor! } : null,
  handedOver: row.holderId
    ? {
        personId: row.holderId,
        studentNumber: row.holder!,
        at: row.handedAt!,
        how: row.how!,
        isFetched: row.isFetched!,
      }
    : null,
  lostReportedAt: row.lostReportedAt,
  lent: row.lent,
})

/** A card of the register as the rules of the stock see it. */
export const inStock = (card: RegisteredCard): CardInStock => ({
  counter: card.counter,
  box: card.box,
  handedOver: card.handedOver && {
    toStudentNumber: card.handedOver.studentNumber,
    at: card.handedOver.at,
  },
  retired: card.retired,
  lent: card.lent ?? false,
})

/** The newest card with this chip number, or null when the register knows none. */
export async function cardByChip(act: Act, chip: ChipNumber): Promise<RegisteredCard | null> {
  const sql = `${cardSql} where c.chip = $1 order by c.id desc limit 1`
  const [row] = await act.statement<CardRow>('card_by_chip', sql, [Buffer.from(chip)])
  return row ? asCard(row) : null
}

/** The newest card with this printed number, or null. */
export async function cardByPrintedNumber(act: Act, digits: string): Promise<RegisteredCard | null> {
  const sql = `${cardSql} where c.printed_number = $1 order by c.id desc limit 1`
  const [row] = await act.statement<CardRow>('card_by_printed', sql, [digits])
  return row ? asCard(row) : null
}

/** A card by our id, locked until the act ends, so that of two who change it one waits; null when there is none. */
export async function lockedCard(act: Act, cardId: number): Promise<RegisteredCard | null> {
  await act.statement('lock_card', 'select 1 from card where id = $1 for update', [cardId])
  // A statement of its own: whoever waited must see what the other one did.
  const [row] = await act.statement<CardRow>('card_by_id', `${cardSql} where c.id = $1`, [cardId])
  return row ? asCard(row) : null
}

/** Cards of a chip number or of a printed number, retired ones too, the newest first; at most 20. */
export async function cardsWith(
  act: Act,
  number: { chip: ChipNumber } | { printed: string },
): Promise<RegisteredCard[]> {
  const byChip = 'chip' in number
  const sql = `${cardSql} where ${byChip ? 'c.chip' : 'c.printed_number'} = $1 order by c.id desc limit 20`
  const value = byChip ? Buffer.from(number.chip) : number.printed
  const name = byChip ? 'cards_with_chip' : 'cards_with_printed'
  return (await act.statement<CardRow>(name, sql, [value])).map(asCard)
}

/** Cards whose readers in use send this number, live ones only. */
export async function cardsWithDoorNumber(act: Act, number: number): Promise<RegisteredCard[]> {
  const sql = `${cardSql} where c.id in
    (select card_id from card_number where number = $1 and retired_at is null) order by c.id desc limit 20`
  return (await act.statement<CardRow>('cards_with_door_number', sql, [number])).map(asCard)
}

// Its numbers at the doors become free for another card; what it was stays.
const retireSql = `
  with gone as (update card_number set retired_at = $2 where card_id = $1 and retired_at is null)
  update card set retired_at = $2, retired_for = $3 where id = $1`

/** Keeps that a card is retired, from this moment on and for good. */
export async function keepRetirement(act: Act, cardId: number, reason: RetireReason): Promise<void> {
  await act.statement('keep_retirement', retireSql, [cardId, act.now, reason])
}

/** Keeps where a card lies from now on. */
export async function keepPlace(
  act: Act,
  cardId: number,
  { counter, box }: { counter: string; box: string | null },
): Promise<void> {
  const sql = 'update card set counter = $2, box = $3 where id = $1'
  await act.statement('keep_place', sql, [cardId, counter, box])
}

/** Every card that was made for a person or handed to them, oldest first. */
export async function cardsOf(act: Act, personId: number): Promise<RegisteredCard[]> {
  const sql = `${cardSql} where c.id in (select id from card where made_for = $1
    union select card_id from handover where person_id = $1) order by c.id`
  return (await act.statement<CardRow>('cards_of', sql, [personId])).map(asCard)
}

/** The same of many people at once; who has none is not in it. */
export async function cardsOfMany(
  act: Act,
  people: readonly number[],
): Promise<ReadonlyMap<number, RegisteredCard[]>> {
  const sql = `${cardSql} where c.id in (select id from card where made_for = any($1::bigint[])
    union select card_id from handover where person_id = any($1::bigint[])) order by c.id`
  const theirs = new Map<number, RegisteredCard[]>()
  for (const row of await act.statement<CardRow>('cards_of_many', sql, [people])) {
    const card = asCard(row)
    for (const id of new Set([row.madeForId, row.holderId]))
      if (id !== null) theirs.set(id, [...(theirs.get(id) ?? []), card])
  }
  return theirs
}

/** A card as it comes into the register: from a maker's file, or as an old card that students hold. */
export interface NewCard {
  edition: string
  chip: ChipNumber
  printedNumber: string | null
  madeFor: number | null
  counter: string | null
  box: string | null
  /** The code on the letter it comes with; only its hash is kept. */
  carrierCode?: string | null
}

/** Why a card is not taken into stock: its number, as a reader in use sends it, is another live card's. */
export interface NumberTaken {
  chip: string
  format: string
  number: number
}

/** Why a whole list of cards is not taken into stock. */
export type StockRefusal = 'numbers-taken' | 'unreadable-at-doors'

/**
 * The formats in which the campus's controllers get their numbers. Shared with others who take cards in; another format
 * comes into use alone (new-format.ts), so that no card is left without a number in it.
 */
export async function formatsInUse(act: Act): Promise<DoorFormat[]> {
  await act.statement('formats_shared', 'select pg_advisory_xact_lock_shared(7270010)', [])
  const rows = await act.statement<{ format: string }>(
    'formats_in_use',
    'select distinct number_format as format from controller order by 1',
    [],
  )
  return rows.map(({ format }) => {
    if (!isDoorFormat(format)) throw new Error(`controllers use "${format}", which is no known number format`)
    return format
  })
}

const takenSql = `
  select t.chip, t.format, t.number from jsonb_to_recordset($1::jsonb) as t(chip text, format text, number bigint)
  join card_number n on n.format = t.format and n.number = t.number and n.retired_at is null`

const stockSql = `
  insert into card (edition, chip, printed_number, made_for, counter, box, carrier_code_hash, stocked_at)
  select edition, decode(chip, 'hex'), "printedNumber", "madeFor", counter, box, decode("carrierHash", 'hex'), $2
  from rows from (jsonb_to_recordset($1::jsonb)
      as (edition text, chip text, "printedNumber" text, "madeFor" bigint, counter text, box text,
          "carrierHash" text))
    with ordinality as r(edition, chip, "printedNumber", "madeFor", counter, box, "carrierHash", place)
  order by place returning id`

const numbersSql = `
  insert into card_number (card_id, format, number)
  select * from jsonb_to_recordset($1::jsonb) as r("cardId" bigint, format text, number bigint)`

/**
 * Takes cards into the register, all or none, with their number as each reader format in use sends it. Refuses a card
 * that some readers in use could never tell: switching to it would take the old card off those doors and put nothing
 * there. Says which numbers are taken already, by a live card or twice in the same list, before anything is written:
 * another person's card must never open your door.
 */
export async function takeIntoStock(
  act: Act,
  cards: readonly NewCard[],
): Promise<Decision<{ ids: number[] }, StockRefusal> & { taken?: NumberTaken[] }> {
  const formats = await formatsInUse(act)
  const numbers: (NumberTaken & { at: number })[] = []
  for (const [at, card] of cards.entries())
    for (const format of formats) {
      const told = doorNumber(card.chip, format)
      const chip = printChipNumber(card.chip)
      if (!told.ok) return no('unreadable-at-doors', { chip, format, because: told.refusal })
      numbers.push({ at, chip, format, number: Number(told.number) })
    }
  const seen = new Map<string, number>()
  const twice = numbers.filter(({ format, number, at }) => {
    const first = seen.get(`${format} ${number}`)
    seen.set(`${format} ${number}`, first ?? at)
    return first !== undefined && first !== at
  })
  const known = await act.statement<NumberTaken>('numbers_taken', takenSql, [JSON.stringify(numbers)])
  const taken = [...known, ...twice.map(({ chip, format, number }) => ({ chip, format, number }))]
  if (taken.length > 0)
    return {
      ok: false,
      refusal: 'numbers-taken',
      facts: { cards: taken.length, first: taken[0]!.chip },
      taken,
    }
  const rows = cards.map(({ carrierCode, ...card }) => ({
    ...card,
    chip: printChipNumber(card.chip),
    carrierHash: carrierCode ? carrierCodeHash(card.chip, carrierCode).toString('hex') : null,
  }))
  const ids = await act.statement<{ id: number }>('take_into_stock', stockSql, [
    JSON.stringify(rows),
    act.now,
  ])
  const placed = numbers.map(({ at, format, number }) => ({ cardId: ids[at]!.id, format, number }))
  await act.statement('card_numbers', numbersSql, [JSON.stringify(placed)])
  return yes({ ids: ids.map(({ id }) => id) })
}
