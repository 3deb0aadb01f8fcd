import { type Decision, no, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import { type DoorFormat, doorNumber } from './formats.ts'
import { masked, maskedPrinted } from './numbers.ts'
import { formatsInUse } from './store.ts'

/** Why readers of another number format cannot be taken into use, in the order in which it is told. */
export const formatRefusals = ['cards-unreadable', 'cards-share-number'] as const
export type FormatRefusal = (typeof formatRefusals)[number]

interface LiveCard {
  id: number
  chip: Buffer
  printedNumber: string | null
}

// Held until the act ends: a card that is being retired meanwhile is waited for, and is no live one any more.
const liveSql = `
  select id, chip, printed_number as "printedNumber" from card c
  where retired_at is null
    and not exists (select from card_number n where n.card_id = c.id and n.format = $1)
  order by id for share of c`

const numberedSql = `
  select c.id, c.chip, c.printed_number as "printedNumber", n.number
  from card_number n join card c on c.id = n.card_id
  where n.format = $1 and n.retired_at is null`

const giveSql = `
  insert into card_number (card_id, format, number)
  select c, $1, n from unnest($2::bigint[], $3::bigint[]) as r(c, n)`

/** Until the act ends no card comes into stock, and nobody else records or changes a controller. */
export async function lockFormats(act: Act): Promise<void> {
  await act.statement('formats_alone', 'select pg_advisory_xact_lock(7270010)', [])
}

/** A card as a clerk finds it without anybody copying it: its printed number masked, else its chip number. */
function named({ chip, printedNumber }: LiveCard): string {
  return printedNumber === null ? masked(chip) : maskedPrinted(printedNumber)
}

/**
 * Gives every live card its number as readers of another format send it, before the first controller with such readers
 * is recorded: a card without one could not be put there, and a switch to it would leave its holder outside. All or
 * none. Nothing happens where the format is in use already. Says how many cards got a number.
 *
 * The lock on the formats is taken alone, so that no card comes into stock meanwhile without the new number.
 */
export async function giveNumbers(
  act: Act,
  format: DoorFormat,
): Promise<Decision<{ cards: number }, FormatRefusal>> {
  await lockFormats(act)
  if ((await formatsInUse(act)).includes(format)) return yes({ cards: 0 })
  const live = await act.statement<LiveCard>('cards_live', liveSql, [format])
  const numbered = await act.statement<LiveCard & { number: number }>('cards_numbered', numberedSql, [format])
  const byNumber = new Map<number, LiveCard>(numbered.map(card => [card.number, card]))
  const given: { card: number; number: number }[] = []
  const unreadable: { card: LiveCard; facts: Record<string, string | number> }[] = []
  const shared: { one: LiveCard; other: LiveCard; number: number }[] = []
  for (const card of live) {
    const told = doorNumber(card.chip, format)
    if (!told.ok) {
      unreadable.push({ card, facts: { because: told.refusal, bytes: card.chip.length, ...told.facts } })
      continue
    }
    const number = Number(told.number)
    const one = byNumber.get(number)
    if (one) shared.push({ one, other: card, number })
    else byNumber.set(number, card)
    given.push({ card: card.id, number })
  }
  const [first] = unreadable
  if (first)
    return no('cards-unreadable', {
      format,
      cards: unreadable.length,
      card: unreadable
        .slice(0, 3)
        .map(each => named(each.card))
        .join(', '),
      ...first.facts,
    })
  const [pair] = shared
  if (pair)
    return no('cards-share-number', {
      format,
      pairs: shared.length,
      one: named(pair.one),
      other: named(pair.other),
      number: pair.number,
    })
  await act.statement('give_numbers', giveSql, [
    format,
    given.map(({ card }) => card),
    given.map(({ number }) => number),
  ])
  return yes({ cards: given.length })
}
