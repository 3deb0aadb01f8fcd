import { describe, expect, it } from 'vitest'
import type { ReaderFormat } from './formats.ts'
import { printChipNumber } from './numbers.ts'
import { losslessFormats, readChip } from './read-chip.ts'

const told = (text: string, format: ReaderFormat): string => {
  const read = readChip(text, format)
  if (read.ok) return printChipNumber(read.chip)
  const { perhaps } = read.facts
  return perhaps === undefined ? read.refusal : `${read.refusal}, perhaps ${perhaps}`
}

describe('a chip number in a file', () => {
  it('may be written in the formats that lose no byte', () => {
    expect(losslessFormats).toEqual(['be-hex', 'le-hex', 'be-dec-10', 'le-dec-10'])
  })

  it.each<[string, string, ReaderFormat, string]>([
    ['four bytes', '2A83155E', 'be-hex', '2A83155E'],
    ['seven bytes with colons', '04:c4:3b:c2:1c:26:80', 'be-hex', '04C43BC21C2680'],
    ['full-width', '２Ａ８３１５５Ｅ', 'be-hex', '2A83155E'],
    ['bytes reversed', '5E15832A', 'le-hex', '2A83155E'],
    ['ten digits', '0713233758', 'be-dec-10', '2A83155E'],
    ['ten digits, bytes reversed', '1578468138', 'le-dec-10', '2A83155E'],
    ['hexadecimal that looks like a power of ten', '12E45678', 'be-hex', '12E45678'],
    ['a zero lost before a letter', 'E829B92', 'be-hex', 'leading-zeros-lost, perhaps 0E829B92'],
    ['two zeros lost before figures', '402422', 'be-hex', 'leading-zeros-lost, perhaps 00402422'],
    ['a zero lost of seven bytes', '4024222652148', 'be-hex', 'leading-zeros-lost, perhaps 04024222652148'],
    ['a zero lost of ten digits', '920244102', 'le-dec-10', 'leading-zeros-lost, perhaps 0920244102'],
    ['a power of ten', '1.23E+09', 'be-hex', 'written-by-spreadsheet'],
    ['a power of ten without its sign', '1,23E9', 'be-dec-10', 'written-by-spreadsheet'],
    ['a fraction', '713233758.0', 'be-dec-10', 'written-by-spreadsheet'],
    ['hexadecimal in a decimal file', '2A83155E', 'be-dec-10', 'not-this-format'],
    ['more than four bytes can be', '9999999999', 'be-dec-10', 'not-this-format'],
    ['a word', 'card', 'be-hex', 'not-hex'],
    ['five bytes', '0011223344', 'be-hex', 'wrong-length'],
    ['three bytes with letters', 'D507D0', 'be-hex', 'wrong-length'],
    ['the first half of seven bytes', '88C43BC2', 'be-hex', 'cut-seven-byte'],
    ['the same in decimal', '2294561730', 'be-dec-10', 'cut-seven-byte'],
    ['a phone', '08AABBCC', 'be-hex', 'random-chip'],
    ['no chip', '00000000', 'be-hex', 'blank-chip'],
    ['nothing', '  ', 'be-hex', 'empty'],
  ])('%s', (_story, text, format, expected) => {
    expect(told(text, format)).toBe(expected)
  })
})
