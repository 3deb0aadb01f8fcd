import { readFile } from 'node:fs/promises'
import { recordDoors } from '../../src/access/doors.ts'
import { activateCard } from '../../src/activation/activate.ts'
import { campusClock, moveCampusTo } from '../../src/app/clock.ts'
import { follow } from '../../src/app/followers.ts'
import { parseChipNumber } from '../../src/card/numbers.ts'
import { type NewCard, takeIntoStock } from '../../src/card/store.ts'
import {
  type BoardCard,
  type ControllerSetup,
  type EmulatorSetup,
  row,
} from '../../src/controller/emulator/settings.ts'
import { type Emulator, startEmulator } from '../../src/controller/emulator/start.ts'
import { recordHealthCheckCards, recordOldCards } from '../../src/handover/record-held.ts'
import { reportLost } from '../../src/loss/report-lost.ts'
import { readProgramme } from '../../src/programme/read.ts'
import { publishProgramme } from '../../src/programme/store.ts'
import { type Database, openDatabase } from '../../src/server/database.ts'
import { type Act, type Actor, openRegister, type Register } from '../../src/server/register.ts'
import { campusTime, someoneWaitsIn } from '../campus.ts'
import { type FreshDatabase, freshDatabase } from '../database.ts'

/** A fictional student with an old card that opens doors, and a new one in the hand. */
export interface Student {
  personId: number
  oldCard: number
  newCard: number
  /** The cards' numbers, as every reader of the small campus sends them. */
  old: number
  new: number
  digits: string
}

/** Who acts in these tests. */
export const system: Actor = { kind: 'system', id: 'test' }

/** Some students and some controllers, each with one door for everybody: the smallest campus with real doors. */
export interface SmallCampus {
  url: string
  owner: Database
  app: Database
  register: Register
  emulator: Emulator
  /** Serial numbers of the controllers. */
  controllers: number[]
  students: Student[]
  /** Moves the campus's clock forward: "2023-10-16 10:00". */
  moveTo(local: string): Promise<void>
  activate(student: Student): Promise<void>
  lose(cardId: number, student: Student): Promise<void>
  /** What a controller holds, by number. */
  memory(controller: number): Promise<Map<number, BoardCard>>
  /** The numbers that a controller holds, in order. */
  heldNumbers(controller: number): Promise<number[]>
  /** The numbers that it should hold by all that is decided, in order. */
  wantedNumbers(controller: number): Promise<number[]>
  /** Waits until some transaction of this campus waits for another one. */
  someoneWaits(): Promise<void>
  /** One statement as the owner of everything. */
  sql<Row>(text: string, ...values: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** Its start: an hour before the window that puts all old cards on the controllers. */
export const smallCampusStart = '2023-10-16 09:00'

const format = 'w34-reversed-last4'
const both = (name: string) => ({ 'zh-TW': name, en: name })
const since = Temporal.Instant.from('2021-09-01T04:00:00Z')
const hex = (number: number) => number.toString(16).padStart(6, '0').toUpperCase()

async function recordPeople(act: Act, owner: Database, many: number): Promise<Student[]> {
  const { rows } = await owner.pool.query<{ id: number }>(
    `insert into person (student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, language)
     select (41047000 + n) || 'S', '示例生 ' || n, 'Sample ' || n, 'csie', 2021, 'enrolled', 'regular', 'bachelor',
            'gongguan', 'zh-TW'
     from generate_series(1, $1) n returning id`,
    [many],
  )
  const cards = rows.flatMap(({ id }, at): NewCard[] =>
    (['easycard', '4k-centenary'] as const).map((edition, kind) => {
      const parsed = parseChipNumber(`${kind === 0 ? '1A' : '2B'}${hex(at + 1)}`)
      if (!parsed.ok) throw new Error(parsed.refusal)
      const printedNumber = `9900${String(kind * 1_000_000 + at).padStart(8, '0')}`
      return { edition, chip: parsed.chip, printedNumber, madeFor: id, counter: null, box: null }
    }),
  )
  const taken = await takeIntoStock(act, cards)
  if (!taken.ok) throw new Error(taken.refusal)
  const numbers = await act.statement<{ cardId: number; number: number }>(
    'numbers_of_all',
    'select card_id as "cardId", number from card_number order by card_id',
    [],
  )
  const numberOf = new Map(numbers.map(each => [each.cardId, each.number]))
  return rows.map(({ id }, at) => {
    const [oldCard, newCard] = [taken.ids[at * 2]!, taken.ids[at * 2 + 1]!]
    return {
      personId: id,
      oldCard,
      newCard,
      old: numberOf.get(oldCard)!,
      new: numberOf.get(newCard)!,
      digits: cards[at * 2 + 1]!.printedNumber!.slice(-4),
    }
  })
}

async function setUp(act: Act, owner: Database, setup: ControllerSetup[], many: number) {
  const source = await readFile(new URL('../../programmes/ntnu-2023.yaml', import.meta.url), 'utf8')
  const read = readProgramme(source)
  if (!read.ok) throw new Error('the sample programme is refused')
  await publishProgramme(act, read.programme, source)
  const controllers = setup.map(({ serial, host, port, capacity = 20_000 }) => ({
    serial,
    host,
    port,
    capacity,
    numberFormat: format,
    building: both(`House ${serial}`),
    doors: [{ id: `door-${serial}`, number: 1, name: both(`Door ${serial}`) }],
  }))
  const doors = controllers.map(({ serial }) => `door-${serial}`)
  const groups = [{ id: 'everybody', members: 'campus' as const, name: both('Everybody'), doors }]
  await recordDoors(act, { controllers, groups })
  const students = await recordPeople(act, owner, many)
  const held = (cardId: number, personId: number, edition: string) => ({ cardId, personId, edition, since })
  await recordHealthCheckCards(
    act,
    students.map(each => held(each.newCard, each.personId, '4k-centenary')),
  )
  await recordOldCards(
    act,
    students.map(each => held(each.oldCard, each.personId, 'easycard')),
  )
  return students
}

/** Opens a small campus at 09:00 with its controllers at `network`.1 and on ("127.63.81"), one network a test file. */
export async function openSmallCampus(options: {
  network: string
  students?: number
  controllers?: number
  like?: Partial<ControllerSetup>
  /** An empty database with the schema, where it is not a copy of the tests' template. */
  database?: FreshDatabase
  /** Other boards than those of an emulator that is a process of its own. */
  startBoards?: (setup: EmulatorSetup) => Promise<Emulator>
}): Promise<SmallCampus> {
  const fresh = options.database ?? (await freshDatabase())
  const owner = openDatabase(fresh.url, 'owner', { connections: 4 })
  const app = openDatabase(fresh.url, 'app', { connections: 8 })
  await owner.transaction(trx => moveCampusTo(trx, campusTime(smallCampusStart)))
  const setup = row(options.controllers ?? 2, `${options.network}.1`, 60000, options.like)
  const emulator = await (options.startBoards ?? startEmulator)({
    clock: smallCampusStart.replace(' ', 'T'),
    controllers: setup,
  })
  const register = openRegister(app, campusClock, follow)
  const students = await register.act(system, act => setUp(act, owner, setup, options.students ?? 20))

  return {
    url: fresh.url,
    owner,
    app,
    register,
    emulator,
    controllers: setup.map(({ serial }) => serial),
    students,
    moveTo: async local => {
      await owner.transaction(trx => moveCampusTo(trx, campusTime(local)))
    },
    activate: ({ personId, digits }) =>
      register.act(system, async act => {
        const decided = await activateCard(act, { personId, lastDigits: digits })
        if (!decided.ok) throw new Error(`not activated: ${decided.refusal}`)
      }),
    lose: (cardId, { personId }) =>
      register.act(system, async act => {
        const decided = await reportLost(act, { personId, cardId })
        if (!decided.ok) throw new Error(`not reported: ${decided.refusal}`)
      }),
    memory: async controller => new Map((await emulator.cards(controller)).map(card => [card.number, card])),
    async heldNumbers(controller) {
      const cards = await emulator.cards(controller)
      return cards.map(card => card.number).toSorted((a, b) => a - b)
    },
    async wantedNumbers(controller) {
      const { rows } = await owner.pool.query<{ number: number; doors: number[] }>(
        `select distinct on (number) number, doors from wanted where controller_id = $1
         order by number, carried_by desc`,
        [controller],
      )
      return rows.filter(({ doors }) => doors.some(open => open === 1)).map(({ number }) => number)
    },
    someoneWaits: () => someoneWaitsIn(owner),
    sql: async <Row>(text: string, ...values: unknown[]) =>
      (await owner.pool.query(text, values)).rows as Row[],
    async close() {
      await emulator.stop()
      await Promise.all([owner.close(), app.close()])
      await fresh.drop()
    },
  }
}
