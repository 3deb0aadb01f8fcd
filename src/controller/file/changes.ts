import type { Answer, CardRecord, ControllerAddress, Outcome } from '../../update/driver.ts'
import type { Change, HandedRow, State } from './state.ts'

/** How the file of a controller looks, as the register allowed it. */
export type FileSettings = NonNullable<ControllerAddress['settings']>

/** A number as the other system wants it; null where it does not fit. */
export function numberText(number: bigint, { as, digits }: FileSettings['number']): string | null {
  if (number <= 0n || number > 0xffff_ffff_ffff_ffffn) return null
  const text = as === 'hex' ? number.toString(16).toUpperCase() : number.toString()
  if (digits > 0 && text.length > digits) return null
  return text.padStart(digits, '0')
}

/** A number as a result gives it back, zeros in front or not; null where it is none. */
export function numberFrom(text: string, { as }: FileSettings['number']): bigint | null {
  const plain = text.trim()
  if (plain.length > 32 || !(as === 'hex' ? /^[0-9a-f]+$/i : /^\d+$/).test(plain)) return null
  return BigInt(as === 'hex' ? `0x${plain}` : plain)
}

const holds = (settings: FileSettings, contents: readonly string[]): boolean =>
  settings.columns.some(column => contents.includes(column.holds))

/** Whether a file of these columns can say this card: its days, its doors (with time profiles), its keypad code. */
export function canSay(card: CardRecord, settings: FileSettings): boolean {
  if (numberText(card.number, settings.number) === null) return false
  const earliest = settings.dates === 'roc' ? 1912 : 1
  if ([card.from, card.to].some(day => day.year < earliest || day.year > 9999)) return false
  if (card.doors.some(door => !Number.isInteger(door) || door < 0 || door > 254)) return false
  // A list of doors says which of them open, not when.
  if (holds(settings, ['doors']) && card.doors.some(door => door > 1)) return false
  return card.pin === 0
}

const sameCard = (one: CardRecord | null, other: CardRecord | null): boolean =>
  one === null || other === null
    ? one === other
    : one.from.equals(other.from) &&
      one.to.equals(other.to) &&
      one.pin === other.pin &&
      one.doors.every((door, at) => door === other.doors[at])

/** The newest row that was handed over for a number, in which file. */
export function lastRow(state: State, number: bigint): { file: number; row: HandedRow } | null {
  for (let at = state.files.length - 1; at >= 0; at--) {
    const { file, rows } = state.files[at]!
    const row = rows.get(number)
    if (row) return { file, row }
  }
  return null
}

/** Cards that stand there as far as results told, and those that may be added to them by what has none yet. */
function cardsToBe(state: State, collected: ReadonlyMap<bigint, Change>): number {
  const standing = (number: bigint) => Boolean(state.known.get(number)?.card)
  const more = new Set<bigint>()
  for (const { rows } of state.files)
    for (const { number, card, answer } of rows.values())
      if (card && answer === null && !standing(number)) more.add(number)
  for (const { number, card } of collected.values()) if (card && !standing(number)) more.add(number)
  return [...state.known.values()].filter(({ card }) => card).length + more.size
}

/** Certainly not fewer than those: counted without looking at each. */
const mostCards = (state: State, collected: ReadonlyMap<bigint, Change>): number =>
  state.files.reduce((sum, { rows }) => sum + rows.size, state.known.size + collected.size)

/** Whether a card was taken away by this file or a later one: room for another. One that was not there left none. */
const roomSince = (state: State, since: number): boolean =>
  state.files.some(
    ({ file, rows }) =>
      file >= since && [...rows.values()].some(row => !row.card && row.answer === 'applied'),
  )

const outcome = (answer: Answer, proved: boolean): Outcome => ({ answer, proved, tries: 1 })
const notYet = outcome('unconfirmed', false)

/** What a change that is asked for comes to: its answer, and whether it is to be collected for the next file. */
export interface Verdict {
  outcome: Outcome
  /** `wait`: what waits for the next file, if anything, stays; `drop`: it is not wanted any more. */
  next: 'collect' | 'wait' | 'drop'
}

/** What a result said of this very change, or null where it was not handed over or has to be once more. */
function saidBefore(state: State, { number, card }: Change, firstTold: boolean): Outcome | null {
  const last = lastRow(state, number)
  if (last && !sameCard(last.row.card, card)) return null
  const known = state.known.get(number)
  const answer = last ? last.row.answer : known && sameCard(known.card, card) ? 'applied' : undefined
  if (answer === undefined || answer === 'again') return null
  if (answer === null) return notYet
  if (answer === 'absent') return outcome('already', true)
  if (answer === 'applied') return outcome(card || firstTold ? 'applied' : 'already', true)
  if (answer === 'full' && last && roomSince(state, last.file)) return null
  return outcome(answer, true)
}

/**
 * Decides about one change from what was handed over and what results said. `firstTold`: this removal's result was
 * not told to anybody yet. A removal is handed over also of a number that we never put there: whether it stands there
 * from before, only the other system knows.
 */
export function judge(
  state: State,
  collected: ReadonlyMap<bigint, Change>,
  change: Change,
  { capacity, firstTold }: { capacity: number; firstTold: boolean },
): Verdict {
  const { number, card } = change
  const said = saidBefore(state, change, firstTold)
  if (said) return { outcome: said, next: 'drop' }
  const waiting = collected.get(number)
  if (waiting && sameCard(waiting.card, card)) return { outcome: notYet, next: 'wait' }
  const isNew =
    card !== null && !state.known.get(number)?.card && !waiting?.card && !isUnderWay(state, number)
  if (isNew && mostCards(state, collected) >= capacity && cardsToBe(state, collected) >= capacity)
    return { outcome: { answer: 'full', proved: false, tries: 0 }, next: 'wait' }
  return { outcome: notYet, next: 'collect' }
}

/** Whether a card's put has no result yet: its place is counted already. */
const isUnderWay = (state: State, number: bigint): boolean => {
  const last = lastRow(state, number)
  return last !== null && last.row.card !== null && last.row.answer === null
}

/** Whether a removal of a number that nobody knows to stand there has no result yet. */
export const isRemovalOpen = (
  state: State,
  collected: ReadonlyMap<bigint, Change>,
  number: bigint,
): boolean => {
  if (collected.get(number)?.card === null) return true
  const last = lastRow(state, number)
  return last !== null && last.row.card === null && last.row.answer === null
}
