import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayCounters } from '../programme/template.ts'
import type { Act } from '../server/register.ts'
import { mayPause, mayResume, type PauseRefusal } from './pause-rules.ts'
import { keepPause, keepResumed, pauseFacts } from './pause-store.ts'

/** A card of a person. */
export interface OwnCard {
  personId: number
  cardId: number
}

/** Whether somebody of the staff acts for a person who stands before them; written down with the act. */
export const forPersonPresent = ({ actor }: Act): { forPersonPresent?: true } =>
  actor.kind === 'student' || actor.kind === 'system' ? {} : { forPersonPresent: true }

/**
 * Pauses the campus access of a card: every door that can be reached is told at once, and nothing else changes. The
 * card stays its holder's, and its stored value is not touched. Refuses as `mayPause` does.
 */
export async function pauseAccess(
  act: Act,
  { personId, cardId }: OwnCard,
): Promise<Decision<{ again: boolean; since: Temporal.Instant }, PauseRefusal>> {
  const facts = await pauseFacts(act, personId, cardId)
  const decision = mayPause(facts)
  if (!decision.ok) return decision
  if (facts.pausedSince !== null) return yes({ again: true, since: facts.pausedSince })
  const since = await keepPause(act, personId, cardId)
  await act.note({ act: 'campus access paused', personId, cardId, facts: forPersonPresent(act) })
  return yes({ again: false, since })
}

/**
 * Gives paused campus access back. The doors are told at once, but for a new card to which they have not switched yet:
 * that one waits for its window as it was promised. Refuses as `mayResume` does.
 */
export async function resumeAccess(
  act: Act,
  { personId, cardId }: OwnCard,
): Promise<Decision<{ again: boolean }, PauseRefusal>> {
  const programme = await programmeInForce(act)
  const facts = await pauseFacts(act, personId, cardId)
  const decision = mayResume(facts, {
    byStaff: act.actor.kind !== 'student',
    atMost: programme.loss.pausesAtMost,
    where: {
      'zh-TW': sayCounters(programme, programme.askAt, 'zh-TW'),
      en: sayCounters(programme, programme.askAt, 'en'),
    },
  })
  if (!decision.ok || decision.again) return decision
  await keepResumed(act, cardId)
  const journal = { atOnce: !facts.notSwitched, ...forPersonPresent(act) }
  await act.note({ act: 'campus access resumed', personId, cardId, facts: journal })
  return yes({ again: false })
}
