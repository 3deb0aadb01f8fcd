import './windows.css'
import { Anchor, Button } from '@mantine/core'
import { useEffect } from 'react'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { ControllerTable } from './controller-table.tsx'
import { Difference } from './difference.tsx'
import { Govern } from './govern.tsx'
import { LiveRun } from './live-run.tsx'
import type { Controllers, CurrentWindow, WindowsToday } from './shapes.ts'
import { WindowStrip } from './window-strip.tsx'
import { words } from './words.ts'

/** How often the screen asks: every second while an update runs, so that its bars move. */
const whileRunningMs = 1_000
const otherwiseMs = 2_000

/** Today's updates, the one that runs, the next one as a difference, and the controllers. */
export function Windows() {
  const w = useWords(words)
  const today = useGet<WindowsToday>('/windows', { everyMs: otherwiseMs })
  const strip = today.data?.ok ? today.data.value : undefined
  const running = strip?.windows.some(({ state }) => state === 'running') ?? false
  const everyMs = running ? whileRunningMs : otherwiseMs
  const current = useGet<CurrentWindow>('/windows/current', { everyMs })
  const controllers = useGet<Controllers>('/controllers', { everyMs })

  // An update that has begun or ended since shows on the strip at once.
  const { refetch } = today
  const runs = current.data?.ok ? current.data.value.window?.running === true : running
  useEffect(() => {
    if (runs !== running) void refetch({ cancelRefetch: false })
  }, [runs, running, refetch])

  if (today.data?.ok === false)
    return (
      <>
        <h1>{w.title}</h1>
        <Notice tone="no" title={w.refused} urgent>
          <p>{today.data.message}</p>
          <Button onClick={() => void refetch()}>{w.tryAgain}</Button>
        </Notice>
      </>
    )
  return (
    <div className="updates">
      <h1>{w.title}</h1>
      <p className="dim">
        {w.about}{' '}
        {strip?.clockHref && (
          <Anchor href={strip.clockHref} underline="always">
            {w.demo}
          </Anchor>
        )}
      </p>
      {strip && <WindowStrip today={strip} />}
      {controllers.data?.ok && <Govern controllers={controllers.data.value.controllers} />}
      {current.data?.ok &&
        (current.data.value.window ? (
          <LiveRun current={current.data.value} window={current.data.value.window} />
        ) : (
          <EmptyState title={w.noneYet}>{w.noneYetNext}</EmptyState>
        ))}
      {strip && <Difference key={strip.next.startsAt} next={strip.next} />}
      {controllers.data?.ok && (
        <Panel title={w.controllers}>
          <ControllerTable controllers={controllers.data.value.controllers} />
        </Panel>
      )}
    </div>
  )
}
