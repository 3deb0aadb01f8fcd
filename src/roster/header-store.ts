import type { Act } from '../server/register.ts'
import type { SaidHeaders } from './header.ts'

/** Kinds of files whose headers can be told. */
export const headedFiles = ['roster', 'stock', 'old-cards', 'health-check', 'numbers'] as const
export type HeadedFile = (typeof headedFiles)[number]

/** What somebody said that a header means; a null field leaves the column aside. */
export interface SaidHeader {
  header: string
  field: string | null
  saidBy: string
  saidAt: Temporal.Instant
}

/** What is remembered of the headers of a kind of file, the newest first. */
export const saidHeaders = (act: Act, kind: HeadedFile): Promise<SaidHeader[]> =>
  act.statement<SaidHeader>(
    'said_headers',
    `select header, field, said_by as "saidBy", said_at as "saidAt" from header_meaning
     where file_kind = $1 and forgotten_at is null order by id desc`,
    [kind],
  )

/** The same as a file is read with it; a field that there is no more means nothing. */
export async function meaningsOf<Field extends string>(
  act: Act,
  kind: HeadedFile,
  fields: readonly Field[],
): Promise<SaidHeaders<Field>> {
  const said = await saidHeaders(act, kind)
  return new Map(
    said.flatMap(({ header, field }) => {
      const known = field === null ? null : fields.find(each => each === field)
      return known === undefined ? [] : [[header, known] as const]
    }),
  )
}

/** Keeps what a header means from now on. */
export async function keepMeaning(
  act: Act,
  { kind, header, field }: { kind: HeadedFile; header: string; field: string | null },
): Promise<void> {
  await act.statement(
    'keep_meaning',
    'insert into header_meaning (file_kind, header, field, said_at, said_by) values ($1, $2, $3, $4, $5)',
    [kind, header, field, act.now, act.actor.id],
  )
}

/** Forgets what a header meant; how many meanings that were. */
export async function forgetMeaning(act: Act, kind: HeadedFile, header: string): Promise<number> {
  const rows = await act.statement(
    'forget_meaning',
    `update header_meaning set forgotten_at = $3, forgotten_by = $4
     where file_kind = $1 and header = $2 and forgotten_at is null returning 1`,
    [kind, header, act.now, act.actor.id],
  )
  return rows.length
}

/** Of two who say what headers mean, one waits for the other. */
export async function lockMeanings(act: Act): Promise<void> {
  await act.statement('meanings_lock', 'select pg_advisory_xact_lock(7270031)', [])
}
