import { inBrackets } from '../lib/both.ts'
import { Facts } from '../web/facts.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { dateOf, sayDate } from '../web/when.ts'
import { doorsWords } from './doors-words.ts'
import type { Retention } from './retention-routes.ts'

/** For how long events and history are kept, how far back can be asked, and what was forgotten last night. */
export function RetentionPanel() {
  const w = useWords(doorsWords)
  const kept = useGet<Retention>('/retention')
  if (kept.data?.ok === false)
    return (
      <Panel title={w.keptTitle}>
        <Notice tone="no" title={w.refused} urgent>
          <p>{kept.data.message}</p>
        </Notice>
      </Panel>
    )
  return (
    <Panel title={w.keptTitle}>
      <p className="dim">{w.keptAbout}</p>
      {kept.data?.ok && <Kept kept={kept.data.value} />}
    </Panel>
  )
}

function Kept({ kept }: { kept: Retention }) {
  const w = useWords(doorsWords)
  const shell = useShell()
  const { eventMonths, historyMonths, eventsFrom, historyFrom, last } = kept
  const since = (months: number, from: string | null) => (
    <>
      {w.keptFor(months)}
      <br />
      <small className="dim">
        {from === null ? w.all : w.from(sayDate(dateOf(from, shell.zone), shell))}
      </small>
    </>
  )
  return (
    <Facts
      facts={[
        { name: w.events, value: since(eventMonths, eventsFrom) },
        { name: w.history, value: since(historyMonths, historyFrom) },
        { name: w.lastNight, value: <LastNight last={last} /> },
      ]}
    />
  )
}

function LastNight({ last }: { last: Retention['last'] }) {
  const w = useWords(doorsWords)
  const shell = useShell()
  if (last === null) return w.neverYet
  const { on, endedAt, months, wanted, sent, others } = last
  const day = sayDate(on, shell)
  const nothing = months.length + wanted + sent + others === 0
  return (
    <>
      {nothing ? w.nothing(day) : w.forgot(day, wanted, sent, others)}
      {endedAt === null && inBrackets(w.underWay, shell.language)}
      {months.length > 0 && (
        <>
          <br />
          <small className="dim">{w.dropped(months)}</small>
        </>
      )}
    </>
  )
}
