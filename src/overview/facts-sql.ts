import { stillFetched } from '../card/fetched.ts'
import type { Act } from '../server/register.ts'
import type { Decided } from './decided.ts'

/**
 * SQL: how far each person who is due a card has come, from rows alone: `facts`. Of cards in hand the one that is held now
 * counts, so that what was undone counts no more; what a class representative has fetched for them is made, and not collected. Doors are confirmed when nothing that was decided for the person waits
 * for a controller: on the day of the promise, or, of who was told that a building waited, of the last controller.
 * Parameters: $1 the decided groups, $2 the edition issued today, $3 now, $4 the campus's zone.
 */
export const factsSql = `
  grouped as (
    select * from jsonb_to_recordset($1::jsonb) as g(department text, "enteredYear" int, status text, kind text, site text,
      "leaveTerms" text[], cohort text, place text, "onlyAt" text[], due boolean, "dueHolding" boolean)),
  in_hand as (
    select h.person_id, h.card_id, coalesce(h.counter, b.counter) as counter,
      case when s.theirs then h.at end as at, case when not s.theirs then h.at end as fetched_at
    from handover h left join batch b on b.id = h.batch_id
    cross join lateral (select not ${stillFetched('h')} as theirs) s
    where h.edition = $2 and h.held @> $3::timestamptz),
  pack as (
    select c.made_for as person_id, min(c.counter) as counter, min(c.box) as box, min(c.stocked_at) as stocked_at
    from card c
    where c.made_for is not null and c.edition = $2 and c.retired_at is null
      and not exists (select from handover h where h.card_id = c.id)
    group by c.made_for),
  used as (
    select a.card_id, a.at, a.new_from from activation a
    join card_use u on u.card_id = a.card_id and u.during @> $3::timestamptz),
  open as (
    select person_id from wanted_open union select person_id from put_off),
  late as (
    select a.card_id, max(h.confirmed_at) as at
    from (select distinct card_id from told_late) t join activation a on a.card_id = t.card_id
    join wanted w on w.person_id = a.person_id and w.card_id = a.card_id
    join held h on h.controller_id = w.controller_id and h.number = w.number
    group by a.card_id),
  facts as (
    select p.id as person_id, p.department, p.returned_on, g.cohort, g."onlyAt" as only_at, k.counter as lies_at, k.box, k.stocked_at,
           coalesce(h.counter, k.counter, g.place) as counter, h.card_id,
           h.card_id is not null or k.person_id is not null as produced,
           h.at as collected_at, h.fetched_at, u.at as activated_at, u.new_from,
           case when u.card_id is not null and o.person_id is null
                then least(coalesce(l.at, u.new_from), $3::timestamptz) end as confirmed_at
    from person p
    join grouped g on g.department = p.department and g."enteredYear" = p.entry_year and g.status = p.status
      and g.kind = p.kind and g.site = p.site and g."leaveTerms" = p.leave_terms
    left join in_hand h on h.person_id = p.id
    left join pack k on k.person_id = p.id
    left join used u on u.card_id = h.card_id
    left join open o on o.person_id = p.id
    left join late l on l.card_id = h.card_id
    where case when h.card_id is null then g.due else g."dueHolding" end)`

/** The parameters of `factsSql`. */
export const factsValues = (act: Act, { groups, edition, programme }: Decided): unknown[] => [
  groups,
  edition,
  act.now,
  programme.campus.zone,
]
