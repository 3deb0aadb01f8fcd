import { parse } from 'csv-parse/sync'
import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { csvCell, guarded, unguarded } from './spreadsheet-guard.ts'

const hostile = [
  '=1+1',
  '+1',
  '-1',
  '@A1',
  '\t=1',
  '\r=1',
  '\n=1',
  '\0x',
  '＝1',
  '－1',
  '﹢1',
  '\u200B=1',
  ' =1',
  "'=1",
]

it.each(hostile)(
  'a text that a spreadsheet might take for a formula stands behind an apostrophe: %j',
  text => {
    expect(guarded(text)).toBe(`'${text}`)
    expect(csvCell(text).startsWith(`"'`)).toBe(true)
    expect(unguarded(guarded(text))).toBe(text)
  },
)

it.each(["O'Brien", "'tis", "'", '王小明', '41047001S', 'a=b'])('any other text stays as it is: %j', text => {
  expect(guarded(text)).toBe(text)
  expect(unguarded(text)).toBe(text)
})

it('whatever the text, no formula begins its cell, and it comes back as it was', () => {
  const texts = string({ unit: 'binary', maxLength: 12 })
  const starts = string({ unit: 'grapheme', maxLength: 3 })
  assert(
    property(texts, starts, (text, start) => {
      for (const each of [text, start, ...hostile.map(one => `${start}${one[0]}${text}`)]) {
        expect(guarded(each)).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/)
        const [row] = parse(`${csvCell(each)},end\r\n`, { relax_column_count: false })
        expect(unguarded(row![0]!)).toBe(each)
      }
    }),
  )
})
