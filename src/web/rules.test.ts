import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contrast, inkOn, mix } from './colour.ts'
import { accent } from './staff/theme.ts'
import { dateOf, sayDate, sayTime, sayWhen } from './when.ts'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/gu)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
)

describe('the palette can be read by everybody (WCAG 2.2 AA)', () => {
  const grounds = ['page', 'surface', 'sunken']
  const text = [
    ...grounds.flatMap(ground => ['ink', 'muted', 'accent', 'danger'].map(ink => [ink, ground])),
    ...['yes', 'no', 'wait', 'info'].flatMap(tone => [
      [tone, `${tone}-soft`],
      [tone, 'page'],
      [tone, 'surface'],
      ['ink', `${tone}-soft`],
    ]),
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['accent', 'accent-soft'],
    ['on-danger', 'danger'],
    ['danger', 'no-soft'],
  ] as [string, string][]

  it.each(text)('--%s as text on --%s', (ink, ground) => {
    for (const theme of ['light', 'dark'] as const)
      expect(contrast(tokens.get(ink)![theme], tokens.get(ground)![theme]), theme).toBeGreaterThanOrEqual(4.5)
  })

  it.each(grounds)('--edge as the edge of a field on --%s', ground => {
    for (const theme of ['light', 'dark'] as const)
      expect(contrast(tokens.get('edge')![theme], tokens.get(ground)![theme]), theme).toBeGreaterThanOrEqual(
        3,
      )
  })

  it("and the staff's component library has the same accent", () => {
    expect(accent[8]).toBe(tokens.get('accent')!.light)
    expect(accent[9]).toBe(tokens.get('accent-strong')!.light)
  })
})

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#000000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#123456', '#123456', 1],
  ])('of %s and %s is %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 1)
  })

  it.each(['#0f4c81', '#f2c14e', '#7f7f7f', '#c2185b', '#00aa88'])(
    "ink on a card of colour %s is read all over the card's ground",
    ground => {
      const ink = inkOn(ground)
      const end = mix(ground, ink === '#ffffff' ? '#000000' : '#ffffff', 0.3)
      expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(ink, end)).toBeGreaterThanOrEqual(contrast(ink, ground))
    },
  )
})

describe('a moment is said', () => {
  const taipei = { zone: 'Asia/Taipei', today: '2024-02-29' }

  it.each([
    ['as its time alone today', 'zh-TW', '2024-02-29T07:00:00Z', '15:00'],
    ['as its time alone today', 'en', '2024-02-29T07:00:00Z', '15:00'],
    ['with its date tomorrow', 'zh-TW', '2024-02-29T17:00:00Z', '3月1日（五）01:00'],
    ['with its date tomorrow', 'en', '2024-02-29T17:00:00Z', 'Fri 1 Mar 01:00'],
    ['with its year when that is another', 'zh-TW', '2023-11-06T02:02:00Z', '2023年11月6日（一）10:02'],
    ['with its year when that is another', 'en', '2023-11-06T02:02:00Z', 'Mon 6 Nov 2023 10:02'],
    ['at midnight as the start of its day', 'en', '2024-02-28T16:00:00Z', '00:00'],
  ] as const)('%s (%s)', (_, language, at, said) => {
    expect(sayWhen(at, { language, ...taipei })).toBe(said)
  })

  it('in the zone of the campus, through its summer time', () => {
    expect(sayTime('2024-03-31T00:59:00Z', { zone: 'Europe/London' })).toBe('00:59')
    expect(sayTime('2024-03-31T01:00:00Z', { zone: 'Europe/London' })).toBe('02:00')
  })

  it('and belongs to the date that the campus has', () => {
    expect(dateOf('2024-02-29T16:30:00Z', 'Asia/Taipei')).toBe('2024-03-01')
    expect(dateOf('2024-02-29T16:30:00Z', 'Europe/London')).toBe('2024-02-29')
  })

  it('while a date stays itself wherever the server stands', () => {
    expect(sayDate('2024-03-01', { language: 'en', today: '2024-02-29' })).toBe('Fri 1 Mar')
  })
})
