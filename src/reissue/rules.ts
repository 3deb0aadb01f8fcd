import { type Decision, no, yes } from '../lib/decision.ts'
import { editionIssuedOn, feeFor } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { ReissueReason } from '../programme/shape-cards.ts'
import type { PersonKind } from '../programme/shape-parts.ts'
import type { Status } from '../roster/person.ts'

/** What an application asks for. */
export interface Application {
  cardId: number
  reason: ReissueReason
  /** The holder looked at the photo on record, and it is the one to print. */
  photoIsRight: boolean
}

/** What applying needs to know of a person and of the card in whose place another one is asked for. */
export interface ApplicationFacts {
  status: Status
  kind: PersonKind
  /** Null where it was never handed to this person. */
  card: { edition: string; lost: boolean; handedIn: boolean; newest: boolean } | null
  /** Whether a card of the edition issued today was handed to this person before. */
  hadIssued: boolean
  open: { cardId: number; reason: ReissueReason } | null
}

/** Why nothing is applied for, in the order in which it is told; the order is part of the contract. */
export const applicationRefusals = [
  'not-your-card',
  'graduated',
  'withdrawn',
  'not-registered',
  'on-leave',
  'reissue-open',
  'newer-card',
  'nothing-issued-now',
  'collect-free-new-card',
  'report-lost-first',
  'reported-lost',
  'photo-first',
  'no-fee-recorded',
] as const
export type ApplicationRefusal = (typeof applicationRefusals)[number]

/** What an application brings: which edition, for how much, and until when it can be paid. */
export interface Applied {
  /** True where the same was applied for already, and it is still open. */
  again: boolean
  edition: string
  feeId: string
  amount: number
  lapsesAt: Temporal.Instant
}

/**
 * Until when something applied for on a day can be paid: the same day so many months later, or that month's last day
 * (31 January leads to 28 or 29 February), to its end on the campus's clocks.
 */
export const lapseOf = (today: Temporal.PlainDate, programme: Programme): Temporal.Instant =>
  today
    .add({ months: programme.reissue.unpaidLapsesAfterMonths })
    .add({ days: 1 })
    .toZonedDateTime(programme.campus.zone)
    .toInstant()

const gone = { graduated: 'graduated', withdrawn: 'withdrawn' } as const

/** Whether the old card of a change is lost before the free new one was collected, which is there for them anyway. */
function freeOneWaits(facts: ApplicationFacts, reason: ReissueReason, programme: Programme, issued: string) {
  if (facts.card?.edition === issued || facts.hadIssued) return false
  return reason !== 'lost' || programme.reissue.lostOldBeforePickup === 'free-new-card'
}

/**
 * Whether a card is issued anew in place of this one (domain 3.5, 3.7; the notice's point 7): to a student at study, for
 * the newest card in their name, in the edition issued today, with the photo looked at first, for the fee of the day and of
 * their kind. Asking for the same again is harmless.
 */
export function mayApply(
  facts: ApplicationFacts,
  asked: Application,
  programme: Programme,
  today: Temporal.PlainDate,
): Decision<Applied, ApplicationRefusal> {
  const { card, open, status } = facts
  const issued = editionIssuedOn(programme, today)
  if (card === null) return no('not-your-card')
  if (status in gone) return no(gone[status as keyof typeof gone])
  if (status === 'not-registered') return no('not-registered')
  if (status === 'on-leave') return no('on-leave')
  if (open) {
    if (open.cardId !== asked.cardId || open.reason !== asked.reason) return no('reissue-open')
    return yes({
      again: true,
      edition: card.edition,
      feeId: '',
      amount: 0,
      lapsesAt: lapseOf(today, programme),
    })
  }
  if (!card.newest || card.handedIn) return no('newer-card')
  if (issued === null) return no('nothing-issued-now')
  if (freeOneWaits(facts, asked.reason, programme, issued.id)) return no('collect-free-new-card')
  if (asked.reason === 'lost' && !card.lost) return no('report-lost-first')
  if (asked.reason !== 'lost' && card.lost) return no('reported-lost')
  if (!asked.photoIsRight) return no('photo-first')
  const fee = feeFor(programme, 'reissue', today, facts.kind)
  if (!fee.ok) return no('no-fee-recorded', { on: today.toString() })
  return yes({
    again: false,
    edition: issued.id,
    feeId: fee.fee.id,
    amount: fee.fee.amount,
    lapsesAt: lapseOf(today, programme),
  })
}

/** What became of an application so far; null where there is none that is open. */
export interface OpenReissue {
  reason: ReissueReason
  settled: 'free' | 'paid' | 'waived' | null
  produced: boolean
}

export type WithdrawalRefusal = 'no-open-reissue' | 'settled-already'

/** Whether the holder may take an application back: only while nothing was paid for it. */
export function mayWithdraw(open: OpenReissue | null): Decision<object, WithdrawalRefusal> {
  if (open === null) return no('no-open-reissue')
  return open.settled === null ? yes({}) : no('settled-already')
}

/** Why a card found again does not end its reissue, in the order in which it is told. */
export const foundRefusals = [
  'no-open-reissue',
  'not-for-loss',
  'never-restored',
  'produced-already',
] as const
export type FoundRefusal = (typeof foundRefusals)[number]

/**
 * Whether the lost card, found again, takes the place of the one that was applied for (domain 3.6): until that one is
 * produced. Says what becomes of a fee that was paid.
 */
export function mayBeFoundAgain(
  open: OpenReissue | null,
  { foundAgain, feeWhenFoundAgain }: Programme['reissue'],
): Decision<{ fee: 'nothing-paid' | 'kept' | 'paid-back' }, FoundRefusal> {
  if (open === null) return no('no-open-reissue')
  if (open.reason !== 'lost') return no('not-for-loss')
  if (foundAgain === 'never') return no('never-restored')
  if (open.produced) return no('produced-already')
  return yes({ fee: open.settled === 'paid' ? feeWhenFoundAgain : 'nothing-paid' })
}

/**
 * Of the days on which somebody is reminded, the one that is due today and was not told: of several that were missed the
 * last alone. Null where none is.
 */
export function reminderDue(
  { appliedOn, reminded }: { appliedOn: Temporal.PlainDate; reminded: readonly number[] },
  afterDays: readonly number[],
  today: Temporal.PlainDate,
): number | null {
  const passed = appliedOn.until(today, { largestUnit: 'days' }).days
  const last = Math.max(0, ...afterDays.filter(days => days <= passed))
  return last > 0 && !reminded.some(days => days >= last) ? last : null
}
