import { type Decision, no, yes } from '../lib/decision.ts'
import type { ReissueReason } from '../programme/shape-cards.ts'

/** A way by which money came in or went out, as the ledger has it. */
export const moneyWays = ['counter', 'kiosk', 'online', 'paid-back'] as const
export type MoneyWay = (typeof moneyWays)[number]

/** One move of money on a day. `amount` in whole minor units; what was paid back is negative. */
export interface MoneyLine {
  way: MoneyWay
  /** A counter's id (empty: of who sits at none), a kiosk's; empty for the others. */
  place: string
  /** Who took it or paid it back, as the ledger says. */
  by: string
  /** For what; null: kiosk money of nobody yet. */
  reason: ReissueReason | null
  amount: number
}

/** What came by one way, at one place, by one person, for one purpose. */
export interface MoneySum extends MoneyLine {
  payments: number
}

/** A day's money: its sums, what each counter is to have in its drawer, and what it all comes to. */
export interface CashierDay {
  sums: MoneySum[]
  counters: { counter: string; payments: number; expected: number }[]
  totals: Record<MoneyWay, number>
}

/** Adds a day's moves up. Every unit of every line is in one sum and in one total. */
export function dayOf(lines: readonly MoneyLine[]): CashierDay {
  const sums = new Map<string, MoneySum>()
  const counters = new Map<string, CashierDay['counters'][number]>()
  const totals = { counter: 0, kiosk: 0, online: 0, 'paid-back': 0 }
  for (const line of lines) {
    const { way, place, by, reason, amount } = line
    const key = JSON.stringify([way, place, by, reason])
    const known = sums.get(key) ?? { ...line, amount: 0, payments: 0 }
    sums.set(key, { ...known, amount: known.amount + amount, payments: known.payments + 1 })
    totals[way] += amount
    if (way !== 'counter') continue
    const drawer = counters.get(place) ?? { counter: place, payments: 0, expected: 0 }
    counters.set(place, {
      counter: place,
      payments: drawer.payments + 1,
      expected: drawer.expected + amount,
    })
  }
  const order = (sum: MoneySum) => `${moneyWays.indexOf(sum.way)} ${sum.place} ${sum.by} ${sum.reason ?? ''}`
  return {
    sums: [...sums.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1)),
    counters: [...counters.values()].toSorted((a, b) => (a.counter < b.counter ? -1 : 1)),
    totals,
  }
}

/** Why a count is not taken down, in the order in which it is told. */
export const countRefusals = [
  'day-to-come',
  'nothing-taken',
  'takings-changed',
  'counted-already',
  'difference-needs-note',
] as const
export type CountRefusal = (typeof countRefusals)[number]

/** What somebody counted, and how many payments they saw when they did. */
export interface Counting {
  counted: number
  payments: number
  note: string
}

/**
 * Whether a counter's takings of a day are counted: once, and once more after each later payment of that day. What was
 * looked at must still be so, and a difference has a note. `last` is how many payments the last count was of.
 */
export function mayCount(
  { counted, payments, note }: Counting,
  facts: {
    day: Temporal.PlainDate
    today: Temporal.PlainDate
    taken: { payments: number; expected: number } | null
    last: number | null
  },
): Decision<{ expected: number; difference: number; correction: boolean }, CountRefusal> {
  const { day, today, taken, last } = facts
  if (Temporal.PlainDate.compare(day, today) > 0) return no('day-to-come')
  if (taken === null) return no('nothing-taken')
  if (last === taken.payments) return no('counted-already')
  if (payments !== taken.payments) return no('takings-changed', { payments: taken.payments })
  const difference = counted - taken.expected
  if (difference !== 0 && note.trim() === '') return no('difference-needs-note')
  return yes({ expected: taken.expected, difference, correction: last !== null })
}
