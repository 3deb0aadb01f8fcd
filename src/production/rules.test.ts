import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readProgramme } from '../programme/read.ts'
import {
  editionToMake,
  type ItemState,
  leavesOutWithoutPhoto,
  mayCancel,
  mayOrder,
  misprintedPercent,
  type Order,
  referenceOf,
} from './rules.ts'
import { words } from './words.ts'

const reading = readProgramme(
  readFileSync(new URL('../../programmes/ntnu-2023.yaml', import.meta.url), 'utf8'),
)
if (!reading.ok) throw new Error('programmes/ntnu-2023.yaml does not read')
const ntnu = reading.programme

const of = (decision: { ok: true } | { ok: false; refusal: string }): string =>
  decision.ok ? 'yes' : decision.refusal

describe('a batch is made', () => {
  const order: Order = { edition: '4k', seen: 5, listed: 5, chosen: 4 }
  it.each<[string, Partial<Order>, string]>([
    ['of a list as it was looked at', {}, 'yes'],
    ['not where no edition is given', { edition: null, seen: 4 }, 'no-edition-to-make'],
    ['not of a list that changed, even if nobody is left', { seen: 4, chosen: 0 }, 'list-changed'],
    ['not of nobody', { chosen: 0 }, 'nobody-to-order-for'],
  ])('%s', (_, change, expected) => {
    expect(of(mayOrder({ ...order, ...change }))).toBe(expected)
  })

  it('of 2,000 cards at most', () => {
    expect(mayOrder({ edition: '4k', seen: 2_500, listed: 2_500, chosen: 2_400 })).toMatchObject({
      cards: 2_000,
    })
  })

  it.each<[string, string | null]>([
    ['2023-10-18', '4k-centenary'],
    ['2000-01-01', ntnu.issued.toSorted((a, b) => a.from.localeCompare(b.from))[0]!.edition],
  ])('on %s of the edition given then, or the next that will be', (on, edition) => {
    expect(editionToMake(ntnu, Temporal.PlainDate.from(on))?.id ?? null).toBe(edition)
  })

  it('without those who have no photo where the programme needs one', () => {
    expect(leavesOutWithoutPhoto({}, false)).toBe(false)
    expect(leavesOutWithoutPhoto({}, true)).toBe(true)
    expect(leavesOutWithoutPhoto({ production: { photo: 'wished' } }, false)).toBe(false)
    expect(leavesOutWithoutPhoto({ production: { photo: 'required' } }, false)).toBe(true)
  })
})

describe('cards of a batch are cancelled', () => {
  const item = (id: number, state: ItemState) => ({ id, state })
  const items = [item(1, 'out'), item(2, 'back'), item(3, 'cancelled'), item(4, 'out')]
  it.each<[string, readonly { id: number; state: ItemState }[], number[] | null, string | number[]]>([
    ['all that are out', items, null, [1, 4]],
    ['those chosen, each once', items, [4, 4], [4]],
    ['not of a batch that is none', [], null, 'no-such-batch'],
    ['not of another batch', items, [9, 2], 'not-of-this-batch'],
    ['not what came back', items, [1, 2, 3], 'back-already'],
    ['not what was cancelled', items, [1, 3], 'cancelled-already'],
    ['not where all are back', [item(2, 'back')], null, 'none-out'],
    ['not of no choice', items, [], 'none-out'],
  ])('%s', (_, all, chosen, expected) => {
    const may = mayCancel(all, chosen)
    expect(may.ok ? may.items : may.refusal).toEqual(expected)
  })
})

it('a maker’s errors are told to one decimal, of what came back', () => {
  const counts = { cards: 400, out: 0, needless: 0, back: 0, cancelled: 0, misprinted: 0 }
  expect(misprintedPercent(counts)).toBeNull()
  expect(misprintedPercent({ ...counts, back: 300, misprinted: 1 })).toBe(0.3)
  expect(misprintedPercent({ ...counts, back: 3, misprinted: 3 })).toBe(100)
})

it('a card of a batch is called by its batch and its place', () => {
  expect([referenceOf(7, 12), referenceOf(12, 2_000)]).toEqual(['7-0012', '12-2000'])
})

it('every refusal is a sentence in both languages', () => {
  const facts = { seen: 1, listed: 2, counter: 'x' }
  for (const sentences of Object.values(words))
    for (const say of Object.values(sentences)) expect(say(facts)).toMatch(/[。.]$/)
})
