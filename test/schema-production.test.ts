import { describe, expect, it } from 'vitest'
import { asSuperuser, openSchema } from './schema-trial.ts'
import { answerOf } from './violations.ts'

/* What the database refuses of batches at the card maker's, whatever the program does; like test/schema-refuses.test.ts. */

openSchema()

const into = (table: string, row: Record<string, string>) =>
  `insert into ${table} (${Object.keys(row).join(', ')}) overriding system value values (${Object.values(row).join(', ')})`
const batch = (change: Record<string, string> = {}) =>
  into('production_batch', {
    edition: `'new'`,
    ordered_at: `'2023-10-18'`,
    ordered_by: `'office'`,
    ...change,
  })
const item = (change: Record<string, string> = {}) =>
  into('production_item', {
    batch_id: '1',
    place: '2',
    person_id: '2',
    edition: `'new'`,
    because: `'none-yet'`,
    ...change,
  })
const back = { card_id: '21', back_at: `'2023-10-19'` }
const cancelled = {
  cancelled_at: `'2023-10-19'`,
  cancelled_by: `'office'`,
  cancelled_because: `'lost'`,
  make_again: 'true',
}

/** Two students, a card, and a batch in which one of the first student is out. */
const rows = `
  set local role gatehouse_owner;
  insert into person overriding system value
  select id, 'S' || id, '示例生', 'Sample', 'csie', 2021, 'enrolled', 'regular', 'bachelor', 'gongguan', null, null, 'en'
  from generate_series(1, 2) id;
  insert into card (id, edition, chip, stocked_at) overriding system value values (21, 'new', '\\x00000003', '2023-09-01');
  ${batch({ id: '1' })};
  ${item({ place: '1', person_id: '1' })}`

describe('what the database refuses', () => {
  it.each<[string, string, string]>([
    ['somebody in two open batches of an edition', item({ person_id: '1' }), 'unique in_one_open_batch'],
    ['two cards in one place', item({ place: '1' }), 'unique production_item_batch_id_place_key'],
    ['more than 2,000 cards', item({ place: '2001' }), 'check production_item_place_check'],
    [
      'an edition that is not the batch’s',
      item({ edition: `'old'` }),
      'foreign key production_item_batch_id_edition_fkey',
    ],
    ['a reason that is none', item({ because: `'wish'` }), 'check production_item_because_check'],
    ['a card that is back without a day', item({ card_id: '21' }), 'check production_item_check'],
    ['cancelled by nobody', item({ ...cancelled, cancelled_by: 'null' }), 'check production_item_check'],
    [
      'cancelled without a word of why',
      item({ ...cancelled, cancelled_because: `''` }),
      'check production_item_cancelled_because_check',
    ],
    [
      'cancelled, and not said whether made again',
      item({ ...cancelled, make_again: 'null' }),
      'check production_item_check',
    ],
    ['back and cancelled', item({ ...back, ...cancelled }), 'check back_or_cancelled'],
    ['taken out by nobody', batch({ taken_at: `'2023-10-19'` }), 'check production_batch_check'],
    [
      'taken out before it was ordered',
      batch({ taken_at: `'2023-10-17'`, taken_by: `'office'` }),
      'check production_batch_check',
    ],
    [
      'a maker with a control character in the name',
      batch({ maker: `E'a\\tb'` }),
      'check production_batch_maker_check',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await answerOf(asSuperuser(), { before: rows, text })).toMatch(new RegExp(`^${expected}`))
  })

  it('one card for two orders', async () => {
    const text = `${item({ ...back })}; ${item({ place: '3', ...back })}`
    expect(await answerOf(asSuperuser(), { before: rows, text })).toBe('unique production_item_card_id_key')
  })

  it('and what it takes', async () => {
    for (const text of [item(), item(back), item(cancelled), item({ person_id: '1', ...cancelled })])
      expect(await answerOf(asSuperuser(), { before: rows, text })).toBe('fine')
  })
})
