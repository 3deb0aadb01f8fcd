import { retireCard } from '../card/retire-card.ts'
import type { StockActRefusal } from '../card/rules.ts'
import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import type { Decided } from './decided.ts'
import { overviewOf } from './rules.ts'

/** Cards that one page shows. */
export const cardsAPage = 100

/** Cards that are retired in one act. */
export const mostCards = 500

/** The reasons not to retire uncollected cards at all; of a single card the stock's own rule decides. */
export type UncollectedRefusal = 'before-deadline' | 'are-kept' | 'no-cards' | 'count-differs'

/** A card that lies in a box, and nobody came for it. */
export interface UncollectedCard {
  cardId: number
  personId: number | null
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
  status: string | null
  ending: string | null
  counter: string | null
  box: string | null
  since: Temporal.Instant
}

const cardsSql = `
  select c.id as "cardId", p.id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
         p.status, right(c.printed_number, 4) as ending, c.counter, c.box, c.stocked_at as since
  from card c join person p on p.id = c.made_for
  where c.retired_at is null and c.edition = $1 and ($2::text is null or c.counter = $2)
    and not exists (select from handover h where h.card_id = c.id)
    and not exists (select from reissue r where r.card_id = c.id and r.ended_at is null)
  order by c.counter nulls last, c.box nulls last, c.stocked_at, c.id`

const countedSql = `
  select c.counter, c.box, count(*)::int as cards, min(c.stocked_at) as since
  from card c
  where c.retired_at is null and c.edition = $1 and c.made_for is not null
    and not exists (select from handover h where h.card_id = c.id)
    and not exists (select from reissue r where r.card_id = c.id and r.ended_at is null)
  group by 1, 2 order by 1 nulls last, 2 nulls last`

/** How many cards lie uncollected in a box. */
export interface Boxed {
  counter: string | null
  box: string | null
  cards: number
  since: Temporal.Instant
}

/** Uncollected cards box by box, and the cards themselves of one counter or of all. */
export async function uncollectedCards(
  act: Act,
  { edition }: Decided,
  { counter, page }: { counter: string | null; page: number },
): Promise<{ boxes: Boxed[]; cards: UncollectedCard[] }> {
  const [boxes, cards] = await Promise.all([
    act.statement<Boxed>('uncollected_boxes', countedSql, [edition]),
    act.statement<UncollectedCard>('uncollected_cards', `${cardsSql} limit ${cardsAPage} offset $3`, [
      edition,
      counter,
      page * cardsAPage,
    ]),
  ])
  return { boxes, cards }
}

/** Every uncollected card of one counter or of all, in the order of the boxes, a few hundred in memory at a time. */
export const everyUncollected = (
  act: Act,
  edition: string,
  counter: string | null,
): AsyncGenerator<UncollectedCard> =>
  rowsOf<UncollectedCard>(act, 'export_uncollected', cardsSql, [edition, counter])

/** Whether uncollected cards may be retired: the deadline has come, and the office does not keep them. */
export function mayRetireUncollected(
  programme: Programme,
  today: Temporal.PlainDate,
): Decision<object, 'before-deadline' | 'are-kept'> {
  const deadline = Temporal.PlainDate.from(programme.deadline.on)
  if (Temporal.PlainDate.compare(today, deadline) < 0)
    return no('before-deadline', { deadline: programme.deadline.on })
  return overviewOf(programme).uncollected === 'keep' ? no('are-kept') : yes({})
}

/**
 * Retires a selection of uncollected cards in one act, each by the stock's own rule, and says of each what became of it. The
 * count is said with it, so that nobody retires more than they looked at.
 */
export async function retireUncollected(
  act: Act,
  { cards, count, reason }: { cards: readonly number[]; count: number; reason: string },
) {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const may = mayRetireUncollected(programme, today)
  if (!may.ok) return may
  const chosen = [...new Set(cards)].toSorted((one, other) => one - other)
  if (chosen.length === 0) return no('no-cards')
  if (chosen.length !== count) return no('count-differs', { chosen: chosen.length, said: count })
  const rows: { cardId: number; retired: boolean; refusal: StockActRefusal | null; facts: Facts }[] = []
  for (const cardId of chosen) {
    const done = await retireCard(act, { cardId, reason: 'uncollected' })
    rows.push({
      cardId,
      retired: done.ok,
      refusal: done.ok ? null : done.refusal,
      facts: done.ok ? {} : done.facts,
    })
  }
  const retired = rows.filter(row => row.retired).length
  await act.note({ act: 'uncollected cards retired', facts: { cards: retired, of: rows.length, reason } })
  return yes({ retired, rows })
}
