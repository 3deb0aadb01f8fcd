import { describe, expect, it } from 'vitest'
import { checkCards } from './file-check.ts'
import { sayRowFault } from './file-words.ts'
import {
  type Case,
  card,
  good,
  headers,
  nothing,
  readCards,
  register,
  settings,
  there,
  verdict,
  without,
} from './trial-check.ts'

describe('new cards', () => {
  it.each<[string, readonly string[], string, Case?]>([
    [
      'a pack, a blank, a box without a name',
      [good, without(without(good.replaceAll('11,', '12,'), 3, ''), 5, '')],
      '2 good, 0 unchanged',
    ],
    ['names for ids', ['AABBCC11,9900 0000 0000 0011,4K 卡,41047002s,註冊組,R-02'], '1 good, 0 unchanged'],
    ['the same file again', [there], '0 good, 1 unchanged'],
    ['one that is there beside one that is new', [there, good], '1 good, 1 unchanged'],
    [
      'decimals that a maker writes',
      [without(good, 0, '2864434193')],
      '1 good, 0 unchanged',
      { format: 'be-dec-10' },
    ],
    ['a format that loses bytes', [good], 'refused: format-loses-bytes', { format: 'w26-24bit' }],
    [
      'a format that knows four bytes only',
      [good],
      'refused: format-loses-bytes',
      { format: 'w34-straight' },
    ],
    ['chip unreadable', [without(good, 0, 'card')], `${nothing}chip not-hex`],
    ['a number that lost its zero', [without(good, 0, 'ABBCC11')], `${nothing}chip leading-zeros-lost`],
    [
      'a number that a spreadsheet wrote',
      [without(good, 0, '1.23E+09')],
      `${nothing}chip written-by-spreadsheet`,
    ],
    ['printed number too short', [without(good, 1, '9900')], `${nothing}printedNumber wrong-digit-count`],
    [
      'printed number without its zero',
      [without(good, 1, '990000000000011')],
      `${nothing}printedNumber leading-zeros-lost`,
    ],
    [
      'printed number that a spreadsheet wrote',
      [without(good, 1, '9.90E+15')],
      `${nothing}printedNumber written-by-spreadsheet`,
    ],
    [
      '12 digits where the campus prints them',
      [without(good, 1, '990000000011')],
      '1 good, 0 unchanged',
      { printedNumber: { digits: [12], chipInDecimal: [] } },
    ],
    [
      '16 digits where the campus prints 12',
      [good],
      `${nothing}printedNumber wrong-digit-count`,
      { printedNumber: { digits: [12], chipInDecimal: [] } },
    ],
    [
      '10 of 12 digits',
      [without(good, 1, '9900000011')],
      `${nothing}printedNumber leading-zeros-lost`,
      { printedNumber: { digits: [12], chipInDecimal: [] } },
    ],
    ['no printed number', [without(good, 1, '')], `${nothing}printedNumber empty`],
    ['unknown edition', [without(good, 2, '5k')], `${nothing}edition unknown-edition`],
    ['unknown counter', [without(good, 4, 'moon')], `${nothing}counter unknown-counter`],
    ['no counter', [without(good, 4, '')], `${nothing}counter empty`],
    ['student number of another shape', [without(good, 3, '4104')], `${nothing}studentNumber wrong-shape`],
    [
      'nobody of that student number',
      [without(good, 3, '41047009S')],
      `${nothing}studentNumber unknown-person`,
    ],
    ['endless box', [without(good, 5, 'R'.repeat(41))], `${nothing}box box-too-long`],
    ['too few cells', ['AABBCC11,9900000000000011'], `${nothing}row wrong-cell-count`],
    [
      'the same chip twice',
      [good, without(without(good, 1, '9900000000000012'), 3, '')],
      '0 good, 0 unchanged; line 2: chip chip-twice; line 3: chip chip-twice',
    ],
    [
      'the same printed number twice',
      [good, without(without(good, 0, 'AABBCC12'), 3, '')],
      '0 good, 0 unchanged; line 2: printedNumber printed-twice; line 3: printedNumber printed-twice',
    ],
    [
      'two packs for one student',
      [good, 'AABBCC12,9900000000000012,4k,41047002S,registry,R-02'],
      '0 good, 0 unchanged; line 2: studentNumber student-twice; line 3: studentNumber student-twice',
    ],
    ['a chip of a live card, told otherwise', [without(there, 5, 'R-09')], `${nothing}chip chip-in-register`],
    [
      'another pack for a student whose pack waits',
      [without(good, 3, '41047001S')],
      `${nothing}studentNumber pack-waits`,
    ],
    [
      'a printed number of another card',
      [without(good, 1, '9900000000000001')],
      `${nothing}printedNumber printed-in-register`,
    ],
    ['24 bits of a card of the register', [without(good, 0, '11BBCC01')], `${nothing}chip number-taken`],
    [
      '24 bits of another card of the file',
      [good, 'DDBBCC11,9900000000000012,4k,,registry,R-02'],
      '0 good, 0 unchanged; line 2: chip number-twice; line 3: chip number-twice',
    ],
    [
      'a length that readers at doors do not send',
      [without(good, 0, '04AABBCCDDEEFF')],
      `${nothing}chip length-unknown-to-readers`,
      { known: { formats: ['w34-straight'] } },
    ],
    [
      'a number that controllers keep for themselves',
      [without(good, 0, 'AA000000')],
      `${nothing}chip number-reserved`,
    ],
    [
      'a card that was retired for good',
      [there],
      `${nothing}chip card-retired`,
      {
        known: {
          cards: [{ ...card, retired: { on: '2023-10-01', reason: 'misprint' } }],
          numbers: new Map(),
          waiting: [],
        },
      },
    ],
    [
      'the same chip bytes as a retired card, with another printed number',
      [without(there, 1, '9900000000000077')],
      '1 good, 0 unchanged',
      {
        known: {
          cards: [{ ...card, retired: { on: '2023-10-01', reason: 'misprint' } }],
          numbers: new Map(),
          waiting: [],
        },
      },
    ],
  ])('%s', (_story, rows, expected, more) => {
    expect(verdict(rows, more)).toBe(expected)
  })

  it('a column of printed numbers that a spreadsheet rounded is refused as a whole', () => {
    const rows = Array.from({ length: 10 }, (_, at) => `AABB00${at}1,99000000000${at}0,4k,,registry,`)
    const long = rows.map(row =>
      row.replace(/,(\d+)0,/, (_all, digits: string) => `,${digits.padEnd(15, '7')}0,`),
    )
    expect(verdict(long)).toBe('refused: printed-numbers-rounded')
    expect(verdict(long.slice(1))).toMatch(/^9 good/)
  })

  it.each([
    ['12 digits that end in 0 by their maker', 12, '0', /^10 good/],
    ['18 digits of which only the last is 0', 18, '0', /^10 good/],
    ['18 digits of which the last three are 0', 18, '000', /^refused: printed-numbers-rounded$/],
  ])('%s', (_story, length, end, expected) => {
    const number = (at: number) => `99${at}`.padEnd(length - end.length, '7') + end
    const rows = Array.from({ length: 10 }, (_, at) => `AABB00${at}1,${number(at)},4k,,registry,`)
    expect(verdict(rows, { printedNumber: { digits: [length], chipInDecimal: [] } })).toMatch(expected)
  })
})

describe('a file', () => {
  const read = (text: string) =>
    readCards(new TextEncoder().encode(text), { ...settings, kind: 'stock', format: 'be-hex' })
  it.each([
    [
      'without a column',
      'chip_number,printed_number,edition,counter\nAABBCC11,9900000000000011,4k,registry',
      'missing-columns',
      '學號 (student_number)',
    ],
    ['with a column twice', `${headers.stock},內碼\n${good},AABBCC11`, 'doubled-columns', '內碼'],
  ])('%s is refused with its name', (_, text, refusal, columns) => {
    expect(read(text)).toMatchObject({ ok: false, refusal, facts: { columns } })
  })

  it('tells where a lost quotation mark has drawn rows into a column that is left aside', () => {
    const found = read(`${headers.stock},remark\n${good},"4\n${there},\n${good},5"`)
    expect(found.ok && found.read.rows.map(({ line, faults }) => [line, faults])).toMatchObject([
      [2, [{ field: null, refusal: 'over-lines', facts: { column: 'remark', from: 2, until: 4 } }]],
    ])
  })

  it('may name its columns in Chinese', () => {
    const zh = read('內碼,外觀卡號,版別,學號,櫃檯,卡盒\nAABBCC11,9900000000000011,4K 卡,,註冊組,R-02')
    expect(zh).toMatchObject({
      ok: true,
      read: {
        table: { columns: { ignored: [] } },
        rows: [{ told: { chip: 'AABBCC11', counter: 'registry' } }],
      },
    })
  })
})

it('a row that is in the register exactly so and stands twice in its file differs in nothing, and says so', () => {
  const file = new TextEncoder().encode([headers.stock, there, there].join('\n'))
  const read = readCards(file, { ...settings, kind: 'stock', format: 'be-hex' })
  const { bad } = checkCards(read.ok ? read.read.rows : [], 'stock', register)
  const said = (language: 'en' | 'zh-TW') =>
    bad[1]!.faults.map(fault => sayRowFault(fault, language)).join(' ')
  expect(said('en')).toContain('on line 2 (2 times')
  expect(said('en')).toContain('(41047001S), exactly as this row has it. The row can be deleted.')
  expect(said('zh-TW')).toContain('且與這一列完全相同')
})

it('a collision at the doors names both cards, the format and what to do, in both languages', () => {
  const file = new TextEncoder().encode([headers.stock, without(good, 0, '11BBCC01')].join('\n'))
  const read = readCards(file, { ...settings, kind: 'stock', format: 'be-hex' })
  const { bad } = checkCards(read.ok ? read.read.rows : [], 'stock', register)
  const [fault] = bad[0]!.faults
  expect(fault).toMatchObject({
    shown: '11BBCC01',
    facts: { chip: 'AABBCC01', format: 'w26-24bit', number: 12307457 },
  })
  expect(sayRowFault(fault!, 'en')).toContain('cannot tell this card from card AABBCC01')
  expect(sayRowFault(fault!, 'zh-TW')).toContain('以「Wiegand-26，後 3 位元組')
})
