import { type Act, actorName } from '../server/register.ts'

/**
 * What lies at a counter, and how it came to that since the morning: numbers of cards. They add up: what lay there in the
 * morning, and came, less what went, is what is expected.
 */
export interface ShiftCounts {
  morning: number
  stocked: number
  movedIn: number
  /** Temporary cards. */
  returned: number
  /** Handovers of today that were undone; their cards lie there again. */
  undone: number
  /** Cards that a class representative brought back; whenever they had been given. */
  broughtBack: number
  /** Every handover of today, those that were undone and those to a representative among them. */
  handedOver: number
  movedOut: number
  retired: number
  lent: number
  expected: number
  /** Of those retired today: misprints and damaged ones. */
  spoilt: number
}

// Where each card was in the morning: a move of today says from where. What ended a handover is read from the undone ones: it
// may have been given on another day, and then it did not lie there in the morning.
const moved = `
  moved as (
    select distinct on (card_id) card_id, facts ->> 'from' as was from journal
    where act = 'card moved' and at >= $2 order by card_id, id),
  here as (
    select c.id, c.counter, coalesce(m.was, c.counter) as was, m.card_id is not null as moved, c.stocked_at, c.retired_at,
      c.retired_for, h.at as given_at, h.counter as given_by, u.given_before, u.given, u.undone, u.brought_back, u.came_back,
      (select l.lent_at from card_loan l where l.card_id = c.id and l.returned_at is null) as lent_at,
      (select max(l.returned_at) from card_loan l where l.card_id = c.id and l.lent_at < $2) as back_at
    from card c left join moved m on m.card_id = c.id left join handover h on h.card_id = c.id
    cross join lateral (
      select coalesce(bool_or(at < $2), false) as given_before,
        count(*) filter (where at >= $2 and ours) as given,
        count(*) filter (where batch_id is null and ours) as undone,
        count(*) filter (where batch_id is not null and ours) as brought_back,
        (array_agg(case when batch_id is null then 'undone' else 'brought-back' end order by undone_at desc))[1] as came_back
      from (
        select *, counter = $1 or (c.counter = $1 and m.card_id is null) as ours from undone_handover
        where card_id = c.id and undone_at >= $2) each_undone) u
    where c.counter = $1 or m.was = $1)`

const countsSql = `
  with ${moved},
  told as (
    select *, counter = $1 as ours,
      was = $1 and stocked_at < $2 and coalesce(given_at >= $2, true) and not given_before and coalesce(retired_at >= $2, true)
        and coalesce(lent_at >= $2, true) and coalesce(back_at < $2, true) as in_morning,
      counter = $1 and given_at is null and retired_at is null and lent_at is null as lies
    from here)
  select
    count(*) filter (where in_morning)::int as morning,
    count(*) filter (where ours and stocked_at >= $2)::int as stocked,
    count(*) filter (where ours and moved and was <> $1 and stocked_at < $2)::int as "movedIn",
    count(*) filter (where not ours and (in_morning or given_before and undone + brought_back > 0))::int as "movedOut",
    count(*) filter (where ours and back_at >= $2)::int as returned,
    coalesce(sum(undone), 0)::int as undone,
    coalesce(sum(brought_back), 0)::int as "broughtBack",
    (coalesce(sum(given), 0) + count(*) filter (where given_at >= $2 and (ours or given_by = $1)))::int as "handedOver",
    count(*) filter (where ours and retired_at >= $2 and given_at is null)::int as retired,
    count(*) filter (where ours and retired_at >= $2 and given_at is null
                       and retired_for in ('misprint', 'damaged'))::int as spoilt,
    count(*) filter (where ours and lent_at >= $2)::int as lent,
    count(*) filter (where lies)::int as expected
  from told`

/** What lay there in the morning, what happened, and what is expected now. */
export async function shiftCounts(
  act: Act,
  counter: string,
  morning: Temporal.Instant,
): Promise<ShiftCounts> {
  const [row] = await act.statement<ShiftCounts>('shift_counts', countsSql, [counter, morning])
  return row!
}

/** What happened to a card at a counter today. */
export const shiftEvents = [
  'handed-over',
  'undone',
  'brought-back',
  'moved-in',
  'moved-out',
  'retired',
  'lent',
  'waiting',
] as const
export type ShiftEvent = (typeof shiftEvents)[number]

/** A card of a counter with what happened to it; whose it is, where it is somebody's. */
export interface ShiftCard {
  cardId: number
  what: ShiftEvent
  ending: string | null
  box: string | null
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
}

const cardsSql = (which: string) => `
  with ${moved},
  told as (
    select id, counter = $1 as ours, moved, case
        when given_at >= $2 then 'handed-over'
        when lent_at >= $2 then 'lent'
        when retired_at >= $2 then 'retired'
        when counter <> $1 then 'moved-out'
        when came_back is not null then came_back
        when moved and was <> $1 then 'moved-in'
        else 'waiting' end as what,
      counter = $1 and given_at is null and retired_at is null and lent_at is null as lies
    from here)
  select t.id as "cardId", t.what, right(c.printed_number, 4) as ending, c.box, p.student_number as "studentNumber",
    p.name_zh as "nameZh", p.name_en as "nameEn"
  from told t join card c on c.id = t.id
  left join handover h on h.card_id = c.id left join person p on p.id = coalesce(h.person_id, c.made_for)
  where ${which} order by t.what, c.box, c.id limit $3`

/** Cards to which something happened today that a difference could come from; as many as a page shows. */
export const eventfulCards = (
  act: Act,
  counter: string,
  morning: Temporal.Instant,
  most: number,
): Promise<ShiftCard[]> =>
  act.statement<ShiftCard>('shift_eventful', cardsSql(`t.what <> 'waiting'`), [counter, morning, most])

/** Every card that lies there now. */
export const lyingCards = (
  act: Act,
  counter: string,
  morning: Temporal.Instant,
  most: number,
): Promise<ShiftCard[]> =>
  act.statement<ShiftCard>('shift_lying', cardsSql('t.lies'), [counter, morning, most])

/** A count as it is kept. */
export interface KeptCount {
  id: number
  at: Temporal.Instant
  /** Who counted, in both languages. */
  byZh: string
  byEn: string
  expected: number
  counted: number
}

const keepSql = `
  insert into shift_count (counter, at, counted_by, expected, counted, missing, surplus)
  values ($1, $2, $3, $4, $5, $6, $7) returning id`

/** Keeps what was counted; which cards are missing and too many is known where they were scanned. */
export async function keepCount(
  act: Act,
  count: {
    counter: string
    expected: number
    counted: number
    missing: readonly number[] | null
    surplus: readonly number[] | null
  },
): Promise<number> {
  const { counter, expected, counted, missing, surplus } = count
  const values = [counter, act.now, actorName(act.actor), expected, counted, missing, surplus]
  const [row] = await act.statement<{ id: number }>('shift_keep', keepSql, values)
  return row!.id
}

const todaysSql = `
  select c.id, c.at, coalesce(s.name_zh, c.counted_by) as "byZh", coalesce(s.name_en, c.counted_by) as "byEn", c.expected,
    c.counted
  from shift_count c left join staff s on s.id = split_part(c.counted_by, ':', 2)
  where c.counter = $1 and c.at >= $2 order by c.id desc limit 10`

/** The counts of a counter since the morning, the newest first. */
export const todaysCounts = (act: Act, counter: string, morning: Temporal.Instant): Promise<KeptCount[]> =>
  act.statement<KeptCount>('shift_todays', todaysSql, [counter, morning])
