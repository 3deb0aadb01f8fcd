import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { parseChipNumber } from './numbers.ts'
import { type NewCard, takeIntoStock } from './store.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
}, 60_000)
afterAll(() => campus.close())

function card(chip: string): NewCard {
  const parsed = parseChipNumber(chip)
  if (!parsed.ok) throw new Error(parsed.refusal)
  return {
    edition: '4k-centenary',
    chip: parsed.chip,
    printedNumber: null,
    madeFor: null,
    counter: null,
    box: null,
  }
}

const take = (...chips: string[]) =>
  campus.gatehouse.register.act({ kind: 'office', id: 'office' }, act => takeIntoStock(act, chips.map(card)))

async function inStock(chip: string): Promise<number> {
  const rows = await campus.owner.db
    .selectFrom('card')
    .select('id')
    .where('chip', '=', Buffer.from(chip, 'hex'))
    .execute()
  return rows.length
}

it.each([
  ['a live card has already', ['A1B2C301', '4587F160']],
  ['another of the list has', ['A1B2C302', 'A1B2C302']],
  ['another of the list has, as one reader format sends it', ['A1B2C303', '04112233B2C303']],
])('a number that %s: no card of the list is taken', async (_, chips) => {
  expect(await take(...chips)).toMatchObject({ ok: false, refusal: 'numbers-taken' })
  expect(await inStock(chips[0]!)).toBe(0)
})

it('a card that the readers of one controller can never tell is refused, with the others of its list', async () => {
  expect(await take('A1B2C304', '04112233445566')).toMatchObject({ ok: true })
  await campus.owner.db
    .updateTable('controller')
    .set({ number_format: 'w34-straight' })
    .where('number_format', '=', 'w26-3-5')
    .execute()
  expect(await take('A1B2C305', '04778899AABBCC')).toMatchObject({
    ok: false,
    refusal: 'unreadable-at-doors',
    facts: { chip: '04778899AABBCC', format: 'w34-straight' },
  })
  expect(await inStock('A1B2C305')).toBe(0)
})
