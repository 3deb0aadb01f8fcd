import { describe, expect, it } from 'vitest'
import { faultOf, sayFault } from './say-fault.ts'

/** As the database's driver makes one. */
const ofDatabase = (code: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { code, name: 'error', ...more })

describe('what a log has of an error', () => {
  it.each<[string, unknown, string]>([
    ['a plain sentence', new Error('the disk is full'), 'Error: the disk is full'],
    [
      'a value that PostgreSQL quotes',
      ofDatabase('22P02', 'invalid input syntax for type bigint: "41047001S"'),
      'error: invalid input syntax for type bigint: "…"',
    ],
    [
      'a table that PostgreSQL names',
      ofDatabase('23505', 'duplicate key value violates unique constraint "person_student_number_key"'),
      'error: duplicate key value violates unique constraint "person_student_number_key"',
    ],
    [
      'a text that is no JSON',
      new SyntaxError(`Unexpected token 'S', "Sample Stu"... is not valid JSON`),
      'SyntaxError: Unexpected token "…", "…"... is not valid JSON',
    ],
    [
      'an address of mail',
      new Error('550 5.1.1 <sample@example.org>: no such user'),
      'Error: 550 5.1.1 <…>: no such user',
    ],
    ['addresses one after the other', new Error('to a@x.tw,@b@y.tw@z failed'), 'Error: to …,@… failed'],
    ['a quotation that was cut off', new Error('nobody is 「王'), 'Error: nobody is "…"'],
    ['a page', new Error('GET https://cards.example.org/people/7 failed'), 'Error: GET … failed'],
    ['a long number', new Error('no card 9900000000000001 here'), 'Error: no card … here'],
    [
      'a machine that does not answer',
      new Error('connect ECONNREFUSED 127.0.0.1:25'),
      'Error: connect ECONNREFUSED 127.0.0.1:25',
    ],
    ['something that is no error', 'timed out for "Sample"', 'timed out for "…"'],
    ['nothing', undefined, 'undefined'],
  ])('%s', (_, error, said) => {
    expect(sayFault(error)).toBe(said)
  })

  it('keeps where it broke, and not the message that the stack begins with', () => {
    const { message, stack, code, constraint } = faultOf(
      ofDatabase('22001', 'value "Sample Student" is too long', { constraint: 'name_length' }),
    )
    expect([message, code, constraint]).toEqual(['value "…" is too long', '22001', 'name_length'])
    expect(stack).toContain('say-fault.test.ts')
    expect(stack).not.toContain('Sample')
  })
})
