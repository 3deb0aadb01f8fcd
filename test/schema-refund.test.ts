import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/* What must hold of refunds whatever the program does; as test/schema-refuses.test.ts. */

openSchema()

const asked = (card: number, person = 1) =>
  `insert into refund_case (card_id, person_id, why, way, asked_at, asked_by)
   values (${card}, ${person}, 'old-card', 'bank', '2023-10-18', 'x');`
const sending = (round = 1, caseId = '(select max(id) from refund_case)') =>
  `insert into issuer_file (kind, made_at, made_by, content) values ('refund', '2023-10-19', 'x', 'x');
   insert into refund_sending (case_id, round, file_id, at)
   select ${caseId}, ${round}, max(id), '2023-10-19' from issuer_file;
   insert into refund_answer (sha256, file_name, lines, read_at, read_by)
   values (sha256(random()::text::bytea), 'x', 1, '2023-11-06', 'x');`
const paid = (reference: string, amount = '350', counts = true, round = 1) =>
  `insert into refund_settlement (reference, of_case, of_round, amount, value_on, counts_for, answer_id, line, at)
   select '${reference}', max(id), ${round}, ${amount}, '2023-11-06', ${counts ? 'max(id)' : 'null'},
          (select max(id) from refund_answer), 1, '2023-11-06' from refund_case;`
const said = (kind: string, reason: string, promised: string) =>
  `insert into refund_event (case_id, round, kind, on_date, reason, promised_by, answer_id, line, at)
   select max(id), 1, '${kind}', '2023-10-20', ${reason}, ${promised}, (select max(id) from refund_answer), 1, '2023-11-06'
   from refund_case;`
const to = (columns: string, values: string) =>
  `insert into refund_destination (case_id, round, changed_at, ${columns})
   select max(id), 1, '2023-10-18', ${values} from refund_case`
const done = `${asked(11)} ${sending()}`

describe('refunds', () => {
  it.each([
    [
      'asked, sent, received and paid, as it should be',
      `${done} ${said('received', 'null', `'2023-11-17'`)} ${paid('a')}`,
      'fine',
    ],
    ['a second case of one card', `${asked(11)} ${asked(11)}`, 'unique refund_case_card_id_key'],
    ['a case of somebody else’s card', asked(12), 'foreign key refund_case_card_id_person_id_fkey'],
    ['a case of a card that nobody was given', asked(22), 'foreign key refund_case_card_id_person_id_fkey'],
    [
      'a case that was withdrawn, sent',
      `${asked(11)} update refund_case set withdrawn_at = asked_at; ${sending()}`,
      'foreign key refund_sending_case_id_withdrawn_fkey',
    ],
    [
      'a case that was sent, withdrawn',
      `${done} update refund_case set withdrawn_at = asked_at`,
      'foreign key refund_sending_case_id_withdrawn_fkey',
    ],
    ['a case sent twice at one time', `${done} ${sending()}`, 'unique refund_sending_pkey'],
    [
      'two payments that count for one case',
      `${done} ${paid('a')} ${paid('b')}`,
      'unique refund_settlement_counts_for_key',
    ],
    ['a second payment that is a difference', `${done} ${paid('a')} ${paid('b', '350', false)}`, 'fine'],
    ['one payment twice', `${done} ${paid('a')} ${paid('a', '350', false)}`, 'unique refund_settlement_pkey'],
    [
      'a payment that counts for a case that was not sent',
      `${done} ${paid('a', '350', true, 2)}`,
      'foreign key refund_settlement_counts_for_of_round_fkey',
    ],
    [
      'an amount beyond all belief',
      `${done} ${paid('a', '10000001')}`,
      'check refund_settlement_amount_check',
    ],
    ['less than nothing', `${done} ${paid('a', '-100')}`, 'fine'],
    [
      'received without a day by which it is paid',
      `${done} ${said('received', 'null', 'null')}`,
      'check refund_event_check1',
    ],
    ['refused for no reason', `${done} ${said('refused', 'null', 'null')}`, 'check refund_event_check2'],
    [
      'an account that was not filled to its length',
      `${asked(11)} ${to('bank, branch, account', `'004', '0037', '1234567'`)}`,
      'check refund_destination_account_check',
    ],
    [
      'an account of zeros',
      `${asked(11)} ${to('bank, branch, account', `'004', '0037', '00000000000000'`)}`,
      'check refund_destination_account_check',
    ],
    [
      'an account without its bank',
      `${asked(11)} ${to('account', `'00000001234567'`)}`,
      'check refund_destination_check1',
    ],
    [
      'two places for one refund',
      `${asked(11)} ${to('iban, address', `'GB82WEST12345698765432', 'somewhere far'`)}`,
      'check refund_destination_check',
    ],
  ])('%s', async (_, statement, refusal) => {
    expect(await answerTo(statement)).toBe(refusal)
  })

  it.each([
    ['a payment changed', `update refund_settlement set amount = 1`],
    ['a payment deleted', `delete from refund_settlement`],
    ['what the issuer said changed', `update refund_event set on_date = on_date`],
    ['a case deleted', `delete from refund_case`],
  ])('the application may not: %s', async (_, statement) => {
    expect(await answerTo(statement, 'gatehouse_app')).toBe('not allowed')
  })

  it('reports see neither accounts nor the files in which they stand', async () => {
    expect(await answerTo('select from refund_destination', 'gatehouse_reports')).toBe('not allowed')
    expect(await answerTo('select content from issuer_file', 'gatehouse_reports')).toBe('not allowed')
  })
})
