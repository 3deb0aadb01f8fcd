import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '../../test/project-copy.ts'
import { dataOf, editText, idFrom } from './edit-text.ts'
import { readProgramme } from './read.ts'

const files = await Promise.all(
  ['ntnu-2023', 'sample-dst'].map(name => readFile(`${projectFolder}programmes/${name}.yaml`, 'utf8')),
)
const comments = (text: string): string[] => text.match(/#[^\n]*/g) ?? []

describe('a text that is edited by a form', () => {
  it.each(files)('keeps every comment and says the same elsewhere', text => {
    const after = editText(text, { kind: 'set', path: ['deadline', 'on'], value: '2025-03-17' })!
    expect(comments(after)).toEqual(comments(text))
    const data = dataOf(text)!
    ;(data.deadline as { on: string }).on = '2025-03-17'
    expect(dataOf(after)).toEqual(data)
    // What is edited again and back is what it was after the first time.
    const again = editText(after, { kind: 'set', path: ['deadline', 'on'], value: '2025-03-18' })!
    expect(editText(again, { kind: 'set', path: ['deadline', 'on'], value: '2025-03-17' })).toBe(after)
    expect(readProgramme(after).ok).toBe(true)
  })

  it('few lines change beside the one that was edited', () => {
    const [text = ''] = files
    const after = editText(text, { kind: 'set', path: ['counters', 0, 'mapCode'], value: 'H999' })!
    const before = new Set(text.split('\n'))
    expect(after.split('\n').filter(line => !before.has(line)).length).toBeLessThan(20)
  })

  it.each([
    ['adds to a list', 'a: [x] # why\n', { kind: 'add', path: ['a'], value: 'y' }, 'a: [x, y] # why\n'],
    ['begins a list', 'a: 1\n', { kind: 'add', path: ['b'], value: { id: 'x' } }, 'a: 1\nb:\n  - id: x\n'],
    [
      'begins a list that was empty',
      'b: []\n',
      { kind: 'add', path: ['b'], value: { id: 'x' } },
      'b:\n  - id: x\n',
    ],
    [
      'moves an item with its comment',
      'a:\n  # first\n  - x\n  - y\n',
      { kind: 'move', path: ['a', 1], by: -1 },
      'a:\n  - y\n  # first\n  - x\n',
    ],
    ['moves nothing over the end', 'a: [x, y]\n', { kind: 'move', path: ['a', 1], by: 1 }, 'a: [x, y]\n'],
    ['removes', 'a: 1\nb: { c: 2, d: 3 }\n', { kind: 'remove', path: ['b', 'c'] }, 'a: 1\nb: { d: 3 }\n'],
    [
      'fills an empty text',
      '# new\n',
      { kind: 'set', path: ['a', 'b'], value: 'c' },
      '# new\n\na:\n  b: c\n',
    ],
    ['fills what has no value yet', 'a:\n', { kind: 'set', path: ['a', 'b'], value: 1 }, 'a:\n  b: 1\n'],
    [
      'quotes what would read as something else',
      'a: x\n',
      { kind: 'set', path: ['a'], value: 'no: [1' },
      "a: 'no: [1'\n",
    ],
    [
      'keeps a number of a phone as text',
      'a: x\n',
      { kind: 'set', path: ['a'], value: '0277' },
      "a: '0277'\n",
    ],
  ] as const)('%s', (_, text, edit, expected) => {
    expect(editText(text, edit)).toBe(expected)
  })

  it('puts a new field where a programme has it', () => {
    const order = ['id', 'title', 'campus']
    expect(editText('id: x\ncampus: y\n', { kind: 'set', path: ['title'], value: 'z' }, order)).toBe(
      'id: x\ntitle: z\ncampus: y\n',
    )
  })

  it.each(['a: [', '- x', 'a: b: c', '"'])('is refused as a whole where it cannot be read: %s', text => {
    expect(editText(text, { kind: 'set', path: ['a'], value: 1 })).toBe(null)
  })
})

it('an id is made from a name, and is another one where there is one', () => {
  expect(idFrom('Card Office (2F)', [])).toBe('card-office-2f')
  expect(idFrom('Card Office', ['card-office', 'card-office-2'])).toBe('card-office-3')
  expect(idFrom('卡務組', [])).toBe('item')
})
