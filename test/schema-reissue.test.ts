import { describe, expect, it } from 'vitest'
import { asSuperuser, openSchema } from './schema-trial.ts'
import { answerOf } from './violations.ts'

/*
 * What the database refuses of a reissue and of its ledger, whatever the program does; like test/schema-refuses.test.ts.
 */

openSchema()

/** Two students with a card each; an application of the first that is open, charged and unpaid, and a kiosk's receipt. */
const rows = `
  set local role gatehouse_owner;
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  insert into card (id, edition, chip, stocked_at) overriding system value values
    (11, 'new', '\\x00000001', '2023-09-01'), (12, 'new', '\\x00000002', '2023-09-01'), (21, 'new', '\\x00000003', '2023-09-01');
  insert into handover (card_id, person_id, edition, at, how, held) values
    (11, 1, 'new', '2023-09-01', 'health-check', '[2023-09-01,2023-10-18)'),
    (12, 2, 'new', '2023-09-01', 'health-check', '[2023-09-01,2023-10-18)');
  insert into reissue (id, person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at)
  overriding system value values (1, 1, 11, 'lost', 'new', 'fee', 200, '2023-10-18', 'student:1', '2023-11-18');
  insert into kiosk_receipt values ('AB123456', 'k', 200, null, '2023-10-18', '2023-10-18');
  insert into payment_try values (repeat('x', 22), 1, 200, 'TWD', '2023-10-18');
  insert into fee_move (id, at, by, kind, reissue_id) overriding system value values (1, '2023-10-18', 'student:1', 'charged', 1);
  insert into fee_entry values (1, 'due', 200), (1, 'fees', -200);
  set constraints all immediate; set constraints all deferred;`

const now = 'set constraints all immediate'
/** A move with these entries, looked at as at commit. */
const move = (kind: string, about: string, entries: string, id = 2) =>
  `insert into fee_move (id, at, by, kind, ${about.split('=')[0]}) overriding system value values (${id}, '2023-10-19', 'system:test', '${kind}', ${about.split('=')[1]});
   insert into fee_entry select ${id}, a, n from (values ${entries}) as e(a, n)`
const paid = `${move('paid', 'reissue_id=1', `('online', 200), ('due', -200)`)};
  update reissue set settled_at = '2023-10-19', settled_as = 'paid' where id = 1`
const arrived = move('arrived', `receipt='AB123456'`, `('kiosk', 200), ('unmatched', -200)`)
/** The office pays a receipt back. */
const handedBack = (reason: string, amount = 200) =>
  `insert into fee_move (id, at, by, kind, receipt, reason) overriding system value values (3, '2023-10-19', 'office:a', 'paid-back', 'AB123456', ${reason});
   insert into fee_entry values (3, 'unmatched', ${amount}), (3, 'paid-back', -${amount})`
/** A cashier counts what one payment at the registry brought. */
const count = (counted: number, note: string) =>
  `insert into cashier_count values ('2023-10-18', 'registry', 1, 200, ${counted}, ${note}, '2023-10-18', 'office:a')`
const another = (change: string) =>
  `insert into reissue (id, person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at)
   overriding system value values (2, ${change}, 'new', 'fee', 0, '2023-10-18', 'x', '2023-11-18')`

describe('what the database refuses', () => {
  it.each<[string, string, string]>([
    ['a second open reissue of a person', another(`1, 11, 'damaged'`), 'unique one_open_reissue_a_person'],
    [
      'a reissue of somebody else’s card',
      another(`2, 11, 'lost'`),
      'foreign key reissue_for_card_person_id_fkey',
    ],
    ['a reissue for no reason there is', another(`2, 12, 'stolen'`), 'check reissue_reason_check'],
    [
      'a card made before it is settled',
      `update reissue set card_id = 21, produced_at = '2023-10-19'`,
      'check nothing_made_unsettled',
    ],
    [
      'lapsing once it is paid',
      `${paid}; update reissue set ended_at = '2023-10-20', ended_by = 'x', ended_as = 'lapsed'`,
      'check settled_stays',
    ],
    [
      'collecting what was not made',
      `${paid}; update reissue set ended_at = '2023-10-20', ended_by = 'x', ended_as = 'collected'`,
      'check collected_was_made',
    ],
    [
      'found again once the new one is made',
      `${paid}; update reissue set card_id = 21, produced_at = '2023-10-20', ended_at = '2023-10-21', ended_by = 'x', ended_as = 'found-again'`,
      'check found_before_made',
    ],
    [
      'settled while something is due',
      `update reissue set settled_at = '2023-10-19', settled_as = 'paid'; ${now}`,
      'check settled_as_the_ledger_says',
    ],
    [
      'paid and not settled',
      `${move('paid', 'reissue_id=1', `('online', 200), ('due', -200)`)}; ${now}`,
      'check settled_as_the_ledger_says',
    ],
    [
      'lapsed while something is due',
      `update reissue set ended_at = '2023-11-19', ended_by = 'x', ended_as = 'lapsed'; ${now}`,
      'check settled_as_the_ledger_says',
    ],
    [
      'a move that makes money',
      `${move('paid', 'reissue_id=1', `('online', 201), ('due', -200)`)}; ${now}`,
      'check moves_come_to_zero',
    ],
    [
      'a move without entries',
      `insert into fee_move (id, at, by, kind, reissue_id) overriding system value values (2, '2023-10-19', 'x', 'paid', 1); ${now}`,
      'check moves_come_to_zero',
    ],
    [
      'an entry added later',
      `insert into fee_entry values (1, 'online', 5); ${now}`,
      'check moves_come_to_zero',
    ],
    ['an entry of nothing', `insert into fee_entry values (1, 'online', 0)`, 'check fee_entry_amount_check'],
    [
      'an account that there is not',
      `insert into fee_entry values (1, 'pocket', 5)`,
      'check fee_entry_account_check',
    ],
    ['an entry that is changed', 'update fee_entry set amount = 1', 'refused'],
    ['an entry that is removed', 'delete from fee_entry', 'refused'],
    ['a move that is changed', `update fee_move set kind = 'paid'`, 'refused'],
    ['a ledger that is emptied', 'truncate fee_entry, fee_move', 'refused'],
    ['a count with a difference and no note', count(150, 'null'), 'check difference_has_a_note'],
    [
      'a second count of the same payments',
      `${count(200, 'null')}; ${count(150, `'less'`)}`,
      'unique cashier_count_pkey',
    ],
    ['a count that is changed', `${count(200, 'null')}; update cashier_count set counted = 1`, 'refused'],
    ['a count that is taken away', `${count(200, 'null')}; delete from cashier_count`, 'refused'],
    [
      'more owed back than was paid',
      `${paid}; ${move('owed-back', 'reissue_id=1', `('fees', 201), ('owed-back', -201)`, 3)}; ${now}`,
      'check paid_back_at_most_paid',
    ],
    [
      'paying more than is due',
      `${move('paid', 'reissue_id=1', `('online', 300), ('due', -300)`)}; ${now}`,
      'check paid_back_at_most_paid',
    ],
    [
      'paying back what was not paid',
      `${move('paid-back', 'reissue_id=1', `('owed-back', 200), ('paid-back', -200)`)}; ${now}`,
      'check paid_back_at_most_paid',
    ],
    [
      'a second charge',
      move('charged', 'reissue_id=1', `('due', 1), ('fees', -1)`),
      'unique one_charge_a_reissue',
    ],
    [
      'a receipt that arrives twice',
      `${move('arrived', `receipt='AB123456'`, `('kiosk', 200), ('unmatched', -200)`)}; ${move('arrived', `receipt='AB123456'`, `('kiosk', 200), ('unmatched', -200)`, 3)}`,
      'unique one_arrival_a_receipt',
    ],
    [
      'a receipt that pays twice',
      `${move('paid', `receipt='AB123456'`, `('unmatched', 1), ('due', -1)`)}; ${move('paid', `receipt='AB123456'`, `('unmatched', 1), ('due', -1)`, 3)}`,
      'unique a_receipt_pays_once',
    ],
    [
      'a receipt worth more than was paid for it',
      `${move('arrived', `receipt='AB123456'`, `('kiosk', 201), ('unmatched', -201)`)}; ${now}`,
      'check receipt_is_worth_its_amount',
    ],
    [
      'a receipt that pays before it arrived',
      `${move('paid', `receipt='AB123456'`, `('unmatched', 200), ('owed-back', -200)`)}; ${now}`,
      'check receipt_is_worth_its_amount',
    ],
    [
      'a receipt paid back in part',
      `${arrived}; ${handedBack(`'mistyped'`, 150)}; ${now}`,
      'check receipt_is_used_whole',
    ],
    [
      'a receipt paid back without a reason',
      `${arrived}; ${handedBack('null')}`,
      'check receipt_paid_back_with_reason',
    ],
    [
      'a receipt paid back and assigned',
      `${arrived}; ${handedBack(`'mistyped'`)};
       insert into fee_move (id, at, by, kind, reissue_id, receipt) overriding system value values (4, '2023-10-19', 'x', 'paid', 1, 'AB123456')`,
      'unique a_receipt_pays_once',
    ],
    [
      'a move about nothing',
      `insert into fee_move (at, by, kind) values ('2023-10-19', 'x', 'paid')`,
      'check fee_move_check',
    ],
    [
      'a fee let go without a reason',
      move('waived', 'reissue_id=1', `('waived', 200), ('due', -200)`),
      'check fee_move_check1',
    ],
    [
      'a receipt of another form',
      `insert into kiosk_receipt values ('ab-1', 'k', 200, null, '2023-10-18', '2023-10-18')`,
      'check kiosk_receipt_number_check',
    ],
    [
      'two numbers that wait for one application',
      `insert into typed_receipt (reissue_id, person_id, number, at, outcome) values (1, 1, 'AB0001', '2023-10-18', 'waits'), (1, 1, 'AB0002', '2023-10-18', 'waits')`,
      'unique one_waiting_receipt_a_reissue',
    ],
    [
      'a payment with an answer and no time',
      `update payment_try set answer = 'paid'`,
      'check payment_try_check',
    ],
    [
      'a dispute decided by who put it forward',
      `insert into fee_dispute values (1, '2023-10-18', 'x', 'why', '2023-10-19', 'x', true, 'yes')`,
      'check fee_dispute_check1',
    ],
    [
      'a dispute decided without a reason',
      `insert into fee_dispute values (1, '2023-10-18', 'x', 'why', '2023-10-19', 'y', true, null)`,
      'check fee_dispute_check2',
    ],
    [
      'a reminder that is told twice',
      `insert into reissue_reminder values (1, 7, '2023-10-25'), (1, 7, '2023-10-25')`,
      'unique reissue_reminder_pkey',
    ],
  ])('%s', async (_, text, refusal) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe(refusal)
  })

  it.each([
    ['the application’s role changing the ledger', 'update fee_entry set amount = 1'],
    ['the application’s role changing a receipt', 'update kiosk_receipt set amount = 1'],
    ['the application’s role removing an application', 'delete from reissue'],
  ])('%s', async (_, text) => {
    expect(await answerOf(asSuperuser(), { before: rows, text, as: 'gatehouse_app' })).toBe('not allowed')
  })

  it.each([
    ['a payment', `${paid}; ${now}`],
    ['a receipt that is paid back', `${arrived}; ${handedBack(`'mistyped'`)}; ${now}`],
    [
      'a receipt that arrives and pays',
      `${move('arrived', `receipt='AB123456'`, `('kiosk', 200), ('unmatched', -200)`)};
       insert into fee_move (id, at, by, kind, reissue_id, receipt) overriding system value values (3, '2023-10-19', 'x', 'paid', 1, 'AB123456');
       insert into fee_entry values (3, 'unmatched', 200), (3, 'due', -200);
       update reissue set settled_at = '2023-10-19', settled_as = 'paid'; ${now}`,
    ],
  ])('but not %s', async (_, text) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe('fine')
  })
})
