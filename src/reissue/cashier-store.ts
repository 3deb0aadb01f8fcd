import type { ReissueReason } from '../programme/shape-cards.ts'
import { type Act, actorName } from '../server/register.ts'
import type { MoneyLine } from './cashier-rules.ts'
import { staffOf } from './who.ts'

/** A move of money of a day, with what a list of it says. */
export interface DayMove extends MoneyLine {
  moveId: number
  at: Temporal.Instant
  /** Whose name `by` has among the staff; null where it is nobody of these. */
  nameZh: string | null
  nameEn: string | null
  studentNumber: string | null
  reissueId: number | null
  reason: ReissueReason | null
  /** The number on a kiosk's receipt, or of a payment over the network. */
  receipt: string | null
}

/**
 * SQL: what came in and went out from a moment to another. Kiosk money is what it pays, where it pays something by now;
 * it is of the day on which the kiosk told of it.
 */
export const movesSql = `
  select m.id as "moveId", m.at, m.by, e.account as way, e.amount, s.name_zh as "nameZh", s.name_en as "nameEn",
         case e.account when 'counter' then coalesce(m.counter, '') when 'kiosk' then k.kiosk else '' end as place,
         p.student_number as "studentNumber", r.id as "reissueId", r.reason, coalesce(m.receipt, m.payment_try) as receipt
  from fee_move m
  join fee_entry e on e.move_id = m.id and e.account in ('counter', 'kiosk', 'online', 'paid-back')
  left join kiosk_receipt k on k.number = m.receipt
  left join fee_move f on f.receipt = m.receipt and f.kind = 'paid'
  left join reissue r on r.id = coalesce(m.reissue_id, f.reissue_id)
  left join person p on p.id = r.person_id
  ${staffOf('m.by')}
  where m.at >= $1 and m.at < $2 order by m.id`

/** The moments between which a day of the campus's calendar lies. */
export const boundsOf = (day: Temporal.PlainDate, zone: string): [Temporal.Instant, Temporal.Instant] => [
  day.toZonedDateTime(zone).toInstant(),
  day.add({ days: 1 }).toZonedDateTime(zone).toInstant(),
]

/** What came in and went out on a day. */
export const movesOn = (act: Act, day: Temporal.PlainDate, zone: string): Promise<DayMove[]> =>
  act.statement<DayMove>('cashier_moves', movesSql, boundsOf(day, zone))

/** A count as it was taken down. */
export interface Count {
  counter: string
  payments: number
  expected: number
  counted: number
  note: string | null
  at: Temporal.Instant
  by: string
  nameZh: string | null
  nameEn: string | null
}

const countsSql = `
  select c.counter, c.payments, c.expected, c.counted, c.note, c.at, c.by, s.name_zh as "nameZh", s.name_en as "nameEn"
  from cashier_count c ${staffOf('c.by')}
  where c.day = $1 order by c.counter, c.payments`

/** The counts of a day, of each counter the first one first. */
export const countsOn = (act: Act, day: Temporal.PlainDate): Promise<Count[]> =>
  act.statement<Count>('cashier_counts', countsSql, [day])

/** Two who count the same drawer of the same day wait for each other. */
export const lockDrawer = (act: Act, day: Temporal.PlainDate, counter: string): Promise<unknown> =>
  act.statement('cashier_lock', 'select pg_advisory_xact_lock(7270055, hashtext($1))', [
    `${day.toString()} ${counter}`,
  ])

/** Takes a count down; it is never changed. */
export const keepCount = (
  act: Act,
  count: {
    day: Temporal.PlainDate
    counter: string
    payments: number
    expected: number
    counted: number
    note: string | null
  },
): Promise<unknown> =>
  act.statement(
    'keep_cashier_count',
    `insert into cashier_count (day, counter, payments, expected, counted, note, at, by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      count.day,
      count.counter,
      count.payments,
      count.expected,
      count.counted,
      count.note,
      act.now,
      actorName(act.actor),
    ],
  )
