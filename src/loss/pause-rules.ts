import { type Decision, no, yes } from '../lib/decision.ts'
import type { Bilingual } from '../lib/words.ts'

/** What pausing and resuming need to know of a card. Instants in campus time. */
export interface PauseFacts {
  /** Whether this card was handed to this person. */
  holds: boolean
  missing: boolean
  /** Whether the card has campus access in the register now, paused or not. */
  inUse: boolean
  pausedSince: Temporal.Instant | null
  /** How often the holder resumed its campus access without coming to a desk. */
  resumedByHolder: number
}

export const pauseRefusals = ['not-your-card', 'reported-lost', 'not-in-use', 'resumed-too-often'] as const
export type PauseRefusal = (typeof pauseRefusals)[number]

type Beginning = Exclude<PauseRefusal, 'resumed-too-often'>

function ofCard({ holds, missing, inUse }: PauseFacts): Decision<object, Beginning> {
  if (!holds) return no('not-your-card')
  if (missing) return no('reported-lost')
  return inUse ? yes({}) : no('not-in-use')
}

/** Whether the campus access of this card may be paused: always, while it has some. A second tap is harmless. */
export function mayPause(facts: PauseFacts): Decision<{ again: boolean }, Beginning> {
  const card = ofCard(facts)
  return card.ok ? yes({ again: facts.pausedSince !== null }) : card
}

/** How often the holder may still resume without coming to a desk; never below none. */
export const resumesLeft = (
  { resumedByHolder }: Pick<PauseFacts, 'resumedByHolder'>,
  atMost: number,
): number => Math.max(0, atMost - resumedByHolder)

/**
 * Whether paused campus access may be given back: by the holder as often as the programme allows for a card, then at a
 * desk, where somebody looks who asks. What is not paused stays as it is.
 */
export function mayResume(
  facts: PauseFacts,
  { byStaff, atMost, where }: { byStaff: boolean; atMost: number; where: Bilingual },
): Decision<{ again: boolean }, PauseRefusal> {
  const card = ofCard(facts)
  if (!card.ok) return card
  if (facts.pausedSince === null) return yes({ again: true })
  if (!byStaff && resumesLeft(facts, atMost) === 0)
    return no('resumed-too-often', { times: atMost, whereZh: where['zh-TW'], whereEn: where.en })
  return yes({ again: false })
}
