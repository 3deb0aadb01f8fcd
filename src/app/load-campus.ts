import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'
import { readDoors, recordDoors } from '../access/doors.ts'
import { grantDoors } from '../access/grant-door.ts'
import type { FileKind } from '../card/file-columns.ts'
import { uploadCardFile } from '../card/take-file.ts'
import { applyCardFile } from '../handover/apply-card-file.ts'
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

/** Takes the cards of a file in the way an office does, and says which card each chip number became. */
async function importCards(act: Act, folder: string, kind: FileKind, fileName: string) {
  const file = await readFile(join(folder, fileName))
  const uploaded = await uploadCardFile(act, { kind, format: 'be-hex', fileName, file })
  if (!uploaded.ok) throw new Error(`${fileName}: ${uploaded.refusal}`)
  const { uploadId, preview } = uploaded
  const [bad] = preview.checked.bad
  if (bad) throw new Error(`${fileName}: line ${bad.line}: ${bad.faults[0]!.refusal}`)
  const applied = await applyCardFile(act, { uploadId, seal: preview.seal })
  if (!applied.ok) throw new Error(`${fileName}: ${applied.refusal}`)
  return applied.cards
}

/**
 * Sets up a campus from a folder of files, through the same acts that an office uses: programme, doors, roster,
 * stock, the cards students hold, and individual doors. One transaction: the whole campus or nothing.
 */
export async function loadCampus(
  register: Register,
  { folder, programmeFile }: { folder: string; programmeFile: string },
): Promise<void> {
  await register.act(setUp, async act => {
    await publish(act, programmeFile)
    await recordDoors(act, readDoors(parseYaml(await readFile(join(folder, 'doors.yaml'), 'utf8'))))
    await importRoster(act, folder)
    const ids = new Map((await everybody(act)).map(person => [person.studentNumber, person.id]))
    await importCards(act, folder, 'stock', 'stock.csv')
    const old = await importCards(act, folder, 'old-cards', 'old-cards.csv')
    await importCards(act, folder, 'health-check', 'freshmen-cards.csv')
    const cardOf = new Map(old.map(({ chip, cardId }) => [chip, cardId]))
    const grants = (await rowsOf(folder, 'grants.csv')).map(row => ({
      cardId: cardOf.get(row.chip_number!)!,
      personId: ids.get(row.student_number!)!,
      doorId: row.door!,
      owner: { 'zh-TW': row.owner_zh!, en: row.owner_en! },
      grantedAt: act.now,
    }))
    await grantDoors(act, grants)
  })
}
