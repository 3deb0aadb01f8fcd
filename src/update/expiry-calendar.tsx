import './history.css'
import './windows.css'
import { Button, Table } from '@mantine/core'
import { Facts } from '../web/facts.tsx'
import { Day } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
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
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.day}</Table.Th>
            <Table.Th>{w.share}</Table.Th>
            <Table.Th>{w.cards}</Table.Th>
            <Table.Th>{w.people}</Table.Th>
            <Table.Th>{w.left}</Table.Th>
            <Table.Th>{w.controllers}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map(day => (
            <Table.Tr key={day.lastDay}>
              <Table.Td>
                <Day on={day.lastDay} /> <small className="dim">{w.ahead(day.daysAhead)}</small>
              </Table.Td>
              <Table.Td>
                <Verdict
                  tone={day.cliff ? 'warn' : 'info'}
                  word={`${w.percent(day.percent)} ${day.cliff ? w.cliff : w.fine}`}
                />
              </Table.Td>
              <Table.Td className="figures">{sayCount(day.cards, language)}</Table.Td>
              <Table.Td className="figures">{sayCount(day.people, language)}</Table.Td>
              <Table.Td className="figures">{sayCount(day.left, language)}</Table.Td>
              <Table.Td>
                <ul className="ask-plain">
                  {day.controllers.slice(0, mostNamed).map(({ controllerId, building, percent }) => (
                    <li key={controllerId}>
                      {building[language]} <span className="figures">{w.percent(percent)}</span>
                    </li>
                  ))}
                  {day.controllers.length > mostNamed && (
                    <li>{w.others(day.controllers.length - mostNamed)}</li>
                  )}
                </ul>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Warnings({ warnings }: { warnings: Expiry['warnings'] }) {
  const w = useWords(expiryWords)
  const shell = useShell()
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {warnings.map(({ lastDay, stage, role, raisedAt, acknowledgedAt, acknowledgedBy }) => (
            <Table.Tr key={`${lastDay} ${stage} ${role}`}>
              <Table.Th scope="row">{sayDate(lastDay, shell)}</Table.Th>
              <Table.Td>{w.stage(stage)}</Table.Td>
              <Table.Td>{w.role[role]}</Table.Td>
              <Table.Td>
                {w.raised} {sayWhen(raisedAt, shell)}
              </Table.Td>
              <Table.Td>
                {acknowledgedAt === null ? (
                  <Verdict tone="wait" word={w.unread} />
                ) : (
                  <>
                    <Verdict tone="yes" word={w.read} />{' '}
                    <small className="dim">
                      {w.readBy(acknowledgedBy ?? '', sayWhen(acknowledgedAt, shell))}
                    </small>
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
