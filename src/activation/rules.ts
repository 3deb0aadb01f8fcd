import { type Decision, no, yes } from '../lib/decision.ts'

/** What activation needs to know of a person and of the card in their hands. */
export interface ActivationFacts {
  /** Whether the roster has the person as somebody with campus access today. */
  mayEnter: boolean
  /** The newest card handed to this person that no deadline ends; null before pickup. */
  card: {
    cardId: number
    printedNumber: string | null
    /** Whether it comes with a code on its letter, which proves possession as well. */
    hasCarrierCode: boolean
    reportedLost: boolean
    activatedAt: Temporal.Instant | null
  } | null
  /** The card whose campus access the activation ends, while it still has some. */
  old: {
    cardId: number
    accessEndsAt: Temporal.Instant | null
    /** Its holder has its campus access paused: it ends all the same, and opens no door until then. */
    paused: boolean
    /** It was taken in for the new one, which therefore does not wait for a window. */
    handedIn: boolean
  } | null
  /** Until when no further guess is looked at, said on the campus's clocks (11:20, or with its date); null: it is. */
  shutUntil: string | null
}

/** The reasons not to activate, in the order in which they are told; the order is part of the contract. */
export const activationRefusals = [
  'not-collected-yet',
  'reported-lost',
  'no-campus-access',
  'too-many-tries',
  'wrong-digits',
  'wrong-carrier-code',
] as const
export type ActivationRefusal = (typeof activationRefusals)[number]

/** How many of the printed number's last digits prove that the card is in the holder's hand. */
export const digitsAsked = 4

/**
 * Beside the programme's own limit, so many wrong ones within a day: then 10 of the 10,000 that four digits can be were
 * tried, and whoever has a session and no card finds them with 1 in 1,000. The counter helps sooner.
 */
export const guessesADay = { wrongTries: 10, waitMinutes: 24 * 60 } as const

/**
 * That the card is in the holder's hand, in one of two ways of equal rank: the last digits printed on it, or the code on
 * the letter that it comes with (and whether that is this card's).
 */
export type Possession = { lastDigits: string } | { carrierCodeFits: boolean }

export interface Activated {
  cardId: number
  /** True where it was active already: a double tap gets the same promise, and nothing happens twice. */
  again: boolean
  replaces: number | null
}

/**
 * Whether this person may switch this card on (the notice's point 5), by the holder and with the card in hand:
 * the last digits printed on it. Switching on is final; asking again is harmless.
 */
export function mayActivate(
  facts: ActivationFacts,
  proof: Possession,
): Decision<Activated, ActivationRefusal> {
  const { card, old } = facts
  if (card === null) return no('not-collected-yet')
  if (card.reportedLost) return no('reported-lost')
  if (!facts.mayEnter) return no('no-campus-access')
  if (card.activatedAt !== null) return yes({ cardId: card.cardId, again: true, replaces: null })
  if (facts.shutUntil !== null) return no('too-many-tries', { until: facts.shutUntil })
  if ('carrierCodeFits' in proof) {
    if (!card.hasCarrierCode || !proof.carrierCodeFits) return no('wrong-carrier-code')
  } else if (card.printedNumber === null || proof.lastDigits !== card.printedNumber.slice(-digitsAsked))
    return no('wrong-digits')
  return yes({ cardId: card.cardId, again: false, replaces: old?.cardId ?? null })
}
