import type { Gap, ListName, Stage, StuckKind } from './rules.ts'

/*
 * SQL of each list: person_id, since when, at which counter, and in which building where doors wait. They read `facts`, and
 * `given`: what was decided outside of SQL, and the moments before which something is late.
 */

const stageLists: Readonly<Record<Stage | Gap, string>> = {
  eligible: `select person_id, null::timestamptz as since, counter, null::jsonb as building from facts`,
  produced: `select person_id, coalesce(collected_at, stocked_at, fetched_at) as since, counter, null::jsonb as building
    from facts where produced`,
  collected: `select person_id, collected_at as since, counter, null::jsonb as building
    from facts where collected_at is not null`,
  activated: `select person_id, activated_at as since, counter, null::jsonb as building
    from facts where activated_at is not null`,
  confirmed: `select person_id, confirmed_at as since, counter, null::jsonb as building
    from facts where confirmed_at is not null`,
  'not-produced': `select person_id, null::timestamptz as since, counter, null::jsonb as building
    from facts where not produced`,
  'not-collected': `select person_id, coalesce(stocked_at, fetched_at) as since, coalesce(lies_at, counter) as counter, null::jsonb as building
    from facts where produced and collected_at is null`,
  'not-activated': `select person_id, collected_at as since, counter, null::jsonb as building
    from facts where collected_at is not null and activated_at is null`,
  'not-confirmed': `select f.person_id, f.activated_at as since, f.counter, b.building
    from facts f left join waiting_buildings b on b.person_id = f.person_id
    where f.activated_at is not null and f.confirmed_at is null`,
}

const isOfIssued = `r.ended_at is null`

const stuckLists: Readonly<Record<StuckKind, string>> = {
  'not-activated-long': `${stageLists['not-activated']} and collected_at < (select activate_by from given)`,
  // The counter is the one where it was fetched: there the representative brings back what was not given.
  'fetched-long': `select person_id, fetched_at as since, counter, null::jsonb as building
    from facts where fetched_at < (select activate_by from given)`,
  'doors-waiting': `${stageLists['not-confirmed']} and f.new_from <= $3`,
  'no-card': `${stageLists['not-produced']}
    and not exists (select from reissue r where r.person_id = facts.person_id and ${isOfIssued})`,
  'other-counter': `select person_id, stocked_at as since, lies_at as counter, null::jsonb as building
    from facts where collected_at is null and lies_at is not null and only_at is not null and lies_at <> all (only_at)
      -- A card issued anew lies where reissues are collected.
      and not exists (select from reissue r where r.person_id = facts.person_id and ${isOfIssued})`,
  'paid-not-made': `select r.person_id, r.settled_at as since, null::text as counter, null::jsonb as building
    from reissue r where ${isOfIssued} and r.card_id is null and r.settled_at < (select make_by from given)`,
  'refund-late': `select t."personId" as person_id, t.since, null::text as counter, null::jsonb as building
    from given, jsonb_to_recordset(given.told -> 'refund-late') as t("personId" bigint, since timestamptz)`,
  'back-from-leave': `select person_id, returned_on::timestamp at time zone $4 as since, counter, null::jsonb as building
    from facts where returned_on <= ($3::timestamptz at time zone $4)::date and collected_at is null and fetched_at is null`,
  'claimed-twice': `select distinct on (w.person_id) w.person_id, w.since, w.counter, null::jsonb as building
    from claimed w join claimed o on o.number = w.number and o.person_id <> w.person_id
    order by w.person_id, w.since desc`,
  'unwritable-name': `select t."personId" as person_id, null::timestamptz as since, null::text as counter, t.building
    from given, jsonb_to_recordset(given.told -> 'unwritable-name') as t("personId" bigint, building jsonb)`,
  'paused-long': `select z.person_id, lower(z.during) as since, null::text as counter, null::jsonb as building
    from access_pause z
    where upper_inf(z.during) and lower(z.during) < (select pause_by from given)
      and not exists (select from card_lost l where l.card_id = z.card_id)`,
  'correction-waits': `select person_id, min(asked_at) as since, null::text as counter, null::jsonb as building
    from correction_request where answer is null group by person_id`,
}

/** The people of a list, as SQL. */
export const listSql = (list: ListName): string =>
  list in stuckLists ? stuckLists[list as StuckKind] : stageLists[list as Stage | Gap]

/**
 * SQL: what the lists read beside `facts`. Parameters: $5 what was decided outside of SQL, $6 to $8 before when collecting,
 * settling and pausing is late.
 */
export const givenSql = `
  given as (
    select $4::text as zone, $5::jsonb as told, $6::timestamptz as activate_by, $7::timestamptz as make_by, $8::timestamptz as pause_by),
  waiting_buildings as (
    select o.person_id, jsonb_agg(distinct jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en)) as building
    from wanted_open o join controller c on c.id = o.controller_id group by o.person_id),
  -- The cards in service of which another bears the same number in its chip or on it, each with whose it is.
  claimed as (${(['chip', 'printed_number'] as const)
    .map(
      number => `
    select '${number} ' || c.${number}::text as number, c.stocked_at as since, c.counter,
           coalesce((select h.person_id from handover h where h.card_id = c.id), c.made_for) as person_id
    from card c
    where c.retired_at is null and c.${number} = any (array(
      select o.${number} from card o where o.retired_at is null group by o.${number} having count(*) > 1))`,
    )
    .join(' union all ')})`
