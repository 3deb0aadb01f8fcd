import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/*
 * What the database refuses of temporary cards, of doors that a card before opened, and of what a person ticks off,
 * whatever the program does; like test/schema-refuses.test.ts.
 */

openSchema()

const clerk = `insert into staff values ('a', '甲', 'A');`
const loan = (id: number, { card = 22, person = 1, evidence = '{"old-card":"read"}', more = '' } = {}) => `
  insert into card_loan (id, card_id, person_id, reason, evidence, lent_at, lent_by, counter, last_day
    ${more ? `, ${more.split('=')[0]}` : ''}) overriding system value
  values (${id}, ${card}, ${person}, 'forgotten', '${evidence}', '2023-10-18', 'a', 'here', '2023-10-20'
    ${more ? `, ${more.split('=')[1]}` : ''});`
const lentUse = (loanId: number, card = 22, person = 1, during = '[2023-10-18,2023-10-21)') =>
  `insert into card_use values (${card}, ${person}, 'temporary', '${during}', ${loanId});`

const door = `
  insert into door values ('a', 1, 1, '門', 'Door');
  insert into individual_grant (id, card_id, door_id, owner_zh, owner_en, granted_at) overriding system value
  values (7, 11, 'a', '甲', 'A', '2022-01-01');`
const task = `insert into door_task (grant_id, card_id, person_id, made_at) values (7, 21, 1, '2023-10-19');`
const mark = (what: string, until = 'null', back = 'null') =>
  `insert into extra_mark (person_id, item, mark, runs_until, at, taken_back_at)
   values (1, 'commuter-pass', '${what}', ${until}, '2023-10-18', ${back});`

describe('what the database refuses', () => {
  it.each<[string, string, string]>([
    [
      'a temporary card in use that nobody lent',
      `insert into card_use values (22, 1, 'temporary', '[2023-10-18,2023-10-21)')`,
      'check card_use_lent_or_handed_over',
    ],
    ['a lent card in use by somebody else', clerk + loan(1) + lentUse(1, 22, 2), 'foreign key card_use_lent'],
    [
      'a loan that never ends by itself',
      clerk + loan(1) + lentUse(1, 22, 1, '[2023-10-18,)'),
      'check card_use_check',
    ],
    [
      'a student’s own card that says it was lent',
      `${clerk + loan(1)} insert into card_use values (21, 1, 'student', '[2023-10-18,)', 1)`,
      'check card_use_lent_or_handed_over',
    ],
    [
      'a second temporary card of one person',
      clerk + loan(1) + loan(2, { card: 12 }),
      'unique one_loan_a_person',
    ],
    [
      'one temporary card with two people',
      clerk + loan(1) + loan(2, { person: 2 }),
      'unique one_loan_a_card',
    ],
    [
      'a card that was lost lent again before it is back',
      clerk +
        loan(1) +
        `update card_loan set lost_at = '2023-10-19', lost_by = 'desk:a';` +
        loan(2, { person: 2 }),
      'unique one_loan_a_card',
    ],
    [
      'a loan with a document’s number',
      clerk + loan(1, { evidence: '{"id-document":"A123456789"}' }),
      'check card_loan_evidence_check',
    ],
    [
      'a loan that came back nowhere',
      clerk + loan(1, { more: `returned_at='2023-10-19'` }),
      'check card_loan_check',
    ],
    [
      'one card in use by two people at a time, even of two kinds',
      clerk + loan(1, { card: 12 }) + lentUse(1, 12, 1, '[2023-10-01,2023-10-21)'),
      'exclusion card_use_card_id_during_excl',
    ],
    [
      'a task for a card that was never handed over',
      `${door} insert into door_task (grant_id, card_id, person_id, made_at) values (7, 22, 1, '2023-10-19')`,
      'foreign key door_task_card_id_person_id_fkey',
    ],
    ['the same task twice', door + task + task, 'unique door_task_grant_id_card_id_key'],
    [
      'a task both done and declined',
      `${door + task} update door_task set done_at = '2023-10-20', done_by = 'a', declined_at = '2023-10-20', declined_by = 'a', reason = 'no'`,
      'check door_task_check',
    ],
    [
      'a task declined without a reason',
      `${door + task} update door_task set declined_at = '2023-10-20', declined_by = 'a'`,
      'check door_task_check',
    ],
    ['two marks of one thing', mark('done') + mark('not-mine'), 'unique one_mark_an_item'],
    ['a pass that runs until no day', mark('runs-until'), 'check extra_mark_check'],
    [
      'the day of a pass kept after it was taken back',
      mark('runs-until', `'2023-11-01'`, `'2023-10-19'`),
      'check extra_mark_check',
    ],
  ])('%s', async (_, statement, refusal) => {
    expect((await answerTo(statement)).replace(/check\d+$/, 'check')).toBe(refusal)
  })

  it.each([
    [
      'a card lent again once it is back',
      `${clerk + loan(1)} update card_loan set returned_at = '2023-10-19', returned_by = 'desk:a', returned_to = 'here';${loan(2, { person: 2 })}`,
    ],
    [
      'another temporary card for who lost one',
      `${clerk + loan(1)} update card_loan set lost_at = '2023-10-19', lost_by = 'desk:a';${loan(2, { card: 12 })}`,
    ],
    ['a temporary card beside the own one', clerk + loan(1) + lentUse(1)],
    ['a mark made again after it was taken back', mark('done', 'null', `'2023-10-19'`) + mark('not-mine')],
    ['a pass with its day, beside a tick', mark('done') + mark('runs-until', `'2023-11-01'`)],
  ])('and takes: %s', async (_, statement) => {
    expect(await answerTo(statement)).toBe('fine')
  })
})
