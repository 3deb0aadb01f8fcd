import { programmeInForce } from '../programme/store.ts'
import { nextWindow } from '../programme/timetable.ts'
import type { Act } from '../server/register.ts'
import { isDue, isOnHold } from '../update/due-sql.ts'
import { compose, type Told } from './rules.ts'
import type { WaitingCause } from './say-doors.ts'
import { type Addressee, keepMessage } from './store.ts'
import { readerOf } from './tell.ts'

/** Activations older than this are no news any more; it also keeps the look cheap. */
const newsForDays = 30

/** Messages written in one transaction; the next call goes on. */
const mostAtATime = 1000

// What counts is the newest due row of each controller and number, as for the update. Held is what the controller
// confirmed; verified is what was read back after the quiet time. Without the read-back nobody is told "since". Who waits
// is told when the window is over that should have carried it, and again after a later one only where that broke what
// was expected, or something else keeps it now: not every day the same of a controller that is dead.
const doorsSql = `
  with untold as (
    select a.card_id, a.person_id, a.at, a.replaces, a.carried_by, a.new_from, j.id as journal_id
    from activation a
    join journal j on j.person_id = a.person_id and j.card_id = a.card_id and j.act = 'card activated'
    where a.at > $1::timestamptz - make_interval(days => $3)
      and not exists (select from message m where m.journal_id = j.id and m.kind = 'doors-confirmed')),
  due as (
    select distinct on (u.card_id, w.controller_id, w.number) u.card_id, u.person_id, u.replaces, w.controller_id, w.number,
           w.doors, w.valid_from, w.valid_to
    from untold u
    join wanted w on w.person_id = u.person_id and w.card_id = u.card_id
      and ${isDue('w')}
    order by u.card_id, w.controller_id, w.number, w.carried_by desc),
  place as (
    select d.card_id, d.person_id, d.replaces, d.controller_id, h.confirmed_at, h.verified_at,
           coalesce(h.doors = d.doors and h.valid_from = d.valid_from and h.valid_to = d.valid_to, false) as held
    from due d left join held h on h.controller_id = d.controller_id and h.number = d.number
    where d.doors <> '{0,0,0,0}'),
  card_doors as (
    select l.card_id, count(*) as controllers, count(*) filter (where held) as confirmed,
           count(*) filter (where held and verified_at is not null) as verified, max(confirmed_at) as since
    from place l group by l.card_id),
  waits as (
    select l.card_id, array_agg(distinct y.cause order by y.cause) as causes,
           jsonb_agg(distinct jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en, 'cause', y.cause, 'oldWorks',
             exists (select from wanted o
               join held oh on oh.controller_id = o.controller_id and oh.number = o.number
               where o.person_id = l.person_id and o.card_id = l.replaces and o.controller_id = l.controller_id
                 and oh.doors <> '{0,0,0,0}' and oh.valid_to >= $2::date))) as buildings
    from place l join controller c on c.id = l.controller_id left join lane n on n.controller_id = l.controller_id
    cross join lateral (
      select case when ${isOnHold('l.controller_id')} then 'held'
                  when n.silent_since is not null then 'silent' else 'unconfirmed' end as cause) y
    where not l.held group by l.card_id)
  select p.id as "personId", p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language,
         c.printed_number as "printedNumber", u.journal_id as "journalId", u.replaces is not null as "replacesOld",
         d.controllers, d.confirmed, d.verified, d.since, coalesce(w.buildings, '[]') as waiting,
         u.card_id as "cardId", coalesce(w.causes, '{}') as causes, o.window_over as "windowOver",
         t.card_id is not null as again
  from untold u
  join card_doors d on d.card_id = u.card_id
  left join waits w on w.card_id = u.card_id
  join person p on p.id = u.person_id
  join card c on c.id = u.card_id
  cross join lateral (
    select coalesce(max(o.starts_at), u.carried_by) as window_over, max(o.starts_at) is not null as is_over
    from update_window o where o.starts_at >= u.carried_by and o.finished_at is not null) o
  left join lateral (
    select * from told_late t where t.card_id = u.card_id order by t.starts_at desc limit 1) t on true
  where d.verified = d.controllers
     or (d.confirmed < d.controllers
         and ($1 >= u.new_from or o.is_over)
         and (t.card_id is null
              or (t.starts_at < o.window_over and (t.expected_by <= $1 or not t.causes @> w.causes))))
  order by u.at limit $4`

interface DoorsOfCard extends Addressee {
  journalId: number
  replacesOld: boolean
  controllers: number
  confirmed: number
  verified: number
  since: Temporal.Instant
  waiting: { 'zh-TW': string; en: string; oldWorks: boolean; cause: WaitingCause }[]
  cardId: number
  causes: WaitingCause[]
  /** The newest finished window that should have brought the card to every door. */
  windowOver: Temporal.Instant
  /** They were told before that something waits. */
  again: boolean
}

const lateSql = `
  insert into told_late (card_id, starts_at, causes, expected_by, told_at) values ($1, $2, $3, $4, $5)
  on conflict do nothing returning 1`

/** Keeps what somebody is told of a switch that waits; false where another process tells them. */
async function keepLate(act: Act, row: DoorsOfCard, expectedBy: Temporal.Instant): Promise<boolean> {
  const promised = row.causes.includes('unconfirmed') ? expectedBy : null
  const values = [row.cardId, row.windowOver, row.causes, promised, act.now]
  return (await act.statement('told_late', lateSql, values)).length > 0
}

function tellingOf(row: DoorsOfCard, expectedBy: Temporal.Instant): Told {
  const { printedNumber, controllers, confirmed, since, replacesOld, language } = row
  if (row.verified === controllers)
    return { kind: 'doors-confirmed', printedNumber, since, controllers, replacesOld }
  const waiting = row.waiting.map(({ oldWorks, cause, ...building }) => ({
    building: building[language],
    oldWorks,
    cause,
  }))
  return { kind: 'doors-waiting', printedNumber, confirmed, controllers, waiting, expectedBy }
}

/**
 * Tells the people whose doors have followed: everything that the doors owe the new card is confirmed and read
 * back; or, when the window that carries it is over (or its promised end has passed), which buildings still wait, why,
 * and when they are expected now. Each is told once a window, whatever the number of processes that look. Says how many
 * messages were written.
 */
export async function tellConfirmed(act: Act): Promise<number> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const rows = await act.statement<DoorsOfCard>('message_doors', doorsSql, [
    act.now,
    today,
    newsForDays,
    mostAtATime,
  ])
  const expectedBy = nextWindow(programme.timetable, programme.campus.zone, act.now).endsBy
  let told = 0
  for (const row of rows) {
    const message = compose(tellingOf(row, expectedBy), readerOf(row, programme, act.now))
    const waits = message.kind === 'doors-waiting'
    if (waits && !(await keepLate(act, row, expectedBy))) continue
    const journalId = waits && row.again ? null : row.journalId
    if (await keepMessage(act, { journalId, addressee: row }, message)) told += 1
  }
  return told
}
