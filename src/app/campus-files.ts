import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'
import { readDoors } from '../access/doors.ts'
import type { Doors } from '../access/shape.ts'

/** The tables that a campus is set up from. */
export type CampusTable = 'roster' | 'stock' | 'old-cards' | 'freshmen-cards' | 'grants'

/** Everything that a campus is set up from, as an office would have it: a programme, doors, and tables as files. */
export interface CampusFiles {
  /** The programme's text. */
  programme: string
  doors: Doors
  /** Each table as a CSV file. */
  tables: Readonly<Record<CampusTable, Buffer>>
}

const names: readonly CampusTable[] = ['roster', 'stock', 'old-cards', 'freshmen-cards', 'grants']

/** Reads a campus's folder; its programme is a file of its own. */
export async function readCampus(folder: string, programmeFile: string): Promise<CampusFiles> {
  const [programme, doors, ...tables] = await Promise.all([
    readFile(programmeFile, 'utf8'),
    readFile(join(folder, 'doors.yaml'), 'utf8'),
    ...names.map(name => readFile(join(folder, `${name}.csv`))),
  ])
  return {
    programme,
    doors: readDoors(parseYaml(doors)),
    tables: Object.fromEntries(names.map((name, at) => [name, tables[at]!])) as CampusFiles['tables'],
  }
}

/** The rows of a table by the names in its header. */
export const rowsOf = (table: Buffer): Record<string, string>[] => parseCsv(table, { columns: true })
