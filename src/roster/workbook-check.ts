import type { Readable } from 'node:stream'
import * as yauzl from 'yauzl'
import { type Decision, no, yes } from '../lib/decision.ts'
import { type ScanRefusal, scanPart, workbookLimits } from './sheet-scan.ts'

/** Why a workbook is not read; nothing of it was made until then. */
export type WorkbookRefusal =
  | ScanRefusal
  | 'spreadsheet-file'
  | 'not-a-text-file'
  | 'encrypted-workbook'
  | 'no-such-sheet'

/** A sheet of a workbook, by its name; hidden ones are not seen in a spreadsheet. */
export interface SheetName {
  name: string
  hidden: boolean
}

const sheetPart = /^xl\/worksheets\/[^/]+\.xml$/i
const xmlPart = /\.(xml|rels)$/i
/** Parts that are kept while they come by, because what they say decides. */
const keptParts = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', '_rels/.rels', 'mimetype']

/** The first bytes of the whole file's end: the directory where both who look for it find the same one. */
function directoryAtEnd(bytes: Buffer): boolean {
  const end = bytes.length - 22
  return end >= 0 && bytes.readUInt32LE(end) === 0x06054b50 && bytes.readUInt32LE(end + 16) !== 0xffffffff
}

/** One part inflated once: counted, watched, and kept where it is one of those. */
async function readPart(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  allowed: number,
): Promise<Decision<{ bytes: number; kept: string }, WorkbookRefusal>> {
  const isSheet = sheetPart.test(entry.fileName)
  const scan = xmlPart.test(entry.fileName) ? scanPart({ isSheet }) : null
  const most = Math.min(allowed, isSheet ? workbookLimits.sheetBytes : workbookLimits.partBytes)
  const keeps = keptParts.includes(entry.fileName)
  const kept: Buffer[] = []
  let bytes = 0
  const stream: Readable = await zip.openReadStreamPromise(entry)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > most) return no('workbook-too-large', { most })
      if (keeps && bytes <= 1024 * 1024) kept.push(chunk)
      if (scan && !scan.take(chunk)) break
    }
  } finally {
    stream.destroy()
  }
  const verdict = scan?.verdict() ?? yes({})
  return verdict.ok ? yes({ bytes, kept: Buffer.concat(kept).toString() }) : verdict
}

const entity: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replace(
    /&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi,
    (whole, ref: string) => {
      const code = /^#x/i.test(ref) ? parseInt(ref.slice(2), 16) : ref[0] === '#' ? Number(ref.slice(1)) : -1
      if (code < 0) return entity[ref] ?? whole
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )

const sheetsOf = (workbook: string): SheetName[] =>
  [...workbook.matchAll(/<(?:\w+:)?sheet\s[^<>]*>/g)].map(([tag]) => ({
    name: attribute(tag, 'name'),
    hidden: /\sstate="(hidden|veryHidden)"/.test(tag),
  }))

/** Whether every sheet lies where sheets lie, and nothing else does: each part was watched as what it is read as. */
const liesAsWatched = (relations: string): boolean =>
  [...relations.matchAll(/<(?:\w+:)?Relationship\s[^<>]*>/g)].every(([tag]) => {
    const isSheet = attribute(tag, 'Type').endsWith('/worksheet')
    const target = attribute(tag, 'Target').replace(/^\/?(xl\/)?/, '')
    return isSheet ? /^worksheets\/[^/.]+\.xml$/i.test(target) : !/worksheets\//i.test(target)
  })

/**
 * Looks a workbook through before it is read: each part is inflated once, its bytes are counted (what a directory says of
 * sizes may lie), and says the names of its sheets
 * and how many bytes it becomes. Refuses, as soon as it is seen: what is no workbook of this kind, a
 * damaged one, more parts or bytes than are read, and what `sheet-scan.ts` refuses.
 */
export async function checkWorkbook(
  bytes: Buffer,
): Promise<Decision<{ sheets: SheetName[]; inflated: number }, WorkbookRefusal>> {
  if (!directoryAtEnd(bytes)) return no('damaged-workbook')
  const kept = new Map<string, string>()
  let all = 0
  try {
    const zip = await yauzl.fromBufferPromise(bytes)
    if (zip.entryCount > workbookLimits.parts)
      return no('workbook-too-large', { most: workbookLimits.allBytes })
    for await (const entry of zip.eachEntry()) {
      if (entry.generalPurposeBitFlag & 1) return no('encrypted-workbook')
      if (kept.has(entry.fileName)) return no('damaged-workbook')
      const read = await readPart(zip, entry, workbookLimits.allBytes - all)
      if (!read.ok) return read
      all += read.bytes
      kept.set(entry.fileName, read.kept)
    }
  } catch {
    return no('damaged-workbook')
  }
  const named = namesOf(kept)
  return named.ok ? yes({ sheets: named.sheets, inflated: all }) : named
}

function namesOf(kept: ReadonlyMap<string, string>): Decision<{ sheets: SheetName[] }, WorkbookRefusal> {
  if (kept.get('mimetype')?.includes('opendocument')) return no('spreadsheet-file', { is: 'ods' })
  if (kept.has('xl/workbook.bin')) return no('spreadsheet-file', { is: 'xlsb' })
  const workbook = kept.get('xl/workbook.xml')
  if (workbook === undefined)
    return kept.has('word/document.xml') || !kept.has('[Content_Types].xml')
      ? no('not-a-text-file', { is: kept.has('word/document.xml') ? 'docx' : 'zip' })
      : no('damaged-workbook')
  const root = kept.get('_rels/.rels') ?? ''
  if (
    !/Target="\/?xl\/workbook\.xml"/.test(root) ||
    !liesAsWatched(kept.get('xl/_rels/workbook.xml.rels') ?? '')
  )
    return no('damaged-workbook')
  const sheets = sheetsOf(workbook)
  return sheets.length > 0 ? yes({ sheets }) : no('damaged-workbook')
}
