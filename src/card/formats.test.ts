import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DoorFormat,
  doorFormats,
  doorNumber,
  encode,
  fitsPattern,
  formatsThatGive,
  isDoorFormat,
  isLossless,
  isReaderFormat,
  narrow,
  type ReaderFormat,
  readerFormats,
  sourceOf,
} from './formats.ts'
import { checkChipNumber, parseChipNumber, printChipNumber } from './numbers.ts'
import { words } from './words.ts'

const bytes = (hex: string) => Uint8Array.fromHex(hex)

describe('what readers print for a chip', () => {
  it.each<[string, ReaderFormat, string]>([
    ['2A83155E', 'be-dec-10', '0713233758'],
    ['2A83155E', 'le-hex', '5E15832A'],
    ['2A83155E', 'le-dec-10', '1578468138'],
    ['26DEFAE7', 'be-dec-10', '0652147431'],
    ['26DEFAE7', 'le-dec-10', '3891977766'],
    ['86CFD936', 'le-dec-10', '0920244102'],
    ['26DEFAE7', 'pace-5byte', '166949742336'],
    ['1EA68671', 'le-hex', '7186A61E'],
    ['1EA68671', 'w34-reversed', '1904649758'],
    ['1C78F2BF', 'le-dec-10', '3220338716'],
    ['E43AC9D2', 'le-dec-10', '3536403172'],
    ['04C43BC21C2680', 'le-dec-10-cascade', '1002701960'],
    ['0443EB61E02580', 'w26-reversed-cascade', '4392072'],
    ['00D507D0', 'be-dec-10', '0013961168'],
    ['00D507D0', '2H+4H', '213,02000'],
    ['00D507D0', 'w26-3-5', '21302000'],
    ['01026F6C3A', '10H12D', '004335823930'],
    ['01026F6C3A', '8H10D', '0040856634'],
    ['01026F6C3A', '6H8D', '07302202'],
    ['01026F6C3A', '2H+4H', '111,27706'],
    ['01026F6C3A', '4H+4H', '00623,27706'],
    ['6ECBD718', 'w26-inverted-mirrored', '137,11284'],
    ['2A83155E', 'be-hex', '2A83155E'],
    ['2A83155E', 'w34-straight', '713233758'],
    ['2A83155E', 'w34-last4', '713233758'],
    ['04C43BC21C2680', 'be-hex', '04C43BC21C2680'],
    ['04C43BC21C2680', 'be-dec-10', '01341660845581952'],
    ['04C43BC21C2680', 'w34-last4', String(0xc21c2680)],
    ['04C43BC21C2680', 'w34-reversed-last4', String(0x80261cc2)],
    ['04C43BC21C2680', 'w26-24bit', String(0x1c2680)],
  ])('%s in %s is %s', (chip, format, text) => {
    expect(encode(bytes(chip), format)).toBe(text)
  })

  it.each<[string, ReaderFormat]>([
    ['04C43BC21C2680', 'w34-reversed'],
    ['04C43BC21C2680', 'w34-straight'],
    ['04C43BC21C2680', 'w26-inverted-mirrored'],
    ['04C43BC21C2680', '8H10D'],
    ['04C43BC21C2680', 'pace-5byte'],
    ['01026F6C3A', 'be-dec-10'],
  ])('nothing is guessed for %s in %s', (chip, format) => {
    expect(encode(bytes(chip), format)).toBeNull()
  })

  it('knows every format by a source and a name in both languages', () => {
    for (const format of readerFormats) {
      expect(sourceOf(format)).not.toBe('')
      expect(words['zh-TW'].formats[format]).not.toBe(words.en.formats[format])
    }
    expect(isReaderFormat('toString')).toBe(false)
    expect(isDoorFormat('be-hex')).toBe(false)
    expect(isDoorFormat('w34-reversed')).toBe(true)
  })
})

describe('what a text tells about the chip', () => {
  it.each<[string, ReaderFormat, string]>([
    ['0713233758', 'be-dec-10', '2A83155E'],
    ['1578468138', 'le-dec-10', '2A83155E'],
    ['5e15832a', 'le-hex', '2A83155E'],
    ['0920244102', 'le-dec-10', '86CFD936'],
    ['920244102', 'le-dec-10', '86CFD936'],
    ['0013961168', 'be-dec-10', '00D507D0'],
    ['13961168', 'be-dec-10', '00D507D0'],
    ['166949742336', 'pace-5byte', '26DEFAE7'],
    ['00623,27706', '4H+4H', '026F6C3A'],
    ['1904649758', 'w34-reversed', '1EA68671'],
    ['3220338716', 'le-dec-10-cascade', '1C78F2BF'],
    ['01341660845581952', 'be-dec-10', '04C43BC21C2680'],
    ['80261CC2', 'le-hex', 'C21C2680'],
  ])('%s in %s is exactly one chip', (text, format, chip) => {
    const known = narrow(text, format)
    expect(known.ok && known.knows === 'chip' && printChipNumber(known.chip)).toBe(chip)
  })

  it.each<[string, ReaderFormat, string[]]>([
    ['213,02000', '2H+4H', ['??D507D0']],
    ['07302202', '6H8D', ['??6F6C3A']],
    ['21302000', 'w26-3-5', ['??D507D0', '????????D507D0']],
    ['4392072', 'w26-reversed-cascade', ['0443??????????']],
    ['1002701960', 'le-dec-10-cascade', ['04C43B????????']],
    ['137,11284', 'w26-inverted-mirrored', ['6ECBD7??']],
    ['1904649758', 'w34-last4', ['7186A61E', '??????7186A61E']],
  ])('%s in %s only narrows', (text, format, patterns) => {
    const known = narrow(text, format)
    expect(known).toMatchObject({ ok: true, knows: 'part' })
    expect(known.ok && known.knows === 'part' && known.patterns).toEqual(expect.arrayContaining(patterns))
  })

  it.each<[string, ReaderFormat, string]>([
    ['', 'be-dec-10', 'not-this-format'],
    ['4294967296', 'be-dec-10', 'not-this-format'],
    ['-713233758', 'be-dec-10', 'not-this-format'],
    ['0,713,233,758', 'be-dec-10', 'not-this-format'],
    ['1.23E+09', 'be-dec-10', 'not-this-format'],
    ['1234567', 'be-dec-10', 'not-this-format'],
    ['2A83155', 'be-hex', 'not-this-format'],
    ['2A83155E00', 'be-hex', 'not-this-format'],
    ['166949742337', 'pace-5byte', 'not-this-format'],
    ['213,70000', '2H+4H', 'not-this-format'],
    ['256,00000', '2H+4H', 'not-this-format'],
    ['213', '2H+4H', 'not-this-format'],
    ['0000000000', 'be-dec-10', 'blank-chip'],
    ['1002701960', 'le-dec-10', 'cut-seven-byte'],
    ['88012345', 'be-hex', 'cut-seven-byte'],
    ['08AABBCC', 'be-hex', 'random-chip'],
  ])('%s in %s is refused: %s', (text, format, refusal) => {
    expect(narrow(text, format)).toMatchObject({ ok: false, refusal })
  })

  const chips = fc
    .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 7, maxLength: 7 }))
    .filter(chip => checkChipNumber(chip).ok)

  it('whatever a format prints leads back to the chip, or to a pattern that it fits', () => {
    fc.assert(
      fc.property(chips, fc.constantFrom(...readerFormats), (chip, format) => {
        const text = encode(chip, format)
        if (text === null) return
        const known = narrow(text, format)
        expect(known.ok).toBe(true)
        if (known.ok && known.knows === 'chip')
          expect(printChipNumber(known.chip)).toBe(printChipNumber(chip))
        if (known.ok && known.knows === 'part') {
          expect(known.patterns.some(pattern => fitsPattern(chip, pattern))).toBe(true)
        }
        expect(formatsThatGive(chip, text)).toContain(format)
      }),
      { numRuns: 2000 },
    )
  })

  it('a format that loses bytes never names one chip', () => {
    fc.assert(
      fc.property(chips, fc.constantFrom(...readerFormats), (chip, format) => {
        const text = encode(chip, format)
        if (text === null || isLossless(format, chip.length as 4 | 7)) return
        const known = narrow(text, format)
        expect(known.ok && known.knows).toBe('part')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the number a door sees', () => {
  it.each<[string, DoorFormat, bigint]>([
    ['1EA68671', 'w34-reversed', 1904649758n],
    ['1EA68671', 'w34-reversed-last4', 1904649758n],
    ['2A83155E', 'w34-straight', 713233758n],
    ['2A83155E', 'w26-24bit', 0x83155en],
    ['2A83155E', 'w26-3-5', 13105470n],
    ['6ECBD718', 'w26-inverted-mirrored', 13711284n],
    ['FFFFFFFE', 'w34-straight', 0xfffffffen],
  ])('%s through %s is %s', (chip, format, number) => {
    expect(doorNumber(bytes(chip), format)).toEqual({ ok: true, number })
  })

  it.each<[string, DoorFormat, string]>([
    ['00FFFFFF', 'w34-straight', 'number-reserved'],
    ['FFFFFF00', 'w34-reversed', 'number-reserved'],
    ['12FFFFFF', 'w26-24bit', 'number-reserved'],
    ['12000000', 'w26-24bit', 'number-reserved'],
    ['12000000', 'w26-3-5', 'number-reserved'],
    ['042233FFFFFFFF', 'w34-last4', 'number-reserved'],
    ['04C43BC21C2680', 'w34-reversed', 'length-unknown-to-readers'],
  ])('%s through %s is refused: %s', (chip, format, refusal) => {
    expect(doorNumber(bytes(chip), format)).toMatchObject({ ok: false, refusal })
  })

  it('always fits in 32 bits', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 4, maxLength: 7 }),
        fc.constantFrom(...doorFormats),
        (chip, format) => {
          const answer = doorNumber(chip, format)
          if (answer.ok) expect(answer.number > 0n && answer.number < 0xffffffffn).toBe(true)
        },
      ),
    )
  })

  it('finds the setting of an unknown reader from one tap', () => {
    const chip = parseChipNumber('2A 83 15 5E')
    expect(chip.ok && formatsThatGive(chip.chip, '1578468138')).toEqual([
      'le-dec-10',
      'le-dec-10-cascade',
      'w34-reversed',
      'w34-reversed-last4',
    ])
  })
})
