import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/* What the database refuses of files that wait for a second person, and of what headers mean; like test/schema-refuses.test.ts. */

openSchema()

const file = `insert into roster_import (id, file_name, file, uploaded_at, uploaded_by) overriding system value
  values (9001, 'x.csv', '', '2023-10-18', 'office');`
const question = ({ by = 'null', letGo = 'null', reason = 'null', back = 'null', people = 30 } = {}) =>
  `${file} insert into import_question (roster_import_id, seal, people, lately, of_people, most, asked_at, asked_by,
     taken_back_at, answered_at, answered_by, let_go, reason)
   values (9001, 'x', ${people}, 0, 100, 20, '2023-10-18', 'office', ${back},
     ${by === 'null' ? 'null' : "'2023-10-19'"}, ${by}, ${letGo}, ${reason});`
const meaning = (header = '學生編號', forgotten = 'null') =>
  `insert into header_meaning (file_kind, header, field, said_at, said_by, forgotten_at)
   values ('roster', '${header}', 'studentNumber', '2023-10-18', 'office', ${forgotten});`

describe('what the database refuses', () => {
  it.each<[string, string, string]>([
    [
      'a file let go by the one who asked',
      question({ by: `'office'`, letGo: 'true' }),
      'check another_one_answers',
    ],
    ['a file let go by nobody', question({ letGo: 'true' }), 'check question_answered_whole'],
    [
      'a file declined without a reason',
      question({ by: `'office-2'`, letGo: 'false' }),
      'check declined_with_reason',
    ],
    [
      'a question that was taken back and answered',
      question({ by: `'office-2'`, letGo: 'true', back: `'2023-10-19'` }),
      'check question_ends_once',
    ],
    ['a question about too few', question({ people: 20 }), 'check import_question_check'],
    [
      'two open questions about a file',
      question() + question().slice(file.length),
      'unique one_open_question_a_file',
    ],
    ['two meanings of a header', meaning() + meaning(), 'unique one_meaning_a_header'],
    ['a header without letters', meaning(''), 'check header_meaning_header_check'],
    ['a meaning forgotten by nobody', meaning('x', `'2023-10-19'`), 'check meaning_forgotten_by_somebody'],
    [
      'an encoding that nobody reads',
      `insert into roster_import (file_name, file, uploaded_at, uploaded_by, encoding)
       values ('x.csv', '', '2023-10-18', 'office', 'ebcdic')`,
      'check roster_import_encoding_check',
    ],
  ])('%s', async (_, text, refused) => {
    expect(await answerTo(text)).toBe(refused)
  })
})
