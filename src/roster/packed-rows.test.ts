import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { openFile } from './open-file.ts'
import { header } from './trial-rosters.ts'

/** Cells that a transfer could spoil: line breaks, quotation marks, a mark of order, faces, a lone quarter of one. */
const hairy = ['示例\n生', 'a "b", c', '\ufeffx', '🎓𠮷', 'é', '']

const names = Array.from({ length: 501 }, (_, at) => hairy[at % hairy.length]!)
const rows = names.map((name, at) => [`${41_000_000 + (at === 500 ? 3 : at)}S`, name, `Sample ${at}`])
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const text = [
  header,
  '',
  ...rows.map(row => [...row.map(quoted), 'math,2022,bachelor,regular,enrolled,gongguan,,'].join(',')),
].join('\r\n')

async function opened(file: Buffer) {
  const read = await openFile(file)
  if (!read.ok) throw new Error(read.refusal)
  return [...read.opened.rows].map(({ line, cells }) => ({ line, cells }))
}

describe('a file that is read by a thread of its own', () => {
  it('has the rows and lines that it has where it is read here', async () => {
    const here = await opened(Buffer.from(text))
    const aside = await opened(Buffer.from(`${text}${'\r\n'.repeat(200_000)}`))
    expect(here.length).toBeGreaterThanOrEqual(rows.length)
    expect(aside).toEqual(here)
    expect(aside.at(-1)!.cells[0]).toBe('41000003S')
    expect(aside.map(({ cells }) => cells[1])).toEqual(expect.arrayContaining(['🎓𠮷', 'a "b", c']))
    // Two lines before the first, and each name with a line break in it makes one more.
    expect(aside.at(-1)!.line).toBe(2 + 501 + names.slice(0, 500).filter(name => name.includes('\n')).length)
  })

  it('as a workbook, likewise', async () => {
    const sheet = (more: number) =>
      writeXlsx({
        sheets: [
          {
            name: 'Roster',
            rows: [
              header.split(','),
              ...rows,
              ...Array.from({ length: more }, () => ['', '', ' '.repeat(60)]),
            ],
          },
        ],
      })
    const here = await opened(Buffer.from(await sheet(0)))
    const aside = await opened(Buffer.from(await sheet(20_000)))
    expect(aside.slice(0, here.length)).toEqual(here)
  })
})
