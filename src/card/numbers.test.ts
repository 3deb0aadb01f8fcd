import { describe, expect, it } from 'vitest'
import {
  masked,
  maskedPrinted,
  parseChipNumber,
  parsePrintedNumber,
  printChipNumber,
  sameChip,
} from './numbers.ts'

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
    ['8888 1234 5678 9012', '88881******89012'],
  ])('%s is masked as %s', (text, shown) => {
    const read = parsePrintedNumber(text)
    expect(read.ok && maskedPrinted(read.printed)).toBe(shown)
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
