import type { CsvRow, Rows } from './csv.ts'

/** Rows as bytes: a thread hands them to another without a copy, and they take less memory than their cells. */
export type PackedRows = Uint8Array<ArrayBuffer>

/** Packs some rows of a file. */
export const packRows = (rows: readonly CsvRow[]): PackedRows =>
  new TextEncoder().encode(JSON.stringify(rows))

function* unpacked(packs: readonly PackedRows[]): Generator<CsvRow> {
  const decoder = new TextDecoder()
  for (const pack of packs) yield* JSON.parse(decoder.decode(pack)) as CsvRow[]
}

/** The rows of a large file in its order; they are unpacked as somebody walks them, and again when somebody walks again. */
export const rowsOf = (packs: readonly PackedRows[], length: number): Rows => ({
  length,
  [Symbol.iterator]: () => unpacked(packs),
})
