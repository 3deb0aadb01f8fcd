import type { Pool } from 'pg'

/** What was planted, by the ids under which routes ask for it. */
export interface PlantedRows {
  batch: number
  letter: number
  ordered: number
  serial: number
  door: string
}

// A batch with a representative and one at the card maker, a letter; of a controller a reading, another board, what it
// holds, an event, and a day's check.
const seedSql = `
  with given as (
    select c.id, c.made_for, c.edition from card c
    where c.counter = 'registry' and c.made_for is not null and c.retired_at is null
      and not exists (select from handover h where h.card_id = c.id) order by c.id limit 1),
  went as (
    insert into batch (person_id, checked, counter, clerk, given_at, back_by, cards, manner, erase_on)
    select (select max(id) from person), 'by-card', 'registry', (select min(id) from staff), '2023-10-18 10:00+8', '2023-10-25',
           1, 'typed', '2025-10-25' returning id),
  fetched as (
    insert into handover (card_id, person_id, edition, at, how, batch_id, held)
    select given.id, given.made_for, given.edition, '2023-10-18 10:00+8', 'representative', went.id, '[2023-10-18 10:00+8,)'
    from given, went),
  written as (
    insert into letter (draft, list, subject, body, people, written_by, written_at)
    select '00000000-0000-4000-8000-000000000000', '{"list": "not-collected"}', '{"zh-TW": "示例", "en": "Sample"}',
           '{"zh-TW": "示例", "en": "Sample"}', 2, 'office', '2023-10-18 10:00+8' returning id),
  addressed as (insert into letter_to select written.id, p.id, true from written, person p where p.id in (1, 2)),
  read as (
    insert into controller_survey (controller_id, asked_at, asked_by, began_at, ended_at, outcome, ours, different, missing, left_over, others)
    select min(controller_id), '2023-10-18 09:00+8', 'access', '2023-10-18 09:00+8', '2023-10-18 10:00+8', 'complete', 0, 0, 0, 0, 1
    from door returning id, controller_id),
  granted as (
    insert into individual_grant (card_id, door_id, owner_zh, owner_en, granted_at)
    select (select card_id from card_use where upper_inf(during) or upper(during) > '2024-01-01' order by card_id limit 1), min(id),
           '=甲', '@A', '2023-10-18 09:00+8' from door where controller_id = (select controller_id from read)),
  stood as (
    insert into survey_card (survey_id, number, place, doors, valid_from, valid_to, with_pin, standing)
    select id, 77, 1, '{1,0,29,0}', '2023-01-01', '2024-12-31', false, 'foreign' from read),
  strange as (
    insert into strange_board (controller_id, how, serial, host, port, mac, firmware, first_at, last_at)
    select controller_id, 'other-board', controller_id, '127.0.0.9', 60000, '00:66:19:00:00:01', 'v8.92', '2023-10-18 09:00+8', '2023-10-18 09:00+8'
    from read),
  checked as (
    insert into doors_check (on_date, began_at, people, differed, numbers) values ('2023-10-18', '2023-10-18 09:00+8', 9, 1, 1)),
  differed as (
    insert into doors_check_person select '2023-10-18', 1, 1, array[controller_id] from read),
  ordered as (
    insert into production_batch (edition, maker, ordered_at, ordered_by)
    values ('4k-centenary', '=Maker', '2023-10-18 09:00+8', 'office:office') returning id),
  items as (
    insert into production_item (batch_id, place, person_id, edition, because)
    select id, 1, 1, '4k-centenary', 'none-yet' from ordered),
  holds as (
    insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at)
    select w.controller_id, w.number, '{1,1,1,1}', '2023-01-01', '2024-12-31', '2023-10-18 10:00+8'
    from wanted w where w.controller_id = (select controller_id from read) limit 1),
  tapped as (
    insert into tap (controller_id, epoch, event_index, stored_at, happened_at, type, reason, granted, door, direction, number)
    select controller_id, 1, 1, '2023-10-18 10:00+8', '2023-10-18 09:59:58', 1, 18, false, 1, 1, 77 from read)
  select (select id from went)::int as batch, (select id from ordered)::int as ordered, (select id from written)::int as letter, (select controller_id from read)::int as serial,
         (select min(id) from door where controller_id = (select controller_id from read)) as door`

/** Rows of what takes many acts to come to: of a class batch, a production batch, a letter, a controller and its doors. */
export async function plantRows(pool: Pool): Promise<PlantedRows> {
  await pool.query(`select make_tap_months('2023-10-18 10:00+8')`)
  const { rows } = await pool.query<PlantedRows>(seedSql)
  return rows[0]!
}
