import type { WantedRow } from '../../src/access/rules.ts'
import { keepWanted } from '../../src/access/store.ts'
import { campusClock } from '../../src/app/clock.ts'
import { sayWhoActs } from '../../src/server/acting.ts'
import { type Database, openDatabase } from '../../src/server/database.ts'
import type { Act } from '../../src/server/register.ts'
import type { Lease, Ledger } from '../../src/update/ledger.ts'
import { openLedger } from '../../src/update/ledger-of-database.ts'
import type { Surveying } from '../../src/update/survey.ts'
import { Books } from './books.ts'
import { BooksLedger } from './books-ledger.ts'
import type { Moment } from './books-windows.ts'
import { SurveyStatements } from './survey-statements.ts'

export const controllers = [501, 502]
export const numbers = [1, 2, 3, 4, 5, 6]
/** Two numbers belong to each person. */
export const personOf = (number: number): number => Math.ceil(number / 2)
export const owners = ['one', 'two'] as const
export type Owner = (typeof owners)[number]
export const leaseSeconds = 10

// In this database both clocks say what the test says, to the millisecond.
const clocksOfTheTest = `
  create table test_clock (now timestamptz, raw timestamptz);
  insert into test_clock values (now(), now());
  grant select on test_clock to public;
  create or replace function campus_now() returns timestamptz language sql volatile
    return (select now from test_clock);
  create or replace function raw_now() returns timestamptz language sql volatile
    return (select raw from test_clock)`

const peopleAndControllers = `
  insert into person (id, student_number, name_zh, name_en, department, entry_year, status, kind, degree, site, language)
    overriding system value
  select n, '4104700' || n || 'S', '示例生 ' || n, 'Sample ' || n, 'csie', 2021, 'enrolled', 'regular', 'bachelor',
         'gongguan', 'zh-TW' from generate_series(1, 3) n;
  insert into card (id, edition, chip, stocked_at) overriding system value
  select n, 'easycard', decode(lpad(to_hex(n), 8, '0'), 'hex'), now() from generate_series(1, 6) n;
  insert into controller (id, host, port, capacity, number_format, building_zh, building_en)
  select c, '127.0.0.' || c - 500, 60000, 100, 'w34-reversed-last4', '甲館', 'House A'
  from unnest(array[501, 502]) c;
  insert into card_number (card_id, format, number)
  select n, 'w34-reversed-last4', n from generate_series(1, 6) n`

const tables = [
  'sent',
  'held',
  'wanted',
  'window_lane',
  'update_window',
  'lane',
  'controller_survey',
  'adopted_number',
  'update_hold',
]

/** The ledger of a real PostgreSQL and the one in memory, side by side, each asked the same. */
export class BothLedgers {
  readonly #owner: Database
  readonly #app: Database
  readonly #doors: Database
  readonly ofDatabase: Record<Owner, Ledger>
  books = new Books()
  inMemory = new BooksLedger(this.books, leaseSeconds)
  moment: Moment = { nowMs: 0, rawMs: 0 }
  readonly sharedOf: Record<Owner, Surveying>

  private constructor(url: string) {
    this.#owner = openDatabase(url, 'owner', { connections: 1 })
    this.#app = openDatabase(url, 'app', { connections: 1 })
    this.#doors = openDatabase(url, 'doors', { connections: 2 })
    const sharedOf = (owner: Owner): Surveying => ({
      database: this.#doors,
      clock: campusClock,
      owner,
      monotonicMs: () => 0,
      leaseSeconds,
    })
    this.sharedOf = { one: sharedOf('one'), two: sharedOf('two') }
    this.ofDatabase = { one: openLedger(this.sharedOf.one), two: openLedger(this.sharedOf.two) }
  }

  static async open(url: string): Promise<BothLedgers> {
    const both = new BothLedgers(url)
    await both.#owner.pool.query(clocksOfTheTest)
    await both.#owner.pool.query(peopleAndControllers)
    return both
  }

  async close(): Promise<void> {
    for (const database of [this.#owner, this.#app, this.#doors]) await database.close()
  }

  /** Both are empty again. */
  async reset(atMs: number): Promise<void> {
    await this.#owner.pool.query(`truncate ${tables.join(', ')} cascade`)
    this.books = new Books()
    this.inMemory = new BooksLedger(this.books, leaseSeconds)
    for (const [at, id] of controllers.entries())
      this.books.addController({
        id,
        serial: id,
        host: `127.0.0.${at + 1}`,
        port: 60_000,
        capacity: 100,
        driver: 'uhppote',
        settings: null,
      })
    for (const number of numbers) this.books.registered.add(number)
    await this.setTime({ nowMs: atMs, rawMs: atMs })
  }

  /** What reading lists asks for, of the books. */
  get sharedInMemory(): Surveying {
    const now = async () => Temporal.Instant.fromEpochMilliseconds(this.moment.nowMs)
    const statements = new SurveyStatements(this.inMemory, () => this.moment)
    const transaction: Surveying['database']['transaction'] = work => work(statements, undefined as never)
    const clock = { now, actMoment: now, aloneMoment: now }
    const database = { transaction } as Surveying['database']
    return { database, clock, owner: 'one', monotonicMs: () => 0, leaseSeconds }
  }

  /** Somebody asks PostgreSQL for a controller's list; false while it is being read. */
  async askSurvey(controllerId: number): Promise<boolean> {
    const asked = await this.#rows(
      `insert into controller_survey (controller_id, asked_at, asked_by) values (${controllerId}, campus_now(), 'keeper')
       on conflict (controller_id) where ended_at is null do nothing returning id::text as row`,
    )
    return asked.length > 0
  }

  /** Somebody holds a controller's updates in PostgreSQL, or lifts that. */
  async hold(controllerId: number, holds: boolean): Promise<void> {
    await this.#owner.pool.query(
      holds
        ? `insert into update_hold (controller_id, held_at, held_by, reason)
           values (${controllerId}, campus_now(), 'keeper', 'a trial')`
        : `update update_hold set lifted_at = campus_now(), lifted_by = 'keeper' where controller_id = ${controllerId}
           and lifted_at is null`,
    )
  }

  /** Adopts in PostgreSQL what the newest complete reading found and is not ours; the numbers. */
  async adopt(controllerId: number, stranger: number): Promise<number[]> {
    const adopted = await this.#rows(
      `insert into adopted_number
         (controller_id, number, doors, valid_from, valid_to, with_pin, adopted_at, adopted_by)
       select ${controllerId}, number, doors, valid_from, valid_to, with_pin, campus_now(), 'keeper' from survey_card
       where number <> ${stranger} and not ours and survey_id = (
         select max(id) from controller_survey where controller_id = ${controllerId} and outcome = 'complete')
       on conflict do nothing returning number::text as row`,
    )
    return adopted.map(Number)
  }

  async setTime(moment: Moment): Promise<void> {
    this.moment = moment
    const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString()
    await this.#owner.pool.query('update test_clock set now = $1, raw = $2', [
      at(moment.nowMs),
      at(moment.rawMs),
    ])
  }

  /** Writes what an act decided, as the access room does. */
  async decide(rows: readonly WantedRow[]): Promise<void> {
    this.books.keepWanted(rows, this.moment.nowMs)
    const now = Temporal.Instant.fromEpochMilliseconds(this.moment.nowMs)
    await this.#app.transaction(async trx => {
      await sayWhoActs(trx, { kind: 'system', id: 'test' })
      await keepWanted({ ...trx, now } as Act, rows)
    })
  }

  async #rows(text: string): Promise<string[]> {
    const { rows } = await this.#owner.pool.query<{ row: string }>(text)
    return rows.map(each => each.row).toSorted()
  }

  /** What stands in PostgreSQL's tables, a line a row. */
  async tablesOfDatabase(): Promise<string[]> {
    const ms = (column: string) => `coalesce((extract(epoch from ${column}) * 1000)::bigint::text, '-')`
    return [
      ...(await this.#rows(`select concat_ws(' ', 'wanted', controller_id, number, ${ms('carried_by')}, at_once, urgent,
        array_to_string(doors, ''), ${ms('decided_at')}, not exists (select from wanted_open o
        where o.controller_id = w.controller_id and o.number = w.number and o.carried_by = w.carried_by)) as row from wanted w`)),
      ...(await this.#rows(`select concat_ws(' ', 'held', controller_id, number, array_to_string(doors, ''),
        ${ms('verified_at')}, ${ms('verify_after')}) as row from held`)),
      ...(await this.#rows(`select concat_ws(' ', 'lane', controller_id, epoch, coalesce(owner, '-'), ${ms('lease_until')},
        ${ms('rest_until')}, rests, ${ms('rests_since')}, ${ms('silent_since')}) as row from lane`)),
      ...(await this.#rows(`select concat_ws(' ', 'window', ${ms('starts_at')}, frozen_at is not null,
        finished_at is not null, ${ms('covered_by')}) as row from update_window`)),
      ...(await this.#rows(`select concat_ws(' ', 'part', ${ms('starts_at')}, controller_id, owed, done, failed,
        coalesce(outcome, '-')) as row from window_lane`)),
      ...(await this.#rows(`select concat_ws(' ', 'list', controller_id, coalesce(outcome, '-'), readings, places_read,
        ${ms('began_at')}, ${ms('read_at')}) as row from controller_survey`)),
      ...(await this.#rows(`select concat_ws(' ', 'listed', s.controller_id, c.number, place, array_to_string(doors, ''),
        with_pin, coalesce(standing, '-'), c.ours, taken_at is not null) as row
        from survey_card c join controller_survey s on s.id = c.survey_id`)),
      ...(await this.#rows(`select concat_ws(' ', 'adopted', controller_id, number, array_to_string(doors, ''),
        taken_up_at is not null) as row from adopted_number`)),
    ]
  }

  /** The same of the books in memory. */
  tablesInMemory(): string[] {
    const flag = (yes: boolean) => (yes ? 't' : 'f')
    const told = (...parts: (string | number | null)[]) => parts.map(part => part ?? '-').join(' ')
    const each = [...this.books.controllers]
    const wanted = each.flatMap(([id, of]) =>
      [...of.wanted.values()].flat().map(row => {
        const { number, carriedByMs, atOnce, urgent, doors, decidedAtMs, settled } = row
        return told(
          'wanted',
          id,
          number,
          carriedByMs,
          flag(atOnce),
          flag(urgent),
          doors.join(''),
          decidedAtMs,
          flag(settled),
        )
      }),
    )
    const held = each.flatMap(([id, of]) =>
      [...of.held.values()].map(({ number, doors, verifiedAtMs, verifyAfterMs }) =>
        told('held', id, number, doors.join(''), verifiedAtMs, verifyAfterMs),
      ),
    )
    const lanes = each.flatMap(([id, { lane }]) =>
      lane
        ? [
            told(
              'lane',
              id,
              lane.epoch,
              lane.owner,
              lane.leaseUntilMs,
              lane.restUntilMs,
              lane.rests,
              lane.restsSinceMs,
              lane.silentSinceMs,
            ),
          ]
        : [],
    )
    const windows = this.books.windows.map(({ startsAtMs, frozen, finishes, coveredBy }) =>
      told('window', startsAtMs, flag(frozen), flag(finishes > 0), coveredBy),
    )
    const parts = this.books.parts.map(part =>
      told('part', part.startsAtMs, part.controllerId, part.owed, part.done, part.failed, part.outcome),
    )
    const lists = each.flatMap(
      ([
        id,
        {
          lists: { surveys },
        },
      ]) =>
        surveys.map(({ outcome, readings, placesRead, beganAt, readAt }) => {
          const [beganMs, readMs] = [beganAt, readAt].map(at => at?.epochMilliseconds ?? null)
          return told('list', id, outcome, readings, placesRead, beganMs ?? null, readMs ?? null)
        }),
    )
    const listed = each.flatMap(
      ([
        id,
        {
          lists: { surveys },
        },
      ]) =>
        surveys.flatMap(({ cards }) =>
          [...cards.values()].map(({ number, place, doors, withPin, standing, ours, isTaken }) => {
            const what = [flag(withPin), standing, flag(ours), flag(isTaken)]
            return told('listed', id, number, place, doors.join(''), ...what)
          }),
        ),
    )
    const adopted = each.flatMap(
      ([
        id,
        {
          lists: { adopted: those },
        },
      ]) =>
        [...those.values()].map(({ number, doors, isTakenUp }) =>
          told('adopted', id, number, doors.join(''), flag(isTakenUp)),
        ),
    )
    return [wanted, held, lanes, windows, parts, lists, listed, adopted].flatMap(lines => lines.toSorted())
  }
}

/** A lease in both: the same lane, the same epoch. */
export interface BothLease {
  owner: Owner
  lease: Lease
}
