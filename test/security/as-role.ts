import type { Client } from 'pg'
import { sayWhoActs } from '../../src/server/acting.ts'
import type { Actor } from '../../src/server/register.ts'
import { addition } from './worlds.ts'

/** Who acts in world 1, in each role that Gatehouse knows; nobody where nothing was said. */
export const actors: Record<string, Actor | null> = {
  nobody: null,
  public: { kind: 'public', id: 'anyone' },
  student: { kind: 'student', id: '1', personId: 1 },
  tablet: { kind: 'tablet', id: 'clerk-1', counter: 'c1' },
  desk: { kind: 'desk', id: 'clerk-1', counter: 'c1' },
  owner: { kind: 'owner', id: 'clerk-1', doors: ['d1'] },
  'access-in-buildings': { kind: 'access', id: 'clerk-1', buildings: ['b1'] },
  access: { kind: 'access', id: 'clerk-1' },
  cashier: { kind: 'cashier', id: 'clerk-1' },
  auditor: { kind: 'auditor', id: 'clerk-1' },
  admin: { kind: 'admin', id: 'clerk-1' },
  office: { kind: 'office', id: 'clerk-1' },
  'brings-roster': { kind: 'integrator', id: 'registrar', scopes: ['roster:write'] },
  'has-files': { kind: 'integrator', id: 'archive', scopes: ['exports:read'] },
  'without-scope': { kind: 'integrator', id: 'other', scopes: [] },
  system: { kind: 'system', id: 'test' },
}

/** Whose rows: of both worlds, of the one that acts, of the other, of neither. */
export type Whose = 'all' | 'own' | 'other' | 'none'

const whoseOf = (worlds: readonly number[]): Whose => {
  if (worlds.includes(1)) return worlds.includes(2) ? 'all' : 'own'
  return worlds.includes(2) ? 'other' : 'none'
}

const denied = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '42501'

/** Runs work as somebody acts, as the application's role, and takes back whatever it did. */
export async function acting<T>(database: Client, actor: Actor | null, work: () => Promise<T>): Promise<T> {
  await database.query('begin; set local role gatehouse_app')
  const statement = async <Row>(_: string, text: string, values: readonly unknown[]) =>
    (await database.query(text, [...values])).rows as Row[]
  try {
    if (actor) await sayWhoActs({ statement, db: null as never }, actor)
    return await work()
  } finally {
    await database.query('rollback')
  }
}

/** Of which worlds a statement, told one of them, touches a row; a refusal by the wall touches none. */
async function worldsOf(database: Client, touch: (world: number) => { text: string; values: unknown[] }) {
  const touched: number[] = []
  for (const world of [1, 2]) {
    await database.query('savepoint before')
    const { text, values } = touch(world)
    const rows = await database.query(text, values).then(
      ({ rowCount }) => rowCount ?? 0,
      (error: unknown) => {
        if (!denied(error)) throw error
        return 0
      },
    )
    await database.query('rollback to before')
    if (rows > 0) touched.push(world)
  }
  return whoseOf(touched)
}

/** Whose rows of a table an actor sees, adds, changes and takes away, as PostgreSQL alone decides it. */
export async function reachOn(database: Client, table: string, actor: Actor | null) {
  const additions = [await addition(database, table, 1), await addition(database, table, 2)]
  const of = (text: string) => (world: number) => ({ text, values: [world] })
  return acting(database, actor, async () => ({
    sees: await worldsOf(database, of(`select world from ${table} where world = $1`)),
    adds: await worldsOf(database, world => additions[world - 1]!),
    changes: await worldsOf(database, of(`update ${table} set world = world where world = $1`)),
    takes: await worldsOf(database, of(`delete from ${table} where world = $1`)),
  }))
}
