import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { endUnpaid } from './apply.ts'
import { reminderDue } from './rules.ts'
import { lockedReissue } from './store.ts'

/** Applications that one act looks after. */
const atATime = 200

/** What one portion did. */
export interface DatePortion {
  people: number
  /** The last application looked at, where others may follow; null when there is none left. */
  last: number | null
}

const undisputed = `
  not exists (select from fee_dispute d where d.reissue_id = r.id and d.decided_at is null)`
// In the order in which everybody else locks people.
const lockSql = `
  select 1 from person where id in (select person_id from reissue where id = any($1::bigint[])) order by id for update`

/** Locks the people of a portion of applications, so that two acts on the same people never wait for each other. */
const lockAll = (act: Act, rows: readonly { id: number }[]): Promise<unknown> =>
  act.statement('lock_reissue_people', lockSql, [rows.map(({ id }) => id)])

const overdueSql = `
  select r.id from reissue r
  where r.settled_at is null and r.ended_at is null and r.lapses_at <= $1 and r.id > $2 and ${undisputed}
  order by r.id limit $3`

/** What a date brings: applications that were not paid in time lapse. One that was paid while this waited does not. */
export async function lapseUnpaid(act: Act, _zone: string, after = 0): Promise<DatePortion> {
  const rows = await act.statement<{ id: number }>('overdue_reissues', overdueSql, [act.now, after, atATime])
  await lockAll(act, rows)
  let people = 0
  for (const { id } of rows) {
    const reissue = await lockedReissue(act, id)
    // Paid, withdrawn, or given more time, by whoever had the lock first.
    if (reissue === null || reissue.settled !== null || reissue.endedAt !== null) continue
    if (Temporal.Instant.compare(act.now, reissue.lapsesAt) < 0) continue
    await endUnpaid(act, reissue, 'lapsed')
    people += 1
  }
  return { people, last: rows.length < atATime ? null : rows.at(-1)!.id }
}

const unpaidSql = `
  select r.id, r.applied_at as "appliedAt",
         array(select after_days from reissue_reminder m where m.reissue_id = r.id) as reminded
  from reissue r
  where r.settled_at is null and r.ended_at is null and r.lapses_at > $1 and r.id > $2 and ${undisputed}
  order by r.id limit $3`
const remindedSql = `
  insert into reissue_reminder (reissue_id, after_days, at) values ($1, $2, $3) on conflict do nothing returning 1`

interface Unpaid {
  id: number
  appliedAt: Temporal.Instant
  reminded: number[]
}

/** What a date brings: who has not paid is reminded on the programme's days, once on each. */
export async function remindUnpaid(act: Act, zone: string, after = 0): Promise<DatePortion> {
  const { remindsUnpaidAfterDays } = (await programmeInForce(act)).reissue
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
  const rows = await act.statement<Unpaid>('unpaid_reissues', unpaidSql, [act.now, after, atATime])
  await lockAll(act, rows)
  let people = 0
  for (const { id, appliedAt, reminded } of rows) {
    const appliedOn = appliedAt.toZonedDateTimeISO(zone).toPlainDate()
    const days = reminderDue({ appliedOn, reminded }, remindsUnpaidAfterDays, today)
    if (days === null) continue
    const reissue = await lockedReissue(act, id)
    if (reissue === null || reissue.settled !== null || reissue.endedAt !== null) continue
    const kept = await act.statement('keep_reminder', remindedSql, [id, days, act.now])
    if (kept.length === 0) continue
    await act.note({
      act: 'reissue payment reminded',
      personId: reissue.personId,
      cardId: reissue.forCard,
      facts: { reissue: id, days },
    })
    people += 1
  }
  return { people, last: rows.length < atATime ? null : rows.at(-1)!.id }
}
