import { recordDoors } from '../access/doors.ts'
import { grantDoors } from '../access/grant-door.ts'
import type { FileKind } from '../card/file-columns.ts'
import { bringCardFile } from '../handover/apply-card-file.ts'
import { both } from '../lib/both.ts'
import { readProgramme, sayProblem } from '../programme/read.ts'
import { publishProgramme } from '../programme/store.ts'
import { bringRoster } from '../roster/import.ts'
import type { Act, Actor, Register } from '../server/register.ts'
import { type CampusFiles, type CampusTable, rowsOf } from './campus-files.ts'

/** Gatehouse itself, when it sets a campus up. */
export const setUp: Actor = { kind: 'system', id: 'set-up' }

async function publish(act: Act, source: string): Promise<void> {
  const read = readProgramme(source)
  if (!read.ok) throw new Error(read.problems.map(problem => sayProblem(problem, 'en')).join('\n'))
  await publishProgramme(act, read.programme, source)
}

async function importRoster(act: Act, file: Buffer): Promise<void> {
  const brought = await bringRoster(act, { fileName: 'roster.csv', file })
  if (!brought.ok) throw new Error(`roster.csv: ${brought.refusal}`)
  const [bad] = brought.bad
  if (bad) throw new Error(`roster.csv: line ${bad.line} is bad`)
}

/** Takes the cards of a file in the way an office does, and says which card each chip number became. */
async function importCards(act: Act, { tables }: CampusFiles, kind: FileKind, table: CampusTable) {
  const [file, fileName] = [tables[table], `${table}.csv`]
  const brought = await bringCardFile(act, { kind, format: 'be-hex', fileName, file })
  if (!brought.ok) throw new Error(`${fileName}: ${brought.refusal}`)
  const [bad] = brought.bad
  if (bad) throw new Error(`${fileName}: line ${bad.line}: ${bad.faults[0]!.refusal}`)
  return brought.cards
}

/** What there is before anybody has a card: programme, doors, roster. */
export async function foundCampus(act: Act, files: CampusFiles): Promise<void> {
  await publish(act, files.programme)
  await recordDoors(act, files.doors)
  await importRoster(act, files.tables.roster)
}

/** The cards that students hold from before, and the doors granted to some of them. */
export async function bringOldCards(act: Act, files: CampusFiles): Promise<void> {
  const old = await importCards(act, files, 'old-cards', 'old-cards')
  const cardOf = new Map(old.map(({ chip, cardId }) => [chip, cardId]))
  const rows = rowsOf(files.tables.grants)
  const people = await act.statement<{ id: number; number: string }>(
    'people_of_grants',
    'select id, student_number as number from person where student_number = any($1::text[])',
    [rows.map(row => row.student_number)],
  )
  const ids = new Map(people.map(({ id, number }) => [number, id]))
  const grants = rows.map(row => ({
    cardId: cardOf.get(row.chip_number!)!,
    personId: ids.get(row.student_number!)!,
    doorId: row.door!,
    owner: both(row.owner_zh!, row.owner_en!),
    grantedAt: act.now,
  }))
  await grantDoors(act, grants)
}

/** The new cards that wait in boxes. */
export const bringStock = async (act: Act, files: CampusFiles): Promise<void> => {
  await importCards(act, files, 'stock', 'stock')
}

/** The new cards that freshmen got at the health examination. */
export const bringFreshmenCards = async (act: Act, files: CampusFiles): Promise<void> => {
  await importCards(act, files, 'health-check', 'freshmen-cards')
}

/**
 * Sets up a campus from its files, through the same acts that an office uses: programme, doors, roster, stock, the
 * cards students hold, and individual doors. One transaction: the whole campus or nothing.
 */
export const loadCampus = (register: Register, files: CampusFiles): Promise<void> =>
  register.act(setUp, async act => {
    await foundCampus(act, files)
    await bringStock(act, files)
    await bringOldCards(act, files)
    await bringFreshmenCards(act, files)
  })
