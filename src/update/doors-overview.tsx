import './windows.css'
import { Anchor, Button, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount, sayWhen } from '../web/when.ts'
import { ChecksPanel } from './checks-panel.tsx'
import { OffBySaid, worthALookSeconds } from './clock-said.tsx'
import { doorsWords } from './doors-words.ts'
import { RetentionPanel } from './retention-panel.tsx'
import type { Controllers } from './shapes.ts'

type Controller = Controllers['controllers'][number]

/** How often the screen asks. */
const everyMs = 10_000

/** A controller that is fuller than this will refuse cards soon. */
const nearlyFullShare = 0.95

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
            <Overview controllers={controllers} />
          )}
        </Panel>
      )}
      <ChecksPanel />
      <RetentionPanel />
    </div>
  )
}

const needsALook = ({ silentSince, clockUnset, clockDriftSeconds, isHeld }: Controller): boolean =>
  silentSince !== null || clockUnset || isHeld || Math.abs(clockDriftSeconds ?? 0) >= worthALookSeconds

/** Those that need a look first, then as they are numbered. */
function Overview({ controllers }: { controllers: readonly Controller[] }) {
  const w = useWords(doorsWords)
  const { language } = useShell()
  const inOrder = controllers.toSorted((a, b) => Number(needsALook(b)) - Number(needsALook(a)) || a.id - b.id)
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.building}</Table.Th>
            <Table.Th>{w.condition}</Table.Th>
            <Table.Th>{w.clock}</Table.Th>
            <Table.Th>{w.held}</Table.Th>
            <Table.Th>{w.open}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {inOrder.map(controller => (
            <Table.Tr key={controller.id}>
              <Table.Td>
                <Anchor component={Link} to={`/doors/${controller.id}`} underline="always">
                  {w.openOf(controller.building[language], controller.id)}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <Condition controller={controller} />
              </Table.Td>
              <Table.Td>
                <ClockOf controller={controller} />
              </Table.Td>
              <Table.Td className="figures">{w.room(controller.held, controller.capacity)}</Table.Td>
              <Table.Td className="figures">{sayCount(controller.open, language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** How a controller is: silent, held, nearly full, or answering. */
export function Condition({ controller }: { controller: Controller }) {
  const w = useWords(doorsWords)
  const shell = useShell()
  const { silentSince, isHeld, held, capacity, driver } = controller
  if (silentSince !== null) {
    const since = sayWhen(silentSince, shell)
    return <Verdict tone="no" word={driver === 'file' ? w.folderSince(since) : w.silentSince(since)} />
  }
  if (isHeld) return <Verdict tone="warn" word={w.isHeld} />
  if (held >= capacity * nearlyFullShare) return <Verdict tone="warn" word={w.nearlyFull} />
  return <Verdict tone="yes" word={w.answers} />
}

function ClockOf({ controller }: { controller: Controller }) {
  const w = useWords(doorsWords)
  if (controller.driver === 'file') return <span className="dim">{w.noClock}</span>
  if (controller.clockUnset) return <Verdict tone="warn" word={w.notSet} />
  return <OffBySaid seconds={controller.clockDriftSeconds} limit={worthALookSeconds} />
}
