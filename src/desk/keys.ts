import { useState } from 'react'
import { type DeskAct, type DeskKeys, readKeys, usualKeys } from './key-rules.ts'

const place = 'desk.keymap'
let now: DeskKeys = usualKeys

/** Which key does this on this computer, as words name it. */
export const keyOf = (act: DeskAct): string => (now[act] === 'Escape' ? 'Esc' : now[act])

function kept(): string | null {
  try {
    return localStorage.getItem(place)
  } catch {
    return null
  }
}

/** The keys of this computer, and how they are changed; where nothing can be kept they last the visit. */
export function useDeskKeys(): [DeskKeys, (keys: DeskKeys) => void] {
  const [keys, setKeys] = useState<DeskKeys>(() => readKeys(kept()))
  now = keys
  return [
    keys,
    next => {
      now = next
      setKeys(next)
      try {
        localStorage.setItem(place, JSON.stringify(next))
      } catch {
        // A browser that keeps nothing still works.
      }
    },
  ]
}
