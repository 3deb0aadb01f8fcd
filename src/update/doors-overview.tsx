import { ExportList } from '../web/staff/export-list.tsx'
import './windows.css'
import { Button } from '@mantine/core'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { ChecksPanel } from './checks-panel.tsx'
import { needsALook } from './condition-rules.ts'
import { ControllerTable } from './controller-table.tsx'
import { doorsWords } from './doors-words.ts'
import { RetentionPanel } from './retention-panel.tsx'
import type { Controllers } from './shapes.ts'

/** How often the screen asks. */
const everyMs = 10_000

/** All doors at a glance: each controller's condition and clock, the daily check, how long things are kept. */
export function DoorsOverview() {
  const w = useWords(doorsWords)
  const list = useGet<Controllers>('/controllers', { everyMs })
  const controllers = list.data?.ok ? list.data.value.controllers : null
  return (
    <div className="updates">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      {list.data === undefined && <p role="status">{w.loading}</p>}
      {list.data?.ok === false && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{list.data.message}</p>
          <Button onClick={() => void list.refetch()}>{w.tryAgain}</Button>
        </Notice>
      )}
      {controllers !== null && (
        <Panel title={w.controllers}>
          {controllers.length === 0 ? (
            <EmptyState title={w.none}>{w.noneNext}</EmptyState>
          ) : (
            <>
              <p role="status">{w.ofAll(controllers.filter(needsALook).length, controllers.length)}</p>
              <ExportList path="/controllers" />
              <ControllerTable controllers={controllers} />
            </>
          )}
        </Panel>
      )}
      <ChecksPanel />
      <RetentionPanel />
    </div>
  )
}
