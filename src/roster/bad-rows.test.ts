import { describe, expect, it } from 'vitest'
import { badRowsFile } from './bad-rows.ts'

const header = ['student_number', 'hall', 'remark']
const written = (cells: readonly string[], delimiter = ',') =>
  badRowsFile(
    { header, rows: [{ line: 2, cells, reasons: ['Bad.'] }], delimiter },
    { line: 'line', reason: 'why' },
  )
    .split('\r\n')
    .at(1)

describe('a bad row comes back', () => {
  it.each([
    ['as it is', ['A', 'hall-1', 'x'], 'A,hall-1,x,2,Bad.'],
    ['with cells to fill in', ['A'], 'A,,,2,Bad.'],
    ['with nothing lost of too many cells', ['A', 'hall-1', 'x', 'y', '', 'z'], 'A,hall-1,"x,y,,z",2,Bad.'],
    ['without blanks behind its last cell', ['A', 'hall-1', 'x', '', ' '], 'A,hall-1,x,2,Bad.'],
  ])('%s', (_, cells, expected) => {
    expect(written(cells)).toBe(expected)
  })

  it('with the signs of its own file between what it has too many', () => {
    expect(written(['A', 'hall-1', 'x', 'y'], ';')).toBe('A,hall-1,"x;y",2,Bad.')
  })
})
