import { useEffect, useState } from 'react'
import { useApi } from '../web/staff/use-api.tsx'

/** How long nothing was changed before it is worked out again: a form changes several fields in a row. */
const restMs = 500

/** What was worked out of a draft, and of which text. */
export interface OfDraft<Value> {
  /** The last answer; it stays while a newer text is worked out or has problems. */
  found: { of: string; value: Value } | null
  /** Whether that answer is of the very text that stands on the screen. */
  isNow: boolean
  /** Why there is no answer to this text. */
  refused: string | null
  ask: () => void
}

/** What the server works out of a draft's text: once it is asked for, and from then on a moment after each change. */
export function useOfDraft<Value>(path: string, source: string): OfDraft<Value> {
  const api = useApi()
  const [asked, setAsked] = useState(0)
  const [found, setFound] = useState<OfDraft<Value>['found']>(null)
  const [refused, setRefused] = useState<string | null>(null)
  useEffect(() => {
    if (asked === 0) return undefined
    let overtaken = false
    async function workOut(): Promise<void> {
      const answer = await api.post<Value>(path, { source })
      if (overtaken) return
      setRefused(answer.ok ? null : answer.message)
      if (answer.ok) setFound({ of: source, value: answer.value })
    }
    const timer = setTimeout(() => void workOut(), restMs)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [asked, source, path, api])
  return { found, isNow: found?.of === source, refused, ask: () => setAsked(times => times + 1) }
}
