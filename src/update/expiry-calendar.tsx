import './history.css'
import './windows.css'
import { Button } from '@mantine/core'
import { Facts } from '../web/facts.tsx'
import { Day } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount, sayDate, sayWhen } from '../web/when.ts'
import { shownDays } from './expiry-rules.ts'
import type { Expiry } from './expiry-shapes.ts'
import { expiryWords } from './expiry-words.ts'

/** Controllers that a day names; the worst come first. */
const mostNamed = 8

/** The days to come on which cards reach their last day, those to mind marked, and what was warned of. */
export function ExpiryCalendar() {
  const w = useWords(expiryWords)
  const { language } = useShell()
  const list = useGet<Expiry>('/expiry')
  return (
    <div className="asked">
      <h1>{w.title}</h1>
      <ExportList path="/expiry" />
      <p className="dim">{w.about(shownDays)}</p>
      {list.data?.ok === false && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{list.data.message}</p>
          <Button onClick={() => void list.refetch()}>{w.tryAgain}</Button>
        </Notice>
      )}
      {list.data?.ok && (
        <>
          <Panel>
            <Facts
              facts={[
                { name: w.live, value: sayCount(list.data.value.liveCards, language) },
                { name: w.cliffs, value: list.data.value.days.filter(({ cliff }) => cliff).length },
              ]}
            />
            {list.data.value.days.length === 0 ? (
              <EmptyState title={w.none}>{w.noneNext}</EmptyState>
            ) : (
              <Days days={list.data.value.days} />
            )}
          </Panel>
          <Panel title={w.warnings}>
            {list.data.value.warnings.length === 0 ? (
              <EmptyState title={w.noWarnings}>{w.noWarningsNext}</EmptyState>
            ) : (
              <Warnings warnings={list.data.value.warnings} />
            )}
          </Panel>
        </>
      )}
    </div>
  )
}

function Days({ days }: { days: Expiry['days'] }) {
  const w = useWords(expiryWords)
  const { language } = useShell()
  return (
    <ListTable
      columns={[w.day, w.share, w.cards, w.people, w.left, w.controllers]}
      rows={days.map(day => ({
        key: day.lastDay,
        cells: [
          <span key="day">
            <Day on={day.lastDay} /> <small className="dim">{w.ahead(day.daysAhead)}</small>
          </span>,
          <Verdict
            key="share"
            tone={day.cliff ? 'warn' : 'info'}
            word={`${w.percent(day.percent)} ${day.cliff ? w.cliff : w.fine}`}
          />,
          sayCount(day.cards, language),
          sayCount(day.people, language),
          sayCount(day.left, language),
          <ul key="controllers" className="ask-plain">
            {day.controllers.slice(0, mostNamed).map(({ controllerId, building, percent }) => (
              <li key={controllerId}>
                {building[language]} <span className="figures">{w.percent(percent)}</span>
              </li>
            ))}
            {day.controllers.length > mostNamed && <li>{w.others(day.controllers.length - mostNamed)}</li>}
          </ul>,
        ],
      }))}
    />
  )
}

function Warnings({ warnings }: { warnings: Expiry['warnings'] }) {
  const w = useWords(expiryWords)
  const shell = useShell()
  return (
    <ListTable
      columns={[w.day, w.stageColumn, w.forWhom, w.raised, w.wasRead]}
      rows={warnings.map(({ lastDay, stage, role, raisedAt, acknowledgedAt, acknowledgedBy }) => ({
        key: `${lastDay} ${stage} ${role}`,
        cells: [
          sayDate(lastDay, shell),
          w.stage(stage),
          w.role[role],
          sayWhen(raisedAt, shell),
          acknowledgedAt === null ? (
            <Verdict key="read" tone="wait" word={w.unread} />
          ) : (
            <span key="read">
              <Verdict tone="yes" word={w.read} />{' '}
              <small className="dim">{w.readBy(acknowledgedBy ?? '', sayWhen(acknowledgedAt, shell))}</small>
            </span>
          ),
        ],
      }))}
    />
  )
}
