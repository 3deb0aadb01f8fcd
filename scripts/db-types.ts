import { readFile, writeFile } from 'node:fs/promises'
import pg from 'pg'

/** How each PostgreSQL type is read by src/server/values.ts. */
const typescript: Record<string, string> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'Temporal.PlainDate',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  int8multirange: 'string',
  interval: 'string',
  jsonb: 'unknown',
  text: 'string',
  time: 'Temporal.PlainTime',
  timestamp: 'Temporal.PlainDateTime',
  timestamptz: 'Temporal.Instant',
  tstzrange: 'string',
  _int2: 'number[]',
  _int8: 'number[]',
  _text: 'string[]',
}

const pascal = (name: string) => name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())

/** Writes the table types of the database behind a client, as db/types.ts has them. */
export async function tableTypes(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{
    table: string
    column: string
    type: string
    nullable: boolean
    made: boolean
  }>(`
    select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
           (a.atthasdef or a.attidentity <> '') as made
    from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`)
  const tables = Map.groupBy(rows, row => row.table)
  const bodies = [...tables].map(([table, columns]) => {
    const lines = columns.map(({ column, type, nullable, made }) => {
      const base = (typescript[type] ?? `never /* ${type} */`) + (nullable ? ' | null' : '')
      return `  ${column}: ${made ? `Generated<${base}>` : base}`
    })
    return `export interface ${pascal(table)} {\n${lines.join('\n')}\n}\n`
  })
  const index = [...tables.keys()].map(table => `  ${table}: ${pascal(table)}`).join('\n')
  return (
    '// Written by `npm run db:types` from db/schema.sql; test/schema.test.ts keeps the two equal.\n' +
    `import type { Generated } from 'kysely'\n\n${bodies.join('\n')}\nexport interface DB {\n${index}\n}\n`
  )
}

if (import.meta.main) {
  const url = process.argv[2] ?? process.env.DATABASE_URL
  if (!url)
    throw new Error('Say which server: npm run db:types -- postgres://… (a scratch database is made there)')
  const server = new pg.Client(url)
  await server.connect()
  await server.query('drop database if exists gatehouse_types')
  await server.query('create database gatehouse_types')
  const scratch = new URL(url)
  scratch.pathname = '/gatehouse_types'
  const client = new pg.Client(scratch.href)
  await client.connect()
  await client.query(await readFile(new URL('../db/schema.sql', import.meta.url), 'utf8'))
  await writeFile(new URL('../db/types.ts', import.meta.url), await tableTypes(client))
  await client.end()
  await server.query('drop database gatehouse_types')
  await server.end()
}
