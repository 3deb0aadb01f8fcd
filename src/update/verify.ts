import type { Clock, Transaction } from '../server/register.ts'
import { isThere, type Spoken } from './deeds.ts'
import { type Holding, type Lease, renewLane } from './lanes.ts'
import type { Content } from './plan.ts'
import { shortTransaction } from './short-transaction.ts'

/** Numbers read back before the lane looks whether something more urgent has come. */
const readAtATime = 64

const toVerifySql = `
  select number, doors, valid_from as "from", valid_to as "to" from held
  where controller_id = $1 and verify_after < (select raw_now()) order by verify_after limit $2`

const verifiedSql = `
  update held set verified_at = $3, verify_after = null
  where controller_id = $1 and number = any($2::bigint[])`

// What is not as confirmed is open again: of each number the newest row that is due, and the newest that waits for a
// window, which may be settled already because a person adopted what stood there.
const doubtSql = `
  with forgotten as (delete from held where controller_id = $1 and number = any($2::bigint[])),
  newest as (
    select distinct on (number, is_due) number, carried_by
    from (select number, carried_by, at_once or carried_by <= (select max(starts_at) from update_window) as is_due
          from wanted where controller_id = $1 and number = any($2::bigint[])) w
    order by number, is_due, carried_by desc)
  update wanted w set settled_at = null from newest n
  where w.controller_id = $1 and w.number = n.number and w.carried_by = n.carried_by
  returning w.person_id as "personId"`

/**
 * What a controller confirmed of these numbers does not hold: the ledger forgets it, and what is wanted of them is
 * open again. Answers with the people concerned.
 */
export async function doubt(
  trx: Transaction,
  controllerId: number,
  numbers: readonly number[],
): Promise<{ personId: number }[]> {
  if (numbers.length === 0) return []
  return trx.statement<{ personId: number }>('doubted', doubtSql, [controllerId, numbers])
}

interface HeldNumber extends Content {
  number: number
}

/** What came of one round of reading back. */
export interface Verified {
  end: 'read' | 'nothing' | 'unreachable' | 'halted'
  /** The people of whom a number was not as confirmed; what is wanted of it is open again. */
  doubted: { personId: number }[]
}

/**
 * One round of the verifying pass: later than any packet may live, reads back what was changed. What differs is
 * open again, whatever made it so: a late datagram, a process that woke up too late, another system, a reset.
 */
export async function verifySome(
  holding: Holding & { clock: Clock },
  lease: Lease,
  spoken: Spoken,
): Promise<Verified> {
  const rows = await shortTransaction(holding, trx =>
    trx.statement<HeldNumber>('to_verify', toVerifySql, [lease.controllerId, readAtATime]),
  )
  if (rows.length === 0) return { end: 'nothing', doubted: [] }
  const right: number[] = []
  const wrong: number[] = []
  let end: Verified['end'] = 'read'
  for (const row of rows) {
    if (!(await spoken.mayGoOn())) end = 'halted'
    if (end !== 'read') break
    const found = await spoken.driver.get(spoken.address, BigInt(row.number))
    if (found.answer === 'unreachable') end = 'unreachable'
    else (isThere(row, found) ? right : wrong).push(row.number)
  }
  const doubted = await shortTransaction(holding, trx => keep(holding, lease, { right, wrong }, trx))
  return { end: doubted ? end : 'halted', doubted: doubted ?? [] }
}

async function keep(
  holding: Holding & { clock: Clock },
  lease: Lease,
  { right, wrong }: { right: number[]; wrong: number[] },
  trx: Transaction,
) {
  if (!(await renewLane(trx, holding, lease))) return null
  const now = await holding.clock.now(trx)
  if (right.length > 0) await trx.statement('verified', verifiedSql, [lease.controllerId, right, now])
  return doubt(trx, lease.controllerId, wrong)
}

const suspectNumbersSql = `
  update held set verify_after = raw_now()
  where controller_id = $1 and number = any($2::bigint[]) and verify_after is null`

/** What a controller told of itself makes its whole ledger doubtful: everything it should hold is read back. */
export const suspectLedger = async (trx: Transaction, controllerId: number): Promise<void> => {
  await trx.statement('suspect_cards', suspectSql, [controllerId])
}

/** These numbers of a controller are read back, whether it should hold them or have them no more. */
export const suspectNumbers = async (
  trx: Transaction,
  controllerId: number,
  numbers: readonly number[],
): Promise<void> => {
  await trx.statement('suspect_numbers', suspectNumbersSql, [controllerId, numbers])
}

const ledgerSql = `
  select count(*) as cards from held where controller_id = $1 and doors <> '{0,0,0,0}'`
const suspectSql = `
  update held set verify_after = raw_now()
  where controller_id = $1 and doors <> '{0,0,0,0}' and verify_after is null`

/**
 * Asks a controller how many cards it holds, one datagram. Where they are fewer than it confirmed, its memory was
 * reset or replaced, and everything that it should hold is read back. (More is no alarm: others' cards stand there.)
 */
export async function countCards(
  holding: Holding,
  lease: Lease,
  spoken: Spoken,
): Promise<'enough' | 'fewer' | 'unreachable'> {
  const counted = await spoken.driver.count(spoken.address)
  if (counted.answer === 'unreachable') return 'unreachable'
  return shortTransaction(holding, async trx => {
    const [ledger] = await trx.statement<{ cards: number }>('ledger_cards', ledgerSql, [lease.controllerId])
    if (counted.cards >= ledger!.cards) return 'enough'
    if (await renewLane(trx, holding, lease)) await suspectLedger(trx, lease.controllerId)
    return 'fewer'
  })
}
