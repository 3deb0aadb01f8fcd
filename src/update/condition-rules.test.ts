import { expect, it } from 'vitest'
import { clockNeedsALook, conditionsOf, needsALook, worstFirst } from './condition-rules.ts'
import type { Controllers } from './shapes.ts'

type Controller = Controllers['controllers'][number]

const well: Controller = {
  id: 1,
  driver: 'uhppote',
  host: '10.0.0.1',
  port: 60_000,
  folder: null,
  building: { 'zh-TW': '校門', en: 'Campus gates' },
  capacity: 1_000,
  held: 949,
  open: 0,
  silentSince: null,
  clockSetAt: null,
  clockReadAt: null,
  clockDriftSeconds: -59,
  isHeld: false,
  isStrange: false,
  clockUnset: false,
}
const since = '2023-10-18T07:00:00Z'

it.each<[string, Partial<Controller>, string[]]>([
  ['is well', {}, []],
  ['has another board', { isStrange: true }, ['strange']],
  ['has another board, and its own is silent', { isStrange: true, silentSince: since }, ['strange']],
  ['is silent', { silentSince: since }, ['silent']],
  ['is silent and held', { silentSince: since, isHeld: true }, ['silent', 'held']],
  ['is held and nearly full', { isHeld: true, held: 950 }, ['held', 'nearly-full']],
])('a controller that %s', (_, change, said) => {
  expect(conditionsOf({ ...well, ...change })).toEqual(said)
  expect(needsALook({ ...well, ...change })).toBe(said.length > 0)
})

it.each<[Partial<Controller>, boolean]>([
  [{}, false],
  [{ clockDriftSeconds: null }, false],
  [{ clockDriftSeconds: -60 }, true],
  [{ clockDriftSeconds: 60 }, true],
  [{ clockUnset: true }, true],
])('a clock: %o', (change, looked) => {
  expect(clockNeedsALook({ ...well, ...change })).toBe(looked)
  expect(needsALook({ ...well, ...change })).toBe(looked)
})

it('the worst comes first, then whoever is owed most', () => {
  const all = [
    well,
    { ...well, id: 2, open: 7 },
    { ...well, id: 3, clockUnset: true },
    { ...well, id: 4, held: 1_000 },
    { ...well, id: 5, isHeld: true },
    { ...well, id: 6, silentSince: since },
    { ...well, id: 7, silentSince: since, open: 2 },
    { ...well, id: 8, isStrange: true },
  ]
  expect(worstFirst(all).map(({ id }) => id)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
})
