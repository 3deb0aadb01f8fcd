import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { recomputeAccess, yearsOf } from './recompute.ts'

/** People whose cards one act looks after: less than a second in which others wait for it. */
const atATime = 500

const endedSql = `
  select distinct u.person_id as "personId" from card_use u
  where upper(u.during) <= $1 and u.person_id > $3
    and exists (
      select from wanted w
      where w.person_id = u.person_id and w.card_id = u.card_id and w.doors <> '{0,0,0,0}' and w.valid_to < $2
        and not exists (select from wanted later where later.controller_id = w.controller_id
                        and later.number = w.number and later.carried_by > w.carried_by))
  order by 1 limit $4`

/** What one portion did. */
export interface DatePortion {
  people: number
  /** The last person of this portion, where others may follow; null when there is nobody left. */
  last: number | null
}

/**
 * Takes cards whose campus access has ended by its date off what is wanted, so that they are also removed: of the next
 * people after `after`, by their ids, because on the day after a deadline they may be everybody. The doors have refused
 * the cards since that date: their valid-to day was sent ahead.
 */
export async function clearEndedCards(act: Act, zone: string, after = 0): Promise<DatePortion> {
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
  const values = [act.now, today, after, atATime]
  const rows = await act.statement<{ personId: number }>('ended_cards', endedSql, values)
  const personIds = rows.map(row => row.personId)
  await recomputeAccess(act, personIds)
  return { people: rows.length, last: rows.length < atATime ? null : personIds.at(-1)! }
}

const renewalSql = `
  select distinct u.person_id as "personId" from card_use u
  where upper_inf(u.during) and lower(u.during) <= $1 and u.person_id > $3
    -- Who leaves on a known day has that day at the doors, and nothing later.
    and not exists (select from person p where p.id = u.person_id and p.next_status <> 'enrolled')
    and exists (
      select from wanted w
      where w.person_id = u.person_id and w.card_id = u.card_id and w.doors <> '{0,0,0,0}' and w.valid_to <= $2
        and not exists (select from wanted later where later.controller_id = w.controller_id
                        and later.number = w.number and later.carried_by > w.carried_by))
  order by 1 limit $4`

/**
 * Tells the doors a later last day of cards that no date ends and that are in the last year of what the doors know: of
 * the next people after `after`. Each card has a day of its own, so that on an ordinary day there are few.
 */
export async function renewCards(act: Act, zone: string, after = 0): Promise<DatePortion> {
  const inAYear = act.now.toZonedDateTimeISO(zone).toPlainDate().add({ years: 1 })
  // Nothing that began later than this can be in its last year.
  const years = yearsOf(await programmeInForce(act))
  const since = inAYear.subtract({ years }).toZonedDateTime(zone).add({ days: 1 }).toInstant()
  const rows = await act.statement<{ personId: number }>('cards_to_renew', renewalSql, [
    since,
    inAYear,
    after,
    atATime,
  ])
  const personIds = rows.map(row => row.personId)
  await recomputeAccess(act, personIds)
  return { people: rows.length, last: rows.length < atATime ? null : personIds.at(-1)! }
}
