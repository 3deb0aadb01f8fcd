import { describe, expect, it } from 'vitest'
import { spellingsOf } from '../roster/fields.ts'
import { checkCards, type KnownCard, type KnownToRegister, numberKey } from './file-check.ts'
import type { FileKind } from './file-columns.ts'
import { readCardFile } from './file-rows.ts'
import { sayRowFault } from './file-words.ts'
import type { ReaderFormat } from './formats.ts'

const settings = {
  studentNumber: '99999999A',
  editions: spellingsOf([
    { id: '4k', names: ['4K 卡', '4K card'] },
    { id: 'old', names: ['舊卡', 'Old card'] },
  ]),
  counters: spellingsOf([{ id: 'registry', names: ['註冊組', 'Registration'] }]),
  today: Temporal.PlainDate.from('2023-10-18'),
}

const card: KnownCard = {
  chip: 'AABBCC01',
  printedNumber: '9900000000000001',
  edition: '4k',
  studentNumber: '41047001S',
  counter: 'registry',
  box: 'R-01',
  heldSince: null,
  how: null,
  retired: null,
}
const hold = { studentNumber: '41047002S', edition: '4k', chip: 'AABBCC02', until: null }

/** A register with two students and one card in its box, and doors of one 24-bit format. */
const register: KnownToRegister = {
  people: new Map([
    ['41047001S', 1],
    ['41047002S', 2],
  ]),
  cards: [card],
  numbers: new Map([[numberKey('w26-24bit', 0xbbcc01), 'AABBCC01']]),
  waiting: [{ ...hold, studentNumber: '41047001S', chip: 'AABBCC01' }],
  held: [],
  used: [],
  formats: ['w26-24bit'],
  accessEndsOn: edition => (edition === 'old' ? '2024-03-01' : null),
}

const headers: Readonly<Record<FileKind, string>> = {
  stock: 'chip_number,printed_number,edition,student_number,counter,box',
  'old-cards': 'chip_number,printed_number,edition,student_number,held_since,how',
  'health-check': 'chip_number,printed_number,edition,student_number,held_since,how',
}

interface Case {
  kind?: FileKind
  known?: Partial<KnownToRegister>
  format?: ReaderFormat
}

/** What becomes of a file, on one line: how many are good and unchanged, and what is wrong where. */
function verdict(
  rows: readonly string[],
  { kind = 'stock', known = {}, format = 'be-hex' }: Case = {},
): string {
  const file = new TextEncoder().encode([headers[kind], ...rows].join('\n'))
  const read = readCardFile(file, { ...settings, kind, format })
  if (!read.ok) return `refused: ${read.refusal}`
  const { fresh, unchanged, bad } = checkCards(read.read.rows, kind, { ...register, ...known })
  const faults = bad.map(
    ({ line, faults: all }) =>
      `line ${line}: ${all.map(({ field, refusal }) => `${field ?? 'row'} ${refusal}`).join(', ')}`,
  )
  return [`${fresh.length} good, ${unchanged.length} unchanged`, ...faults].join('; ')
}

const good = 'AABBCC11,9900000000000011,4k,41047002S,registry,R-02'
const there = 'AABBCC01,9900000000000001,4k,41047001S,registry,R-01'
const given = 'AABBCC21,9900000000000021,old,41047002S,2021-09-13,before-gatehouse'
const without = (row: string, at: number, cell: string) => row.split(',').with(at, cell).join(',')
const nothing = '0 good, 0 unchanged; line 2: '

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
})

describe('cards that students hold', () => {
  const held = (how: Case['kind'], known: Partial<KnownToRegister> = {}): Case => ({ kind: how, known })
  it.each<[string, string, string, Case]>([
    ['an old card', given, '1 good, 0 unchanged', held('old-cards')],
    [
      'an old card whose printed number has worn off',
      without(given, 1, ''),
      '1 good, 0 unchanged',
      held('old-cards'),
    ],
    ['a ROC date', without(given, 4, '110/09/13'), '1 good, 0 unchanged', held('old-cards')],
    ['given today', without(given, 4, '2023-10-18'), '1 good, 0 unchanged', held('old-cards')],
    [
      'given tomorrow',
      without(given, 4, '2023-10-19'),
      `${nothing}heldSince in-the-future`,
      held('old-cards'),
    ],
    ['given nobody knows when', without(given, 4, ''), `${nothing}heldSince empty`, held('old-cards')],
    ['no date', without(given, 4, '2021-02-30'), `${nothing}heldSince not-a-date`, held('old-cards')],
    ['given in 1921', without(given, 4, '1921-09-13'), `${nothing}heldSince too-long-ago`, held('old-cards')],
    ['of nobody', without(given, 3, ''), `${nothing}studentNumber empty`, held('old-cards')],
    ['given otherwise than was chosen', given, `${nothing}how other-kind`, held('health-check')],
    [
      'given in a way nobody knows',
      without(given, 5, 'by post'),
      `${nothing}how unknown-word`,
      held('old-cards'),
    ],
    [
      'who holds a card of that edition',
      without(given, 2, '4k'),
      `${nothing}studentNumber holds-already`,
      held('old-cards', { held: [hold] }),
    ],
    [
      'who held one that ended before',
      without(given, 2, '4k'),
      '1 good, 0 unchanged',
      held('old-cards', { held: [{ ...hold, until: '2021-09-13' }] }),
    ],
    [
      'who has campus access with another card',
      given,
      `${nothing}studentNumber uses-another`,
      held('old-cards', { used: [hold] }),
    ],
    [
      'the same at the health examination, which gives no access',
      without(given, 5, 'health-check'),
      '1 good, 0 unchanged',
      held('health-check', { used: [hold] }),
    ],
    [
      'given after the access of its edition ended',
      without(given, 4, '2023-10-17'),
      `${nothing}heldSince access-ended`,
      held('old-cards', { accessEndsOn: () => '2023-10-17' }),
    ],
    [
      'in the register exactly so',
      given,
      '0 good, 1 unchanged',
      held('old-cards', {
        cards: [
          {
            ...card,
            chip: 'AABBCC21',
            printedNumber: '9900000000000021',
            edition: 'old',
            studentNumber: '41047002S',
            heldSince: '2021-09-13',
            how: 'before-gatehouse',
          },
        ],
      }),
    ],
  ])('%s', (_story, row, expected, more) => {
    expect(verdict([row], more)).toBe(expected)
  })

  it('two old cards of one student could not both be in use, of whatever edition', () => {
    const other = 'AABBCC22,9900000000000022,4k,41047002S,2022-09-13,'
    expect(verdict([given, other], { kind: 'old-cards' })).toContain('line 3: studentNumber student-twice')
    expect(verdict([without(given, 5, ''), other], { kind: 'health-check' })).toBe('2 good, 0 unchanged')
  })
})

describe('a file', () => {
  const read = (text: string) =>
    readCardFile(new TextEncoder().encode(text), { ...settings, kind: 'stock', format: 'be-hex' })
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

  it('may name its columns in Chinese', () => {
    const zh = read('內碼,外觀卡號,版別,學號,櫃檯,卡盒\nAABBCC11,9900000000000011,4K 卡,,註冊組,R-02')
    expect(zh).toMatchObject({
      ok: true,
      read: { ignored: [], rows: [{ told: { chip: 'AABBCC11', counter: 'registry' } }] },
    })
  })
})

it('a collision at the doors names both cards, the format and what to do, in both languages', () => {
  const file = new TextEncoder().encode([headers.stock, without(good, 0, '11BBCC01')].join('\n'))
  const read = readCardFile(file, { ...settings, kind: 'stock', format: 'be-hex' })
  const { bad } = checkCards(read.ok ? read.read.rows : [], 'stock', register)
  const [fault] = bad[0]!.faults
  expect(fault).toMatchObject({
    shown: '11BBCC01',
    facts: { chip: 'AABBCC01', format: 'w26-24bit', number: 12307457 },
  })
  expect(sayRowFault(fault!, 'en')).toContain('cannot tell this card from card AABBCC01')
  expect(sayRowFault(fault!, 'zh-TW')).toContain('以「Wiegand-26，後 3 位元組')
})
