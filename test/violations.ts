import { type Client, DatabaseError } from 'pg'

const kinds: Record<string, string> = {
  '23503': 'foreign key',
  '23505': 'unique',
  '23514': 'check',
  '23P01': 'exclusion',
  '42501': 'not allowed',
  P0001: 'refused',
}

/**
 * What PostgreSQL says to a statement as one of the roles, with some rows there before: `fine`, or the kind of its
 * refusal with the constraint. Nothing is kept.
 */
export async function answerOf(
  client: Client,
  { before, text, as = 'gatehouse_owner' }: { before: string; text: string; as?: string | undefined },
): Promise<string> {
  await client.query('begin')
  try {
    await client.query(before)
    await client.query(`set local role ${as}`)
    await client.query(text)
    return 'fine'
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    return [kinds[error.code ?? ''] ?? error.code, error.constraint].filter(Boolean).join(' ')
  } finally {
    await client.query('rollback')
  }
}
