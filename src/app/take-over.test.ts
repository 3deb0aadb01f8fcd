import { afterAll, beforeAll, expect, it } from 'vitest'
import { campusTime, projectFolder } from '../../test/campus.ts'
import { type FreshDatabase, freshDatabase } from '../../test/database.ts'
import { recomputed } from '../access/recompute.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { openRegister } from '../server/register.ts'
import { type CampusFiles, oldCardsInParts, readCampus, rowsOf } from './campus-files.ts'
import { campusClock, moveCampusTo } from './clock.ts'
import { setUp } from './load-campus.ts'
import { takeOver } from './take-over.ts'

let files: CampusFiles
let fresh: FreshDatabase
let owner: Database
let database: Database

beforeAll(async () => {
  files = await readCampus(`${projectFolder}examples/campus`, `${projectFolder}programmes/ntnu-2023.yaml`)
  fresh = await freshDatabase()
  owner = openDatabase(fresh.url, 'owner', { connections: 4 })
  database = openDatabase(fresh.url, 'app', { connections: 2 })
  await owner.transaction(trx => moveCampusTo(trx, campusTime('2023-10-16T08:30')))
})

afterAll(async () => {
  await Promise.all([owner.close(), database.close()])
  await fresh.drop()
})

const takeOverInParts = async () => {
  const { tidied } = await takeOver({
    owner,
    database,
    files,
    cardsAFile: 300,
    log: () => {},
    goOn: () => {},
  })
  await tidied
}

/** Rows of each table that setting up fills. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await owner.pool.query(`
    select (select count(*) from person)::int as people, (select count(*) from card)::int as cards,
      (select count(*) from card_use)::int as uses, (select count(*) from individual_grant)::int as grants,
      (select count(*) from wanted)::int as wanted, (select count(*) from held)::int as held,
      (select count(*) from wanted_open)::int as open, (select count(*) from card_file)::int as files`)
  return rows[0]
}

it('the old cards in parts are all of them, each with the doors granted to it', () => {
  const parts = oldCardsInParts(files, 300)
  const all = (table: 'old-cards' | 'grants') => parts.flatMap(part => rowsOf(part.tables[table]))
  expect(parts.length).toBeGreaterThan(2)
  expect(all('old-cards')).toEqual(rowsOf(files.tables['old-cards']))
  expect(new Set(all('grants'))).toEqual(new Set(rowsOf(files.tables.grants)))
  for (const { tables } of parts) {
    const chips = new Set(rowsOf(tables['old-cards']).map(row => row.chip_number))
    expect(rowsOf(tables.grants).filter(row => !chips.has(row.chip_number))).toEqual([])
  }
})

it('a campus that is taken over in parts stands at the doors as working it out from nothing says', async () => {
  await takeOverInParts()
  const rows = (table: keyof CampusFiles['tables']) => rowsOf(files.tables[table]).length
  const old = rows('old-cards')
  const after = await counts()
  expect(after).toMatchObject({
    people: rows('roster'),
    cards: old + rows('stock') + rows('freshmen-cards'),
    uses: old,
    grants: rows('grants'),
    open: 0,
    files: Math.ceil(old / 300) + 2,
  })
  expect(after.wanted).toBeGreaterThan(old)

  const register = openRegister(database, campusClock, async () => {})
  const differs = await register.look(setUp, async act => {
    const people = await act.db.selectFrom('person').select('id').execute()
    return recomputed(
      act,
      people.map(({ id }) => id),
      { holding: 'looked at' },
    )
  })
  expect(differs).toEqual({ rows: [], leftWithoutDoor: [] })
  const { rows: apart } = await owner.pool.query(`
    select controller_id, number from wanted w full join held h using (controller_id, number)
    where (w.doors, w.valid_from, w.valid_to) is distinct from (h.doors, h.valid_from, h.valid_to)`)
  expect(apart).toEqual([])
})

it('gone on with after its end, it adds nothing', async () => {
  const before = await counts()
  await takeOverInParts()
  expect(await counts()).toEqual(before)
})
