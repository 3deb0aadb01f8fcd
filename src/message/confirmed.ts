import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { compose, type Told } from './rules.ts'
import { type Addressee, keepMessage } from './store.ts'
import { readerOf } from './tell.ts'

/** Activations older than this are no news any more; it also keeps the look cheap. */
const newsForDays = 30

/** Messages written in one transaction; the next call goes on. */
const mostAtATime = 1000

// What counts is the newest due row of each controller and number, as for the update. Held is what the controller
// confirmed; verified is what was read back after the quiet time. Without the read-back nobody is told "since".
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
      and (w.at_once or w.carried_by <= (select max(starts_at) from update_window))
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
    select l.card_id, jsonb_agg(distinct jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en, 'oldWorks',
             exists (select from wanted o
               join held oh on oh.controller_id = o.controller_id and oh.number = o.number
               where o.person_id = l.person_id and o.card_id = l.replaces and o.controller_id = l.controller_id
                 and oh.doors <> '{0,0,0,0}' and oh.valid_to >= $2::date))) as buildings
    from place l join controller c on c.id = l.controller_id where not l.held group by l.card_id)
  select p.id as "personId", p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language,
         c.printed_number as "printedNumber", u.journal_id as "journalId", u.replaces is not null as "replacesOld",
         d.controllers, d.confirmed, d.verified, d.since, coalesce(w.buildings, '[]') as waiting
  from untold u
  join card_doors d on d.card_id = u.card_id
  left join waits w on w.card_id = u.card_id
  join person p on p.id = u.person_id
  join card c on c.id = u.card_id
  where d.verified = d.controllers
     or (d.confirmed < d.controllers
         and ($1 >= u.new_from or exists (
           select from update_window o where o.starts_at >= u.carried_by and o.finished_at is not null))
         and not exists (select from message m where m.journal_id = u.journal_id and m.kind = 'doors-waiting'))
  order by u.at limit $4`

interface DoorsOfCard extends Addressee {
  journalId: number
  replacesOld: boolean
  controllers: number
  confirmed: number
  verified: number
  since: Temporal.Instant
  waiting: { 'zh-TW': string; en: string; oldWorks: boolean }[]
}

function tellingOf(row: DoorsOfCard): Told {
  const { printedNumber, controllers, confirmed, since, replacesOld, language } = row
  if (row.verified === controllers)
    return { kind: 'doors-confirmed', printedNumber, since, controllers, replacesOld }
  const waiting = row.waiting.map(each => ({ building: each[language], oldWorks: each.oldWorks }))
  return { kind: 'doors-waiting', printedNumber, confirmed, controllers, waiting }
}

/**
 * Tells the people whose doors have followed: everything that the doors owe the new card is confirmed and read
 * back; or, when the window that carries it is over (or its promised end has passed), which buildings still wait.
 * Each is told once, whatever the number of processes that look. Says how many messages were written.
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
  let told = 0
  for (const row of rows) {
    const message = compose(tellingOf(row), readerOf(row, programme, act.now))
    if (await keepMessage(act, { journalId: row.journalId, addressee: row }, message)) told += 1
  }
  return told
}
