import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/* What must hold of what is kept for a while and of who is told, whatever the program does; as test/schema-refuses.test.ts. */

openSchema()

const device = (person: number, place: number, endpoint = 'a') =>
  `insert into push_device (person_id, place, service, endpoint, p256dh, auth, since)
   values (${person}, ${place}, 'x', '${endpoint}', decode(repeat('04', 65), 'hex'), decode(repeat('00', 16), 'hex'), '2023-10-18');`

describe('what the database refuses of what is kept and told', () => {
  it.each([
    [
      'a clock that was read twice at one moment',
      `insert into clock_reading select 1, '2023-10-18', 3, true from generate_series(1, 2)`,
      'unique clock_reading_pkey',
    ],
    [
      'a difference in a day’s check of no number',
      `insert into doors_check (on_date, began_at) values ('2023-10-18', '2023-10-18');
       insert into doors_check_person select '2023-10-18', min(id), 0, '{1}' from person`,
      'check doors_check_person_numbers_check',
    ],
    [
      'something forgotten that is younger than the night',
      `insert into retention_run (on_date, began_at, events_before, history_before)
       values ('2023-10-18', '2023-10-18', '2023-10-18', '2021-10-18')`,
      'check retention_run_check',
    ],
    [
      'something of people forgotten by no plan’s name',
      `insert into forgetting (on_date, what, before, began_at) values ('2023-10-18', 'All of it', '2023-10-01', '2023-10-18')`,
      'check forgetting_what_check',
    ],
    [
      'less than nothing of people forgotten',
      `insert into forgetting (on_date, what, before, gone, began_at) values ('2023-10-18', 'messages', '2023-10-01', -1, '2023-10-18')`,
      'check forgetting_gone_check',
    ],
    [
      'a plan of a night twice',
      `insert into forgetting (on_date, what, before, began_at)
       select '2023-10-18', 'messages', '2023-10-01', '2023-10-18' from generate_series(1, 2)`,
      'unique forgetting_pkey',
    ],
    [
      'a night of a plan that ended before it began',
      `insert into forgetting (on_date, what, before, began_at, ended_at)
       values ('2023-10-18', 'messages', '2023-10-01', '2023-10-18', '2023-10-17')`,
      'check forgetting_check',
    ],
    [
      'somebody who is forgotten and still has a name',
      `update person set forgotten_at = '2023-10-18', student_number = 'forgotten-1' where id = 1`,
      'check person_forgotten_whole',
    ],
    [
      'somebody who is forgotten and still has an address',
      `update person set forgotten_at = '2023-10-18', student_number = 'forgotten-1', name_zh = '已離校',
         name_en = 'Former student', email = 'sample@example.org' where id = 1`,
      'check person_forgotten_whole',
    ],
    [
      'a roster that is forgotten and still there',
      `insert into roster_import (file_name, file, uploaded_at, uploaded_by, forgotten_at)
       values ('', 'x', '2023-10-18', 'x', '2023-11-18')`,
      'check roster_forgotten_whole',
    ],
    [
      'a file of cards that is forgotten and still has its name',
      `insert into card_file (kind, number_format, file_name, file, uploaded_at, uploaded_by, forgotten_at)
       values ('stock', 'x', 'x', '', '2023-10-18', 'x', '2023-11-18')`,
      'check card_file_forgotten_whole',
    ],
    [
      'a message that is forgotten and still says to whom it went',
      `insert into message (kind, language, recipient, subject, body, made_at, forgotten_at)
       values ('x', 'en', 'sample@example.org', '', '', '2023-10-18', '2024-10-18')`,
      'check message_forgotten_whole',
    ],
    [
      'mail about updates to no address',
      `insert into staff (id, name_zh, name_en) values ('f', '己', 'F');
       insert into staff_mail values ('f', 'doors', 'en', '2023-10-18')`,
      'check staff_mail_address_check',
    ],
    [
      'a person told twice of one occasion of the calendar',
      `insert into told_of_day values (1, 'deadline', 'd', '2023-10-18', '2023-10-18');
       insert into told_of_day values (1, 'deadline', 'd', '2023-10-19', '2023-10-19')`,
      'unique told_of_day_pkey',
    ],
    [
      'a person reminded of two deadlines on one day',
      `insert into told_of_day values (1, 'deadline', 'd', '2023-10-18', '2023-10-18');
       insert into told_of_day values (1, 'deadline', 'e', '2023-10-18', '2023-10-18')`,
      'unique one_of_a_kind_a_day',
    ],
    [
      'a calendar that is kept since two moments',
      `insert into calendar_kept values ('2023-10-18'); insert into calendar_kept values ('2023-10-19')`,
      'unique calendar_kept_pkey',
    ],
    [
      'two mails a day of cards that changed',
      `insert into staff (id, name_zh, name_en) values ('f', '己', 'F');
       insert into door_digest_sent values ('f', '2023-10-18', '2023-10-18');
       insert into door_digest_sent values ('f', '2023-10-18', '2023-10-18')`,
      'unique door_digest_sent_pkey',
    ],
    [
      'a card that changed told that there is not',
      `insert into staff (id, name_zh, name_en) values ('f', '己', 'F');
       insert into door_digest_sent values ('f', '2023-10-18', '2023-10-18');
       insert into door_task_told values (1, 'f', '2023-10-18')`,
      'foreign key door_task_told_task_id_fkey',
    ],
    [
      'cards that changed told to who gave no address',
      `insert into staff (id, name_zh, name_en) values ('f', '己', 'F');
       insert into door_digest values ('f', null)`,
      'foreign key door_digest_staff_id_fkey',
    ],
    [
      'a message of a notice twice to one of the staff',
      `insert into staff (id, name_zh, name_en) values ('f', '己', 'F');
       insert into update_window (campus, on_date, at_time, starts_at) values ('c', '2023-10-18', '15:00', '2023-10-18 07:00+0');
       insert into staff_notice (kind, starts_at, made_at, facts) values ('window-late', '2023-10-18 07:00+0', '2023-10-18', '{}');
       insert into message (staff_id, staff_notice_id, kind, language, recipient, subject, body, made_at)
       select 'f', n.id, 'x', 'en', 'x', 'x', 'x', '2023-10-18' from staff_notice n, generate_series(1, 2)`,
      'unique one_message_of_a_notice',
    ],
    ['a device as it should be', device(1, 1), 'fine'],
    ['a sixth device of one person', device(1, 6), 'check push_device_place_check'],
    ['two devices of one person at one place', device(1, 1) + device(1, 1, 'b'), 'unique one_device_a_place'],
    ['one device of two people', device(1, 1) + device(2, 1), 'unique one_device_an_endpoint'],
    [
      'a device that ended and whose address is kept',
      `${device(1, 1)} update push_device set ended_at = since, ended_because = 'gone'`,
      'check push_device_check1',
    ],
    [
      'a device that ended for no reason',
      `${device(1, 1)} update push_device set ended_at = since, endpoint = null, p256dh = null, auth = null`,
      'check push_device_check',
    ],
    [
      'a push of a message that there is not',
      `${device(1, 1)} insert into push select 9, max(id), since from push_device group by since`,
      'foreign key push_message_id_fkey',
    ],
    [
      'a push that was sent and ended unsent',
      `${device(1, 1)}
       insert into message (person_id, kind, language, recipient, subject, body, made_at) values (1, 'x', 'en', '', 'x', 'x', '2023-10-18');
       insert into push (message_id, device_id, next_at, sent_at, ended_at)
       select m.id, d.id, since, since, since from message m, push_device d`,
      'check push_check',
    ],
    [
      'events of the last four weeks dropped',
      `set local role gatehouse_chores; select drop_tap_months(raw_now() - interval '27 days')`,
      'refused',
    ],
  ])('%s', async (_, statement, refusal) => {
    expect(await answerTo(statement)).toBe(refusal)
  })
})
