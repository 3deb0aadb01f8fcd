import type { Bilingual } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act } from '../server/register.ts'
import type { ReadCard } from './file-rows.ts'
import { knownOf } from './file-store.ts'
import type { KnownNumbers, NumberedCard, OrderedCard } from './numbers-check.ts'

// Of cards handed over somebody holds them; a card that was lost is still that person's.
const cardsSql = `
  select c.id, upper(encode(c.chip, 'hex')) as chip, c.printed_number as "printedNumber", c.edition,
         coalesce(holder.id, pack.id) as "personId", coalesce(holder.student_number, pack.student_number) as "studentNumber",
         h.card_id is not null as "inHand", c.counter, c.box
  from card c
  left join person pack on pack.id = c.made_for
  left join handover h on h.card_id = c.id
  left join person holder on holder.id = h.person_id
  where c.retired_at is null and c.id in (
    select id from unnest($1::text[]) as t(told) join card on chip = decode(told, 'hex')
    union select id from unnest($2::text[]) as t(told) join card on printed_number = told)`

const itemsSql = `
  select t.reference, p.student_number as "studentNumber", i.edition,
         case when i.card_id is not null then 'back' when i.cancelled_at is not null then 'cancelled' else 'out' end as state
  from unnest($1::text[]) as t(reference)
  join production_item i on i.batch_id = split_part(t.reference, '-', 1)::bigint
    and i.place = split_part(t.reference, '-', 2)::int
  join person p on p.id = i.person_id`

/** Where a card is, as a sentence's part. */
function liesAt(programme: Programme, card: Omit<NumberedCard, 'lies'>): Bilingual {
  if (card.inHand) return { 'zh-TW': '已交付', en: 'handed over' }
  if (card.counter === null) return { 'zh-TW': '還沒有放到櫃檯', en: 'at no counter yet' }
  const name = nameOf(programme.counters, card.counter)
  const box = card.box === null ? '' : ` · ${card.box}`
  return { 'zh-TW': `${name['zh-TW']}${box}`, en: `${name.en}${box}` }
}

/** What the register knows about the rows of a file of numbers: their cards, and what was ordered by their references. */
export async function knownNumbersOf(
  act: Act,
  rows: readonly ReadCard[],
  programme: Programme,
): Promise<KnownNumbers> {
  const some = (field: 'chip' | 'printedNumber' | 'item') => [
    ...new Set(rows.flatMap(({ told }) => told[field] ?? [])),
  ]
  const cards = await act.statement<Omit<NumberedCard, 'lies'>>('numbered_cards', cardsSql, [
    some('chip'),
    some('printedNumber'),
  ])
  const ordered = await act.statement<OrderedCard>('ordered_cards', itemsSql, [some('item')])
  const items = new Map(ordered.map(item => [item.reference, item]))
  const ofStudents = rows.map(row => {
    const item = row.told.item ? items.get(row.told.item) : undefined
    return item ? { ...row, told: { ...row.told, studentNumber: item.studentNumber } } : row
  })
  return {
    cards: cards.map(card => ({ ...card, lies: liesAt(programme, card) })),
    items,
    register: await knownOf(act, ofStudents, programme),
  }
}

/** Locks the cards of a file of numbers until the act ends: nobody retires or moves one meanwhile. */
export async function lockCardsOf(act: Act, rows: readonly ReadCard[]): Promise<void> {
  await act.statement(
    'lock_numbered',
    `select 1 from card where chip in (select decode(told, 'hex') from unnest($1::text[]) as t(told)) order by id for update`,
    [rows.flatMap(({ told }) => told.chip ?? [])],
  )
}

const fillSql = `
  update card set printed_number = t.printed from unnest($1::bigint[], $2::text[]) as t(id, printed)
  where card.id = t.id and card.printed_number is null`

/** Keeps the printed numbers of cards that had none. */
export async function keepPrintedNumbers(
  act: Act,
  cards: readonly { cardId: number; printedNumber: string }[],
): Promise<void> {
  await act.statement('keep_printed', fillSql, [
    cards.map(({ cardId }) => cardId),
    cards.map(({ printedNumber }) => printedNumber),
  ])
}

const notOrderedSql = `
  with open as (select person_id, edition from production_item where card_id is null and cancelled_at is null)
  select p.student_number as number
  from unnest($1::text[], $2::text[]) with ordinality as t(student, edition, line) join person p on p.student_number = t.student
  where t.edition in (select edition from open)
    and not exists (select from open o where o.person_id = p.id and o.edition = t.edition)
  order by t.line`

/**
 * Of cards that come in, those of students for whom none was ordered, while a batch of the edition is at the card maker's:
 * perhaps another batch's file, or a mistake of the maker.
 */
export async function notOrdered(
  act: Act,
  cards: readonly { studentNumber: string | null; edition: string }[],
): Promise<string[]> {
  const some = cards.filter(({ studentNumber }) => studentNumber !== null)
  const rows = await act.statement<{ number: string }>('cards_not_ordered', notOrderedSql, [
    some.map(({ studentNumber }) => studentNumber),
    some.map(({ edition }) => edition),
  ])
  return rows.map(({ number }) => number)
}
