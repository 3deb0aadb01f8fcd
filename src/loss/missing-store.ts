import type { Act } from '../server/register.ts'
import type { LossReport } from './rules.ts'

/** A card that a person has or misses. Instants in campus time. */
export interface MissingRow {
  cardId: number
  edition: string
  printedNumber: string | null
  /** Its last digits prove that it is in its holder's hand: they are asked, not told, until it was activated. */
  digitsAsked: boolean
  inUse: boolean
  pausedSince: Temporal.Instant | null
  resumedByHolder: number
  purseLocked: boolean
  oldCardGoesOn: boolean
  report: LossReport | null
}

const rowsSql = `
  select c.id as "cardId", c.edition, c.printed_number as "printedNumber",
         h.how <> 'before-gatehouse' and a.card_id is null as "digitsAsked",
         exists (select from card_use u where u.card_id = c.id and u.during @> $2::timestamptz) as "inUse",
         (select lower(z.during) from access_pause z where z.card_id = c.id and upper_inf(z.during)) as "pausedSince",
         (select count(*)::int from access_pause z where z.card_id = c.id and z.resumed_by like 'student:%')
           as "resumedByHolder",
         exists (select from loss_report s
                 where s.card_id = c.id and s.sent_at is not null and s.refused_because is null) as "purseLocked",
         exists (select from card_use u where u.card_id = a.replaces and l.at is not null and lower(u.during) >= l.at
                 and u.during @> $2::timestamptz)
           and not exists (select from access_pause z where z.card_id = a.replaces and upper_inf(z.during))
           as "oldCardGoesOn",
         l.id, l.at, l.put_off_to as "putOffTo", l.send_at as "sendAt", l.sent_at as "sentAt",
         l.received_at as "receivedAt", l.refused_because as "refusedBecause", l.had_access as "hadAccess"
  from handover h
  join card c on c.id = h.card_id
  left join activation a on a.card_id = c.id
  left join loss_report l on l.card_id = c.id and l.ended_at is null
  where h.person_id = $1 and (upper_inf(h.held) or l.id is not null)
  order by h.at desc, c.id desc limit 10`

/** The cards that a person has or misses, the newest first. */
export async function missingRows(act: Act, personId: number): Promise<MissingRow[]> {
  type Row = Omit<MissingRow, 'report'> & { [K in keyof LossReport]: LossReport[K] | null }
  const rows = await act.statement<Row>('missing_cards', rowsSql, [personId, act.now])
  return rows.map(({ id, at, putOffTo, sendAt, sentAt, receivedAt, refusedBecause, hadAccess, ...row }) => ({
    ...row,
    report:
      id === null
        ? null
        : {
            id,
            at: at!,
            putOffTo,
            sendAt: sendAt!,
            sentAt,
            receivedAt,
            refusedBecause,
            hadAccess: hadAccess!,
          },
  }))
}
