import { describe, expect, it } from 'vitest'
import { asSuperuser, openSchema } from './schema-trial.ts'
import { answerOf } from './violations.ts'

/*
 * Money is paid back above a limit by two persons, and never by who receives it, whatever the program does: what the database
 * refuses, and that each refusal is its own. Without the one wall that a row names, the same is let through.
 */

openSchema()

/** What was paid for an application of student 1 is owed back, 600; a receipt of 600 bears their number, another nobody's. */
const rows = `
  set local role gatehouse_owner;
  insert into programme_version (programme_id, document, source, published_at, published_by) values ('p',
    '{"publishing": "alone", "campus": {"zone": "Asia/Taipei"}, "repayments": {"aloneAtMost": 500, "aloneAtMostADay": 900}}', '', '2023-09-01', 'set-up');
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  insert into staff (id, name_zh, name_en, person_id) values ('amy', '甲', 'A', null), ('bea', '乙', 'B', null), ('own', '丙', 'C', 1);
  insert into card (id, edition, chip, stocked_at) overriding system value values (11, 'new', '\\x00000001', '2023-09-01');
  insert into handover (card_id, person_id, edition, at, how, held) values
    (11, 1, 'new', '2023-09-01', 'health-check', '[2023-09-01,2023-10-18)');
  insert into reissue (id, person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at)
  overriding system value values (1, 1, 11, 'lost', 'new', 'fee', 600, '2023-10-18', 'student:1', '2023-11-18');
  insert into kiosk_receipt values ('AA000001', 'k', 300, 'S1', '2023-10-18', '2023-10-18'),
    ('AA000002', 'k', 300, null, '2023-10-18', '2023-10-18'), ('AA000003', 'k', 300, null, '2023-10-18', '2023-10-18'),
    ('AA000004', 'k', 400, 'S2', '2023-10-18', '2023-10-18'), ('AA000005', 'k', 400, 'gone', '2023-10-18', '2023-10-18');
  insert into fee_move (id, at, by, kind, reissue_id) overriding system value
  select id, '2023-10-18', 'student:1', kind, 1 from (values (1, 'charged'), (2, 'paid'), (3, 'owed-back')) as m(id, kind);
  insert into fee_entry values (1, 'due', 600), (1, 'fees', -600), (2, 'online', 600), (2, 'due', -600), (3, 'fees', 600), (3, 'owed-back', -600);
  insert into fee_move (id, at, by, kind, receipt) overriding system value
  select 10 + n, '2023-10-18', 'public:kiosk', 'arrived', 'AA00000' || n from generate_series(1, 5) n;
  insert into fee_entry select 10 + n, account, sign * amount
  from generate_series(1, 5) n join kiosk_receipt on number = 'AA00000' || n, (values ('kiosk', 1), ('unmatched', -1)) as e(account, sign);
  update reissue set settled_at = '2023-10-18', settled_as = 'paid';
  set constraints all immediate; set constraints all deferred;`

const now = 'set constraints all immediate'
let next = 100
/** So much goes back of the application by somebody. */
const back = (by: string, amount: number, { at = '2023-10-19 10:00+8', question = 'null' } = {}) => {
  next += 1
  return `insert into fee_move (id, at, by, kind, reissue_id, question_id) overriding system value
    values (${next}, '${at}', '${by}', 'paid-back', 1, ${question});
    insert into fee_entry values (${next}, 'owed-back', ${amount}), (${next}, 'paid-back', ${-amount})`
}
/** A receipt goes back by somebody. */
const receipt = (by: string, n: number, amount = 300) => {
  next += 1
  return `insert into fee_move (id, at, by, kind, receipt, reason) overriding system value
    values (${next}, '2023-10-19 11:00+8', '${by}', 'paid-back', 'AA00000${n}', 'mistyped');
    insert into fee_entry values (${next}, 'unmatched', ${amount}), (${next}, 'paid-back', ${-amount})`
}
const asked = (by = 'office:amy', amount = 600) =>
  `insert into repayment_question (id, reissue_id, amount, already, most, reason, asked_at, asked_by, last_day) overriding system value
   values (1, 1, ${amount}, 0, 500, 'came twice', '2023-10-19 09:00+8', '${by}', '2023-10-25')`
const answered = (by: string, answer = 'let-go', reason = 'null') =>
  `update repayment_question set answer = '${answer}', answered_at = '2023-10-19 10:00+8', answered_by = '${by}', answer_reason = ${reason}`
const letGo = { question: '1' }

/** Each wall, and how it is taken away. */
const walls = {
  'check two_pay_back_above_the_limit': `update programme_version set document = document - 'repayments'`,
  'check nobody_pays_themselves_back': 'update staff set person_id = null',
  'check nobody_lets_their_own_fee_go': 'update staff set person_id = null',
  'check paid_back_as_let_go': `create or replace function check_paid_back(m fee_move) returns void language sql as ''`,
  'check another_one_pays_back': 'alter table repayment_question drop constraint another_one_pays_back',
  'check who_asked_takes_back': 'alter table repayment_question drop constraint who_asked_takes_back',
  'check repayment_declined_with_reason':
    'alter table repayment_question drop constraint repayment_declined_with_reason',
  'unique one_open_repayment_a_reissue': 'drop index one_open_repayment_a_reissue',
  refused: 'drop trigger repayment_answered_once on repayment_question',
} as const

describe('what the database refuses of money that is paid back', () => {
  it.each<[string, string, keyof typeof walls]>([
    ['more than one person may alone', back('office:amy', 501), 'check two_pay_back_above_the_limit'],
    [
      'the same in two parts',
      `${back('office:amy', 300)}; ${back('office:amy', 300)}`,
      'check two_pay_back_above_the_limit',
    ],
    [
      'in two parts in two roles',
      `${back('office:amy', 300)}; ${back('cashier:amy', 300)}`,
      'check two_pay_back_above_the_limit',
    ],
    [
      'in two parts to one person, by an application and a receipt',
      `${back('office:amy', 300)}; ${receipt('office:amy', 1)}`,
      'check two_pay_back_above_the_limit',
    ],
    [
      'in two parts to nobody who is known',
      `${receipt('office:amy', 2)}; ${receipt('office:amy', 3)}`,
      'check two_pay_back_above_the_limit',
    ],
    [
      'a day’s money in all',
      `${back('office:amy', 300)}; ${receipt('office:amy', 2)}; ${receipt('office:amy', 4, 400)}`,
      'check two_pay_back_above_the_limit',
    ],
    ['to oneself, at any amount', back('office:own', 1), 'check nobody_pays_themselves_back'],
    ['a receipt that bears one’s own number', receipt('cashier:own', 1), 'check nobody_pays_themselves_back'],
    [
      'to who asked',
      `${asked('office:own')}; ${answered('office:bea')}; ${back('office:bea', 600, letGo)}`,
      'check nobody_pays_themselves_back',
    ],
    [
      'to who let it go',
      `${asked()}; ${answered('office:own')}; ${back('office:own', 600, letGo)}`,
      'check nobody_pays_themselves_back',
    ],
    [
      'a fee let go by who owes it',
      `insert into fee_move (id, at, by, kind, reissue_id, reason) overriding system value values (99, '2023-10-19', 'office:own', 'waived', 1, 'why');
       insert into fee_entry values (99, 'waived', 1), (99, 'owed-back', -1);
       insert into fee_move (id, at, by, kind, reissue_id) overriding system value values (98, '2023-10-19', 'system:x', 'owed-back', 1);
       insert into fee_entry values (98, 'fees', -1), (98, 'owed-back', 1)`,
      'check nobody_lets_their_own_fee_go',
    ],
    ['what nobody has let go', `${asked()}; ${back('office:bea', 600, letGo)}`, 'check paid_back_as_let_go'],
    [
      'what was declined',
      `${asked()}; ${answered('office:bea', 'declined', `'no'`)}; ${back('office:bea', 600, letGo)}`,
      'check paid_back_as_let_go',
    ],
    [
      'another amount than was let go',
      `${asked('office:amy', 550)}; ${answered('office:bea')}; ${back('office:bea', 600, letGo)}`,
      'check paid_back_as_let_go',
    ],
    [
      'by somebody else than who let it go',
      `${asked()}; ${answered('office:bea')}; ${back('office:amy', 600, letGo)}`,
      'check paid_back_as_let_go',
    ],
    ['an answer of who asked', `${asked()}; ${answered('office:amy')}`, 'check another_one_pays_back'],
    [
      'an answer of who asked, in another role',
      `${asked()}; ${answered('cashier:amy')}`,
      'check another_one_pays_back',
    ],
    [
      'declined by who asked',
      `${asked()}; ${answered('cashier:amy', 'declined', `'no'`)}`,
      'check another_one_pays_back',
    ],
    [
      'taken back by somebody else',
      `${asked()}; ${answered('office:bea', 'taken-back')}`,
      'check who_asked_takes_back',
    ],
    [
      'declined without a reason',
      `${asked()}; ${answered('office:bea', 'declined')}`,
      'check repayment_declined_with_reason',
    ],
    ['a second answer', `${asked()}; ${answered('office:bea')}; ${answered('office:own')}`, 'refused'],
    [
      'two questions about the same money',
      `${asked()}; insert into repayment_question (id, reissue_id, amount, already, most, reason, asked_at, asked_by, last_day) overriding system value
       values (2, 1, 600, 0, 500, 'once more', '2023-10-19', 'office:bea', '2023-10-25')`,
      'unique one_open_repayment_a_reissue',
    ],
  ])('%s', async (_, text, refusal) => {
    const whole = `${text}; ${now}`
    expect(await answerOf(asSuperuser(), { before: rows, text: whole })).toBe(refusal)
    // The control: without that wall.
    expect(await answerOf(asSuperuser(), { before: `${rows}; ${walls[refusal]}`, text: whole })).toBe('fine')
  })

  it.each([
    ['so much as one person may', back('office:amy', 500)],
    [
      'more by two persons, each as much as one may',
      `${back('office:amy', 300)}; ${back('office:bea', 300)}`,
    ],
    [
      'more over two days, of the campus’s calendar',
      `${back('office:amy', 300, { at: '2023-10-19 23:59+8' })}; ${back('office:amy', 300, { at: '2023-10-20 00:00+8' })}`,
    ],
    [
      'what a second person let go, and not counted with what they pay alone',
      `${asked()}; ${answered('cashier:bea')}; ${back('cashier:bea', 600, letGo)}; ${receipt('cashier:bea', 1)}`,
    ],
    [
      'what was taken back in another role',
      `${asked()}; ${answered('cashier:amy', 'taken-back')}; ${back('office:bea', 500)}`,
    ],
  ])('but not %s', async (_, text) => {
    expect(await answerOf(asSuperuser(), { before: rows, text: `${text}; ${now}` })).toBe('fine')
  })

  it.each([
    ['who asked', `update repayment_question set asked_by = 'office:bea'`],
    ['the amount', 'update repayment_question set amount = 1'],
    ['the question itself', 'delete from repayment_question'],
  ])('the application’s role changing %s', async (_, text) => {
    const before = `${rows}; ${asked()}`
    expect(await answerOf(asSuperuser(), { before, text, as: 'gatehouse_app' })).toBe('not allowed')
  })
})
