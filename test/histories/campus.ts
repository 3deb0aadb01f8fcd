import { readFile } from 'node:fs/promises'
import { recordDoors } from '../../src/access/doors.ts'
import { campusClock } from '../../src/app/clock.ts'
import { follow } from '../../src/app/followers.ts'
import { recordStaff } from '../../src/app/staff-accounts.ts'
import { parseChipNumber } from '../../src/card/numbers.ts'
import { type NewCard, takeIntoStock } from '../../src/card/store.ts'
import { recordHealthCheckCards, recordOldCards } from '../../src/handover/record-held.ts'
import { readProgramme } from '../../src/programme/read.ts'
import { publishProgramme } from '../../src/programme/store.ts'
import { openDatabase } from '../../src/server/database.ts'
import { type Act, type Actor, openRegister } from '../../src/server/register.ts'
import { hostOf, labDoor, labSerial, port, serials } from './boards.ts'
import { momentOf, stopClocks, ToldTime } from './told-time.ts'

/** Who sets up. */
export const system: Actor = { kind: 'system', id: 'test' }

/** When every history's campus is set up: an hour before the window that brings the old cards to the doors. */
export const setUpMs = momentOf('2023-10-16T09:00')

/** The door that is granted one by one. */
export const labId = 'lab'

/**
 * The people of a history, all fictional: two who change their old card for a new one, an exchange student, who pays at
 * the counter, and a freshman; the latter two hold a new card already.
 */
export const students = [
  { studentNumber: '41047001S', kind: 'regular', entryYear: 2021, has: 'old' },
  { studentNumber: '41047002S', kind: 'regular', entryYear: 2022, has: 'old' },
  { studentNumber: '41147003S', kind: 'exchange', entryYear: 2022, has: 'new' },
  { studentNumber: '41247004S', kind: 'regular', entryYear: 2023, has: 'new' },
] as const

/** The chip of the n-th card that is made, as hexadecimal. */
export const chipOf = (at: number): string => `2B${(0x1000 + at).toString(16).padStart(6, '0').toUpperCase()}`
/** The chip of a temporary card. */
export const temporaryChip = '0A11B001'

const both = (name: string) => ({ 'zh-TW': name, en: name })
const since = Temporal.Instant.from('2023-09-20T04:00:00Z')

/** A card as the card maker's file brings it. */
export function newCard(at: number, card: Pick<NewCard, 'edition' | 'madeFor' | 'counter'>): NewCard {
  const chip = parseChipNumber(card.edition === 'temporary' ? temporaryChip : chipOf(at))
  if (!chip.ok) throw new Error(chip.refusal)
  return { ...card, chip: chip.chip, printedNumber: `99000000${String(70_000_000 + at)}`, box: 'B-1' }
}

async function takeIn(act: Act, cards: readonly NewCard[]): Promise<number[]> {
  const taken = await takeIntoStock(act, cards)
  if (!taken.ok) throw new Error(taken.refusal)
  return taken.ids
}

async function recordPeople(act: Act): Promise<void> {
  const rows = await act.statement<{ id: number }>(
    'history_people',
    `insert into person (student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, language,
       email, health_check)
     select s->>'studentNumber', '示例生', 'Sample', 'csie', (s->>'entryYear')::int, 'enrolled', s->>'kind', 'bachelor',
       'gongguan', 'en', s->>'studentNumber' || '@example.edu', case s->>'entryYear' when '2023' then 'done' end
     from jsonb_array_elements($1::jsonb) s returning id`,
    [JSON.stringify(students)],
  )
  let made = 0
  for (const [at, { id }] of rows.entries()) {
    const made2 = newCard(made++, {
      edition: '4k-centenary',
      madeFor: id,
      counter: students[at]!.has === 'old' ? 'dept-csie' : null,
    })
    const [newId] = await takeIn(act, [made2])
    if (students[at]!.has === 'new') {
      await recordHealthCheckCards(act, [{ cardId: newId!, personId: id, edition: '4k-centenary', since }])
      continue
    }
    const old = newCard(made++, { edition: 'easycard', madeFor: id, counter: null })
    const [oldId] = await takeIn(act, [old])
    await recordOldCards(act, [{ cardId: oldId!, personId: id, edition: 'easycard', since }])
  }
  await takeIn(act, [newCard(99, { edition: 'temporary', madeFor: null, counter: 'dept-csie' })])
}

async function setUp(act: Act): Promise<void> {
  const text = await readFile(new URL('../../programmes/ntnu-2023.yaml', import.meta.url), 'utf8')
  const source = text.replace(/^ {2}undoMinutes: 2$/m, `$&\n  batches: { mostCards: 5, backWithinDays: 3 }`)
  const read = readProgramme(source)
  if (!read.ok) throw new Error('the programme is refused')
  await publishProgramme(act, read.programme, source)
  const controllers = serials.map(serial => ({
    serial,
    host: hostOf(serial),
    port,
    capacity: 60,
    numberFormat: 'w34-reversed-last4' as const,
    building: both(`House ${serial}`),
    doors: [
      { id: `door-${serial}`, number: 1, name: both(`Door ${serial}`) },
      ...(serial === labSerial ? [{ id: labId, number: labDoor, name: both('Lab') }] : []),
    ],
  }))
  const doors = serials.map(serial => `door-${serial}`)
  const groups = [{ id: 'everybody', members: 'campus' as const, name: both('Everybody'), doors }]
  await recordDoors(act, { controllers, groups })
  await recordPeople(act)
}

/** Fills an empty database with the campus that every history begins with, its clocks stopped. */
export async function fillCampus(url: string): Promise<void> {
  const owner = openDatabase(url, 'owner', { connections: 1 })
  const app = openDatabase(url, 'app', { connections: 2 })
  await stopClocks(owner)
  await new ToldTime(owner, 0).moveTo(setUpMs)
  const register = openRegister(app, campusClock, follow)
  await recordStaff(register)
  await register.act(system, setUp)
  await Promise.all([owner.close(), app.close()])
}
