import pg from 'pg'
import { campusClock, moveCampusTo } from '../../src/app/clock.ts'
import { forgetPeople } from '../../src/privacy/forget.ts'
import { plans } from '../../src/privacy/plans.ts'
import { openDatabase } from '../../src/server/database.ts'
import { campusTime } from '../campus.ts'

/** What stands in everything that is kept of one fictional person, and nowhere else. */
export const marker = 'Quagmarker'

/** The account and the account of a bank abroad of that person: neither has room for a word. */
export const markerAccount = '77701317770131'
export const markerIban = 'TW77QUAGMARKER7770131'

/** The person's id; other people of the campus have small ones. */
export const markedId = 770_131

/** Bytes of a length with the marker in them, as SQL. */
const bytes = (length: number): string => `rpad('${marker}', ${length}, '.')::bytea`
const m = `'${marker}'`

// What somebody leaves behind who had a first card, had it undone, lost it, asked for another one, had the value paid
// back three ways, fetched for others, named a proxy, and was written to. In the order of the schema.
/** All of it, as statements. */
export const markedRows = `
  insert into repeated_request values
    ('student:${marker}', 'key-${marker}', ${bytes(32)}, 200, jsonb_build_object('name', ${m}), '2023-10-16 10:00+8');
  insert into roster_import (file_name, file, uploaded_at, uploaded_by, applied_at, applied_by, outcome)
    values (${m}, ${bytes(40)}, '2023-10-16 10:00+8', 'office', '2023-10-16 10:00+8', 'office', '{"added": 1}');
  insert into person (id, student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, hall, email,
      language, health_check, leave_terms, returned_on, roster_import_id) overriding system value
    values (${markedId}, '${marker}-1', '${marker}二', '${marker} Three', 'csie', 2021, 'graduated', 'regular', 'bachelor',
      'gongguan', '${marker} Hall', '${marker}@example.org', 'en', 'missed', array['${marker}'], '2022-09-01',
      (select max(id) from roster_import));
  insert into session (token_hash, person_id, began_at, ends_at, provider_subject, provider_session) values
    (${bytes(32)}, ${markedId}, raw_now() - interval '13 hours', raw_now() - interval '1 hour', ${bytes(32)}, ${bytes(32)});
  insert into sign_in_attempt values
    (${bytes(32)}, ${bytes(32)}, ${m}, ${m}, '/', raw_now() - interval '1 hour');
  insert into break_glass_try values (${m}, raw_now() - interval '2 days');
  insert into request_count values (1, ${bytes(32)}, 1);
  insert into look (id, at, actor, purpose, shown, reason, people) overriding system value values
    (770131, '2023-10-16 10:00+8', 'office:office', 'question', 'person', ${m}, 1);
  insert into looked_at values (770131, ${markedId});
  insert into photo (person_id, picture, width, height, file_hash, sent_by, taken_in_at, taken_in_by, accepted, answered_at,
      answered_by, reason) values
    (${markedId}, ${bytes(200)}, 300, 400, ${bytes(32)}, 'office', '2023-10-16 10:00+8', '${marker}', true, '2023-10-16 10:00+8', 'office', null),
    (${markedId}, ${bytes(200)}, 300, 400, ${bytes(32)}, 'holder', '2023-10-16 10:00+8', '${marker}', false, '2023-10-16 10:00+8', 'office', ${m});
  insert into wrong_try (what, person_id, at) values ('activation', ${markedId}, '2023-10-16 10:00+8');
  insert into card (id, edition, chip, printed_number, made_for, carrier_code_hash, stocked_at) overriding system value
    select 770000 + n, case n when 1 then 'easycard' else '4k-centenary' end, decode('7701310' || n, 'hex'), '977013100000000' || n,
      ${markedId}, ${bytes(32)}, '2023-10-01 10:00+8' from generate_series(1, 4) n;
  insert into card_file (kind, number_format, file_name, file, uploaded_at, uploaded_by)
    values ('stock', '8H10D', ${m}, ${bytes(40)}, '2023-10-16 10:00+8', 'office');
  insert into proxy_authorization (id, person_id, errand, proxy_name, proxy_email, language, nonce, code_hash, named_at, named_by,
      good_until, ended_at, ended_as, ended_by) overriding system value
    values (770131, ${markedId}, 'first-card', ${m}, 'proxy-${marker}@example.org', 'en', decode(repeat('07', 16), 'hex'),
      decode(repeat('07', 32), 'hex'), '2023-10-16 10:00+8', 'student:${markedId}', '2023-10-17 10:00+8', '2023-10-16 11:00+8',
      'withdrawn', 'student:${markedId}');
  insert into identity_confirmation (person_id, counter, documents, asked_by, asked_at, good_until, confirmed, answered_by, answered_at, reason)
    values (${markedId}, 'dept-csie', '{"documents": "passport"}', 'desk-csie', '2023-10-16 10:00+8', '2023-10-16 10:10+8', false,
      'office', '2023-10-16 10:05+8', ${m});
  insert into identity_confirmation (person_id, counter, documents, asked_by, asked_at, good_until, confirmed, answered_by, answered_at)
    values (${markedId}, 'dept-csie', '{"documents": "passport"}', 'desk-csie', '2023-10-16 10:10+8', '2023-10-16 10:20+8', true,
      'office', '2023-10-16 10:12+8');
  insert into batch (person_id, checked, counter, clerk, given_at, back_by, cards, manner, picture, text, bound_hash, erase_on)
    values (${markedId}, 'seen', 'dept-csie', 'desk-csie', '2023-10-16 10:00+8', '2023-11-16', 1, 'typed', ${m}, ${m}, ${bytes(32)}, '2024-10-16');
  insert into handover (card_id, person_id, edition, at, how, held) values
    (770001, ${markedId}, 'easycard', '2021-09-01', 'before-gatehouse', '[2021-09-01,2024-03-01)');
  insert into handover (card_id, person_id, edition, at, how, evidence, counter, clerk, held) values
    (770002, ${markedId}, '4k-centenary', '2023-10-16 10:20+8', 'desk', '{"documents": "passport"}', 'dept-csie', 'desk-csie',
      '[2023-10-16 10:20+8,2023-12-01)'),
    (770003, ${markedId}, '4k-centenary', '2023-12-02', 'desk', '{"documents": "passport"}', 'dept-csie', 'desk-csie', '[2023-12-02,2024-01-01)');
  insert into signature_request (id, person_id, card_id, place, text_zh, text_en, counter, asked_by, asked_at, proof_at, good_until,
      signed, answered_at, answered_by, language, manner, picture, bound_hash, used_at) overriding system value values
    (770131, ${markedId}, 770002, 'phone', ${m}, ${m}, 'dept-csie', 'desk-csie', '2023-10-16 10:00+8', '2023-10-16 10:00+8',
      '2023-10-16 10:10+8', true, '2023-10-16 10:05+8', 'student:${marker}', 'en', 'typed', null, ${bytes(32)}, '2023-10-16 10:06+8'),
    (770132, ${markedId}, 770003, 'phone', ${m}, ${m}, 'dept-csie', 'desk-csie', '2023-10-16 10:00+8', '2023-10-16 10:00+8',
      '2023-10-16 10:10+8', true, '2023-10-16 10:05+8', 'student:${marker}', 'en', 'typed', ${m}, ${bytes(32)}, null);
  insert into signature (card_id, place, manner, picture, text, bound_hash, signed_at, request_id, erase_on)
    values (770002, 'phone', 'typed', ${m}, ${m}, ${bytes(32)}, '2023-10-16 10:05+8', 770131, '2024-10-16');
  insert into undone_handover (id, card_id, person_id, edition, at, evidence, counter, clerk, undone_at, undone_by, why) overriding system value
    values (770131, 770004, ${markedId}, '4k-centenary', '2023-10-16 10:00+8', '{"documents": "passport"}', 'dept-csie', 'desk-csie',
      '2023-10-16 10:05+8', 'desk:desk-csie', 'by-mistake');
  insert into undone_signature (undone_id, card_id, place, manner, picture, text, bound_hash, signed_at, erase_on)
    values (770131, 770004, 'desk', 'typed', ${m}, ${m}, ${bytes(32)}, '2023-10-16 10:00+8', '2024-10-16');
  insert into used_proof values (${m}, ${markedId}, '2023-10-16 10:00+8');
  insert into issuer_file (id, kind, made_at, made_by, content, answered_at, answered_by, answer) overriding system value values
    (770131, 'loss', '2023-10-16 10:00+8', 'office', ${m}, '2023-10-17 10:00+8', 'office', ${m}),
    (770132, 'refund', '2023-10-16 10:00+8', 'office', ${m}, null, null, null);
  insert into loss_report (card_id, person_id, at, reported_by, send_at, sent_at, file_id, refused_because)
    values (770002, ${markedId}, '2023-10-16 12:00+8', 'student:${markedId}', '2023-10-16 12:00+8', '2023-10-16 12:00+8', 770131, ${m});
  insert into extra_mark (person_id, item, mark, runs_until, at) values
    (${markedId}, ${m}, 'runs-until', '2024-01-01', '2023-10-16 10:00+8');
  insert into individual_grant (id, card_id, door_id, owner_zh, owner_en, granted_at, ended_at) overriding system value
    select 770131, 770001, min(id), '示例系辦', 'Sample Office', '2023-10-01', '2023-10-20' from door;
  insert into door_task (grant_id, card_id, person_id, made_at, declined_at, declined_by, reason)
    values (770131, 770002, ${markedId}, '2023-10-16 10:00+8', '2023-10-16 10:00+8', 'access', ${m});
  insert into wanted (controller_id, number, carried_by, at_once, person_id, card_id, doors, valid_from, valid_to, decided_at, because)
    select c.id, 770131, t.at, true, ${markedId}, 770002, t.doors, '2023-10-16', '2024-01-01', t.at, t.because
    from (select min(id) as id from controller) c, (values
      ('2023-10-16 10:00+8'::timestamptz, '{1,0,0,0}'::smallint[], array['grant:${marker}']),
      ('2023-10-17 10:00+8', '{0,0,0,0}', '{}')) t(at, doors, because);
  insert into reissue (id, person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at, settled_at,
      settled_as, ended_at, ended_by, ended_as) overriding system value
    values (770131, ${markedId}, 770002, 'lost', '4k-centenary', 'reissue', 0, '2023-10-16 10:00+8', 'student:${markedId}', '2023-11-16',
      '2023-10-16 10:00+8', 'free', '2023-10-17 10:00+8', 'student:${markedId}', 'left');
  insert into fee_dispute values (770131, '2023-10-16 10:00+8', 'student:${markedId}', ${m}, '2023-10-17 10:00+8', 'office', false, ${m});
  insert into kiosk_receipt values
    ('QUAG0131', 'lobby', 200, '${marker}-1', '2023-10-16 10:00+8', '2023-10-16 10:00+8'),
    ('QUAG0132', 'lobby', 200, '${marker}-typo', '2023-10-16 10:00+8', '2023-10-16 10:00+8');
  insert into production_batch (id, edition, ordered_at, ordered_by) overriding system value values (770131, '4k-centenary', '2023-10-16', 'office');
  insert into production_item (batch_id, place, person_id, edition, because, cancelled_at, cancelled_by, cancelled_because, make_again)
    values (770131, 1, ${markedId}, '4k-centenary', 'none-yet', '2023-10-17', 'office', ${m}, false);
  insert into refund_case (id, card_id, person_id, why, way, asked_at, asked_by) overriding system value
    select 770000 + n, 770000 + n, ${markedId}, 'leaving', case n when 3 then 'registered-mail' else 'bank' end, '2023-10-16', 'student:${markedId}'
    from generate_series(1, 3) n;
  insert into refund_destination (case_id, round, bank, branch, account, iban, address, changed_at, erase_on) values
    (770001, 1, '777', '7013', '${markerAccount}', null, null, '2023-10-16', '2024-03-01'),
    (770002, 1, null, null, null, '${markerIban}', null, '2023-10-16', '2024-03-01'),
    (770003, 1, null, null, null, null, '${marker} Road 770131', '2023-10-16', '2024-03-01');
  insert into refund_sending (case_id, round, file_id, at) select 770000 + n, 1, 770132, '2023-10-16' from generate_series(1, 3) n;
  insert into journal (at, actor, act, person_id) values ('2023-10-16 09:00+8', 'office:office', 'person changed', ${markedId});
  insert into journal (at, actor, act, person_id, facts) values
    ('2023-10-16 10:00+8', 'student:${markedId}', 'proxy named', ${markedId}, '{"authorization": 770131}');
  insert into push_device (id, person_id, place, service, endpoint, p256dh, auth, since) overriding system value values
    (770131, ${markedId}, 1, '${marker}.example.org', 'https://${marker}.example.org/1', ${bytes(65)}, ${bytes(16)}, '2023-10-16');
  insert into push_device (id, person_id, place, service, since, ended_at, ended_because) overriding system value values
    (770132, ${markedId}, 2, '${marker}.example.org', '2023-10-16', '2023-10-17', 'gone');
  insert into message (id, journal_id, person_id, kind, language, recipient, subject, body, made_at, last_error) overriding system value values
    (770131, (select max(id) from journal), ${markedId}, 'proxy-named', 'en', '${marker}@example.org', '${marker} collects', 'Dear ${marker}',
      '2023-10-16 10:00+8', '550 ${marker}@example.org'),
    (770132, null, ${markedId}, 'deadline', 'en', '', ${m}, ${m}, '2025-09-01 10:00+8', null);
  insert into push (message_id, device_id, next_at, ended_at) values (770131, 770131, '2023-10-16', '2023-10-17'),
    (770131, 770132, '2023-10-16', '2023-10-17');
  insert into correction_request (person_id, part, wrong, asked_at, due_on, prolonged_at, prolonged_by, prolonged_until, prolong_reason,
      answer, answered_at, answered_by, answer_reason)
    values (${markedId}, 'you', ${m}, '2023-10-16 10:00+8', '2023-11-15', '2023-10-16 12:00+8', 'office:office', '2023-11-20', ${m}, 'not-changed', '2023-10-17 10:00+8', 'office:office', ${m});
  insert into letter (id, draft, list, subject, body, people, written_by, written_at) overriding system value values (770131,
      '00000000-0000-4000-8000-000000770131', jsonb_build_object('list', ${m}), jsonb_build_object('zh-TW', ${m}, 'en', ${m}),
      jsonb_build_object('zh-TW', ${m}, 'en', ${m}), 1, 'office', '2023-10-16 10:00+8');
  insert into letter_to values (770131, ${markedId}, true);`

/**
 * Puts the marked person, and all that they left behind, into a campus of October 2023; then a night passes, so that what is
 * made is what a backup of a running campus has.
 */
export async function plantMarked(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('begin')
  for (const row of markedRows.split(/;\n/)) await client.query(row)
  await client.query('commit')
  await client.end()
  const [owner, chores] = [openDatabase(url, 'owner'), openDatabase(url, 'chores')]
  await owner.transaction(trx => moveCampusTo(trx, campusTime('2023-10-17T04:00')))
  // What is over by the raw clock, which no test moves, is left for the nights that are looked at.
  const byRawClock = ['sessions', 'sign-in-attempts', 'emergency-tries', 'request-counts']
  const tonight = plans.filter(({ what }) => !byRawClock.includes(what))
  await forgetPeople({ database: chores, clock: campusClock, plans: tonight })
  await Promise.all([owner.close(), chores.close()])
}
