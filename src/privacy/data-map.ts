import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

/** What a column says of people, in the order in which they are listed. */
export const classes = ['none', 'staff', 'personal', 'sensitive', 'secret'] as const
export type Class = (typeof classes)[number]

/** The database's roles that read; the owner reads everything, and nobody works as the owner. */
export const databaseRoles = ['app', 'doors', 'chores', 'reports'] as const
export type DatabaseRole = (typeof databaseRoles)[number]

/** For how long something is kept: its setting, and what becomes of it then. */
export interface KeptRule {
  says: string
  setting?: string
  forgets: 'row' | 'emptied' | 'stays'
}

/** A table as the map says it. */
export type MappedTable = {
  purpose: string
  readers: string[]
  database: Partial<Record<DatabaseRole, 'all' | string[]>>
  kept?: string | Record<string, string[]>
  about?: string | Record<string, string[]>
} & Partial<Record<Class, string[]>>

/** db/data-map.yaml. */
export interface DataMap {
  classes: Record<Class, string>
  roles: string[]
  kept: Record<string, KeptRule>
  categories: string[]
  tables: Record<string, MappedTable>
}

/** A column as the map says it. */
export interface MappedColumn {
  table: string
  column: string
  class: Class
  /** The rule by which it is kept; null where it says nothing of anybody. */
  kept: string | null
  /** Which category of data it is, as people read it; null where it says nothing of anybody. */
  about: string | null
}

const file = new URL('../../db/data-map.yaml', import.meta.url)

/** Reads db/data-map.yaml. */
export const readDataMap = async (): Promise<DataMap> => parse(await readFile(file, 'utf8')) as DataMap

/** Which name of a table's own stands for a column: one for all of them, or the one that lists it. */
const nameFor = (said: string | Record<string, string[]> | undefined, column: string): string | null =>
  said === undefined || typeof said === 'string'
    ? (said ?? null)
    : (Object.entries(said).find(([, columns]) => columns.includes(column))?.[0] ?? null)

/** Every column that the map names. */
export const mappedColumns = ({ tables }: DataMap): MappedColumn[] =>
  Object.entries(tables).flatMap(([table, of]) =>
    classes.flatMap(each =>
      (of[each] ?? []).map(column => {
        const ofNobody = each === 'none' || each === 'staff'
        return {
          table,
          column,
          class: each,
          kept: ofNobody ? null : nameFor(of.kept, column),
          about: ofNobody ? null : nameFor(of.about, column),
        }
      }),
    ),
  )
