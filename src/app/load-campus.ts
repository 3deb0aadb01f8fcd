import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'
import { readDoors, recordDoors } from '../access/doors.ts'
import { grantDoors } from '../access/grant-door.ts'
import { parseChipNumber } from '../card/numbers.ts'
import { type NewCard, takeIntoStock } from '../card/store.ts'
import { type HeldCard, recordHealthCheckCards, recordOldCards } from '../handover/record-held.ts'
import { readProgramme, sayProblem } from '../programme/read.ts'
import { publishProgramme } from '../programme/store.ts'
import { applyRoster, uploadRoster } from '../roster/import.ts'
import { everybody } from '../roster/store.ts'
import type { Act, Actor, Register } from '../server/register.ts'

/** Gatehouse itself, when it sets a campus up. */
const setUp: Actor = { kind: 'system', id: 'set-up' }

type Row = Record<string, string>

async function rowsOf(folder: string, name: string): Promise<Row[]> {
  return parseCsv(await readFile(join(folder, name), 'utf8'), { columns: true })
}

async function publish(act: Act, file: string): Promise<void> {
  const source = await readFile(file, 'utf8')
  const read = readProgramme(source)
  if (!read.ok) throw new Error(read.problems.map(problem => sayProblem(problem, 'en')).join('\n'))
  await publishProgramme(act, read.programme, source)
}

async function importRoster(act: Act, folder: string): Promise<void> {
  const file = await readFile(join(folder, 'roster.csv'))
  const uploaded = await uploadRoster(act, { fileName: 'roster.csv', file })
  if (!uploaded.ok) throw new Error(`roster.csv: ${uploaded.refusal}`)
  const { uploadId, seal, roster } = uploaded.preview
  if (roster.bad.length > 0) throw new Error(`roster.csv: line ${roster.bad[0]!.line} is bad`)
  const applied = await applyRoster(act, { uploadId, seal })
  if (!applied.ok) throw new Error(`roster.csv: ${applied.refusal}`)
}

function newCard(row: Row, ids: ReadonlyMap<string, number>): NewCard {
  const chip = parseChipNumber(row.chip_number ?? '')
  if (!chip.ok) throw new Error(`chip number ${row.chip_number}: ${chip.refusal}`)
  return {
    chip: chip.chip,
    edition: row.edition!,
    printedNumber: row.printed_number || null,
    madeFor: ids.get(row.student_number ?? '') ?? null,
    counter: row.counter || null,
    box: row.box || null,
  }
}

/** Takes cards of a file into the register and returns the row and id of each. */
async function stock(act: Act, folder: string, name: string, ids: ReadonlyMap<string, number>) {
  const rows = await rowsOf(folder, name)
  const taken = await takeIntoStock(
    act,
    rows.map(row => newCard(row, ids)),
  )
  if (!taken.ok) throw new Error(`${name}: ${JSON.stringify(taken.taken?.slice(0, 3) ?? taken.facts)}`)
  return rows.map((row, at) => ({ row, cardId: taken.ids[at]! }))
}

const heldCards = (
  cards: readonly { row: Row; cardId: number }[],
  ids: ReadonlyMap<string, number>,
  zone: string,
): HeldCard[] =>
  cards.map(({ row, cardId }) => ({
    cardId,
    personId: ids.get(row.student_number!)!,
    edition: row.edition!,
    since: Temporal.PlainDate.from(row.held_since!)
      .toZonedDateTime({ timeZone: zone, plainTime: '12:00' })
      .toInstant(),
  }))

/**
 * Sets up a campus from a folder of files, through the same acts that an office uses: programme, doors, roster,
 * stock, the cards students hold, and individual doors. One transaction: the whole campus or nothing.
 */
export async function loadCampus(
  register: Register,
  { folder, programmeFile, zone }: { folder: string; programmeFile: string; zone: string },
): Promise<void> {
  await register.act(setUp, async act => {
    await publish(act, programmeFile)
    await recordDoors(act, readDoors(parseYaml(await readFile(join(folder, 'doors.yaml'), 'utf8'))))
    await importRoster(act, folder)
    const ids = new Map((await everybody(act)).map(person => [person.studentNumber, person.id]))
    await stock(act, folder, 'stock.csv', ids)
    const old = await stock(act, folder, 'old-cards.csv', ids)
    const freshmen = await stock(act, folder, 'freshmen-cards.csv', ids)
    await recordOldCards(act, heldCards(old, ids, zone))
    await recordHealthCheckCards(act, heldCards(freshmen, ids, zone))
    const cardOf = new Map(old.map(({ row, cardId }) => [row.chip_number, cardId]))
    const grants = (await rowsOf(folder, 'grants.csv')).map(row => ({
      cardId: cardOf.get(row.chip_number)!,
      personId: ids.get(row.student_number!)!,
      doorId: row.door!,
      owner: { 'zh-TW': row.owner_zh!, en: row.owner_en! },
      grantedAt: act.now,
    }))
    await grantDoors(act, grants)
  })
}
