import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'

/** A loss report that stands: neither taken back nor the card found. Instants in campus time. */
export interface LossReport {
  id: number
  at: Temporal.Instant
  /** The moment for which the holder put it off; null where it leaves as soon as reports do. */
  putOffTo: Temporal.Instant | null
  sendAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  /** When the issuer received it, as its answer says. */
  receivedAt: Temporal.Instant | null
  /** Why the issuer did not take it, as its answer says. */
  refusedBecause: string | null
  hadAccess: boolean
}

/** What a loss report needs to know of a card and of who says that it is missing. */
export interface LossFacts {
  /** Whether this card was handed to this person. */
  holds: boolean
  /** The person's status in the roster. */
  status: string
  report: LossReport | null
  /** How the newest report before that was ended; null where there was none. */
  endedAs: 'withdrawn' | 'found' | null
}

/** Who has left the university: the card is an ordinary card of the issuer by then, which the school cannot report. */
export const hasLeft = (status: string): boolean => status === 'graduated' || status === 'withdrawn'

export const lossRefusals = [
  'not-your-card',
  'left-the-university',
  'cannot-be-put-off',
  'time-has-passed',
  'too-far-ahead',
] as const
export type LossRefusal = (typeof lossRefusals)[number]

/**
 * Whether this person may report this card lost. A second report is harmless and changes nothing, also not when the
 * first one leaves. It ends custody and campus access; stored value is locked by the issuer once it has the report.
 */
export function mayReportLost(
  facts: LossFacts,
  issuer: { nameZh: string; nameEn: string; phones: string },
): Decision<{ again: boolean }, 'not-your-card' | 'left-the-university'> {
  if (!facts.holds) return no('not-your-card')
  if (facts.report !== null) return yes({ again: true })
  if (hasLeft(facts.status)) return no('left-the-university', issuer)
  return yes({ again: false })
}

export const withdrawalRefusals = [
  'not-your-card',
  'not-reported-lost',
  'already-sent',
  'replacement-produced',
] as const
export type WithdrawalRefusal = (typeof withdrawalRefusals)[number]

/**
 * Whether a loss report may be taken back: until it has been sent to the issuer, and while no card was produced in the
 * place of this one. A second tap is harmless.
 */
export function mayWithdraw(
  facts: LossFacts,
  replacementProduced: boolean,
): Decision<{ again: boolean }, WithdrawalRefusal> {
  if (!facts.holds) return no('not-your-card')
  if (facts.report === null)
    return facts.endedAs === 'withdrawn' ? yes({ again: true }) : no('not-reported-lost')
  if (facts.report.sentAt !== null) return no('already-sent', { at: facts.report.sentAt.toString() })
  if (replacementProduced) return no('replacement-produced')
  return yes({ again: false })
}

export const foundRefusals = [
  'not-your-card',
  'not-reported-lost',
  'never-restored',
  'replacement-produced',
] as const
export type FoundRefusal = (typeof foundRefusals)[number]

/** What a card that is found again gets back: everything, its campus access alone, or (a second tap) nothing new. */
export type FoundAs = 'withdrawn' | 'found' | 'again'

/**
 * What becomes of a lost card that is found again. Until the report was sent, or a replacement produced, it is taken
 * back; after that campus access
 * can be given back where the programme says so and no replacement was produced, and the stored value stays locked.
 */
export function mayBeFound(
  facts: LossFacts,
  { foundAgain, replacementProduced }: FoundRule,
): Decision<{ as: FoundAs }, FoundRefusal> {
  if (!facts.holds) return no('not-your-card')
  if (facts.report === null) return facts.endedAs ? yes({ as: 'again' }) : no('not-reported-lost')
  if (facts.report.sentAt === null)
    return replacementProduced ? no('replacement-produced') : yes({ as: 'withdrawn' })
  if (foundAgain === 'never') return no('never-restored')
  if (replacementProduced) return no('replacement-produced')
  return yes({ as: 'found' })
}

/** By what a card found again is judged: the programme's rule, and whether a replacement was produced meanwhile. */
export interface FoundRule {
  foundAgain: Programme['reissue']['foundAgain']
  replacementProduced: boolean
}

/** What stands in the way of giving a card back to its holder as it was. Instants in campus time. */
export interface GivingBack {
  now: Temporal.Instant
  /** Whether campus access ended by the loss report. */
  hadAccess: boolean
  retired: boolean
  /** Another card of the same edition came into this person's hands since. */
  heldAnother: boolean
  /** When the deadline ends the campus access of its edition; null where it does not. */
  accessEndsAt: Temporal.Instant | null
  /** Another card of this person with campus access. */
  otherInUse: number | null
  /** The old card in whose place this one was activated. */
  replaces: number | null
}

/**
 * What of a card comes back with it: custody, unless it is retired or another one of its edition is held; campus access,
 * unless it had none, its date has come or another card of the person has it. The old card that went on opening doors
 * only because this one was lost ends again, as its activation said.
 */
export function givenBack(facts: GivingBack): {
  custody: boolean
  access: boolean
  endsOther: number | null
} {
  const { now, hadAccess, accessEndsAt, otherInUse, replaces } = facts
  const custody = !facts.retired && !facts.heldAnother
  const inTime = accessEndsAt === null || Temporal.Instant.compare(now, accessEndsAt) < 0
  const free = otherInUse === null || otherInUse === replaces
  const access = custody && hadAccess && inTime && free
  return { custody, access, endsOther: access ? otherInUse : null }
}

/** A new card that is reported lost, and the old one in whose place it was activated. Instants in campus time. */
export interface LostBeforeDoors {
  now: Temporal.Instant
  rule: Programme['loss']['newLostBeforeDoors']
  activation: { replaces: number | null; carriedBy: Temporal.Instant } | null
  old: { missing: boolean; retired: boolean; accessEndsAt: Temporal.Instant | null } | null
}

/**
 * The old card that goes on opening doors because the new one was lost before they switched to it (domain.md 7.5), or
 * null: the programme says so, the window that carries the switch has not begun, and the old card is not over itself.
 */
export function oldGoesOn({ now, rule, activation, old }: LostBeforeDoors): number | null {
  if (rule === 'neither-opens' || activation === null || old === null) return null
  if (Temporal.Instant.compare(activation.carriedBy, now) <= 0) return null
  if (old.missing || old.retired) return null
  if (old.accessEndsAt !== null && Temporal.Instant.compare(old.accessEndsAt, now) <= 0) return null
  return activation.replaces
}
