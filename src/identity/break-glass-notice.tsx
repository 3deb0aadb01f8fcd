import { When } from '../web/moment.tsx'
import { Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { EmergencyUse } from './break-glass-routes.ts'
import { emergencyWords } from './break-glass-words.ts'

/** Told to all staff, above their screens: the emergency way in was used, or somebody guesses at its codes. */
export function EmergencyNotices() {
  const w = useWords(emergencyWords)
  const use = useGet<EmergencyUse>('/break-glass', { everyMs: 60_000 })
  if (!use.data?.ok) return null
  const { usedAt, guessed } = use.data.value
  const [last] = usedAt
  return (
    <>
      {last !== undefined && (
        <Notice tone="warn" title={w.usedTitle}>
          <p>{w.used(usedAt.length)}</p>
          <p>
            {w.usedLast} <When at={last} />
          </p>
        </Notice>
      )}
      {guessed && (
        <Notice tone="warn" title={w.guessedTitle}>
          <p>{w.guessed}</p>
        </Notice>
      )}
    </>
  )
}
