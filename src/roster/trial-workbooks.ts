import { constants, crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive as somebody hostile may write it: what its directory says of sizes need not be true. */
export interface Part {
  name: string
  content: string | Buffer
  /** Bytes of deflate that stand there instead, and how long the directory says they become. */
  deflated?: { bytes: Buffer; size: number }
  flags?: number
  /** What the directory says instead of the truth. */
  saidSize?: number
}

/** An archive of these parts, as a file; `comment` behind its directory. */
export function zipOf(parts: readonly Part[], { comment = '' } = {}): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, deflated, flags = 0, saidSize } of parts) {
    const plain = Buffer.from(content)
    const body = deflated?.bytes ?? deflateRawSync(plain)
    const size = saidSize ?? deflated?.size ?? plain.length
    const path = Buffer.from(name)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(flags, 2)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(plain), 10)
    shared.writeUInt32LE(body.length, 14)
    shared.writeUInt32LE(size, 18)
    shared.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), shared, path, body])
    const made = Buffer.concat([Buffer.from('504b01021400', 'hex'), shared, Buffer.alloc(14), path])
    made.writeUInt32LE(offset, 42)
    bodies.push(local)
    directory.push(made)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...bodies, list, end, Buffer.from(comment)])
}

const office = 'http://schemas.openxmlformats.org'
const main = `${office}/spreadsheetml/2006/main`
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${office}/officeDocument/2006/relationships/${type}" Target="${target}"/>`
const relations = (...list: string[]) =>
  `<?xml version="1.0"?><Relationships xmlns="${office}/package/2006/relationships">${list.join('')}</Relationships>`

/** A sheet by its name and its rows as XML. */
export interface TrialSheet {
  name: string
  xml: string
  state?: string
}

/** The parts of a workbook as Excel writes them. Style 1 is a day, style 2 a day with its time. */
export function workbookParts(
  sheets: readonly TrialSheet[],
  { strings = '', date1904 = false }: { strings?: string; date1904?: boolean } = {},
): Part[] {
  const listed = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`,
  )
  const own = sheets.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`))
  const cellFormats = ['0', '14', '22'].map(format => `<xf numFmtId="${format}" applyNumberFormat="1"/>`)
  return [
    {
      name: '[Content_Types].xml',
      content: `<?xml version="1.0"?><Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    { name: '_rels/.rels', content: relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      content: `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${office}/officeDocument/2006/relationships"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        ...own,
        relation('rId90', 'styles', 'styles.xml'),
        ...(strings ? [relation('rId91', 'sharedStrings', 'sharedStrings.xml')] : []),
      ),
    },
    {
      name: 'xl/styles.xml',
      content: `<?xml version="1.0"?><styleSheet xmlns="${main}"><cellXfs count="3">${cellFormats.join('')}</cellXfs></styleSheet>`,
    },
    ...(strings
      ? [
          {
            name: 'xl/sharedStrings.xml',
            content: `<?xml version="1.0"?><sst xmlns="${main}">${strings}</sst>`,
          },
        ]
      : []),
    ...sheets.map(({ xml }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      content: `${sheetHead}${xml}${sheetEnd}`,
    })),
  ]
}

export const sheetHead = `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>`
export const sheetEnd = '</sheetData></worksheet>'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const letters = (at: number): string =>
  (at >= 26 ? letters(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26))

/** A cell of a row: text, or XML of its own (`{ t, s, v, f }`), or nothing. */
export type TrialCell = string | { t?: string; s?: number; v?: string; f?: string } | null

/** Rows as a sheet's XML; the first is row 1. */
export const rowsXml = (rows: readonly (readonly TrialCell[])[], from = 1): string =>
  rows
    .map((cells, row) => {
      const said = cells.map((cell, column) => {
        const place = `${letters(column)}${row + from}`
        if (cell === null) return ''
        if (typeof cell === 'string')
          return `<c r="${place}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
        const { t, s, v, f } = cell
        const kind = `${t ? ` t="${t}"` : ''}${s ? ` s="${s}"` : ''}`
        return `<c r="${place}"${kind}>${f ? `<f>${f}</f>` : ''}${v === undefined ? '' : `<v>${v}</v>`}</c>`
      })
      return `<row r="${row + from}">${said.join('')}</row>`
    })
    .join('')

/** A workbook of one sheet with these rows. */
export const workbookOf = (...rows: readonly (readonly TrialCell[])[]): Buffer =>
  zipOf(workbookParts([{ name: '名冊', xml: rowsXml(rows) }]))

/** Bytes of deflate that become a beginning, so many megabytes of one character, and an end: made without making those. */
export function inflating(before: string, fill: string, megabytes: number, after: string) {
  const open = { finishFlush: constants.Z_FULL_FLUSH }
  const million = deflateRawSync(Buffer.alloc(1024 * 1024, fill), open)
  const bytes = Buffer.concat([
    deflateRawSync(before, open),
    ...Array.from({ length: megabytes }, () => million),
    deflateRawSync(after),
  ])
  return { bytes, size: before.length + after.length + megabytes * 1024 * 1024 }
}

/** A workbook in which one part becomes something else. */
export const workbookWith = (name: string, change: Partial<Part>, strings = ''): Buffer => {
  const sheet = { name: '名冊', xml: rowsXml([['學號']]) }
  return zipOf(
    workbookParts([sheet], { strings }).map(part => (part.name === name ? { ...part, ...change } : part)),
  )
}
