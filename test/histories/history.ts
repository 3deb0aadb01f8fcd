import fc from 'fast-check'
import type { Deed } from './deed.ts'
import { campusDeeds } from './deeds-campus.ts'
import { cardDeeds } from './deeds-card.ts'
import { counterDeeds } from './deeds-counter.ts'
import { feeDeeds, moreFeeDeeds } from './deeds-fees.ts'
import { makerDeeds } from './deeds-maker.ts'
import { moreRefundDeeds, refundDeeds } from './deeds-refunds.ts'
import { obey } from './obey.ts'
import { minute } from './told-time.ts'

/** Everything that can happen. */
export const deeds = {
  ...cardDeeds,
  ...counterDeeds,
  ...makerDeeds,
  ...feeDeeds,
  ...refundDeeds,
  ...campusDeeds,
  'as the page says': obey,
} satisfies Record<string, Deed>
export type DeedName = keyof typeof deeds

/** What may follow on a step at once, so that much happens to money: the books alone are looked at after each. */
export const moneyDeeds = {
  ...feeDeeds,
  ...moreFeeDeeds,
  ...refundDeeds,
  ...moreRefundDeeds,
  ...makerDeeds,
} satisfies Record<string, Deed>
export type MoneyDeedName = keyof typeof moneyDeeds

/** When the next thing happens: so long after the last; or that long before or after an edge of the day. */
export type When =
  | { after: number }
  | { edge: 'window' | 'window over' | 'midnight' | 'deadline'; off: number }
  | { days: number }

/** One thing that somebody does, or that happens. */
export interface Step {
  when: When
  deed: DeedName
  /** A place in the list of people. */
  person: number
  /** What of several is meant; each deed reads it as it likes. */
  pick: number
  /** A second tap, at the same moment. */
  twice: boolean
}

/** Something that happens to money after a step. */
export interface MoneyStep {
  /** After which step, counted around. */
  after: number
  deed: MoneyDeedName | 'weeks pass'
  person: number
  pick: number
}

/** Days in which a history begins: an ordinary week, and the last days of the old card. */
export type Era = '2023-10-16T14:20' | '2024-02-28T14:30'

/** What happens on a campus, from a beginning on. */
export interface History {
  era: Era
  /** So many things everybody has done as My card said, before the first step. */
  ahead: number
  /** Decides which datagrams are lost where a board is hard to hear. */
  chance: number
  steps: Step[]
  money: MoneyStep[]
}

const often: Partial<Record<DeedName, number>> = {
  'as the page says': 24,
  activate: 7,
  'activate and lose the old': 4,
  collect: 4,
  'collect and undo': 3,
  undo: 2,
  fetch: 3,
  'bring back': 3,
  pause: 4,
  resume: 4,
  lose: 4,
  'take report back': 3,
  find: 3,
  apply: 5,
  'pay online': 4,
  'pay at kiosk': 3,
  produce: 4,
  'order cards': 2,
  'maker delivers': 2,
  'board dies': 4,
  'board is well': 4,
  'ask refund': 2,
  'send refunds': 2,
  'issuer answers': 2,
}

const deedName = fc.oneof(
  ...(Object.keys(deeds) as DeedName[]).map(name => ({
    arbitrary: fc.constant(name),
    weight: often[name] ?? 1,
  })),
)

const oftenToMoney: Partial<Record<MoneyDeedName | 'weeks pass', number>> = {
  'apply anew': 7,
  'begin payment': 5,
  'provider calls': 8,
  'pay online': 9,
  'pay at kiosk': 8,
  'type a receipt': 3,
  'assign receipt': 6,
  'hand receipt back': 2,
  'pay at counter': 4,
  waive: 4,
  'pay back': 4,
  'make and collect': 7,
  'order cards': 3,
  'maker delivers': 3,
  'ask refund': 2,
  'change refund': 3,
  'ask and send': 3,
  'send and answer': 8,
  'issuer answers': 6,
}
const moneyDeedName = fc.oneof(
  ...([...Object.keys(moneyDeeds), 'weeks pass'] as (MoneyDeedName | 'weeks pass')[]).map(name => ({
    arbitrary: fc.constant(name),
    weight: oftenToMoney[name] ?? 1,
  })),
)

const offs = [0, -1, 1, -30_000, 30_000, 36_000, -10 * minute, 10 * minute, 59 * minute + 59_000]
const when: fc.Arbitrary<When> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ after: fc.integer({ min: 0, max: 300_000 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      edge: fc.constantFrom('window' as const, 'window', 'window over', 'midnight', 'deadline'),
      off: fc.constantFrom(...offs),
    }),
  },
  { weight: 1, arbitrary: fc.record({ days: fc.integer({ min: 1, max: 40 }) }) },
)

/** Histories; a smaller one has fewer steps, and what is nearer to nothing in each. */
export const anyHistory: fc.Arbitrary<History> = fc.record({
  era: fc.constantFrom<Era>('2023-10-16T14:20', '2023-10-16T14:20', '2024-02-28T14:30'),
  ahead: fc.constantFrom(0, 1, 2, 2, 2),
  chance: fc.nat(1_000_000),
  steps: fc.array(
    fc.record({
      when,
      deed: deedName,
      person: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(3) }),
      pick: fc.nat(500),
      twice: fc.oneof(
        { weight: 5, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    }),
    { minLength: 4, maxLength: 18, size: 'max' },
  ),
  // Without a leaning to what is small: each of many acts is as likely early as late.
  money: fc.noBias(
    fc.array(fc.record({ after: fc.nat(17), deed: moneyDeedName, person: fc.nat(3), pick: fc.nat(500) }), {
      minLength: 25,
      maxLength: 55,
      size: 'max',
    }),
  ),
})
