import { describe, expect, it } from 'vitest'
import { asSuperuser, openSchema } from './schema-trial.ts'
import { answerOf } from './violations.ts'

/*
 * What the database refuses of signatures and of what is asked to be signed elsewhere, whatever the program does; like
 * test/schema-refuses.test.ts.
 */

openSchema()

/** Two students, a card of each, a clerk, a handover of the first card, and what was asked of the first student. */
const rows = `
  set local role gatehouse_owner;
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  insert into card (id, edition, chip, stocked_at) overriding system value values
    (21, 'new', '\\x00000003', '2023-09-01'), (22, 'new', '\\x00000004', '2023-09-01');
  insert into staff values ('a', '甲', 'A');
  insert into staff_role (id, staff_id, role, counter) overriding system value values (11, 'a', 'desk', 'here');
  insert into handover (card_id, person_id, edition, at, how, evidence, counter, clerk, held) values
    (21, 1, 'new', '2023-10-18 11:02', 'desk', '{"id":null}', 'here', 'a', '[2023-10-18 11:02,)');
  insert into signature_request (id, person_id, card_id, place, text_zh, text_en, counter, asked_by, asked_at, proof_at, good_until,
    signed, answered_at, answered_by, language, manner, picture, bound_hash, used_at)
  overriding system value values
    (101, 1, 21, 'phone', '已領', 'Received', 'here', 'a', '2023-10-18 11:00', '2023-10-18 11:00', '2023-10-18 11:05',
     true, '2023-10-18 11:01', 'student:1', 'en', 'confirmed', null, decode(repeat('01', 32), 'hex'), '2023-10-18 11:02'),
    (102, 2, 22, 'tablet', '已領', 'Received', 'here', 'a', '2023-10-18 11:00', '2023-10-18 10:57', '2023-10-18 11:05',
     null, null, null, null, null, null, null, null)`

const answered = (set: string) =>
  `update signature_request set answered_at = '2023-10-18 11:02', answered_by = 'tablet:a', ${set} where id = 102`
const signed = (manner: string, picture: string) =>
  answered(
    `signed = true, language = 'en', manner = '${manner}', picture = '${picture}', bound_hash = decode(repeat('02', 32), 'hex')`,
  )
const asked = (change: { person?: number; place?: string; until?: string; proof?: string } = {}) => {
  const { person = 2, place = 'phone', until = '11:09', proof = '11:04' } = change
  return `insert into signature_request (person_id, card_id, place, text_zh, text_en, counter, asked_by, asked_at, proof_at, good_until)
    values (${person}, 22, '${place}', '已領', 'Received', 'here', 'a', '2023-10-18 11:04', '2023-10-18 ${proof}', '2023-10-18 ${until}')`
}
const kept = (place: string, manner: string, picture: string, request: number | null, card = 21) =>
  `insert into signature (card_id, place, manner, picture, text, bound_hash, signed_at, request_id, erase_on)
   values (${card}, '${place}', '${manner}', '${picture}', 'Received', decode(repeat('01', 32), 'hex'),
     '2023-10-18 11:01', ${request}, '2024-10-18')`

const requestKey = 'signature_request_id_card_id_place_manner_signed_at_bound__fkey'

describe('what the database refuses', () => {
  it.each<[string, string, string]>([
    ['two questions to one person at a time', asked(), 'unique one_signature_request_a_person'],
    [
      'two questions on one tablet',
      asked({ person: 1, place: 'tablet' }),
      'unique one_signature_request_a_tablet',
    ],
    [
      'a question that is over before it is asked',
      asked({ person: 1, until: '11:04' }),
      'check signature_request_check',
    ],
    [
      'a question whose proof is shown after it',
      asked({ person: 1, proof: '11:05' }),
      'check proof_was_shown_before',
    ],
    [
      'a tablet that lies before nobody',
      `insert into session (token_hash, staff_id, role_id, began_at, ends_at, tablet_since)
       values ('t', 'a', 11, '2023-10-18', '2023-10-19', '2023-10-18')`,
      'check tablet_lies_before_a_clerk',
    ],
    [
      'an answer that comes too late',
      signed('typed', 'Sample').replace('11:02', '11:05'),
      'check signature_request_check2',
    ],
    [
      'a signature without its hash',
      answered(`signed = true, language = 'en', manner = 'typed', picture = 'x'`),
      'check signature_request_check6',
    ],
    ['a no that is signed', answered(`signed = false, manner = 'typed'`), 'check signature_request_check6'],
    [
      'a button on a tablet as if it were one’s own phone',
      signed('confirmed', ''),
      'check signature_request_check7',
    ],
    ['a drawing that is none', signed('drawn', '<script>'), 'check signature_request_check8'],
    ['a drawing of points that are none', signed('drawn', 'M1 1LNaN 1'), 'check signature_request_check8'],
    [
      'a drawing left behind by what was used',
      `update signature_request set picture = 'x' where id = 101`,
      'check signature_request_check9',
    ],
    [
      'a use of what was not signed',
      `update signature_request set used_at = '2023-10-18 11:03', picture = null where id = 102`,
      'check signature_request_check10',
    ],
    ['a signature of nobody’s phone', kept('phone', 'confirmed', '', null), 'check signature_check'],
    [
      'a signature at the desk that came from a phone',
      kept('desk', 'confirmed', '', 101),
      'check signature_check',
    ],
    ['a button at the desk', kept('desk', 'confirmed', '', null), 'check signature_check1'],
    ['a picture that is no drawing', kept('desk', 'drawn', 'M1 1 onload=x', null), 'check signature_check2'],
    [
      'a signature in another manner than was answered',
      kept('phone', 'typed', 'Sample', 101),
      `foreign key ${requestKey}`,
    ],
    ['an answer that nobody gave', kept('tablet', 'typed', 'Sample', 102), `foreign key ${requestKey}`],
    [
      'a student’s session as a tablet',
      `insert into session (token_hash, person_id, began_at, ends_at, tablet_since) values ('\\x01', 1, now(), now(), now())`,
      'check session_check',
    ],
  ])('%s', async (_, text, refused) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe(refused)
  })

  it.each<[string, string]>([
    ['what was signed on the phone', kept('phone', 'confirmed', '', 101)],
    ['what was drawn at the desk', kept('desk', 'drawn', 'M1 1L90 90', null)],
    ['an answer on the tablet', signed('drawn', 'M1 1L90 90M2 2L80 1')],
    ['a no', answered('signed = false')],
    ['a question after a no', `${answered('signed = false')}; ${asked()}`],
  ])('and takes %s', async (_, text) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe('fine')
  })

  it('reports read neither', async () => {
    for (const table of ['signature', 'signature_request'])
      expect(
        await answerOf(asSuperuser(), {
          before: rows,
          text: `select from ${table}`,
          as: 'gatehouse_reports',
        }),
      ).toBe('not allowed')
  })
})
