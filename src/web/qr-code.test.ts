import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type QrModules, qrCode, qrPath } from './qr-code.ts'

const drawn = (modules: QrModules): string[] =>
  modules.map(row => row.map(dark => (dark ? '#' : '.')).join(''))
const sealOf = (text: string): string =>
  createHash('sha256')
    .update(drawn(qrCode(text)).join('\n'))
    .digest('hex')
    .slice(0, 16)

describe('a QR code', () => {
  it('has its three finders, its timing, and grows with its text', () => {
    const code = drawn(qrCode('41047001S'))
    expect(code).toHaveLength(21)
    expect(code.slice(0, 7).map(row => row.slice(0, 8))).toEqual([
      '#######.',
      '#.....#.',
      '#.###.#.',
      '#.###.#.',
      '#.###.#.',
      '#.....#.',
      '#######.',
    ])
    expect(code[0]!.slice(-7)).toBe('#######')
    expect(code.at(-1)!.slice(0, 7)).toBe('#######')
    expect(code[6]!.slice(7, 14)).toBe('.#.#.#.')
    expect([14, 26, 42, 62, 84, 106].map(length => qrCode('x'.repeat(length)).length)).toEqual([
      21, 25, 29, 33, 37, 41,
    ])
  })

  it('refuses a text that does not fit', () => {
    expect(() => qrCode('x'.repeat(107))).toThrow('107 bytes')
  })

  // An independent reader (jsQR 1.4) has read these back from their pictures.
  it.each([
    ['A', 'c8529cd82afac26f'],
    ['學生證', '121d268d689661c1'],
    ['GH1.a.sdfs12.0123456789ab.AbCdEfGhIjKlMnOpQrStUvWxYz0', '1c7fca20a0e30179'],
    ['w'.repeat(106), '16eff98165b5cd2e'],
  ])('of %s is as it was when another program read it', (text, seal) => {
    expect(sealOf(text)).toBe(seal)
  })

  it('is drawn with a quiet zone of four modules', () => {
    expect(
      qrPath([
        [true, false],
        [false, true],
      ]),
    ).toBe('M4 4h1v1h-1zM5 5h1v1h-1z')
  })
})
