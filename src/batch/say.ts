import { sayDesk } from '../handover/words.ts'
import type { Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import type { Say } from '../server/perform.ts'
import type { ScannedCard } from './cards.ts'
import { type OwnRefusal, words } from './words.ts'

const isOwn = (refusal: string): refusal is OwnRefusal => Object.hasOwn(words.en.refusal, refusal)

/** Says a refusal of this room; a counter is told by its name. */
export const sayBatch =
  (programme: () => Programme): Say<OwnRefusal> =>
  ({ refusal, facts }, language) => {
    const { counter } = facts
    const named = typeof counter === 'string' ? nameOf(programme().counters, counter)[language] : ''
    return words[language].refusal[refusal]({ ...facts, counter: named })
  }

/** Why one card does not go with a representative: what is of batches alone in this room's words, all else as at the desk. */
export function sayCard(
  { decision, errand }: ScannedCard,
  programme: Programme,
  language: Language,
): string | null {
  if (decision.ok) return null
  const { refusal, facts } = decision
  if (isOwn(refusal)) return words[language].refusal[refusal](facts)
  const left: Refused<Exclude<typeof refusal, OwnRefusal>> = { ok: false, refusal, facts }
  return sayDesk({ ...(errand ? { errand } : {}), ...left }, programme, language)
}
