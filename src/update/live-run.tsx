import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { ProgressBar } from '../web/progress.tsx'
import { useSaid, useWords } from '../web/surroundings.tsx'
import type { CurrentWindow } from './shapes.ts'
import { words } from './words.ts'

type Lane = CurrentWindow['lanes'][number]

/** The newest update, controller by controller: while it runs its bars move, afterwards it says what came of it. */
export function LiveRun({
  current,
  window,
}: {
  current: CurrentWindow
  window: NonNullable<CurrentWindow['window']>
}) {
  const w = useWords(words)
  const concerned = current.lanes.filter(lane => lane.owed > 0 || lane.outcome === 'unreachable')
  const silent = current.lanes.filter(lane => lane.outcome === 'unreachable')
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
      {silent.length > 0 && (
        <Notice tone="warn" title={w.unreachable}>
          <ul>
            {silent.map(lane => (
              <li key={lane.controllerId}>
                <Building lane={lane} /> ({lane.controllerId})
              </li>
            ))}
          </ul>
          <p>{w.unreachableNext}</p>
        </Notice>
      )}
      <div className="lanes">
        {concerned.map(lane => (
          <ProgressBar
            key={lane.controllerId}
            label={<Building lane={lane} />}
            value={lane.done}
            of={lane.owed}
            note={<LaneNote lane={lane} />}
          />
        ))}
      </div>
    </Panel>
  )
}

const Building = ({ lane }: { lane: Lane }) => <>{useSaid(lane.building)}</>

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
