import { type Decision, no, yes } from '../lib/decision.ts'
import { whoActed } from '../lib/roles.ts'
import type { Repayments } from '../programme/shape-cards.ts'

/** How much one of the staff pays back alone; no limit where the programme says none. In minor units. */
export type AloneLimits = Pick<Repayments, 'aloneAtMost' | 'aloneAtMostADay'>

/** For how many days a repayment waits for a second person where the programme says nothing. */
export const usualWaitsDays = 7

/** What somebody has paid back without a second person today: to whom it is about now, and to everybody. In minor units. */
export interface PaidAlone {
  toOne: number
  inAll: number
}

/** Why money is not paid back by one person alone, in the order in which it is told. */
export const aloneRefusals = [
  'own-money',
  'second-person-asked',
  'second-person-pays-back',
  'second-person-pays-back-today',
] as const
export type AloneRefusal = (typeof aloneRefusals)[number]

/** Money that somebody would pay back: how much, whether to themselves, and whether a second person is asked about it already. */
export interface Repayment {
  amount: number
  toThemselves: boolean
  waits: boolean
}

/** By how much it would be too much for one person: what was paid back before today, and how much may be; null: it is not. */
export function tooMuchAlone(
  amount: number,
  { toOne, inAll }: PaidAlone,
  { aloneAtMost, aloneAtMostADay }: AloneLimits,
): { of: 'one' | 'all'; already: number; most: number } | null {
  if (aloneAtMost !== undefined && amount + toOne > aloneAtMost)
    return { of: 'one', already: toOne, most: aloneAtMost }
  if (aloneAtMostADay !== undefined && amount + inAll > aloneAtMostADay)
    return { of: 'all', already: inAll, most: aloneAtMostADay }
  return null
}

/**
 * Whether one of the staff pays money back alone: never to themselves, nothing about which a second person is asked, and with
 * what they have paid back alone today no more than the programme lets one person. So nothing passes in parts.
 */
export function mayPayAlone(
  { amount, toThemselves, waits }: Repayment,
  alone: PaidAlone,
  limits: AloneLimits,
): Decision<object, AloneRefusal> {
  if (toThemselves) return no('own-money')
  if (waits) return no('second-person-asked')
  const tooMuch = tooMuchAlone(amount, alone, limits)
  if (tooMuch === null) return yes({})
  const { of, already, most } = tooMuch
  return no(of === 'one' ? 'second-person-pays-back' : 'second-person-pays-back-today', { already, most })
}

/** Why a second person is not asked about a repayment, or does not answer, in the order in which it is told. */
export const repaymentRefusals = [
  'own-money',
  'second-person-asked',
  'no-second-person-needed',
  'no-repayment-waits',
  'asked-by-yourself',
  'asked-by-another',
  'repayment-lapsed',
  'another-amount-owed',
  'reason-missing',
] as const
export type RepaymentRefusal = (typeof repaymentRefusals)[number]

/** Whether a second person is asked: it is too much for one, and why it is paid back is said. */
export function mayAskSecond(
  { amount, toThemselves, waits }: Repayment,
  alone: PaidAlone,
  { limits, reason }: { limits: AloneLimits; reason: string },
): Decision<{ already: number; most: number }, RepaymentRefusal> {
  if (toThemselves) return no('own-money')
  if (waits) return no('second-person-asked')
  const tooMuch = tooMuchAlone(amount, alone, limits)
  if (tooMuch === null) return no('no-second-person-needed')
  if (reason.trim() === '') return no('reason-missing')
  return yes({ already: tooMuch.already, most: tooMuch.most })
}

/** A repayment that waits for a second person: who asked, for how much, and on which day it can still be answered. */
export interface WaitingRepayment {
  askedBy: string
  amount: number
  lastDay: Temporal.PlainDate
}

/** Who answers, what, and how it stands now: what could be paid back at this moment, and whether they would receive it. */
export interface RepaymentAnswer {
  by: string
  letGo: boolean
  reason: string
  today: Temporal.PlainDate
  owed: number
  toThemselves: boolean
}

/**
 * Whether somebody answers: never who asked, in whatever role or session, nor who would receive the money. Letting it go needs
 * exactly the amount that was asked about, declining a reason. A limit that was changed meanwhile changes nothing.
 */
export function mayAnswerRepayment(
  waiting: WaitingRepayment | null,
  { by, letGo, reason, today, owed, toThemselves }: RepaymentAnswer,
): Decision<object, RepaymentRefusal> {
  if (waiting === null) return no('no-repayment-waits')
  if (whoActed(by) === whoActed(waiting.askedBy)) return no('asked-by-yourself')
  if (toThemselves) return no('own-money')
  if (Temporal.PlainDate.compare(today, waiting.lastDay) > 0) return no('repayment-lapsed')
  if (!letGo) return reason.trim() === '' ? no('reason-missing') : yes({})
  return owed === waiting.amount ? yes({}) : no('another-amount-owed', { asked: waiting.amount, owed })
}

/** Whether somebody takes it back: who asked, in whatever role. */
export function mayTakeBackRepayment(
  waiting: WaitingRepayment | null,
  by: string,
): Decision<object, RepaymentRefusal> {
  if (waiting === null) return no('no-repayment-waits')
  return whoActed(by) === whoActed(waiting.askedBy) ? yes({}) : no('asked-by-another')
}
