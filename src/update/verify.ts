import { lookUp, type Spoken, together } from './deeds.ts'
import type { Found } from './driver.ts'
import type { HeldNumber, Lease, Ledger, ReadBack } from './ledger.ts'
import { type Content, isThere } from './plan.ts'

/** What came of one round of reading back. */
export interface Verified {
  end: 'read' | 'nothing' | 'unreachable' | 'halted'
  /** Numbers that were to be read. */
  read: number
  /** The people of whom a number was not as confirmed; what is wanted of it is open again. */
  doubted: { personId: number }[]
}

const contentOf = (found: Found): Content | null | undefined => {
  if (found.answer === 'absent') return null
  if (found.answer !== 'found') return undefined
  const { doors, from, to } = found.card
  return { doors, from, to }
}

/**
 * One round of the verifying pass: later than any packet may live, reads back what was changed. What differs is
 * open again, whatever made it so: a late datagram, a process that woke up too late, another system, a reset. At most
 * `limit` numbers, so that the lane then looks whether something more urgent has come.
 */
export async function verifySome(
  ledger: Ledger,
  lease: Lease,
  spoken: Spoken,
  limit: number,
): Promise<Verified> {
  const rows = await ledger.toVerify({ lease, limit })
  if (rows.length === 0) return { end: 'nothing', read: 0, doubted: [] }
  const met = await spoken.meet()
  if (met !== 'known') return { end: met === 'halted' ? met : 'unreachable', read: 0, doubted: [] }
  const right: number[] = []
  const wrong: ReadBack['wrong'][number][] = []
  let end: Verified['end'] = 'read'
  await together(spoken, rows, async (row: HeldNumber) => {
    if (end === 'read' && !(await spoken.mayGoOn())) end = 'halted'
    if (end !== 'read') return
    const found = await lookUp(spoken, row.number)
    if (found.answer === 'unreachable') end = 'unreachable'
    else if (isThere(row, found)) right.push(row.number)
    else wrong.push({ number: row.number, found: contentOf(found) })
  })
  const doubted = await ledger.keepReadBack({ lease, right, wrong })
  return { end: doubted ? end : 'halted', read: rows.length, doubted: doubted ?? [] }
}

/**
 * Asks a controller how many cards it holds, one datagram. Where they are fewer than it confirmed, its memory was
 * reset or replaced, and everything that it should hold is read back. (More is no alarm: others' cards stand there.)
 */
export async function countCards(
  ledger: Ledger,
  lease: Lease,
  spoken: Spoken,
): Promise<'enough' | 'fewer' | 'unreachable'> {
  const counted = await spoken.driver.count(spoken.address)
  if (counted.answer === 'unreachable') return 'unreachable'
  if (counted.cards >= (await ledger.cardsConfirmed(lease))) return 'enough'
  await ledger.suspect(lease)
  return 'fewer'
}
