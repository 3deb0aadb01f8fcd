import { describe, expect, it } from 'vitest'
import { type Burst, endsScan, isScan, type Pressed, readerGapMs, signOf, withStroke } from './burst.ts'

const burstOf = (text: string, gapMs: number): Burst | null => {
  let burst: Burst | null = null
  for (const [at, sign] of Array.from(text).entries())
    burst = withStroke(burst, { sign, atMs: at * gapMs, composed: false }, text.slice(0, at))
  return burst
}
const pressed = (change: Partial<Pressed>): Pressed => ({
  key: 'Process',
  code: '',
  keyCode: 229,
  isComposing: false,
  shiftKey: false,
  capsLock: false,
  ...change,
})

describe('a burst', () => {
  it.each([
    ['a reader', '2452652294', 4, true],
    ['a slow reader', '2452652294', readerGapMs, true],
    ['a very fast typist', '41047001S', readerGapMs + 1, false],
    ['five signs', '24526', 1, false],
  ])('of %s', (_, text, gapMs, scan) => {
    expect(isScan(burstOf(text, gapMs))).toBe(scan)
  })

  it('is one scan where a busy computer held it back, even for seconds', () => {
    let burst: Burst | null = null
    for (const [at, sign] of Array.from('2452652294').entries())
      burst = withStroke(
        burst,
        { sign, atMs: at * 5 + (at > 6 ? 3_000 : at > 3 ? 90 : 0), composed: false },
        '',
      )
    expect(burst).toMatchObject({ signs: '2452652294', before: '' })
    expect(isScan(burst)).toBe(true)
  })

  it('begins anew after a hand’s pause, and knows what stood in the field', () => {
    let burst = withStroke(null, { sign: '4', atMs: 0, composed: false }, '')
    burst = withStroke(burst, { sign: '1', atMs: 700, composed: false }, '4')
    for (const [at, sign] of Array.from('234567').entries())
      burst = withStroke(burst, { sign, atMs: 1_300 + at, composed: at === 2 }, '41')
    expect(burst).toMatchObject({ signs: '234567', before: '41', composed: true })
    expect(isScan(burst)).toBe(true)
  })

  it('of ten thousand signs is bounded', () => {
    expect(burstOf('7'.repeat(10_000), 1)!.signs).toHaveLength(4_096)
  })
})

describe('a key under a Chinese input method', () => {
  it.each([
    ['KeyA', {}, 'a'],
    ['KeyA', { shiftKey: true }, 'A'],
    ['KeyA', { capsLock: true }, 'A'],
    ['KeyA', { capsLock: true, shiftKey: true }, 'a'],
    ['Digit7', {}, '7'],
    ['Numpad7', { shiftKey: true }, '7'],
    ['Minus', {}, '-'],
    ['Minus', { shiftKey: true }, '_'],
    ['Period', {}, '.'],
  ])('%s is told by its place', (code, change, sign) => {
    expect(signOf(pressed({ code, ...change }))).toEqual({ sign, composed: true })
    expect(signOf(pressed({ code, ...change, keyCode: 65, isComposing: true }))?.sign).toBe(sign)
  })

  it.each(['F9', 'ArrowLeft', 'ShiftLeft', 'Backspace'])('%s is no sign', code => {
    expect(signOf(pressed({ code }))).toBeNull()
    expect(signOf(pressed({ code, key: code, keyCode: 0 }))).toBeNull()
  })

  it('Enter and Tab end, however they come; Tab backwards does not', () => {
    expect(endsScan(pressed({ code: 'Enter' }))).toBe(true)
    expect(endsScan(pressed({ code: 'Enter', key: 'Enter', keyCode: 13 }))).toBe(true)
    expect(endsScan(pressed({ code: 'Tab', key: 'Tab', keyCode: 9 }))).toBe(true)
    expect(endsScan(pressed({ code: 'Tab', key: 'Tab', keyCode: 9, shiftKey: true }))).toBe(false)
    expect(endsScan(pressed({ code: 'KeyA' }))).toBe(false)
  })
})
