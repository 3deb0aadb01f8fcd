import { describe, expect, it } from 'vitest'
import { asSuperuser, openSchema } from './schema-trial.ts'
import { answerOf } from './violations.ts'

/*
 * What the database refuses of evidence at the desk and of a second person's word, whatever the program does; like
 * test/schema-refuses.test.ts.
 */

openSchema()

/** Two students, a card in its box, two clerks of a counter, and a question that was confirmed and one that waits. */
const rows = `
  set local role gatehouse_owner;
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  insert into card (id, edition, chip, stocked_at) overriding system value values (22, 'new', '\\x00000004', '2023-09-01');
  insert into staff values ('a', '甲', 'A'), ('b', '乙', 'B');
  insert into identity_confirmation (id, person_id, counter, documents, asked_by, asked_at, good_until, confirmed,
    answered_by, answered_at, reason) overriding system value values
    (31, 2, 'here', '{"id":"passport"}', 'a', '2023-10-18 11:00', '2023-10-18 11:15', true, 'b', '2023-10-18 11:05', null),
    (32, 2, 'here', '{"id":"passport"}', 'a', '2023-10-18 12:00', '2023-10-18 12:15', null, null, null, null)`

const passport = `'{"id":"passport"}'`
const confirmationKey = 'handover_confirmation_id_person_id_counter_clerk_confirmed_fkey'

/** A handover at a desk with this evidence. */
const deskHandover = (
  evidence: string,
  {
    confirmation = null,
    card = 22,
    person = 2,
    edition = 'new',
    clerk = 'a',
    counter = 'here',
  }: {
    confirmation?: number | null
    card?: number
    person?: number
    edition?: string
    clerk?: string
    counter?: string
  } = {},
) => `insert into handover (card_id, person_id, edition, at, how, evidence, confirmation_id, counter, clerk, held)
  values (${card}, ${person}, '${edition}', '2023-10-19', 'desk', ${evidence}, ${confirmation}, '${counter}', '${clerk}', '[2023-10-19,)')`

/** An answer to the question that waits. */
const answer = (set: string) => `update identity_confirmation set ${set} where id = 32`

describe('what the database refuses', () => {
  it.each<[string, string, string]>([
    ['evidence that is nothing', deskHandover(`'{}'`), 'check handover_evidence_check'],
    ['evidence that is a list', deskHandover(`'["id"]'`), 'check handover_evidence_check'],
    ['a document with its number', deskHandover(`'{"id":"A123456789"}'`), 'check handover_evidence_check'],
    [
      'a document with more than a word',
      deskHandover(`'{"id":{"kind":"passport"}}'`),
      'check handover_evidence_check',
    ],
    ['an old card shown that is not named', deskHandover(`'{"old-card":"read"}'`), 'check handover_check4'],
    [
      'evidence of a card that no desk of ours handed over',
      `insert into handover (card_id, person_id, edition, at, how, evidence, held) values
         (22, 2, 'new', '2023-10-19', 'health-check', '{"id":null}', '[2023-10-19,)')`,
      'check handover_check3',
    ],
    [
      'a handover on a confirmation that nobody has given',
      deskHandover(passport, { confirmation: 32 }),
      `foreign key ${confirmationKey}`,
    ],
    [
      'a handover on a confirmation of somebody else',
      deskHandover(passport, { confirmation: 31, person: 1, edition: 'other' }),
      `foreign key ${confirmationKey}`,
    ],
    [
      'a handover by the second person',
      deskHandover(passport, { confirmation: 31, clerk: 'b' }),
      `foreign key ${confirmationKey}`,
    ],
    [
      'a handover at another counter than the one that asked',
      deskHandover(passport, { confirmation: 31, counter: 'there' }),
      `foreign key ${confirmationKey}`,
    ],
    [
      'a confirmation used twice',
      `${deskHandover(passport, { confirmation: 31 })};
       insert into card (id, edition, chip, stocked_at) overriding system value values (23, 'other', '\\x00000005', '2023-09-01');
       ${deskHandover(passport, { confirmation: 31, card: 23, edition: 'other' })}`,
      'unique handover_confirmation_id_key',
    ],
    [
      'taking back a confirmation that was used',
      `${deskHandover(passport, { confirmation: 31 })};
       update identity_confirmation set confirmed = false, reason = 'no' where id = 31`,
      `foreign key ${confirmationKey}`,
    ],
    [
      'a clerk who confirms what they asked',
      answer(`confirmed = true, answered_by = 'a', answered_at = '2023-10-18 12:01'`),
      'check identity_confirmation_check1',
    ],
    [
      'a confirmation after its time',
      answer(`confirmed = true, answered_by = 'b', answered_at = '2023-10-18 12:15'`),
      'check identity_confirmation_check2',
    ],
    [
      'a no without a reason',
      answer(`confirmed = false, answered_by = 'b', answered_at = '2023-10-18 12:01'`),
      'check identity_confirmation_check4',
    ],
    ['an answer of nobody', answer('confirmed = true'), 'check identity_confirmation_check3'],
  ])('%s', async (_, text, refusal) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe(refusal)
  })

  it.each([
    ['a handover on the word of a second person', deskHandover(passport, { confirmation: 31 })],
    [
      'an answer',
      answer(`confirmed = false, answered_by = 'b', answered_at = '2023-10-18 12:01', reason = 'no'`),
    ],
  ])('but not %s', async (_, text) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe('fine')
  })
})

/** A handover of card 22 with its signature, and how it is undone. */
const standing = `${deskHandover(passport)};
  insert into signature (card_id, place, manner, picture, text, bound_hash, signed_at, erase_on)
  values (22, 'desk', 'typed', 'Sample', 'received', decode(repeat('ab', 32), 'hex'), '2023-10-19', '2024-10-18')`
const undone = (at = '2023-10-19', undoneAt = '2023-10-19 00:01') => `
  insert into undone_handover (card_id, person_id, edition, at, evidence, counter, clerk, undone_at, undone_by, why)
  values (22, 2, 'new', '${at}', ${passport}, 'here', 'a', '${undoneAt}', 'desk:a', 'by-mistake')`
const gone = 'delete from signature where card_id = 22; delete from handover where card_id = 22'
const use = `insert into card_use (card_id, person_id, during) values (22, 2, '[2023-10-19,)')`

describe('a handover goes only by being undone', () => {
  it.each<[string, string, string]>([
    ['deleted', `${standing}; ${gone}`, 'check handover_goes_undone'],
    [
      'another one undone',
      `${standing}; ${undone('2023-10-18', '2023-10-18 00:01')}; ${gone}`,
      'check handover_goes_undone',
    ],
    [
      'undone although the card is in use',
      `${standing}; ${use}; ${undone()}; ${gone}`,
      'foreign key card_use_handed_over',
    ],
    [
      'used after it was undone',
      `${standing}; ${undone()}; ${gone}; ${use}`,
      'foreign key card_use_handed_over',
    ],
    [
      'activated after it was undone',
      `${standing}; ${undone()}; ${gone};
       insert into activation values (22, 2, '2023-10-19', null, '2023-10-19', false, null, '2023-10-19')`,
      'foreign key activation_card_id_person_id_fkey',
    ],
    ['undone twice', `${undone()}; ${undone()}`, 'unique undone_handover_card_id_at_key'],
    ['undone an hour later', undone('2023-10-19', '2023-10-19 01:00'), 'check undone_soon'],
    ['undone before it was done', undone('2023-10-19', '2023-10-18'), 'check undone_soon'],
    [
      'undone for a reason that nobody knows',
      undone().replace('by-mistake', 'just so'),
      'check undone_handover_why_check',
    ],
    [
      'undone with evidence that is nothing',
      undone().replace(passport, `'{}'`),
      'check undone_handover_evidence_check',
    ],
  ])('not %s', async (_, text, refusal) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe(refusal)
  })

  it('and the card is handed over again', async () => {
    const text = `${standing}; ${undone()}; ${gone}; ${standing}; ${use}`
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe('fine')
  })

  it.each([
    'update undone_handover set why = $$faulty$$',
    'delete from undone_handover',
    'update undone_signature set manner = $$drawn$$',
  ])('the record of it stays: %s', async text => {
    expect(await answerOf(asSuperuser(), { before: rows, text, as: 'gatehouse_app' })).toBe('not allowed')
  })
})

const counted = (values: string) =>
  `insert into shift_count (counter, at, counted_by, expected, counted, missing, surplus) values ('here', '2023-10-19', 'desk:a', ${values})`

describe('a count at the end of a shift', () => {
  it.each([
    ['of less than nothing', counted('1, -1, null, null'), 'check shift_count_counted_check'],
    ['where less than nothing should lie', counted('-1, 1, null, null'), 'check shift_count_expected_check'],
    ['that was half scanned', counted(`1, 1, '{22}', null`), 'check shift_count_scanned'],
  ])('not %s', async (_, text, refusal) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe(refusal)
  })

  it.each(['update shift_count set counted = 2', 'delete from shift_count'])('stays: %s', async text => {
    expect(await answerOf(asSuperuser(), { before: rows, text, as: 'gatehouse_app' })).toBe('not allowed')
  })
})
