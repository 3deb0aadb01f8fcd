import { describe, expect, it } from 'vitest'
import { asSuperuser, openSchema } from './schema-trial.ts'
import { answerOf } from './violations.ts'

/* What the database refuses of photos, whatever the program does; like test/schema-refuses.test.ts. */

openSchema()

const photo = (change: Record<string, string> = {}) => {
  const row = {
    person_id: '1',
    picture: `decode(repeat('ff', 200), 'hex')`,
    width: '600',
    height: '800',
    file_hash: `decode(repeat('01', 32), 'hex')`,
    sent_by: `'holder'`,
    taken_in_at: `'2023-10-18'`,
    taken_in_by: `'student:1'`,
    accepted: 'null',
    answered_at: 'null',
    answered_by: 'null',
    reason: 'null',
    ...change,
  }
  return `insert into photo (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`
}
const answered = (accepted: boolean, reason = 'null') => ({
  accepted: String(accepted),
  answered_at: `'2023-10-19'`,
  answered_by: `'office:a'`,
  reason,
})

const rows = `
  set local role gatehouse_owner;
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  ${photo({ person_id: '2' })}`

describe('what the database refuses', () => {
  it.each<[string, string, string]>([
    ['two that wait at a time', photo({ person_id: '2' }), 'unique one_photo_waits'],
    ['one that is no size of ours', photo({ width: '601' }), 'check'],
    ['an empty picture', photo({ picture: `''` }), 'check'],
    ['a huge one', photo({ picture: `decode(repeat('ff', 1000001), 'hex')` }), 'check'],
    ['one of the office that waits', photo({ sent_by: `'office'` }), 'check'],
    ['declined without a reason', photo(answered(false)), 'check'],
    ['accepted with one', photo(answered(true, `'poor'`)), 'check'],
    ['answered by nobody', photo({ ...answered(true), answered_by: 'null' }), 'check'],
    ['answered before it came', photo({ ...answered(true), answered_at: `'2023-10-17'` }), 'check'],
  ])('%s', async (_, text, expected) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toMatch(new RegExp(`^${expected}`))
  })

  it('and what it takes', async () => {
    expect(await answerOf(asSuperuser(), { before: rows, text: photo() })).toBe('fine')
    const text = photo({ person_id: '2', ...answered(true) })
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe('fine')
  })
})
