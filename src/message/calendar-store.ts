import { stillFetched } from '../card/fetched.ts'
import type { Act } from '../server/register.ts'
import type { Due, OccasionKind } from './occasions.ts'
import type { Composed } from './rules.ts'
import { type Addressee, addressee } from './store.ts'

const keepSinceSql = `insert into calendar_kept (since) values ($1) on conflict do nothing`

/** Since when Gatehouse keeps this campus's calendar; from now on, where it did not before. */
export async function keptSince(act: Act): Promise<Temporal.Instant> {
  const known = () =>
    act.statement<{ since: Temporal.Instant }>('calendar_since', 'select since from calendar_kept', [])
  const [row] = await known()
  if (row !== undefined) return row.since
  await act.statement('keep_calendar', keepSinceSql, [act.now])
  return (await known())[0]!.since
}

/** Whether this act alone tells people by the calendar until it ends; false where another process does just now. Never waits. */
export async function alone(act: Act): Promise<boolean> {
  const sql = 'select pg_try_advisory_xact_lock(7270022) as ours'
  const [row] = await act.statement<{ ours: boolean }>('calendar_alone', sql, [])
  return row!.ours
}

/** What the statements below go by. */
export interface Asked {
  due: Due
  since: Temporal.Instant
  now: Temporal.Instant
  /** When the deadline comes, and the editions that it ends. */
  endsAt: Temporal.Instant
  endsOn: Temporal.PlainDate
  editions: readonly string[]
  /** For how many years after entry a student fare is good. */
  fareYears: number
  /** A day came since then on which people of some cohort may collect. */
  opened: boolean
}

// A card made for $1's person p that lies at a counter and was not handed over, and whether something about it or about them
// is news: it came, was moved, or the roster brought or changed them.
export const waits = `
  from card c where c.made_for = p.id and c.counter is not null and c.retired_at is null
    and not exists (select from handover h where h.card_id = c.id)`
const isNew = (since: string, opened: string): string => `(
  ${opened} or c.stocked_at >= ${since} or exists (
    select from journal j where j.person_id = p.id and j.at >= ${since}
      and j.act in ('person added', 'person changed', 'card moved')))`

/** That p's old card opens doors now and ends with the deadline, and no other of theirs opens them on that day. */
export const losesAccess = (at: { now: string; ends: string; editions: string }): string => `(
  exists (select from card_use u join card o on o.id = u.card_id
          where u.person_id = p.id and u.kind = 'student' and u.during @> ${at.now}::timestamptz
            and o.edition = any(${at.editions}::text[]))
  and not exists (select from card_use u where u.person_id = p.id and u.kind = 'student'
                  and u.during @> ${at.ends}::timestamptz))`

const toldOf = (kind: string, occasion: string): string =>
  `exists (select from told_of_day t where t.person_id = p.id and t.kind = '${kind}' and t.occasion = ${occasion})`
const toldToday = (kind: string, today: string): string =>
  `exists (select from told_of_day t where t.person_id = p.id and t.kind = '${kind}' and t.on_day = ${today}::date)`

// Only who may be told of something; who is, the rules decide.
const candidatesSql = `
  select p.id from person p
  where p.id > $1 and p.status in ('enrolled', 'on-leave', 'not-registered') and (
    ($2::text is not null and not ${toldOf('announcement', '$2')})
    or ($3::text is not null and p.status = 'enrolled' and not ${toldOf('deadline', '$3')}
        and not ${toldToday('deadline', '$4')} and ${losesAccess({ now: '$5', ends: '$6', editions: '$7' })})
    or ($8::text is not null and p.status = 'enrolled' and p.entry_year <= $9 and not ${toldOf('student-fare', '$8')}
        and exists (select from handover h where h.person_id = p.id and upper_inf(h.held)))
    or (not ${toldToday('card-at-desk', '$4')} and exists (select ${waits}
          and not ${toldOf('card-at-desk', "'card ' || c.id")} and ${isNew('$10', '$11::boolean')})))
  order by p.id limit $12`

/** The next people after one of them who may have something to be told. */
export async function candidates(act: Act, asked: Asked, after: number, most: number): Promise<number[]> {
  const { due, since, now, endsAt, editions, fareYears, opened } = asked
  const values = [
    after,
    due.announcement,
    due.deadline,
    due.today,
    now,
    endsAt,
    editions,
    due.fare?.occasion ?? null,
    (due.fare?.year ?? 0) - fareYears,
    since,
    opened,
    most,
  ]
  const rows = await act.statement<{ id: number }>('calendar_candidates', candidatesSql, values)
  return rows.map(({ id }) => id)
}

const lockSql = 'select 1 from person where id = any($1::bigint[]) order by id for share'

/**
 * Until the act ends nobody collects, switches on or loses a card of theirs; in the order in which everybody else locks
 * people. What somebody was just doing is done, and seen by the next statement.
 */
export const lockTold = (act: Act, ids: readonly number[]): Promise<unknown> =>
  act.statement('calendar_lock', lockSql, [ids])

/** A person with what stands in the register of the cards that the calendar asks for. */
export interface Standing extends Addressee {
  statusAtDeadline: string | null
  waitingCardId: number | null
  waitingIsNew: boolean
  losesAccess: boolean
  /** The old card in use that ends with the deadline: its printed number and edition. */
  oldPrinted: string | null
  oldEdition: string | null
  /** The new card that was given for them and never switched on. */
  collectedEdition: string | null
  collectedAt: Temporal.Instant | null
  collectedPrinted: string | null
  /** A class representative has it still. */
  collectedIsFetched: boolean
  holdsCard: boolean
  told: string[]
}

/** A card of a new edition that was given for p, not lost, and never switched on; with a class representative still, or in their hands. */
export const unused = (editions: string): string => `
    from handover h join card k on k.id = h.card_id
    where h.person_id = p.id and upper_inf(h.held) and k.edition <> all(${editions}::text[]) and k.retired_at is null
      and not exists (select from activation a where a.card_id = h.card_id)
      and not exists (select from card_lost l where l.card_id = h.card_id)`

const standingSql = `
  select ${addressee},
         case when p.next_status_on <= $5 then p.next_status end as "statusAtDeadline",
         w.id as "waitingCardId", coalesce(w.is_new, false) as "waitingIsNew",
         ${losesAccess({ now: '$2', ends: '$3', editions: '$4' })} as "losesAccess",
         c.printed_number as "oldPrinted", c.edition as "oldEdition",
         n.edition as "collectedEdition", n.at as "collectedAt", n.printed_number as "collectedPrinted",
         coalesce(n.is_fetched, false) as "collectedIsFetched",
         exists (select from handover h where h.person_id = p.id and upper_inf(h.held)) as "holdsCard",
         array(select t.kind || ' ' || t.occasion from told_of_day t where t.person_id = p.id) as told
  from person p
  left join lateral (
    select o.* from card_use u join card o on o.id = u.card_id
    where u.person_id = p.id and u.kind = 'student' and u.during @> $2::timestamptz and o.edition = any($4::text[])
    limit 1) c on true
  left join lateral (
    select c.id, ${isNew('$6', '$7::boolean')} as is_new ${waits} order by c.id desc limit 1) w on true
  left join lateral (
    select k.edition, h.at, k.printed_number, ${stillFetched('h')} as is_fetched ${unused('$4')}
    order by h.at desc limit 1) n on true
  where p.id = any($1::bigint[]) order by p.id`

/** What the register says of these people, in the order of their ids. */
export const standingOf = (act: Act, ids: readonly number[], asked: Asked): Promise<Standing[]> =>
  act.statement<Standing>('calendar_standing', standingSql, [
    ids,
    act.now,
    asked.endsAt,
    asked.editions,
    asked.endsOn,
    asked.since,
    asked.opened,
  ])

/** One occasion of one person, and what is written of it; null where another message said it. */
export interface ToKeep {
  addressee: Addressee
  kind: OccasionKind
  occasion: string
  message: Composed | null
}

const keepSql = `
  with given as (
    select * from rows from (jsonb_to_recordset($1::jsonb) as (
      "personId" bigint, kind text, occasion text, "messageKind" text, language text, recipient text, subject text,
      body text)) with ordinality as r("personId", kind, occasion, "messageKind", language, recipient, subject, body, place)),
  told as (
    insert into told_of_day (person_id, kind, occasion, on_day, told_at)
    select "personId", kind, occasion, $2, $3 from given order by place
    on conflict do nothing returning person_id, kind, occasion),
  made as (
    insert into message (person_id, kind, language, recipient, subject, body, made_at)
    select g."personId", g."messageKind", g.language, g.recipient, g.subject, g.body, $3
    from given g join told t on t.person_id = g."personId" and t.kind = g.kind and t.occasion = g.occasion
    where g.body is not null order by g.place returning id, person_id),
  pushed as (
    insert into push (message_id, device_id, next_at)
    select made.id, d.id, $3 from made join push_device d on d.person_id = made.person_id and d.ended_at is null)
  select 1 from made`

/** Keeps of what people are told, and puts it into the outbox and on its way to their devices, once each; says how many messages. */
export async function keepTold(act: Act, today: Temporal.PlainDate, all: readonly ToKeep[]): Promise<number> {
  if (all.length === 0) return 0
  const rows = all.map(({ addressee: { personId, language, email }, kind, occasion, message }) => ({
    personId,
    kind,
    occasion,
    messageKind: message?.kind ?? null,
    language,
    recipient: email ?? '',
    subject: message?.subject ?? null,
    body: message?.body ?? null,
  }))
  return (await act.statement('keep_told_of_day', keepSql, [JSON.stringify(rows), today, act.now])).length
}
