import { describe, expect, it } from 'vitest'
import { asSuperuser, openSchema } from './schema-trial.ts'
import { answerOf } from './violations.ts'

/*
 * What the database refuses of somebody who collects for a holder, whatever the program does; like
 * test/schema-refuses.test.ts.
 */

openSchema()

const hash = (byte: string) => `decode(repeat('${byte}', 32), 'hex')`
const authorization = (change: Record<string, string> = {}) => {
  const row = {
    id: '50',
    person_id: '2',
    errand: `'first-card'`,
    proxy_name: `'Example Proxy'`,
    proxy_email: 'null',
    language: `'en'`,
    nonce: `decode(repeat('01', 16), 'hex')`,
    code_hash: hash('0a'),
    named_at: `'2023-10-18'`,
    named_by: `'student:2'`,
    good_until: `'2023-10-25'`,
    ended_at: 'null',
    ended_as: 'null',
    ended_by: 'null',
    ...change,
  }
  return `insert into proxy_authorization (${Object.keys(row).join(', ')}) overriding system value
    values (${Object.values(row).join(', ')})`
}
const ended = (as: string, at = '2023-10-19') => ({
  ended_at: `'${at}'`,
  ended_as: `'${as}'`,
  ended_by: `'desk:a'`,
})

/** Two students, a card in its box, a clerk; of student 1 a naming that is good, one used and one withdrawn. */
const rows = `
  set local role gatehouse_owner;
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  insert into card (id, edition, chip, stocked_at) overriding system value values (22, 'new', '\\x00000004', '2023-09-01');
  insert into staff values ('a', '甲', 'A');
  ${authorization({ id: '41', person_id: '1', code_hash: hash('01') })};
  ${authorization({ id: '42', person_id: '1', code_hash: hash('02'), ...ended('used') })};
  ${authorization({ id: '43', person_id: '1', code_hash: hash('03'), ...ended('withdrawn') })}`

const handover = (proxy: string, evidence = `'{"proxy-code":null}'`, person = 1) =>
  `insert into handover (card_id, person_id, edition, at, how, evidence, proxy_authorization_id, counter, clerk, held)
   values (22, ${person}, 'new', '2023-10-19', 'desk', ${evidence}, ${proxy}, 'here', 'a', '[2023-10-19,)')`
const used = 'handover_proxy_authorization_id_person_id_by_proxy_fkey'

describe('what the database refuses', () => {
  it.each<[string, string, string]>([
    ['two people named at a time', authorization({ person_id: '1' }), 'unique one_authorization_an_errand'],
    [
      'a naming that is forgotten while it is good',
      authorization({ proxy_name: 'null', proxy_email: 'null', erased_at: `'2023-11-20'` }),
      'check proxy_authorization_check6',
    ],
    [
      'a naming without a name that is not forgotten',
      authorization({ proxy_name: 'null', ...ended('withdrawn') }),
      'check proxy_authorization_check5',
    ],
    ['a code twice', authorization({ code_hash: hash('02') }), 'unique proxy_authorization_code_hash_key'],
    ['an end without a reason', authorization({ ended_at: `'2023-10-19'` }), 'check'],
    ['an end before the naming', authorization(ended('withdrawn', '2023-10-17')), 'check'],
    ['a use after the last day', authorization(ended('used', '2023-10-25')), 'check'],
    ['a naming that was never good', authorization({ good_until: `'2023-10-18'` }), 'check'],
    ['a name of two lines', authorization({ proxy_name: `E'Example\\nProxy'` }), 'check'],
    ['no address', authorization({ proxy_email: `'proxy'` }), 'check'],
    ['a handover by a naming that was not used up', handover('41'), `foreign key ${used}`],
    ['a handover by a naming that was withdrawn', handover('43'), `foreign key ${used}`],
    ['a handover by somebody else’s naming', handover('42', undefined, 2), `foreign key ${used}`],
    ['a proxy’s code shown, and no naming', handover('null'), 'check'],
    ['a naming used, and no code shown', handover('42', `'{"id":null}'`), 'check'],
    [
      'a guess of nobody nowhere',
      `insert into wrong_try (what, at) values ('proxy-code', '2023-10-19')`,
      'check wrong_try_check',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toMatch(new RegExp(`^${expected}`))
  })

  it('but not the handover by a naming that it used up', async () => {
    expect(await answerOf(asSuperuser(), { before: rows, text: handover('42') })).toBe('fine')
  })
})
