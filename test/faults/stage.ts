import { seededRandom } from '../../src/controller/emulator/line.ts'
import type { ControllerSetup } from '../../src/controller/emulator/settings.ts'
import type { FreshDatabase } from '../database.ts'
import { windowsOf } from './days.ts'
import type { EngineMaking } from './engine.ts'
import { openTaps, type TapListener } from './postgres-tap.ts'
import { Processes } from './processes.ts'
import { openSmallCampus, type SmallCampus, type Student } from './small-campus.ts'
import { Trap } from './trap.ts'
import type { Weather } from './weather.ts'
import { openWire, type Passing, type Wire } from './wire.ts'
import { textOf, Witness } from './witness.ts'
import { Zombies } from './zombies.ts'

/** How a stage is set. */
export interface StageMaking {
  /** Its loopback network: "127.67.1". */
  network: string
  students: number
  /** One entry for each board: what is particular about it. */
  boards: readonly Partial<ControllerSetup>[]
  processes: number
  engine: EngineMaking
  seed?: number
  /** An empty database with the schema, where it is not a copy of the tests' template. */
  database?: FreshDatabase
}

/** A small campus with real processes, whose every datagram and every commit is seen. */
export interface Stage {
  campus: SmallCampus
  wire: Wire
  processes: Processes
  witness: Witness
  zombies: Zombies
  /** Moves the campus's clock to the start of its next window, and says which it is. */
  next(): Promise<string>
  /** Students who have not switched yet. */
  waiting: Student[]
  /** Steps are counted from now on, and the trap springs at its own. */
  arm(trap: Trap): void
  /** Told of each card that comes onto a board for the first time. */
  onBoard: (number: number) => void
  /** Waits until something is so; after so many seconds it says what was waited for. */
  until(what: string, seconds: number, is: () => Promise<boolean>): Promise<void>
  setWeather(weather: Weather): void
  /** Chances of this stage's seed. */
  chance: () => number
  close(): Promise<void>
}

const restSql = `
  select from wanted_open where carried_by <= campus_now()
  union all select from held where verify_after is not null limit 1`

/** Whether everything is done and read back. */
export const isAtRest = async ({ campus }: Stage): Promise<boolean> =>
  (await campus.sql(restSql)).length === 0

const wantedSql = `
  select distinct on (number) number, doors::text, valid_from::text as "from", valid_to::text as "to"
  from wanted where controller_id = $1 order by number, carried_by desc`

/** What each board should hold by all that is decided, against what it holds. */
export async function compareBoards({ campus, wire, witness }: Stage): Promise<void> {
  for (const controller of campus.controllers) {
    const rows = await campus.sql<{ number: number; doors: string; from: string; to: string }>(
      wantedSql,
      controller,
    )
    const wanted = new Map(rows.map(({ number, doors, from, to }) => [number, textOf(doors, from, to)]))
    for (const [number, text] of wanted) if (text === '-') wanted.delete(number)
    witness.atRest(controller, wanted, wire.fleet.stations.get(controller)!.board)
  }
}

const seeFinishings = [
  'create table finishing (starts_at timestamptz, at timestamptz default clock_timestamp())',
  `create function note_finishing() returns trigger language plpgsql security definer as $$
   begin insert into finishing (starts_at) values (new.starts_at); return null; end $$`,
  `create trigger finishing after update of finished_at on update_window for each row
   when (old.finished_at is distinct from new.finished_at) execute function note_finishing()`,
]

const pollMs = 50

/** Sets a stage: boards behind a proxy, PostgreSQL behind a tap, processes between; old cards are on the boards. */
export async function openStage(making: StageMaking): Promise<Stage> {
  const witness = new Witness()
  const zombies = new Zombies(witness)
  let trap = Trap.none()
  let wire: Wire | undefined
  let stage: Stage | undefined
  const seen = new Set<number>()

  const request = (passing: Passing) => {
    const owner = stage?.processes.ownerOf(passing.port)
    if (owner === undefined) return 'goes on' as const
    zombies.request(owner, passing)
    return trap.request(owner, passing)
  }
  const campus = await openSmallCampus({
    network: making.network,
    students: making.students,
    controllers: making.boards.length,
    ...(making.database ? { database: making.database } : {}),
    startBoards: async setup => {
      wire = await openWire(setup, {
        seed: making.seed ?? 1,
        like: at => making.boards[at] ?? {},
        request,
        changed(board, card) {
          witness.changed(board, card)
          if (card === 'all' || seen.has(card) || !board.cards.has(card)) return
          seen.add(card)
          stage?.onBoard(card)
        },
      })
      return wire
    },
  })
  for (const statement of seeFinishings) await campus.sql(statement)
  const listener: TapListener = {
    statement(owner, name, values, transaction) {
      if (name === 'claim_lanes') zombies.claims(owner, values[0] ?? '')
      witness.statement(owner, name, values, transaction)
    },
    commit: (owner, statements) => trap.commit(owner, statements),
    committed(owner, statements, transaction) {
      witness.committed(transaction)
      return trap.committed(owner, statements)
    },
  }
  const taps = openTaps(campus.url, listener)
  const windows = windowsOf(campus)
  const processes = new Processes(owner => taps.addressFor(owner), making.engine)
  stage = {
    campus,
    wire: wire!,
    processes,
    witness,
    zombies,
    next: () => windows.next(),
    waiting: [...campus.students],
    arm: next => {
      trap = next
    },
    onBoard: () => {},
    async until(what, seconds, is) {
      for (let round = 0; round * pollMs < seconds * 1000; round += 1) {
        if (await is()) return
        await new Promise(resolve => setTimeout(resolve, pollMs))
      }
      throw new Error(`not within ${seconds} s: ${what}`)
    },
    chance: seededRandom(making.seed ?? 1),
    setWeather: weather => wire!.setWeather(weather),
    async close() {
      await processes.close()
      await taps.close()
      await campus.close()
    },
  }
  witness.knows(campus.students)
  campus.controllers.forEach((controller, at) => {
    if (making.boards[at]!.echo !== false) zombies.echoes(controller)
  })
  try {
    await Promise.all(Array.from({ length: making.processes }, () => processes.start()))
    await stage.next()
    await stage.until('the boards are loaded', 120, async () => {
      const rows = await campus.sql('select from update_window where finished_at is not null')
      return rows.length > 0 && isAtRest(stage)
    })
    await compareBoards(stage)
    if (witness.broken.length > 0)
      throw new Error(`the boards are not loaded: ${JSON.stringify(witness.broken[0])}`)
  } catch (error) {
    await stage.close()
    throw error
  }
  witness.isLoading = false
  return stage
}
