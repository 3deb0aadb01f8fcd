import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { ProgressBar } from '../web/progress.tsx'
import { useSaid, useWords } from '../web/surroundings.tsx'
import type { CurrentWindow } from './shapes.ts'
import { words } from './words.ts'

type Lane = CurrentWindow['lanes'][number]

/** Those that something is left of, by how much; those under way, the least done first; those that are done. */
function lanesInOrder(lanes: readonly Lane[], silent: ReadonlySet<number>) {
  const concerned = lanes.filter(lane => lane.owed > 0 || lane.outcome === 'unreachable')
  const isLeft = ({ outcome, controllerId }: Lane) =>
    outcome === null ? silent.has(controllerId) : outcome !== 'done'
  return {
    left: concerned.filter(isLeft).toSorted((a, b) => b.owed - b.done - (a.owed - a.done)),
    underWay: concerned
      .filter(lane => lane.outcome === null && !isLeft(lane))
      .toSorted((a, b) => a.done / a.owed - b.done / b.owed || a.controllerId - b.controllerId),
    done: concerned.filter(({ outcome }) => outcome === 'done'),
  }
}

/** The newest update, controller by controller: while it runs its bars move, afterwards it says what came of it. */
export function LiveRun({
  current,
  window,
  silent,
}: {
  /** The controllers that do not answer now. */
  silent: ReadonlySet<number>
  current: CurrentWindow
  window: NonNullable<CurrentWindow['window']>
}) {
  const w = useWords(words)
  const { left, underWay, done } = lanesInOrder(current.lanes, silent)
  return (
    <Panel
      title={
        <>
          {window.running ? w.live : w.last}
          {w.colon}
          <When at={window.startsAt} />
        </>
      }
    >
      {window.owed === 0 ? (
        <p>{w.nothing}</p>
      ) : (
        <ProgressBar
          label={w.all}
          value={window.done}
          of={window.owed}
          note={window.failed > 0 ? w.failed(window.failed) : undefined}
        />
      )}
      <p className="unseen" role="status">
        {window.running ? w.live : w.state[window.failed > 0 ? 'partly' : 'done']}
      </p>
      {left.length > 0 && (
        <Notice tone="warn" title={w.left(left.length, left.length + underWay.length + done.length)}>
          {left.some(({ controllerId }) => silent.has(controllerId)) && (
            <p>
              {w.unreachableNext}{' '}
              <Anchor component={Link} to="/unreachable" underline="always">
                {w.unreachable}
              </Anchor>
            </p>
          )}
          <Lanes lanes={left} silent />
        </Notice>
      )}
      {underWay.length > 0 && <Lanes lanes={underWay} />}
      {done.length > 0 && (
        <Folded summary={w.doneLanes(done.length)}>
          <Lanes lanes={done} />
        </Folded>
      )}
    </Panel>
  )
}

/** What is as it should be stays folded, so that what is not stands first. */
const Folded = ({ summary, children }: { summary: string; children: ReactNode }) => (
  <details>
    <summary>{summary}</summary>
    {children}
  </details>
)

const Lanes = ({ lanes, silent = false }: { lanes: readonly Lane[]; silent?: boolean }) => (
  <div className="lanes">
    {lanes.map(lane => (
      <ProgressBar
        key={lane.controllerId}
        label={<Building lane={lane} />}
        value={lane.done}
        of={lane.owed}
        note={<LaneNote lane={lane} silent={silent} />}
      />
    ))}
  </div>
)

/** A building may have several controllers: each is named with its own number. */
const Building = ({ lane }: { lane: Lane }) => (
  <>
    {useSaid(lane.building)} <small className="dim figures">{lane.controllerId}</small>
  </>
)

function LaneNote({ lane, silent }: { lane: Lane; silent: boolean }) {
  const w = useWords(words)
  if (lane.outcome === null && silent) return <>{w.laneSilent}</>
  if (lane.outcome === null) return <>{lane.done > 0 ? w.laneRuns : w.laneWaits}</>
  return (
    <>
      {w.lane[lane.outcome]}
      {lane.failed > 0 && ` · ${w.failed(lane.failed)}`}
    </>
  )
}
