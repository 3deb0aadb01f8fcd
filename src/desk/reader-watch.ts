import { useEffect, useRef, useState } from 'react'

/** A reader that nobody has heard for so long is asked about. */
const quietMs = 20 * 60_000
/** So many entries by hand in a row are asked about, too. */
const byHandInARow = 3

/**
 * Notices a reader that may be dead: nothing was scanned for a while, or a clerk types again and again. It says so quietly, and
 * the next scan ends it.
 */
export function useReaderWatch(): { quiet: boolean; entered: (by: 'reader' | 'hand') => void } {
  const [quiet, setQuiet] = useState(false)
  const byHand = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    quiet,
    entered: by => {
      byHand.current = by === 'hand' ? byHand.current + 1 : 0
      if (by === 'hand') {
        if (byHand.current >= byHandInARow) setQuiet(true)
        return
      }
      setQuiet(false)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setQuiet(true), quietMs)
    },
  }
}
