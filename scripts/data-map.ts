import { writeFile } from 'node:fs/promises'
import type { Client } from 'pg'
import {
  classes,
  type DatabaseRole,
  type DataMap,
  databaseRoles,
  mappedColumns,
  readDataMap,
} from '../src/privacy/data-map.ts'

/** A column as the catalog of a database has it. */
export interface Column {
  table: string
  column: string
  type: string
  /** Which of the database's roles may read it. */
  readBy: DatabaseRole[]
}

const canRead = databaseRoles
  .map(
    role =>
      `case when has_column_privilege('gatehouse_${role}', c.oid, a.attnum, 'select') then '${role}' end`,
  )
  .join(', ')

/** Every column of a database's own tables and views, as they were made; a table's months are the table. */
export async function columnsOf(client: Client): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
           array_remove(array[${canRead}], null) as "readBy"
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and c.relnamespace = 'public'::regnamespace
      and a.attnum > 0 and not a.attisdropped
    order by c.oid, a.attnum`)
  return rows
}

const inOrder = (names: readonly string[], order: ReadonlyMap<string, number>): string[] =>
  names.flatMap((name, at) => {
    const before = names[at - 1]
    return before !== undefined && (order.get(before) ?? 0) > (order.get(name) ?? 0)
      ? [`${name} stands after ${before}, and the schema has it before`]
      : []
  })

/** The names that a table gives for some of its columns, and for which: one for all of them, or a list a name. */
const listed = (said: string | Record<string, string[]> | undefined, all: ReadonlySet<string>) =>
  typeof said === 'object'
    ? { names: Object.keys(said), columns: Object.values(said).flat() }
    : { names: said === undefined ? [] : [said], columns: said === undefined ? [] : [...all] }

function faultsOfTable(map: DataMap, name: string, columns: readonly Column[]): string[] {
  const table = map.tables[name]!
  const order = new Map(columns.map(({ column }, at) => [column, at]))
  const named = classes.flatMap(each => table[each] ?? [])
  const personal = new Set((['personal', 'sensitive', 'secret'] as const).flatMap(each => table[each] ?? []))
  const mapped = mappedColumns({ ...map, tables: { [name]: table } }).filter(each =>
    personal.has(each.column),
  )
  const [kept, about] = [listed(table.kept, personal), listed(table.about, personal)]
  const reads = databaseRoles.flatMap(role => {
    const truly = columns.filter(({ readBy }) => readBy.includes(role)).map(({ column }) => column)
    const said = table.database?.[role] ?? []
    const claimed = said === 'all' ? columns.map(({ column }) => column) : said
    return truly.join() === claimed.join()
      ? []
      : [`${role} reads [${truly.join(', ')}], and the map says [${claimed.join(', ')}]`]
  })
  return [
    ...columns.filter(({ column }) => !named.includes(column)).map(({ column }) => `${column} is missing`),
    ...named.filter(column => !order.has(column)).map(column => `there is no ${column}`),
    ...named.filter((column, at) => named.indexOf(column) !== at).map(column => `${column} stands twice`),
    ...classes.flatMap(each => inOrder(table[each] ?? [], order)),
    ...mapped.filter(each => each.kept === null).map(({ column }) => `${column} has no end`),
    ...mapped.filter(each => each.about === null).map(({ column }) => `${column} is of no category`),
    ...kept.columns.filter(column => !personal.has(column)).map(column => `${column} is kept, and of nobody`),
    ...about.columns.filter(column => !personal.has(column)).map(column => `${column} is about nobody`),
    ...kept.names.filter(rule => !map.kept[rule]).map(rule => `there is no rule ${rule}`),
    ...about.names.filter(each => !map.categories.includes(each)).map(each => `there is no category ${each}`),
    ...(table.purpose ? [] : ['it has no purpose']),
    ...(table.readers?.length ? [] : ['nobody reads it']),
    ...(table.readers ?? [])
      .filter(role => !map.roles.includes(role))
      .map(role => `there is no role ${role}`),
    ...reads,
  ].map(fault => `${name}: ${fault}`)
}

/** In what the map differs from a database, each as a sentence; nothing where it is the database's. */
export function faultsOf(map: DataMap, columns: readonly Column[], settings: readonly string[]): string[] {
  const byTable = Map.groupBy(columns, ({ table }) => table)
  const order = new Map([...byTable.keys()].map((table, at) => [table, at]))
  const named = Object.keys(map.tables)
  const used = new Set(mappedColumns(map).map(({ kept }) => kept))
  return [
    ...[...byTable.keys()].filter(name => !named.includes(name)).map(name => `${name} is missing`),
    ...named.filter(name => !byTable.has(name)).map(name => `there is no table ${name}`),
    ...inOrder(named, order),
    ...named.flatMap(name => (byTable.has(name) ? faultsOfTable(map, name, byTable.get(name)!) : [])),
    ...Object.entries(map.kept).flatMap(([rule, { setting }]) =>
      setting === undefined || settings.includes(setting) ? [] : [`${rule}: there is no setting ${setting}`],
    ),
    ...Object.keys(map.kept)
      .filter(rule => !used.has(rule))
      .map(rule => `${rule}: nothing is kept by this rule`),
    ...map.categories
      .filter(category => !mappedColumns(map).some(({ about }) => about === category))
      .map(category => `${category}: nothing is of this category`),
  ]
}

const code = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(', ')

function tableText(map: DataMap, name: string): string {
  const table = map.tables[name]!
  const columns = mappedColumns(map).filter(each => each.table === name)
  const reads = databaseRoles.flatMap(role => {
    const said = table.database[role]
    return said === undefined ? [] : [said === 'all' ? role : `${role} (${code(said)})`]
  })
  const alike = Map.groupBy(columns, each => `${each.class}|${each.kept ?? ''}|${each.about ?? ''}`)
  const rows = [...alike.values()].map(group => {
    const { class: each, kept, about } = group[0]!
    const end = kept === null ? (each === 'staff' ? 'stays: who did it' : '') : kept
    return `| ${each} | ${code(group.map(({ column }) => column))} | ${end} | ${about ?? ''} |`
  })
  return [
    `### ${name}`,
    '',
    `${table.purpose[0]!.toUpperCase()}${table.purpose.slice(1)}. Read by ${table.readers.join(', ')}; in the database by ${reads.join(', ') || 'nobody'}.`,
    '',
    '| class | columns | kept | category |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

const becomes = { row: 'the row goes', emptied: 'the value is emptied', stays: 'stays' }

/** The map as a page to be read. */
export function dataMapPage(map: DataMap): string {
  const rules = Object.entries(map.kept).map(
    ([rule, { says, setting, forgets }]) =>
      `| ${rule} | ${says} | ${setting ? `\`retention.${setting}\`` : ''} | ${becomes[forgets]} |`,
  )
  return [
    '# What is kept of people',
    '',
    'Written by `npm run data-map` from `db/data-map.yaml`, which a test compares with the database column by column.',
    'What is kept by which decision: [64](decisions/0064-what-is-forgotten-when.md); the map itself: [63](decisions/0063-data-map.md).',
    '',
    '## Classes',
    '',
    '| class | what it says of people |',
    '|---|---|',
    ...classes.map(each => `| ${each} | ${map.classes[each]} |`),
    '',
    '## For how long',
    '',
    '| rule | for how long | setting of the programme | then |',
    '|---|---|---|---|',
    ...rules,
    '',
    '## Outside of the tables',
    '',
    '| where | what | for how long |',
    '|---|---|---|',
    '| `GATEHOUSE_FILES` | files for other access systems, their results, our copies: numbers, and names where the settings ask for them | `retention.fileDays` after they were written; one that is not answered waits for its answer |',
    '| the data folder | keys, what was last seen of the database, the private PostgreSQL | no file of it but PostgreSQL’s says anything of anybody |',
    '| the schema `pgboss` | jobs of the queue, which carry no data | an hour after they ended |',
    '| copies and backups | what they had when they were made | what a restore brings back is forgotten in its first night; for how long copies are kept is the operator’s ([operating](operating.md)) |',
    '| the log | nothing of anybody (`test/privacy/canary.test.ts`) | the operator’s |',
    '',
    '## Tables',
    '',
    ...Object.keys(map.tables).map(name => tableText(map, name)),
  ].join('\n')
}

/** Where that page lies. */
export const dataMapPagePath = new URL('../docs/data-map.md', import.meta.url)

if (import.meta.main) await writeFile(dataMapPagePath, dataMapPage(await readDataMap()))
