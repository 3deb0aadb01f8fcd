import { writeXlsxStream } from 'hucre/xlsx'
import { type BadColumns, type BadFile, badCells } from './bad-rows.ts'

/** The bad rows as a workbook to correct and drop again: every cell is text, so that Excel keeps zeros and makes no formulas. */
export async function badRowsWorkbook(file: BadFile, named: BadColumns): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of writeXlsxStream(badCells(file, named), { name: named.reason })) parts.push(part)
  return Buffer.concat(parts)
}
