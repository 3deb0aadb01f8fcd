import type { Statements } from './database.ts'

/** How many rows are in memory at a time. */
const rowsAtOnce = 500

/**
 * The rows of one query, a few hundred at a time, all as they stood at one moment: a cursor that ends with its
 * transaction. `name` belongs to the text for ever, as a statement's does; once in a transaction.
 */
export async function* rowsOf<Row>(
  trx: Statements,
  name: string,
  text: string,
  values: readonly unknown[] = [],
): AsyncGenerator<Row> {
  await trx.statement(`${name}_open`, `declare ${name} no scroll cursor for ${text}`, values)
  for (;;) {
    const rows = await trx.statement<Row>(`${name}_next`, `fetch ${rowsAtOnce} from ${name}`, [])
    yield* rows
    if (rows.length < rowsAtOnce) return
  }
}

/** The limit of a statement that is to have all rows. */
export const unlimited = Number.MAX_SAFE_INTEGER

/** The same rows, so many at a time: for what is asked of many at once. */
export async function* slicesOf<Row>(rows: AsyncIterable<Row>, size = rowsAtOnce): AsyncGenerator<Row[]> {
  let slice: Row[] = []
  for await (const row of rows) {
    slice.push(row)
    if (slice.length < size) continue
    yield slice
    slice = []
  }
  if (slice.length > 0) yield slice
}
