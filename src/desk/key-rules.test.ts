import { expect, it } from 'vitest'
import { mayUseKey, readKeys, usualKeys } from './key-rules.ts'

it.each([
  ['F1', 'key-in-use'],
  ['q', true],
  ['Escape', 'key-in-use'],
  ['F9', 'key-in-use'],
  ['z', 'key-in-use'],
  ['F5', 'key-of-the-browser'],
  ['F12', 'key-of-the-browser'],
  ['7', 'key-types'],
  ['Enter', 'key-types'],
  ['Tab', 'key-types'],
  [' ', 'key-types'],
  ['ArrowDown', 'key-types'],
  ['Process', 'key-types'],
])('the old card is seen by %s: %s', (key, answer) => {
  const may = mayUseKey(usualKeys, 'seen', key)
  expect(may.ok || may.refusal).toBe(answer)
})

it('a key may stay what it is', () => {
  expect(mayUseKey(usualKeys, 'undo', 'z')).toMatchObject({ ok: true, keys: usualKeys })
})

it.each([null, '', '{', '[]', '{"seen":7}', '{"seen":"F9"}', '{"seen":"F5"}'])(
  'what was kept and is no table of keys is the usual one: %s',
  kept => {
    expect(readKeys(kept)).toEqual(usualKeys)
  },
)

it('what was kept is read', () => {
  expect(readKeys('{"seen":"Q","other":1}')).toEqual({ ...usualKeys, seen: 'Q' })
})
