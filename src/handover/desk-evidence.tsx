import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { ViewReply } from './desk-api.ts'
import { deskWords } from './desk-words.ts'

/** Counts a live proof's seconds down from what the server said, and says once when it has run out. */
function SecondsLeft({ seconds, onRanOut }: { seconds: number; onRanOut: () => void }) {
  const w = useWords(deskWords)
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const tick = setInterval(() => setLeft(before => Math.max(0, before - 1)), 1000)
    return () => clearInterval(tick)
  }, [])
  const ranOut = left === 0 && seconds > 0
  useEffect(() => {
    if (ranOut) onRanOut()
  }, [ranOut, onRanOut])
  return <span className="figures dim">{w.secondsLeft(left)}</span>
}

/** How the person has shown who they are: the old card, the clerk's eyes, or the app. */
export function EvidencePart({
  view,
  keys,
  onSeen,
  onRanOut,
}: {
  view: ViewReply | null
  keys: boolean
  onSeen: () => void
  onRanOut: () => void
}) {
  const w = useWords(deskWords)
  const evidence = view?.evidence ?? null
  return (
    <div className="desk-evidence">
      <h2>{w.evidence}</h2>
      {evidence ? (
        <p className="desk-evidence-row">
          <Verdict
            tone={evidence.secondsLeft === 0 ? 'no' : 'yes'}
            word={w.evidenceKinds[evidence.kind](evidence.ending ?? '')}
          />
          {evidence.secondsLeft !== null && (
            <SecondsLeft
              key={`${evidence.proof} ${evidence.secondsLeft}`}
              seconds={evidence.secondsLeft}
              onRanOut={onRanOut}
            />
          )}
        </p>
      ) : (
        <>
          <Verdict tone="wait" word={w.noEvidence} />
          <p className="dim">{w.evidenceNext}</p>
          <Button variant="default" onClick={onSeen} disabled={!view?.person || view.stop !== null}>
            {keys ? w.key.seen : w.seen}
          </Button>
        </>
      )}
    </div>
  )
}
