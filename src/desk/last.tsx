import { Button } from '@mantine/core'
import { type Ref, useEffect, useImperativeHandle, useState } from 'react'
import type { LatestReply } from '../handover/undo-api.ts'
import { type UndoReason, undoReasons } from '../handover/undo-rules.ts'
import { undoWords } from '../handover/undo-words.ts'
import { When } from '../web/moment.tsx'
import { Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { Choices } from './choices.tsx'
import { deskWords } from './screen-words.ts'
import type { DeskSession, DeskState } from './session.ts'

type Listed = LatestReply['handovers'][number]

/** What the key does in the list. */
export interface LastKeys {
  /** Asks why the newest handover that can be is undone; says whether there is one. */
  undo: () => boolean
}

const asClock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Counts down until a handover can no longer be undone, from what the server said. */
function Countdown({ seconds, onOver }: { seconds: number; onOver: () => void }) {
  const w = useWords(undoWords)
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const tick = setInterval(() => setLeft(before => Math.max(0, before - 1)), 1000)
    return () => clearInterval(tick)
  }, [])
  useEffect(() => {
    if (left === 0) onOver()
  }, [left, onOver])
  return <span className="figures dim">{w.left(asClock(left))}</span>
}

/** Why a handover is undone; before a card is retired it is asked once more. */
function Reasons({
  of,
  onWhy,
  onLeave,
}: {
  of: Listed
  onWhy: (why: UndoReason) => void
  onLeave: () => void
}) {
  const w = useWords(undoWords)
  const { language } = useShell()
  const [retires, setRetires] = useState(false)
  if (retires)
    return (
      <Choices key="retire" title={w.retireTitle(of.name[language], of.ending ?? '—')} onLeave={onLeave}>
        <p>{w.retireNext}</p>
        <div className="desk-offers">
          <Button variant="default" onClick={() => setRetires(false)}>
            {w.back}
          </Button>
          <Button color="red" onClick={() => onWhy('faulty')}>
            {w.retire}
          </Button>
        </div>
      </Choices>
    )
  return (
    <Choices key="why" title={w.whyTitle(of.name[language])} onLeave={onLeave}>
      <p className="dim">{w.whyNext}</p>
      <div className="desk-offers">
        {undoReasons.map(why => (
          <Button
            key={why}
            variant="default"
            onClick={() => (why === 'faulty' ? setRetires(true) : onWhy(why))}
          >
            {w.reasons[why]}
          </Button>
        ))}
        <Button variant="subtle" onClick={onLeave}>
          {w.keep}
        </Button>
      </div>
    </Choices>
  )
}

/** This clerk's last handovers of today, for the question "did I give it?"; each can be undone for a while. */
export function LastFive({
  ref,
  state,
  session,
  onLeave,
}: {
  ref: Ref<LastKeys>
  state: DeskState
  session: DeskSession
  /** Back to the field of the scans. */
  onLeave: () => void
}) {
  const w = useWords(deskWords)
  const u = useWords(undoWords)
  const { language } = useShell()
  const { data: answer, refetch } = useGet<LatestReply>('/desk/handovers')
  const [asking, setAsking] = useState<Listed | null>(null)
  const { done, undone } = state
  const changed = `${done?.at} ${undone === null}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was done or undone is what the list is read anew for.
  useEffect(() => {
    void refetch()
  }, [changed, refetch])
  const reply = answer?.ok ? answer.value : null
  const listed = reply?.handovers ?? []
  const leave = () => {
    setAsking(null)
    onLeave()
  }
  useImperativeHandle(ref, () => ({
    undo: () => {
      const newest = listed.find(each => each.undoUntil !== null)
      if (newest) setAsking(newest)
      return newest !== undefined
    },
  }))
  const secondsLeft = (until: string): number =>
    Math.max(0, Math.floor(Temporal.Instant.from(reply!.now).until(until).total('seconds')))
  return (
    <section className="panel desk-last">
      <h2>{w.last}</h2>
      {answer && !answer.ok && (
        <Notice tone="warn">
          <p>{answer.message}</p>
        </Notice>
      )}
      {reply && listed.length === 0 && <p className="dim">{w.noneYet}</p>}
      <ol>
        {listed.map(each => (
          <li key={`${each.cardId} ${each.at}`}>
            <Verdict
              tone={each.undoneAt === null ? 'yes' : 'info'}
              word={each.undoneAt === null ? each.name[language] : u.undone(each.name[language])}
            />
            <span className="figures dim">
              {each.studentNumber} · {each.ending ?? '—'} · <When at={each.at} />
            </span>
            {each.undoUntil !== null && (
              <span className="desk-undo">
                <Countdown
                  key={reply!.now}
                  seconds={secondsLeft(each.undoUntil)}
                  onOver={() => void refetch()}
                />
                <Button
                  variant="subtle"
                  size="compact-md"
                  aria-label={u.undoOf(each.name[language])}
                  onClick={() => setAsking(each)}
                >
                  {u.undo}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {asking && (
        <Reasons
          of={asking}
          onWhy={why => {
            session.undo({ cardId: asking.cardId, at: asking.at, why }, asking.name)
            leave()
          }}
          onLeave={leave}
        />
      )}
    </section>
  )
}
