import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/*
 * What must hold of the database whatever the program does: each rule is really broken once, and PostgreSQL must be
 * the one that refuses.
 */

openSchema()

/** A published version of a programme. */
const version = (number: number, replaces: number | null, source = `'id: x'`): string =>
  `insert into programme_version (version, programme_id, document, source, published_at, published_by, replaces, replaced_asks)
   overriding system value
   values (${number}, 'x', '{"publishing": "alone"}', ${source}, '2023-09-11', 'office', ${replaces}, ${replaces && false})`

/** A warning of many cards that end on one day. */
const warning = (stage: number, cards = 10): string =>
  `insert into expiry_warning (last_day, stage, role, raised_at, cards, live_cards, people, controllers)
   values ('2024-02-29', ${stage}, 'access', '2023-12-31', ${cards}, 100, 10, 0)`

describe('what the database refuses', () => {
  it.each([
    [
      'a second card in use by one person',
      `insert into card_use values (21, 1, 'student', '[2023-10-18,)')`,
      'exclusion card_use_person_id_kind_during_excl',
    ],
    [
      'use of a card that was never handed over',
      `insert into card_use values (22, 2, 'student', '[2023-10-18,)')`,
      'foreign key card_use_handed_over',
    ],
    [
      'use of a card that was handed to somebody else',
      `insert into card_use values (21, 2, 'student', '[2023-10-18,)')`,
      'foreign key card_use_handed_over',
    ],
    [
      'activation of a card that was never handed over',
      `insert into activation (card_id, person_id, at, carried_by, at_once, new_from) values (22, 2, '2023-10-18', '2023-10-18', false, '2023-10-18')`,
      'foreign key activation_card_id_person_id_fkey',
    ],
    [
      'a card handed over twice',
      `insert into handover (card_id, person_id, edition, at, how, held) values (21, 2, 'new', '2023-10-19', 'health-check', '[2023-10-19,)')`,
      'unique handover_pkey',
    ],
    [
      'a second card of an edition in one person’s custody',
      `insert into handover (card_id, person_id, edition, at, how, held) values (22, 1, 'new', '2023-10-19', 'health-check', '[2023-10-19,)')`,
      'exclusion handover_person_id_edition_held_excl',
    ],
    [
      'a handover at a desk without evidence',
      `insert into handover (card_id, person_id, edition, at, how, held) values (22, 2, 'new', '2023-10-19', 'desk', '[2023-10-19,)')`,
      'check handover_check',
    ],
    [
      'two live cards that a door could not tell apart',
      `insert into card_number values (22, 'low-first', 3)`,
      'unique one_live_card_a_number',
    ],
    [
      'a file of cards that was applied by nobody',
      `insert into card_file (kind, number_format, file_name, file, uploaded_at, uploaded_by, applied_at, outcome)
       values ('stock', 'be-hex', 'x.csv', '', '2023-10-18', 'office', '2023-10-18', '{}')`,
      'check card_file_check',
    ],
    [
      'a file of cards of a kind that nobody knows',
      `insert into card_file (kind, number_format, file_name, file, uploaded_at, uploaded_by)
       values ('other', 'be-hex', 'x.csv', '', '2023-10-18', 'office')`,
      'check card_file_kind_check',
    ],
    [
      'two controllers at one address',
      `insert into controller values (2, '127.0.0.1', 60000, 100, 'low-first', '館', 'Building')`,
      'unique controller_host_port_key',
    ],
    [
      'a controller of a make that nobody speaks',
      `insert into controller values (2, '127.0.0.1', 60001, 100, 'low-first', '館', 'Building', 'other')`,
      'check controller_make',
    ],
    [
      'a controller without an address',
      `insert into controller values (2, null, null, 100, 'low-first', '館', 'Building')`,
      'check controller_reached',
    ],
    [
      'a system that is handed files and has an address',
      `insert into controller values (2, '127.0.0.1', 60001, 100, 'low-first', '館', 'Building', 'file', '{"folder":"gym"}')`,
      'check controller_reached',
    ],
    [
      'a system that is handed files no settings say how',
      `insert into controller values (2, null, null, 100, 'low-first', '館', 'Building', 'file')`,
      'check controller_reached',
    ],
    [
      'a folder of files that leads elsewhere',
      `insert into controller values (2, null, null, 100, 'low-first', '館', 'Building', 'file', '{"folder":"../etc"}')`,
      'check controller_folder',
    ],
    [
      'two systems whose files lie in one folder',
      `insert into controller values (2, null, null, 100, 'low-first', '館', 'Building', 'file', '{"folder":"gym"}'),
                                    (3, null, null, 100, 'low-first', '館', 'Building', 'file', '{"folder":"gym"}')`,
      'unique one_folder_a_controller',
    ],
    [
      'a controller of serial number 0, which calls all',
      `insert into controller values (0, '127.0.0.1', 60001, 100, 'low-first', '館', 'Building')`,
      'check controller_id_check',
    ],
    [
      'a door granted twice to one card',
      `insert into door values ('a', 1, 1, '門', 'Door');
       insert into individual_grant (card_id, door_id, owner_zh, owner_en, granted_at)
       values (11, 'a', '系辦', 'Office', '2023-10-18'), (11, 'a', '系辦', 'Office', '2023-10-19')`,
      'unique one_grant_a_card_and_door',
    ],
    [
      'a grant that ends before it was given',
      `insert into door values ('a', 1, 1, '門', 'Door');
       insert into individual_grant (card_id, door_id, owner_zh, owner_en, granted_at, ended_at)
       values (11, 'a', '系辦', 'Office', '2023-10-18', '2023-10-17')`,
      'check individual_grant_check',
    ],
    [
      'a window of a day and time twice',
      `insert into update_window (campus, on_date, at_time, starts_at) values ('c', '2023-10-18', '15:00', '2023-10-18 07:00+0');
       insert into update_window (campus, on_date, at_time, starts_at) values ('c', '2023-10-18', '15:00', '2023-10-18 07:01+0')`,
      'unique update_window_pkey',
    ],
    [
      'a second reading of a controller’s list while one is under way',
      `insert into controller_survey (controller_id, asked_at, asked_by) values (1, '2023-10-18', 'x'), (1, '2023-10-18', 'x')`,
      'unique one_survey_at_a_time',
    ],
    [
      'a reading that is complete and does not say what it found',
      `insert into controller_survey (controller_id, asked_at, asked_by, ended_at, outcome) values (1, '2023-10-18', 'x', '2023-10-18', 'complete')`,
      'check controller_survey_check1',
    ],
    [
      'a reading that ended without an outcome',
      `insert into controller_survey (controller_id, asked_at, asked_by, ended_at) values (1, '2023-10-18', 'x', '2023-10-18')`,
      'check controller_survey_check',
    ],
    [
      'an event stored twice',
      `select make_tap_months('2023-10-18'); insert into tap (controller_id, epoch, event_index, stored_at, lost)
       select 1, 1, 7, '2023-10-18', 3 from generate_series(1, 2)`,
      'unique tap_2023_10_pkey',
    ],
    [
      'an event that is lost and says something',
      `select make_tap_months('2023-10-18'); insert into tap (controller_id, epoch, event_index, stored_at, lost, type, reason, granted, door, direction)
       values (1, 1, 7, '2023-10-18', 3, 1, 1, true, 1, 1)`,
      'check tap_check',
    ],
    [
      'an event that says half of it',
      `select make_tap_months('2023-10-18'); insert into tap (controller_id, epoch, event_index, stored_at, type, reason)
       values (1, 1, 7, '2023-10-18', 1, 1)`,
      'check tap_check1',
    ],
    [
      'a clock that was off and not read',
      `insert into controller_clock (controller_id, set_at, drift_seconds) values (1, '2023-10-18', 3)`,
      'check controller_clock_check1',
    ],
    [
      'a number adopted twice on one controller',
      `insert into adopted_number select 1, 9, '{1,0,0,0}', '2023-10-18', '2028-10-18', false, '2023-10-18', 'x' from generate_series(1, 2)`,
      'unique adopted_number_pkey',
    ],
    [
      'a person put off twice',
      `insert into put_off (person_id, since, cause) select 1, '2023-10-18', 'x' from generate_series(1, 2)`,
      'unique put_off_pkey',
    ],
    [
      'a daily check that found more people to differ than it compared',
      `insert into doors_check (on_date, began_at, people, differed, numbers) values ('2023-10-18', '2023-10-18', 1, 2, 2)`,
      'check doors_check_check1',
    ],
    [
      'two versions of the programme in place of the same one',
      `${version(1, null)}; ${version(2, 1)}; ${version(3, 1)}`,
      'unique programme_version_replaces_key',
    ],
    [
      'two first versions',
      `${version(1, null)}; ${version(2, null)}`,
      'unique programme_version_replaces_key',
    ],
    ['a version in place of itself', version(1, 1), 'check programme_version_check'],
    [
      'a version in place of one that there is not',
      version(2, 1),
      'foreign key programme_version_replaces_fkey',
    ],
    [
      'a programme’s text that is too long to be read',
      version(1, null, `repeat('x', 500001)`),
      'check programme_version_source_check',
    ],
    [
      'a wanted row that opens nothing and says because of what',
      `insert into wanted (controller_id, number, carried_by, person_id, card_id, doors, valid_from, valid_to, decided_at, because)
       values (1, 4, '2023-10-18', 1, 21, '{0,0,0,0}', '2023-10-18', '2028-10-18', '2023-10-18', '{group:campus 1}')`,
      'check wanted_check',
    ],
    [
      'a warning of cards that end, twice for one role',
      `${warning(60)}; ${warning(60)}`,
      'unique expiry_warning_pkey',
    ],
    [
      'a warning at another time than 60, 30 and 7 days before',
      warning(14),
      'check expiry_warning_stage_check',
    ],
    ['a warning of more cards than there are', warning(60, 101), 'check expiry_warning_check'],
    [
      'a warning that was read by nobody',
      `${warning(60)}; update expiry_warning set acknowledged_at = '2024-01-01'`,
      'check expiry_warning_check2',
    ],
    [
      'a warning that was read before it was raised',
      `${warning(60)}; update expiry_warning set acknowledged_at = '2023-12-30', acknowledged_by = 'clerk'`,
      'check expiry_warning_check1',
    ],
    ['a change to the journal', `update journal set act = 'other'`, 'refused'],
    ['taking an entry out of the journal', 'delete from journal', 'refused'],
    ['emptying the journal', 'truncate journal cascade', 'refused'],
  ])('%s', async (_, statement, refusal) => {
    expect(await answerTo(statement)).toBe(refusal)
  })

  it.each([
    [
      'the switch itself: the old card’s use ends as the new one’s begins',
      `update card_use set during = '[2021-09-01,2023-10-18)' where card_id = 11;
       insert into card_use values (21, 1, 'student', '[2023-10-18,)')`,
    ],
    [
      'a number that lives again once its card is retired',
      `update card_number set retired_at = '2023-10-18' where card_id = 21; insert into card_number values (22, 'low-first', 3)`,
    ],
    [
      'a door granted again after the grant ended',
      `insert into door values ('a', 1, 1, '門', 'Door');
       insert into individual_grant (card_id, door_id, owner_zh, owner_en, granted_at, ended_at)
       values (11, 'a', '系辦', 'Office', '2023-10-18', '2023-10-19'), (11, 'a', '系辦', 'Office', '2023-10-19', null)`,
    ],
    [
      'controllers that change addresses with one another at once',
      `insert into controller values (2, '127.0.0.1', 60001, 100, 'low-first', '館', 'Building');
       set constraints all deferred;
       update controller set port = 60001 where id = 1; update controller set port = 60000 where id = 2;
       set constraints all immediate`,
    ],
  ])('but not %s', async (_, statement) => {
    expect(await answerTo(statement)).toBe('fine')
  })
})
