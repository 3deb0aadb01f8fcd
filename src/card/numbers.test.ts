import { describe, expect, it } from 'vitest'
import {
  masked,
  maskedPrinted,
  parseChipNumber,
  parsePrintedNumber,
  printChipNumber,
  sameChip,
  usualPrinted,
} from './numbers.ts'
import { wrongDigitsEn, wrongDigitsZh } from './printed-words.ts'

describe('a chip number', () => {
  it.each([
    ['2a83155e', '2A83155E'],
    ['2A:83:15:5E', '2A83155E'],
    [' 04 C4 3B C2 1C 26 80 ', '04C43BC21C2680'],
    ['00D507D0', '00D507D0'],
  ])('%s is read as %s', (text, hex) => {
    const read = parseChipNumber(text)
    expect(read.ok && printChipNumber(read.chip)).toBe(hex)
  })

  it.each([
    ['', 'not-hex'],
    ['0713233758x', 'not-hex'],
    ['2A8', 'not-hex'],
    ['2A'.repeat(40), 'not-hex'],
    ['2A8315', 'wrong-length'],
    ['01026F6C3A', 'wrong-length'],
    ['00000000', 'blank-chip'],
    ['FFFFFFFFFFFFFF', 'blank-chip'],
    ['8804C43B', 'cut-seven-byte'],
    ['08112233', 'random-chip'],
  ])('%s is refused: %s', (text, refusal) => {
    expect(parseChipNumber(text)).toMatchObject({ ok: false, refusal })
  })

  it('is the same only with the same length', () => {
    const short = Uint8Array.of(4, 1, 2, 3)
    expect(sameChip(short, Uint8Array.of(4, 1, 2, 3))).toBe(true)
    expect(sameChip(short, Uint8Array.of(4, 1, 2, 3, 0, 0, 0))).toBe(false)
  })

  it('is shown by its last two bytes only', () => {
    expect(masked(Uint8Array.fromHex('2A83155E'))).toBe('••••155E')
    expect(masked(Uint8Array.fromHex('04C43BC21C2680'))).toBe('••••••••••2680')
  })
})

describe('a printed number', () => {
  it.each([
    ['6611651733', '661***1733'],
    ['66116517', '6***6517'],
    ['8888123456789012', '88881******89012'],
    ['123456', '**3456'],
    ['12345678901', '******78901'],
    ['123456789012', '1******89012'],
    ['12345678901234567890', '12345**********67890'],
  ])('%s is masked as %s', (digits, shown) => {
    expect(maskedPrinted(digits)).toBe(shown)
  })

  const twelve = { digits: [12], chipInDecimal: [] }
  it.each([
    ['8888 1234-5678 9012', usualPrinted, 'own-number'],
    ['66116517', usualPrinted, 'chip-in-decimal'],
    ['1234 5678 9012', twelve, 'own-number'],
    ['1234567', { digits: [6, 20], chipInDecimal: [7] }, 'chip-in-decimal'],
    ['12345678901234567890', { digits: [6, 20], chipInDecimal: [7] }, 'own-number'],
  ])('%s of a campus that prints %j: %s', (text, shape, prints) => {
    const digits = text.replace(/\D/g, '')
    expect(parsePrintedNumber(text, shape)).toMatchObject({ printed: { digits, prints } })
  })

  it.each([
    [
      '123456789012',
      usualPrinted,
      '外觀卡號為 16 碼，舊卡為 8 至 10 碼；此處為 12 碼。',
      "A printed number has 16 digits, an older card's 8 to 10; this has 12.",
    ],
    ['1', twelve, '外觀卡號為 12 碼；此處為 1 碼。', 'A printed number has 12 digits; this has 1.'],
    [
      '1234567',
      { digits: [16, 12], chipInDecimal: [13, 8, 9, 10] },
      '外觀卡號為 12 或 16 碼，舊卡為 8 至 10 或 13 碼；此處為 7 碼。',
      "A printed number has 12 or 16 digits, an older card's 8 to 10 or 13; this has 7.",
    ],
  ])('%s of a campus that prints %j is refused in its own words', (text, shape, zh, en) => {
    const read = parsePrintedNumber(text, shape)
    const facts = read.ok ? {} : read.facts
    expect([wrongDigitsZh(facts), wrongDigitsEn(facts)]).toEqual([zh, en])
  })

  it.each([
    ['2A83155E', 'not-digits'],
    ['1234567', 'wrong-digit-count'],
    ['88881234567890123', 'wrong-digit-count'],
    ['', 'not-digits'],
  ])('%s is refused: %s', (text, refusal) => {
    expect(parsePrintedNumber(text)).toMatchObject({ ok: false, refusal })
  })
})
