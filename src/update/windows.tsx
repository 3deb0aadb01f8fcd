import './windows.css'
import { Anchor, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { needsALook } from './condition-rules.ts'
import { ControllerTable } from './controller-table.tsx'
import { Difference } from './difference.tsx'
import { Attention, Govern } from './govern.tsx'
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
  const known = controllers.data?.ok ? controllers.data.value.controllers : []
  const silent = new Set(known.filter(({ silentSince }) => silentSince !== null).map(({ id }) => id))

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
      <Attention />
      {strip && <WindowStrip today={asOf(strip, current.data?.ok ? current.data.value.window : null)} />}
      {current.data?.ok &&
        (current.data.value.window ? (
          <LiveRun current={current.data.value} window={current.data.value.window} silent={silent} />
        ) : (
          <EmptyState title={w.noneYet}>{w.noneYetNext}</EmptyState>
        ))}
      {controllers.data?.ok && <Govern controllers={known} />}
      {strip && <Difference key={strip.next.startsAt} next={strip.next} />}
      {controllers.data?.ok && <ControllersToMind controllers={known} runs={runs} />}
    </div>
  )
}

/** The strip with the newest update as it was read last, so that the page never says two counts of it. */
function asOf(strip: WindowsToday, window: CurrentWindow['window']): WindowsToday {
  if (window === null) return strip
  const { running, startsAt, ...counts } = window
  return {
    ...strip,
    windows: strip.windows.map(each => {
      if (each.startsAt !== startsAt) return each
      const state = running
        ? 'running'
        : each.state === 'running' || each.state === 'planned'
          ? null
          : each.state
      return { ...each, ...counts, state: state ?? (counts.failed > 0 ? 'partly' : 'done') }
    }),
  }
}

/**
 * Those that need a look, and between updates those that are owed something; the others only as how many they are, since
 * they have a page.
 */
function ControllersToMind({
  controllers,
  runs,
}: {
  controllers: Controllers['controllers']
  runs: boolean
}) {
  const w = useWords(words)
  const minded = controllers.filter(each => needsALook(each) || (!runs && each.open > 0))
  const others = controllers.length - minded.length
  return (
    <Panel title={w.controllers}>
      {minded.length > 0 && <ControllerTable controllers={minded} />}
      <p>
        {others > 0 && w.othersAnswer(others, minded.length === 0)}{' '}
        <Anchor component={Link} to="/doors" underline="always">
          {w.allControllers}
        </Anchor>
      </p>
    </Panel>
  )
}
