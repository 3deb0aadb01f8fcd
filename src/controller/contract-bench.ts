import { deepEqual, equal } from 'node:assert/strict'
import type {
  Answer,
  CardRecord,
  ControllerAddress,
  ControllerDriver,
  Outcome,
  Slot,
} from '../update/driver.ts'

/** How a controller can be made to behave for the suite. */
export type Mood =
  /** Does as it is told. */
  | 'well'
  /** Gives no answer at all. */
  | 'silent'
  /** Says no to every change, and changes nothing. */
  | 'refusing'
  /** Has no room for one more card; what is there can still be replaced and removed. */
  | 'full'
  /** Says yes to every put and stores nothing. */
  | 'forgetful'
  /** Does as it is told, but its answers are lost. */
  | 'mute'

/** A driver with two controllers of its make, empty and well, for one promise of the suite. */
export interface Bench {
  driver: ControllerDriver
  /** Of capacity 8, so that its end is soon reached. */
  controller: ControllerAddress
  /** Another one, which always behaves. */
  other: ControllerAddress
  becomes: (mood: Mood) => Promise<void>
  /** Where answers come later: the other side answers all that was handed over until now. */
  answers?: () => Promise<void>
  close: () => Promise<void>
}

/** What a make declares of itself; the suite asks of it what follows from that. */
export interface Make {
  /** Its moods besides `well`, `silent` and `refusing`, which each must have. */
  moods: readonly ('full' | 'forgetful' | 'mute')[]
  /** A change is `unconfirmed` until the other side has answered, later. */
  answersLater: boolean
  hasClock: boolean
  /** Numbers that its wire or file cannot carry. */
  unsendable: readonly bigint[]
  /** A card of a number that it can carry, with something else that it cannot. */
  unsayable: CardRecord
  open: () => Promise<Bench>
}

/** A card of the suite; plainly nobody's. */
export const cardOf = (number: number | bigint, change: Partial<CardRecord> = {}): CardRecord => ({
  number: BigInt(number),
  from: Temporal.PlainDate.from('2023-11-20'),
  to: Temporal.PlainDate.from('2024-02-29'),
  doors: [1, 1, 0, 1],
  pin: 0,
  ...change,
})

/** A card’s other last day. */
export const until = (day: string) => ({ to: Temporal.PlainDate.from(day) })
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}n` : each)))
/** Compares two answers, card for card. */
export const same = (actual: unknown, expected: unknown, why: string): void =>
  deepEqual(plain(actual), plain(expected), why)

/** An attempt at one promise; `done` carries a change through. */
export type Try = (
  bench: Bench & { done: (change: () => Promise<Outcome>) => Promise<Outcome> },
) => Promise<void>

/** Some places of a controller’s list. */
export const slotsOf = (
  driver: ControllerDriver,
  c: ControllerAddress,
  from: number,
  limit: number,
): Promise<Slot[]> => Array.fromAsync(driver.read(c, from, limit))

/** The answer is this one. */
export const isAnswer = (outcome: Outcome, answer: Answer, why: string): void =>
  equal(outcome.answer, answer, why)
