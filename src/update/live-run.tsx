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
function lanesInOrder(lanes: readonly Lane[]) {
  const concerned = lanes.filter(lane => lane.owed > 0 || lane.outcome === 'unreachable')
  return {
    left: concerned
      .filter(({ outcome }) => outcome !== null && outcome !== 'done')
      .toSorted((a, b) => b.failed - a.failed),
    underWay: concerned
      .filter(({ outcome }) => outcome === null)
      .toSorted((a, b) => a.done / a.owed - b.done / b.owed || a.controllerId - b.controllerId),
    done: concerned.filter(({ outcome }) => outcome === 'done'),
  }
}

/** The newest update, controller by controller: while it runs its bars move, afterwards it says what came of it. */
export function LiveRun({
  current,
  window,
}: {
  current: CurrentWindow
  window: NonNullable<CurrentWindow['window']>
}) {
  const w = useWords(words)
  const { left, underWay, done } = lanesInOrder(current.lanes)
  const silent = left.filter(({ outcome }) => outcome === 'unreachable').length
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
          {silent > 0 && (
            <p>
              {w.unreachableNext}{' '}
              <Anchor component={Link} to="/unreachable" underline="always">
                {w.unreachable}
              </Anchor>
            </p>
          )}
          <Lanes lanes={left} />
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

const Lanes = ({ lanes }: { lanes: readonly Lane[] }) => (
  <div className="lanes">
    {lanes.map(lane => (
      <ProgressBar
        key={lane.controllerId}
        label={<Building lane={lane} />}
        value={lane.done}
        of={lane.owed}
        note={<LaneNote lane={lane} />}
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

function LaneNote({ lane }: { lane: Lane }) {
  const w = useWords(words)
  if (lane.outcome === null) return <>{lane.done > 0 ? w.laneRuns : w.laneWaits}</>
  return (
    <>
      {w.lane[lane.outcome]}
      {lane.failed > 0 && ` · ${w.failed(lane.failed)}`}
    </>
  )
}
