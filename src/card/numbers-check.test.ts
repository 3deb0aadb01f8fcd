import { describe, expect, it } from 'vitest'
import { fileWords } from './file-words.ts'
import { checkNumbers, type KnownNumbers, type NumberedCard, type OrderedCard } from './numbers-check.ts'
import { headers, readCards, register, settings } from './trial-check.ts'

const held: NumberedCard = {
  id: 7,
  chip: 'AABBCC07',
  printedNumber: null,
  edition: '4k',
  personId: 1,
  studentNumber: '41047001S',
  inHand: true,
  counter: null,
  box: null,
  lies: { 'zh-TW': '已交付', en: 'handed over' },
}
const numbered: NumberedCard = {
  ...held,
  id: 8,
  chip: 'AABBCC08',
  printedNumber: '9900000000000008',
  personId: 2,
  studentNumber: '41047002S',
  inHand: false,
  counter: 'registry',
  box: 'R-01',
  lies: { 'zh-TW': '註冊組 · R-01', en: 'Registration · R-01' },
}
const blank: NumberedCard = { ...held, id: 9, chip: 'AABBCC09', personId: null, studentNumber: null }
const ordered: OrderedCard = { reference: '3-0001', studentNumber: '41047002S', edition: '4k', state: 'out' }
const known: KnownNumbers = {
  cards: [held, numbered, blank],
  items: new Map(
    [
      ordered,
      { ...ordered, reference: '3-0002', state: 'back' as const },
      { ...ordered, reference: '3-0003', state: 'cancelled' as const },
    ].map(item => [item.reference, item]),
  ),
  register: { ...register, waiting: [] },
}

const check = (rows: readonly string[], change: Partial<KnownNumbers> = {}) => {
  const file = new TextEncoder().encode([headers.numbers, ...rows].join('\n'))
  const read = readCards(file, { ...settings, kind: 'numbers', format: 'be-hex' })
  if (!read.ok) throw new Error(read.refusal)
  return checkNumbers(read.read.rows, { ...known, ...change })
}
const verdict = (rows: readonly string[], change: Partial<KnownNumbers> = {}): string => {
  const { fresh, unchanged, bad } = check(rows, change)
  const filled = fresh.map(({ fills, card }) =>
    fills === undefined ? `comes in for ${card.studentNumber}` : `fills ${fills}`,
  )
  const faults = bad.flatMap(row => row.faults.map(({ field, refusal }) => `${field} ${refusal}`))
  return [...filled, ...(unchanged.length > 0 ? [`${unchanged.length} unchanged`] : []), ...faults].join('; ')
}

describe('what a file of numbers does', () => {
  it.each<[string, string[], string]>([
    ['a card without a printed number is told it', ['AABBCC07,9900000000000007,,'], 'fills 7'],
    ['of its own student, too', ['AABBCC07,9900000000000007,41047001S,'], 'fills 7'],
    ['a blank, too', ['AABBCC09,9900000000000009,,'], 'fills 9'],
    ['one that agrees is unchanged', ['AABBCC08,9900000000000008,,'], '1 unchanged'],
    ['a card that was ordered comes in', ['AABBCC21,9900000000000021,,3-0001'], 'comes in for 41047002S'],
    ['a chip of another student', ['AABBCC07,9900000000000007,41047002S,'], 'studentNumber student-differs'],
    [
      'a blank that is said to be somebody’s',
      ['AABBCC09,9900000000000009,41047001S,'],
      'studentNumber student-differs',
    ],
    ['a card that has another number', ['AABBCC08,9900000000000018,,'], 'printedNumber printed-differs'],
    ['a number that is on another card', ['AABBCC07,9900000000000008,,'], 'printedNumber printed-elsewhere'],
    [
      'a new card with a number that is on another',
      ['AABBCC21,9900000000000008,,3-0001'],
      'printedNumber printed-elsewhere',
    ],
    ['a chip that nobody knows', ['AABBCC31,9900000000000031,,'], 'chip chip-unknown'],
    ['an item that nobody ordered', ['AABBCC31,9900000000000031,,3-0009'], 'item item-unknown'],
    ['an item of another student', ['AABBCC31,9900000000000031,41047001S,3-0001'], 'item item-of-another'],
    ['an item whose card came back', ['AABBCC31,9900000000000031,,3-0002'], 'item item-back-already'],
    ['an item that was cancelled', ['AABBCC31,9900000000000031,,3-0003'], 'item item-cancelled'],
    [
      'the chip of another student’s card for an item',
      ['AABBCC07,9900000000000007,,3-0001'],
      'item item-of-another',
    ],
    ['an item that is none', ['AABBCC31,9900000000000031,,7/12'], 'item not-an-item'],
    [
      'one item twice',
      ['AABBCC31,9900000000000031,,3-0001', 'AABBCC32,9900000000000032,,3-0001'],
      'item item-twice; item item-twice',
    ],
    ['no printed number', ['AABBCC07,,,'], 'printedNumber empty'],
    [
      'a new card that doors cannot tell from another',
      ['99BBCC01,9900000000000031,,3-0001'],
      'chip number-taken',
    ],
  ])('%s', (_, rows, expected) => {
    expect(verdict(rows)).toBe(expected)
  })

  it('a chip of several cards is for somebody’s eyes', () => {
    expect(verdict(['AABBCC07,9900000000000007,,'], { cards: [held, { ...held, id: 17 }] })).toBe(
      'chip chip-of-several',
    )
  })

  it('a student for whom a card waits gets no second one', () => {
    const waiting = [{ studentNumber: '41047002S', edition: '4k', chip: 'AABBCC02', until: null }]
    expect(verdict(['AABBCC21,9900000000000021,,3-0001'], { register: { ...register, waiting } })).toBe(
      'studentNumber pack-waits',
    )
  })

  it('names whose card stands in the way and where it lies', () => {
    const [row] = check(['AABBCC07,9900000000000008,,']).bad
    const { refusal, facts } = row!.faults[0]!
    expect(fileWords.en.row[refusal](facts)).toBe(
      'This printed number is on the card with chip AABBCC08 (of student 41047002S, Registration · R-01). Compare the two cards.',
    )
    expect(fileWords['zh-TW'].row[refusal](facts)).toContain('AABBCC08 的卡（學號 41047002S，註冊組 · R-01）')
  })
})
