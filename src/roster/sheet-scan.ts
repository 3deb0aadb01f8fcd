import { type Decision, no, yes } from '../lib/decision.ts'
import { mostCells, mostRows } from './csv.ts'

/** Why a sheet is not read, seen before anything is made of it. */
export type ScanRefusal =
  | 'damaged-workbook'
  | 'workbook-too-large'
  | 'too-many-rows'
  | 'too-many-cells'
  | 'cells-far-right'
  | 'formulas-without-values'

/** Longest stretch of a part without an element, in bytes: a cell holds at most 32,767 characters. */
const longestStretch = 256 * 1024

/** Most elements of a part that is read whole: 300,000 different texts of cells. Each takes 300 bytes. */
const mostElements = 600_000

/** Most letters of a column's name: beyond ZZ lie 702 columns, of which none is empty by chance. */
const mostLetters = 2
const mostInRow = 702

const [lessThan, slash, space, greater, colon, bang] = [60, 47, 32, 62, 58, 33]
const nameEnds = (byte: number) =>
  byte === space || byte === slash || byte === greater || (byte >= 9 && byte <= 13)

/** Most parts of a workbook, and most bytes that one of them, or all together, become. */
export const workbookLimits = {
  parts: 2_000,
  sheetBytes: 128 * 1024 * 1024,
  partBytes: 32 * 1024 * 1024,
  allBytes: 192 * 1024 * 1024,
}

/** The XML of one part of a workbook as its bytes come by: what would be too much is noticed before it is made. */
export interface Scan {
  /** The next bytes; false: stop, `verdict` says why. */
  take(bytes: Buffer): boolean
  verdict(): Decision<object, ScanRefusal>
}

/**
 * Watches a part's bytes. Refuses a document type (entities that grow), a stretch of 256 KB without an element, more
 * than 600,000 elements where they are not rows, and of a sheet: more rows or cells than a CSV may have, a cell beyond column ZZ, a formula that has no value.
 */
export function scanPart({ isSheet }: { isSheet: boolean }): Scan {
  let rest: Buffer = Buffer.alloc(0)
  let refused: Decision<object, ScanRefusal> | null = null
  const counted = { rows: 0, cells: 0, inRow: 0, elements: 0 }
  const cell = { formula: false, value: false, text: false, name: '' }

  const endOfCell = () => {
    if (cell.formula && !cell.value) refused ??= no('formulas-without-values', { cell: cell.name })
    cell.formula = false
  }

  /** A cell that begins: where it is, and whether its value is text. */
  function beginCell(head: string): void {
    endOfCell()
    if (++counted.cells > mostCells) refused ??= no('too-many-cells', { most: mostCells })
    cell.name = /\sr="([A-Z]{1,9}\d{1,9})"/.exec(head)?.[1] ?? ''
    cell.text = /\st="str"/.test(head)
    cell.value = false
    const letters = /^[A-Z]+/.exec(cell.name)?.[0].length ?? 0
    if (++counted.inRow > mostInRow || letters > mostLetters)
      refused ??= no('cells-far-right', { cell: cell.name })
  }

  function element(bytes: Buffer, at: number): void {
    let from = at + 1
    let to = from
    while (to < bytes.length && to - from < 40 && !nameEnds(bytes[to]!)) {
      if (bytes[to] === colon) from = to + 1
      to++
    }
    const length = to - from
    const first = bytes[from]
    if (length === 1 && first === 0x63) {
      const end = bytes.indexOf(greater, to)
      beginCell(bytes.toString('latin1', to, end < 0 ? to + 80 : Math.min(end, to + 80)))
    } else if (length === 1 && first === 0x66) cell.formula = true
    else if (length === 1 && first === 0x76)
      cell.value ||= cell.text || (bytes[to] !== slash && bytes[to + 1] !== lessThan)
    else if (length === 3 && bytes.toString('latin1', from, to) === 'row') {
      endOfCell()
      counted.inRow = 0
      if (++counted.rows > mostRows + 1) refused ??= no('too-many-rows', { most: mostRows })
    }
  }

  function walk(bytes: Buffer, end: number): void {
    for (let at = 0; at < end; at++) {
      if (bytes[at] !== lessThan) continue
      const next = bytes[at + 1]
      if (next === bang && bytes[at + 2] !== 0x2d) refused ??= no('damaged-workbook')
      else if (next !== slash) {
        if (isSheet) element(bytes, at)
        else if (++counted.elements > mostElements)
          refused ??= no('workbook-too-large', { most: workbookLimits.partBytes })
      }
      if (refused) return
    }
  }

  return {
    take(chunk) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      // What begins with the last "<" may not be whole yet.
      const end = bytes.lastIndexOf(lessThan)
      if (end > 0) walk(bytes, end)
      rest = end < 0 ? bytes : bytes.subarray(end)
      if (rest.length > longestStretch)
        refused ??= no('workbook-too-large', { most: workbookLimits.partBytes })
      return refused === null
    },
    verdict() {
      if (!refused && rest.length > 1 && isSheet) walk(rest, rest.length)
      endOfCell()
      return refused ?? yes({})
    },
  }
}
