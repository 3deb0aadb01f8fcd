import { Facts } from '../web/facts.tsx'
import { Day, When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { ControllerClock } from './clock-routes.ts'
import { OffBySaid } from './clock-said.tsx'
import { doorsWords } from './doors-words.ts'

/** A controller's clock: when it was set, how far it was off, day by day. */
export function ClockPanel({ serial, isFile }: { serial: string; isFile: boolean }) {
  const w = useWords(doorsWords)
  const clock = useGet<ControllerClock>(`/controllers/${serial}/clock`, { enabled: !isFile })
  if (isFile)
    return (
      <Panel title={w.clockTitle}>
        <p>{w.clockFile}</p>
      </Panel>
    )
  return (
    <Panel title={w.clockTitle}>
      <p className="dim">{w.clockAbout}</p>
      {clock.data === undefined && <p role="status">{w.loading}</p>}
      {clock.data?.ok === false && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{clock.data.message}</p>
        </Notice>
      )}
      {clock.data?.ok && <Clock clock={clock.data.value} />}
    </Panel>
  )
}

function Clock({ clock }: { clock: ControllerClock }) {
  const w = useWords(doorsWords)
  const { setAt, readAt, driftSeconds, limitSeconds, days } = clock
  const off = days.some(({ worstSeconds }) => Math.abs(worstSeconds) >= limitSeconds)
  return (
    <>
      {off && (
        <Notice tone="warn" title={w.clockOff(limitSeconds)}>
          <p>{w.clockOffNext}</p>
        </Notice>
      )}
      <Facts
        facts={[
          { name: w.lastSet, value: setAt === null ? w.never : <When at={setAt} /> },
          { name: w.lastRead, value: readAt === null ? w.notRead : <When at={readAt} /> },
          { name: w.drift, value: <OffBySaid seconds={driftSeconds} limit={limitSeconds} /> },
        ]}
      />
      {days.length === 0 ? (
        <EmptyState title={w.noReadings}>{w.noReadingsNext}</EmptyState>
      ) : (
        <ListTable
          columns={[w.day, w.worst, w.readings, w.unset]}
          rows={days.map(({ on, readings, worstSeconds, notSet }) => ({
            key: on,
            cells: [
              <Day key="day" on={on} />,
              <OffBySaid key="worst" seconds={worstSeconds} limit={limitSeconds} />,
              readings,
              notSet || null,
            ],
          }))}
        />
      )}
    </>
  )
}
