import { describe, expect, it } from 'vitest'
import { answerTo, openSchema } from './schema-trial.ts'

/* What the database refuses of the office's letters, whatever the program does; like test/schema-refuses.test.ts. */

openSchema()

const draft = '00000000-0000-4000-8000-000000000001'
const both = `'{"zh-TW": "示例", "en": "Sample"}'`

/** A letter to two people with other columns than the usual ones; its number is 1. */
const letter = (columns: Record<string, string> = {}): string => {
  const all = {
    id: '1',
    draft: `'${draft}'`,
    list: `'{"list": "not-collected"}'`,
    subject: both,
    body: both,
    people: '2',
    written_by: `'clerk'`,
    written_at: `'2023-10-18 10:00'`,
    ...columns,
  }
  return `insert into staff (id, name_zh, name_en) values ('clerk', '承辦', 'Clerk') on conflict do nothing;
    insert into letter (${Object.keys(all).join(', ')}) overriding system value values (${Object.values(all).join(', ')})`
}
const to = (person: string, hadAddress = 'true', id = '1'): string =>
  `insert into letter_to (letter_id, person_id, had_address) values (${id}, ${person}, ${hadAddress})`

describe('what the database refuses', () => {
  it.each([
    ['nothing of a letter to two people', `${letter()}; ${to('1')}; ${to('2', 'false')}`, 'fine'],
    ['a second letter of the same page', `${letter()}; ${letter({ id: '2' })}`, 'unique letter_draft_key'],
    ['a page that has no number', letter({ draft: `'page 1'` }), 'check letter_draft_check'],
    ['a subject in one language', letter({ subject: `'{"en": "Sample"}'` }), 'check letter_subject_check'],
    ['a text in one language', letter({ body: `'{"zh-TW": "示例"}'` }), 'check letter_body_check'],
    ['a letter to nobody', letter({ people: '0' }), 'check letter_people_check'],
    [
      'a letter that nobody wrote',
      letter({ written_by: `'stranger'` }),
      'foreign key letter_written_by_fkey',
    ],
    ['the same letter to somebody twice', `${letter()}; ${to('1')}; ${to('1')}`, 'unique letter_to_pkey'],
    ['a letter to a stranger', `${letter()}; ${to('3')}`, 'foreign key letter_to_person_id_fkey'],
    [
      'a letter that there is not',
      `${letter()}; ${to('1', 'true', '2')}`,
      'foreign key letter_to_letter_id_fkey',
    ],
    ['not known whether they had an address', `${letter()}; ${to('1', 'null')}`, '23502'],
  ])('%s', async (_, text, expected) => {
    expect(await answerTo(text)).toBe(expected)
  })

  it.each([
    ['what a letter said', 'update letter set people = 3'],
    ['that it was written', 'delete from letter'],
    ['to whom it went', 'update letter_to set had_address = true'],
    ['that it went to them', 'delete from letter_to'],
  ])('the program changes nothing of %s', async (_, text) => {
    expect(await answerTo(text, 'gatehouse_app')).toBe('not allowed')
  })
})
