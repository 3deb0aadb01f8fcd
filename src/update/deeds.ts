import type { CardRecord, ControllerAddress, ControllerDriver, Found } from './driver.ts'
import { agrees, type DueNumber, type PersonSteps } from './plan.ts'
import type { Outcome } from './store.ts'

/** A controller being spoken to by the process that holds its lane. */
export interface Spoken {
  driver: ControllerDriver
  address: ControllerAddress
  /** Asked before every datagram: false once the lane is another's, or this process is to stop. */
  mayGoOn: () => Promise<boolean>
}

const recordOf = (due: DueNumber): CardRecord => ({
  number: BigInt(due.number),
  from: due.wanted.from,
  to: due.wanted.to,
  doors: due.wanted.doors,
  pin: 0,
})

/** Whether what was read back is what is wanted; a keypad code that we did not send is not. */
export function isThere(wanted: DueNumber['wanted'], found: Found): boolean {
  if (found.answer === 'found') return found.card.pin === 0 && agrees(wanted, found.card)
  return found.answer === 'absent' && agrees(wanted, null)
}

/**
 * Looks up a number under which another system's card was found. Null where the way is free: it has gone since, or
 * was never another's. A card that stands there as wanted needs no writing; any other stays (decision 17).
 */
async function stands(
  { driver, address }: Spoken,
  due: DueNumber,
  deed: Outcome['deed'],
): Promise<Outcome | null> {
  if (!due.foreign) return null
  const found = await driver.get(address, BigInt(due.number))
  if (found.answer === 'unreachable') return { due, deed, answer: 'unreachable', confirmed: false }
  if (isThere(due.wanted, found)) return { due, deed, answer: 'already', confirmed: true }
  return found.answer === 'absent' ? null : { due, deed, answer: 'taken', confirmed: false }
}

/**
 * Puts one card and makes sure that this very card is there: by the echoed sequence id; by reading it back where
 * the controller echoes none, and always where something will be taken away on the strength of it.
 */
async function put(spoken: Spoken, due: DueNumber, readBack: boolean): Promise<Outcome> {
  const stood = await stands(spoken, due, 'put')
  if (stood) return stood
  const { driver, address } = spoken
  const { answer, proved } = await driver.put(address, recordOf(due))
  const told = answer === 'applied'
  if (told && proved && !readBack) return { due, deed: 'put', answer, confirmed: true }
  if (!told && answer !== 'unconfirmed') return { due, deed: 'put', answer, confirmed: false }
  const found = await driver.get(address, BigInt(due.number))
  if (found.answer === 'unreachable') return { due, deed: 'put', answer: 'unreachable', confirmed: false }
  const confirmed = isThere(due.wanted, found)
  return { due, deed: 'put', answer: confirmed ? 'applied' : told ? 'different' : answer, confirmed }
}

/** Removes one number and makes sure that it is gone; a lost card's whosever card stands there. */
async function remove(spoken: Spoken, due: DueNumber): Promise<Outcome> {
  const stood = due.urgent ? null : await stands(spoken, due, 'remove')
  if (stood) return stood
  const { driver, address } = spoken
  const { answer, proved } = await driver.remove(address, BigInt(due.number))
  const told = answer === 'applied' || answer === 'already'
  if (told && proved) return { due, deed: 'remove', answer, confirmed: true }
  if (!told && answer !== 'unconfirmed') return { due, deed: 'remove', answer, confirmed: false }
  const found = await driver.get(address, BigInt(due.number))
  if (found.answer === 'unreachable') return { due, deed: 'remove', answer: 'unreachable', confirmed: false }
  const confirmed = found.answer === 'absent'
  const is = confirmed ? (told ? answer : 'applied') : told ? 'different' : answer
  return { due, deed: 'remove', answer: is, confirmed }
}

/**
 * Carries out one person's steps, in their order; `ended` once nothing more may be sent here: the controller is
 * silent, or the lane is not ours any more. What was done until then is in `outcomes`.
 */
export async function carryOut(
  spoken: Spoken,
  steps: PersonSteps,
): Promise<{ outcomes: Outcome[]; ended: boolean }> {
  const outcomes: Outcome[] = []
  let ended = false
  /** True when the deed was done and confirmed. */
  const does = async (deed: () => Promise<Outcome>): Promise<boolean> => {
    ended ||= !(await spoken.mayGoOn())
    if (ended) return false
    const outcome = await deed()
    outcomes.push(outcome)
    ended = outcome.answer === 'unreachable'
    return outcome.confirmed
  }

  for (const due of steps.urgentRemovals) await does(() => remove(spoken, due))
  const carries = steps.removals.length > 0
  let allThere = true
  for (const due of steps.puts) allThere = (await does(() => put(spoken, due, carries))) && allThere
  for (const due of steps.reliedOn) {
    if (ended || !allThere) break
    const found = await spoken.driver.get(spoken.address, BigInt(due.number))
    if (!isThere(due.wanted, found)) allThere = await does(() => put(spoken, due, true))
  }
  if (allThere) for (const due of steps.removals) await does(() => remove(spoken, due))
  return { outcomes, ended }
}
