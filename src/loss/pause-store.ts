import { type Act, actorName } from '../server/register.ts'
import type { PauseFacts } from './pause-rules.ts'

const lockSql = 'select id from person where id = $1 for update'
const factsSql = `
  select exists (select from handover where card_id = $2 and person_id = $1) as holds,
         exists (select from card_lost where card_id = $2) as missing,
         exists (select from card_use where card_id = $2 and person_id = $1
                 and during && tstzrange($3, null)) as "inUse",
         (select lower(during) from access_pause where card_id = $2 and upper_inf(during)) as "pausedSince",
         (select count(*)::int from access_pause where card_id = $2 and resumed_by like 'student:%') as "resumedByHolder",
         (select carried_by > $3 from activation where card_id = $2) is true as "notSwitched"`

/** What the rules ask, read under a lock on the person; and whether the doors have still to switch to the card. */
export async function pauseFacts(
  act: Act,
  personId: number,
  cardId: number,
): Promise<PauseFacts & { notSwitched: boolean }> {
  const [, [row]] = await Promise.all([
    act.statement('pause_lock', lockSql, [personId]),
    act.statement<PauseFacts & { notSwitched: boolean }>('pause_facts', factsSql, [
      personId,
      cardId,
      act.now,
    ]),
  ])
  return row!
}

// The moment was read before the person was locked: a pause that ended meanwhile bears a later one.
const pauseSql = `
  insert into access_pause (card_id, person_id, during, paused_by)
  select $1, $2, tstzrange(greatest($3, (select max(upper(during)) from access_pause where card_id = $1)), null), $4
  returning lower(during) as since`

/** Keeps that the campus access of a card is paused; says since when. */
export async function keepPause(act: Act, personId: number, cardId: number): Promise<Temporal.Instant> {
  const values = [cardId, personId, act.now, actorName(act.actor)]
  const [row] = await act.statement<{ since: Temporal.Instant }>('keep_pause', pauseSql, values)
  return row!.since
}

const resumeSql = `
  update access_pause
  set during = tstzrange(lower(during), greatest($2, lower(during) + interval '1 microsecond')), resumed_by = $3
  where card_id = $1 and upper_inf(during)`

/** Keeps that paused campus access goes on. */
export async function keepResumed(act: Act, cardId: number): Promise<void> {
  await act.statement('keep_resumed', resumeSql, [cardId, act.now, actorName(act.actor)])
}
