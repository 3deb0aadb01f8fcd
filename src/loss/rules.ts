import { type Decision, no, yes } from '../lib/decision.ts'

/** What a loss report needs to know of a card. */
export interface LossFacts {
  /** Whether this card was handed to this person and is still theirs. */
  holds: boolean
  reportedAt: Temporal.Instant | null
}

export const lossRefusals = ['not-your-card'] as const
export type LossRefusal = (typeof lossRefusals)[number]

/**
 * Whether this person may report this card lost to the campus. A second report is harmless. This ends campus
 * access only; stored value is the issuer's, and has a report of its own.
 */
export function mayReportLost(facts: LossFacts): Decision<{ again: boolean }, LossRefusal> {
  if (!facts.holds) return no('not-your-card')
  return yes({ again: facts.reportedAt !== null })
}
