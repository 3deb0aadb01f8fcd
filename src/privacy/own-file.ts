import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { ZipFile } from 'yazl'
import { pictureOf } from '../photo/store.ts'
import type { Act } from '../server/register.ts'
import { Both, Moment } from '../server/shapes.ts'
import { columnInFile } from './column-words.ts'
import { keptBack, reasons } from './kept-back.ts'
import { mostRows, type OwnRows, ownData } from './own-data.ts'

/** Everything that is kept of a person, for programs: docs/api.md says what it is, and this its shape. */
export const OwnDataDocument = Type.Object({
  format: Type.Literal('gatehouse-person', {
    description: 'This format; its version goes up when a part is read otherwise',
  }),
  version: Type.Literal(1),
  madeAt: Moment,
  parts: Type.Array(
    Type.Object({
      table: Type.String({ description: 'Its name in docs/data-map.md' }),
      name: Both,
      rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
        description: `The newest first, ${mostRows} at most; by the names of columns`,
      }),
      of: Type.Integer({ description: 'How many rows there are' }),
      columns: Type.Record(Type.String(), Both, { description: 'What each column is called' }),
      keptBack: Type.Array(Type.Object({ columns: Type.Array(Type.String()), why: Both })),
    }),
  ),
  keptBack: Type.Array(Type.Object({ table: Type.String(), name: Both, why: Both }), {
    description: 'Tables of which nothing is given, and why',
  }),
  files: Type.Array(
    Type.Object({
      name: Type.String({ description: 'As the column `picture` of a photo says it' }),
      type: Type.String(),
      base64: Type.Optional(
        Type.String({ description: 'Left out in the zip, in which the file lies beside' }),
      ),
    }),
  ),
})
export type OwnDataDocument = Type.Static<typeof OwnDataDocument>

/** A file beside the document: a photo, as it was kept. */
export interface OwnFile {
  name: string
  bytes: Buffer
}

/** What a person is given: the document, and the files that it names. */
export interface OwnCopy {
  document: OwnDataDocument
  files: OwnFile[]
}

const partOf = ({ part, rows, of }: OwnRows): OwnDataDocument['parts'][number] => ({
  table: part.table,
  name: part.says,
  rows: rows.map(row => ({ ...row })),
  of,
  columns: Object.fromEntries(Object.keys(part.gives).map(column => [column, columnInFile(column)])),
  keptBack: Object.entries(part.keepsBack).map(([why, columns]) => ({
    columns: [...columns],
    why: reasons[why as keyof typeof reasons],
  })),
})

async function photosOf(act: Act, data: readonly OwnRows[]): Promise<OwnFile[]> {
  const rows = data.find(({ part }) => part.table === 'photo')?.rows ?? []
  const files: OwnFile[] = []
  for (const { id, picture } of rows) {
    const found = await pictureOf(act, Number(id))
    if (found) files.push({ name: String(picture), bytes: found.picture })
  }
  return files
}

/** Reads everything that is kept of a person, with their photos. */
export async function copyOf(act: Act, personId: number): Promise<OwnCopy> {
  const data = await ownData(act, personId, mostRows)
  const files = await photosOf(act, data)
  return {
    document: {
      format: 'gatehouse-person',
      version: 1,
      madeAt: act.now.toString(),
      parts: data.map(partOf),
      keptBack: keptBack.map(({ table, says, why }) => ({ table, name: says, why: reasons[why] })),
      files: files.map(({ name }) => ({ name, type: 'image/jpeg' })),
    },
    files,
  }
}

/** The copy as one JSON document, with the files in it. */
export const asDocument = ({ document, files }: OwnCopy): OwnDataDocument => ({
  ...document,
  files: files.map(({ name, bytes }) => ({ name, type: 'image/jpeg', base64: bytes.toString('base64') })),
})

/** The copy as a zip: `data.json`, and each file under its name. */
export function asZip({ document, files }: OwnCopy): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as unknown as Readable
  zip.on('error', error => out.destroy(error instanceof Error ? error : new Error(String(error))))
  zip.addBuffer(Buffer.from(`${JSON.stringify(document, null, 2)}\n`), 'data.json')
  for (const { name, bytes } of files) zip.addBuffer(bytes, name, { compress: false })
  zip.end()
  return out
}
