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

/** The chip number in a line of a table of cards or grants: its first cell. */
const chipIn = (line: string): string => line.slice(0, line.indexOf(','))

/**
 * A campus's old cards in files of so many, each with the doors granted to its cards: what one brought can be worked out
 * while the next is brought.
 */
export function oldCardsInParts(files: CampusFiles, cards: number): CampusFiles[] {
  const linesOf = (table: CampusTable) => files.tables[table].toString().trimEnd().split('\n')
  const asTable = (lines: readonly string[]) => Buffer.from(`${lines.join('\n')}\n`)
  const [header, ...old] = linesOf('old-cards')
  const [grantHeader, ...grants] = linesOf('grants')
  return Array.from({ length: Math.ceil(old.length / cards) }, (_, at) => {
    const some = old.slice(at * cards, (at + 1) * cards)
    const chips = new Set(some.map(chipIn))
    return {
      ...files,
      tables: {
        ...files.tables,
        'old-cards': asTable([header!, ...some]),
        grants: asTable([grantHeader!, ...grants.filter(line => chips.has(chipIn(line)))]),
      },
    }
  })
}

/** The rows of a table by the names in its header. */
export const rowsOf = (table: Buffer): Record<string, string>[] => parseCsv(table, { columns: true })
