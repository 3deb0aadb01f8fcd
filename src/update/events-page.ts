import type { Act } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'

/** An event, or so many that were lost, as `tap` has it. */
export interface EventRow {
  epoch: number
  index: number
  storedAt: Temporal.Instant
  lost: number | null
  /** Local wall time by the controller's own clock. */
  happenedAt: string | null
  type: number | null
  reason: number | null
  granted: boolean | null
  door: number | null
  direction: number | null
  number: number | null
}

const pageSql = `
  select epoch, event_index as index, stored_at as "storedAt", lost,
         to_char(happened_at, 'YYYY-MM-DD"T"HH24:MI:SS') as "happenedAt", type, reason, granted, door, direction, number
  from tap where controller_id = $1 and ($2::int is null or (epoch, event_index) < ($2::int, $3::bigint))
    and ($5::timestamptz is null or (stored_at >= $5 and stored_at < $6))
  order by epoch desc, event_index desc limit $4`

/** Which events: of one month of storing, before a place; null where nothing is said. */
export interface AskedEvents {
  before: { epoch: number; index: number } | null
  month: Temporal.PlainYearMonth | null
}

const startOf = (month: Temporal.PlainYearMonth): Temporal.Instant =>
  month.toPlainDate({ day: 1 }).toZonedDateTime('UTC').toInstant()

/** The newest events of a controller, in its own order. */
export const eventsPage = (
  act: Act,
  controllerId: number,
  { before, month }: AskedEvents,
  most: number,
): Promise<EventRow[]> =>
  act.statement<EventRow>('events_page', pageSql, [
    controllerId,
    before?.epoch ?? null,
    before?.index ?? null,
    most,
    month && startOf(month),
    month && startOf(month.add({ months: 1 })),
  ])

/** All of them, of one month where that is asked, a few hundred in memory at a time. */
export const everyEvent = (
  act: Act,
  controllerId: number,
  month: Temporal.PlainYearMonth | null,
): AsyncGenerator<EventRow> =>
  rowsOf<EventRow>(act, 'export_events', pageSql, [
    controllerId,
    null,
    null,
    unlimited,
    month && startOf(month),
    month && startOf(month.add({ months: 1 })),
  ])

const monthsSql = `
  select to_char(to_date(substr(c.relname, 5), 'YYYY_MM'), 'YYYY-MM') as month
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'tap'::regclass and to_date(substr(c.relname, 5), 'YYYY_MM') <= $1::timestamptz at time zone 'UTC'
  order by 1 desc`

/** The months of which events are kept, up to now, the newest first. */
export async function monthsKept(act: Act): Promise<string[]> {
  const rows = await act.statement<{ month: string }>('event_months', monthsSql, [act.now])
  return rows.map(({ month }) => month)
}

/** Whose card a number was at a reader. */
export interface Holder {
  personId: number | null
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
  edition: string
  chip: Buffer
}

const holdersSql = `
  select n.number, n.retired_at as "retiredAt", c.edition, c.chip, p.id as "personId", p.student_number as "studentNumber",
         p.name_zh as "nameZh", p.name_en as "nameEn"
  from controller k join card_number n on n.format = k.number_format and n.number = any($2::bigint[])
  join card c on c.id = n.card_id left join handover h on h.card_id = c.id left join person p on p.id = h.person_id
  where k.id = $1 order by n.retired_at nulls last`

/**
 * Whose card each number was when its event was stored: the card that had the number then, since a number may live again
 * in another card. Numbers that no card of the register has are not there.
 */
export async function holdersThen(
  act: Act,
  controllerId: number,
  events: readonly EventRow[],
): Promise<Map<EventRow, Holder>> {
  const numbers = [...new Set(events.flatMap(({ number }) => number ?? []))]
  if (numbers.length === 0) return new Map()
  type Row = Holder & { number: number; retiredAt: Temporal.Instant | null }
  const rows = await act.statement<Row>('event_holders', holdersSql, [controllerId, numbers])
  const cards = Map.groupBy(rows, ({ number }) => number)
  const had = ({ number, storedAt }: EventRow): Row | undefined =>
    cards
      .get(number ?? 0)
      ?.find(({ retiredAt }) => retiredAt === null || Temporal.Instant.compare(storedAt, retiredAt) < 0)
  return new Map(
    events.flatMap(event => {
      const card = had(event)
      return card ? [[event, card] as const] : []
    }),
  )
}
