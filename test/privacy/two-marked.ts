import pg from 'pg'
import { markedId, markedRows, marker } from './marked-person.ts'

/** Another fictional person who left behind just as much: the same rows with other names, numbers and ids. */
export const otherMarker = 'Zuckmarker'
export const otherId = 880_131

/** The rows of the one as those of the other. */
const asOther = (rows: string): string =>
  rows
    .replaceAll(marker, otherMarker)
    .replaceAll(marker.toUpperCase(), otherMarker.toUpperCase())
    .replaceAll('QUAG', 'ZUCK')
    .replaceAll('770', '880')
    .replaceAll(`repeat('07'`, `repeat('08'`)

/** A temporary card that both borrowed, one after the other. */
const lent = 999_001

// What the marked person's rows do not have: where no text has room, or nothing ends. No trigger looks at it.
const more = `
  insert into staff (id, name_zh, name_en, email, provider_subject, person_id) values
    ('worker-${markedId}', '${marker}', '${marker}', '${marker}@example.org', rpad('${marker}', 32, '.')::bytea, ${markedId});
  insert into staff_role (staff_id, role, counter) values ('worker-${markedId}', 'desk', 'dept-csie');
  insert into repeated_request values
    ('student:${markedId}', 'key-${marker}', rpad('${marker}', 32, '.')::bytea, 200, '{"name": "${marker}"}', '2023-10-16 10:00+8');
  insert into card_number select 770002, number_format, 770131 from controller order by id limit 1;
  insert into card_loan (card_id, person_id, reason, evidence, lent_at, lent_by, counter, last_day, returned_at, returned_by, returned_to)
    values (${lent}, ${markedId}, 'forgotten', '{"documents": "passport"}', LENT, 'desk-csie', 'dept-csie', '2023-10-20',
      LENT::timestamptz + interval '1 hour', 'desk-csie', 'dept-csie');
  insert into card_use (card_id, person_id, during) values (770003, ${markedId}, '[2023-12-02,2024-01-01)');
  insert into access_pause (card_id, person_id, during, paused_by) values (770003, ${markedId}, '[2023-12-03,)', 'student:${markedId}');
  insert into activation values (770003, ${markedId}, '2023-12-02', null, '2023-12-02', true, null, '2023-12-02');
  insert into told_late values (770003, '2023-12-02', '{held}', null, '2023-12-02');
  insert into wanted_open select controller_id, number, carried_by, true, false, true, person_id from wanted
    where person_id = ${markedId} limit 1;
  insert into put_off values (${markedId}, '2023-10-16', 'group doors changed');
  insert into doors_check (on_date, began_at) values ('2023-10-16', '2023-10-16 11:00+8') on conflict do nothing;
  insert into doors_check_person values ('2023-10-16', ${markedId}, 1, '{1}');
  insert into held select min(id), 770131, '{1,0,0,0}', '2023-10-16', '2024-01-01', '2023-10-16 11:00+8' from controller;
  insert into approved_loss values (770131, 1, '{1, ${markedId}}');
  insert into sent (controller_id, number, deed, answer, at)
    select min(id), 770131, 'put', 'applied', '2023-10-16 11:00+8' from controller;
  select make_tap_months('2023-10-16');
  insert into tap select min(id), 1, 770131, '2023-10-16 12:00+8', null, '2023-10-16 12:00', 1, 1, true, 1, 1, 770131 from controller;
  insert into tap select min(id), 1, 770132, LENT::timestamptz + interval '10 minutes', null, null, 1, 1, true, 1, 1, ${lent} from controller;
  insert into reissue_reminder values (770131, 3, '2023-10-19');
  insert into payment_try (id, reissue_id, amount, currency, started_at) values ('marked-770131-12345678', 770131, 200, 'TWD', '2023-10-16');
  insert into typed_receipt (reissue_id, person_id, number, at, outcome) values (770131, ${markedId}, 'QUAG0131', '2023-10-16', 'used');
  insert into repayment_question (reissue_id, amount, already, most, reason, asked_at, asked_by, last_day)
    values (770131, 200, 0, 100, '${marker}', '2023-10-16', 'cashier:cashier', '2023-10-20');
  insert into fee_move (id, at, by, kind, reissue_id, reason) overriding system value
    values (770131, '2023-10-16', 'office:office', 'waived', 770131, '${marker}');
  insert into fee_entry values (770131, 'due', -200), (770131, 'waived', 200);
  insert into refund_event values (770001, 1, 'refused', '2023-10-20', 'account', null, 1, 1, '2023-10-20');
  insert into refund_settlement values ('ref-${marker}', 770001, 1, 77013, '2023-10-30', null, 1, 2, '2023-10-30');
  insert into told_of_day values (${markedId}, 'deadline', 'deadline 2024-03-01: 14', '2024-02-16', '2024-02-16')`

const temporary = `
  insert into card (id, edition, chip, printed_number, stocked_at) overriding system value
    values (${lent}, '4k-centenary', decode('99900199', 'hex'), '9990019990019990', '2023-09-01');
  insert into card_number select ${lent}, number_format, ${lent} from controller order by id limit 1`

const lentAt = (rows: string, at: string): string => rows.replaceAll('LENT', `'${at}'`)

/** Puts both into a campus, with rows in every table of which something is given. */
export async function plantTwo(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('begin')
  for (const row of [markedRows, asOther(markedRows)].flatMap(rows => rows.split(/;\n/)))
    await client.query(row)
  await client.query('commit')
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  const both = [temporary, lentAt(more, '2023-10-02 10:00+8'), lentAt(asOther(more), '2023-10-03 10:00+8')]
  for (const row of both.flatMap(rows => rows.split(/;\n/))) await client.query(row)
  await client.query('commit')
  await client.end()
}
