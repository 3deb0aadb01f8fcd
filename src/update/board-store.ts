import type { Transaction } from '../server/database.ts'
import type { Judged, KnownBoard } from './board-rules.ts'
import type { Met, Stray } from './driver.ts'
import { hasStranger } from './due-sql.ts'
import { suspectCards } from './verify-store.ts'

/** Whom to expect at a controller's address. */
export interface ExpectedBoard {
  controllerId: number
  serial: number
  host: string
  port: number
  /** Null before it was met for the first time. */
  known: KnownBoard | null
  /** Another memory: all that the one before confirmed is to be read back. */
  readsAll: boolean
  /** Somebody else stood there when it was last looked. */
  stranger: boolean
}

const expectedSql = `
  select c.id as "controllerId", coalesce(c.board, c.id) as serial, c.host, c.port,
         case when k.mac is not null then jsonb_build_object('mac', k.mac, 'firmware', k.firmware) end as known,
         coalesce(k.reads_all, false) as "readsAll",
         ${hasStranger('c.id')} as stranger
  from controller c left join known_board k on k.controller_id = c.id
  where c.id = any($1::bigint[]) and c.driver <> 'file' order by c.id`

/** Whom to expect at the addresses of these controllers, in the order of their ids. */
export const expectedBoards = (
  trx: Transaction,
  controllerIds: readonly number[],
): Promise<ExpectedBoard[]> => trx.statement<ExpectedBoard>('expected_boards', expectedSql, [controllerIds])

const journalSql = `insert into journal (at, actor, act, facts) select $1, 'system:update', $2, f from unnest($3::jsonb[]) f`

type Facts = { controller: number; [fact: string]: string | number | null }

/** Written with numbers, addresses and hardware addresses of boards; none of them is a person's. */
async function noteBoards(trx: Transaction, now: Temporal.Instant, act: string, all: readonly Facts[]) {
  if (all.length > 0)
    await trx.statement('boards_noted', journalSql, [now, act, all.map(facts => JSON.stringify(facts))])
}

const firstSql = `
  insert into known_board (controller_id, mac, firmware, made_on, known_since, met_at, met_address)
  select c, m, f, d, $5, $5, a
  from unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $6::text[]) as r(c, m, f, d, a)
  on conflict (controller_id) do nothing`
const knownSql = `
  update known_board k set met_at = $2, met_address = r.a, reads_all = false
  from unnest($1::bigint[], $3::text[]) as r(c, a) where k.controller_id = r.c`
const doubtSql = 'update known_board set met_at = null where controller_id = any($1::bigint[])'
const goneSql = `
  update strange_board set ended_at = $2, outcome = 'gone', last_at = greatest(last_at, first_at)
  where controller_id = any($1::bigint[]) and ended_at is null and how <> 'elsewhere'
  returning controller_id as controller, how, serial, mac`
const otherGoneSql = `
  update strange_board set ended_at = $2, outcome = 'gone'
  where controller_id = $1 and ended_at is null and how <> 'elsewhere' and (how, serial, mac) is distinct from ($3, $4, $5)`
const strangerSql = `
  insert into strange_board (controller_id, how, serial, host, port, mac, firmware, made_on, first_at, last_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
  on conflict (controller_id) where ended_at is null and how <> 'elsewhere' do update set last_at = excluded.last_at
  returning first_at = last_at as new`

/** Who was met at a controller's address, and what that is. */
export interface MetBoard {
  expected: ExpectedBoard
  met: Met
  judged: Judged
}

async function keepStranger(trx: Transaction, now: Temporal.Instant, { expected, met, judged }: MetBoard) {
  if (met.answer !== 'answers') return
  const { controllerId: controller, host, port } = expected
  const { serial, mac, firmware, madeOn } = met
  await trx.statement('other_stranger_gone', otherGoneSql, [controller, now, judged, serial, mac])
  const [row] = await trx.statement<{ new: boolean }>('stranger_met', strangerSql, [
    controller,
    judged,
    serial,
    host,
    port,
    mac,
    firmware,
    madeOn,
    now,
  ])
  if (row!.new) await noteBoards(trx, now, 'strange board met', [{ controller, how: judged, serial, mac }])
}

/**
 * Keeps who was met. Where it is the board that is known again, a stranger at its address is gone; where it is a new one
 * that a person took for it, all that the one before confirmed is to be read back. A stranger is written into the journal
 * once, and nothing is sent to it.
 */
export async function keepMet(trx: Transaction, now: Temporal.Instant, all: readonly MetBoard[]) {
  const idsOf = (some: readonly MetBoard[]) => some.map(({ expected }) => expected.controllerId)
  const addressesOf = (some: readonly MetBoard[]) =>
    some.map(({ expected: { host, port } }) => `${host}:${port}`)
  const first = all.filter(({ judged }) => judged === 'first')
  if (first.length > 0) {
    const said = first.flatMap(({ met }) => (met.answer === 'answers' ? [met] : []))
    await trx.statement('first_met', firstSql, [
      idsOf(first),
      said.map(({ mac }) => mac),
      said.map(({ firmware }) => firmware),
      said.map(({ madeOn }) => madeOn),
      now,
      addressesOf(first),
    ])
    await noteBoards(
      trx,
      now,
      'board met',
      first.map(({ expected, met }) => ({
        controller: expected.controllerId,
        serial: expected.serial,
        mac: met.answer === 'answers' ? met.mac : null,
      })),
    )
  }
  const known = all.filter(({ judged }) => judged === 'known')
  const back = [...first, ...known].filter(({ expected }) => expected.stranger)
  if (back.length > 0) {
    const gone = await trx.statement<Facts>('strangers_gone', goneSql, [idsOf(back), now])
    await noteBoards(trx, now, 'strange board gone', gone)
  }
  const others = known.filter(({ expected }) => expected.readsAll)
  if (others.length > 0) await suspectCards(trx, idsOf(others))
  if (known.length > 0) await trx.statement('known_met', knownSql, [idsOf(known), now, addressesOf(known)])
  const strangers = all.filter(({ judged }) => judged === 'other-serial' || judged === 'other-board')
  for (const stranger of strangers) await keepStranger(trx, now, stranger)
  if (strangers.length > 0) await trx.statement('board_doubted', doubtSql, [idsOf(strangers)])
}

/** Senders that are kept of one controller at the same time: whoever makes up addresses fills no table. */
const mostElsewhere = 20

const straysSql = `
  with seen as (select * from unnest($1::bigint[], $2::text[], $3::int[]) as r(serial, host, port)),
  whose as (
    select c.id, s.serial, s.host, s.port, (
      select count(*) from strange_board o
      where o.controller_id = c.id and o.ended_at is null and o.how = 'elsewhere') as open
    from seen s join controller c on coalesce(c.board, c.id) = s.serial and c.driver <> 'file'
    where (c.host, c.port) is distinct from (s.host, s.port))
  insert into strange_board (controller_id, how, serial, host, port, first_at, last_at)
  select id, 'elsewhere', serial, host, port, $4, $4 from whose where open < $5
  on conflict (controller_id, host, port) where ended_at is null and how = 'elsewhere'
  do update set last_at = excluded.last_at
  returning controller_id as controller, serial, host, port, first_at = last_at as new`

/** Keeps that replies with controllers' serial numbers came from elsewhere; each sender is written into the journal once. */
export async function keepStrays(trx: Transaction, now: Temporal.Instant, strays: readonly Stray[]) {
  const rows = await trx.statement<Facts & { new: boolean }>('strays_kept', straysSql, [
    strays.map(({ serial }) => serial),
    strays.map(({ host }) => host),
    strays.map(({ port }) => port),
    now,
    mostElsewhere,
  ])
  const fresh = rows.flatMap(({ new: isNew, ...facts }) => (isNew ? [facts] : []))
  await noteBoards(trx, now, 'reply from elsewhere', fresh)
}
