import { execFile, execFileSync } from 'node:child_process'
import { chmod, glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { ownTexts, personAt, tokenHashAt } from './population.ts'
import type { Traced } from './trace.ts'

const run = promisify(execFile)

/** PostgreSQL's own load tool; the npm packages bring only the server. */
export async function findPgbench(): Promise<string> {
  const found: string[] = ['pgbench']
  for await (const path of glob('/usr/lib/postgresql/*/bin/pgbench')) found.push(path)
  for (const path of found.reverse()) {
    try {
      execFileSync(path, ['--version'], { stdio: 'pipe' })
      return path
    } catch {
      // Not this one.
    }
  }
  throw new Error(
    'pgbench was not found on PATH or under /usr/lib/postgresql: it comes with PostgreSQL (Debian: postgresql-contrib).',
  )
}

/** A script for pgbench and the texts that it is handed as variables. */
export interface Script {
  text: string
  variables: Record<string, string>
}

/** The types that the server infers for a statement's parameters. */
async function parameterTypes(client: pg.Client, text: string): Promise<string[]> {
  if (text === 'begin' || text === 'commit') return []
  await client.query(`prepare looked_at as ${text}`)
  const { rows } = await client.query<{ types: string }>(
    `select array_to_json(parameter_types::text[]) #>> '{}' as types from pg_prepared_statements where name = 'looked_at'`,
  )
  await client.query('deallocate looked_at')
  return JSON.parse(rows[0]!.types) as string[]
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const literal = (text: string): string =>
  `E'${text.replaceAll(/[\\']/g, '\\$&').replaceAll(':', '\\x3A').replaceAll('\n', '\\n')}'`

/**
 * The same statements in the same order with the same parameters, for any student: what is one student's own in a
 * traced request becomes arithmetic, what an earlier statement returned becomes that result, the rest is handed
 * over as it was.
 */
export async function scriptOf(url: string, statements: readonly Traced[], place: number): Promise<Script> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const returned: { text: string; sql: string }[] = []
  const variables: Record<string, string> = {}
  const { hash, sql: hashSql } = tokenHashAt(place)

  /** A parameter that differs from student to student as SQL that makes it; null where all send the same. */
  function made(value: string): string | null {
    if (value === `\\x${hash.toString('hex')}`) return hashSql
    const own = [...ownTexts(place), ...returned]
    const parts = value.split(
      new RegExp(`(${own.map(({ text }) => `(?<!\\d)${escaped(text)}(?!\\d)`).join('|')})`),
    )
    if (parts.length === 1) return null
    const exprs = parts.map((part, at) =>
      at % 2 ? own.find(({ text }) => text === part)!.sql : literal(part),
    )
    return exprs.length === 3 && parts[0] === '' && parts[2] === ''
      ? exprs[1]!
      : `concat(${exprs.join(', ')})`
  }

  const lines: string[] = []
  for (const [at, { text, values, row }] of statements.entries()) {
    const types = await parameterTypes(client, text)
    const sent = values.map((value, index) => {
      if (value === null) return 'null'
      const own = made(value)
      if (own !== null) return `(${own})::${types[index]}`
      const name = `p${at}_${index}`
      variables[name] = value
      return `:${name}`
    })
    const sql = text.replaceAll(/\$(\d+)/g, (_, number: string) => sent[Number(number) - 1]!).trim()
    // Of what a statement returned, later ones are sent the moment of the act and the number of its journal entry.
    if (/act_moment\(\)/.test(sql) && row.now) {
      lines.push(`${sql} \\gset`)
      returned.push({ text: row.now, sql: ':now::text' })
    } else if (sql.endsWith('returning id') && row.id) {
      lines.push(`${sql} \\gset journal_`)
      returned.push({ text: row.id, sql: ':journal_id::text' })
    } else lines.push(`${sql};`)
  }
  await client.end()
  const count = ['\\set i :i + 1', '\\set place :first + :client_id * :each + :i']
  return { text: [...count, ...lines, ''].join('\n'), variables }
}

/** What pgbench measured: when each transaction ended and how long it took, in milliseconds. */
export interface PgbenchDone {
  endedMs: number[]
  tookMs: number[]
}

/** Runs the script for students from `first` on: so many clients, each so many transactions. */
export async function pgbench(
  program: string,
  url: string,
  { text, variables }: Script,
  { first, clients, each }: { first: number; clients: number; each: number },
): Promise<PgbenchDone> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'))
  try {
    await chmod(folder, 0o755)
    await writeFile(join(folder, 'activate.sql'), text)
    const { username, password, hostname, port, pathname } = new URL(url)
    const set = Object.entries({ ...variables, first: first - 1, each, i: 0 })
    await run(
      program,
      [
        '-n',
        '--protocol=prepared',
        `--client=${clients}`,
        '--jobs=1',
        `--transactions=${each}`,
        '--log',
        `--log-prefix=${join(folder, 'log')}`,
        `--file=${join(folder, 'activate.sql')}`,
        ...set.flatMap(([name, value]) => ['-D', `${name}=${value}`]),
        pathname.slice(1),
      ],
      {
        env: {
          ...process.env,
          PGHOST: hostname,
          PGPORT: port || '5432',
          PGUSER: decodeURIComponent(username),
          PGPASSWORD: decodeURIComponent(password),
          PGOPTIONS: '-c role=gatehouse_app -c timezone=UTC',
        },
      },
    )
    const done: PgbenchDone = { endedMs: [], tookMs: [] }
    for await (const file of glob(join(folder, 'log.*')))
      for (const line of (await readFile(file, 'utf8')).trim().split('\n')) {
        const [, , tookUs, , seconds, us] = line.split(' ').map(Number)
        done.endedMs.push(seconds! * 1000 + us! / 1000)
        done.tookMs.push(tookUs! / 1000)
      }
    if (done.endedMs.length !== clients * each)
      throw new Error(`pgbench did ${done.endedMs.length} of ${clients * each} transactions`)
    return done
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The rows that one student's activation left, with all that is theirs alone named alike. */
export async function leftBehind(url: string, place: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const tables = ['card_use', 'activation', 'journal', 'wanted', 'message', 'repeated_request']
  const found: string[] = []
  for (const table of tables) {
    const whose = table === 'repeated_request' ? `actor = 'student:' || $1::bigint` : 'person_id = $1'
    const { rows } = await client.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${table} t where ${whose}`,
      [personAt(place)],
    )
    found.push(...rows.map(({ row }) => `${table} ${row}`))
  }
  await client.end()
  return found
    .map(row =>
      ownTexts(place)
        .reduce((text, own, at) => text.replaceAll(own.text, `own ${at}`), row)
        // Moments of the act itself have microseconds; what was promised is whole minutes.
        .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:]+\.\d+(Z|\+00(:00)?)/g, 'the moment')
        .replaceAll(/"(id|journal_id)": \d+/g, '"$1": 0'),
    )
    .sort()
}
