import { Table } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Day } from '../web/moment.tsx'
import { EmptyState, Panel } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import type { OverviewReply } from './api.ts'
import { lines } from './lines.ts'
import { words } from './words.ts'

/** The library that draws comes when there is something to draw. */
const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }))

/** How it went day by day: a chart, and the same as a table. */
export function ByDay({ overview }: { overview: OverviewReply }) {
  const w = useWords(words)
  const { language } = useShell()
  if (overview.days.length === 0)
    return (
      <Panel title={w.overTime}>
        <EmptyState title={w.noDays}>{w.noDaysNext}</EmptyState>
      </Panel>
    )
  return (
    <Panel title={w.overTime}>
      <div className="by-day">
        <div>
          <ul className="legend">
            {lines.map(({ step, stroke, dash }) => (
              <li key={step}>
                <svg width="36" height="8" aria-hidden="true" focusable="false">
                  <path d="M0 4h36" stroke={stroke} strokeWidth="3" strokeDasharray={dash} />
                </svg>
                {w.stages[step]}
              </li>
            ))}
          </ul>
          <Suspense fallback={<p className="waits">{w.loading}</p>}>
            <Chart overview={overview} />
          </Suspense>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled with the keyboard, too. */}
        <section className="days" aria-label={w.tableAbout} tabIndex={0}>
          <Table verticalSpacing={2} captionSide="top" stickyHeader>
            <Table.Caption>{w.tableAbout}</Table.Caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{w.day}</Table.Th>
                {lines.map(({ step }) => (
                  <Table.Th key={step} scope="col" ta="end">
                    {w.stages[step]}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {overview.days.toReversed().map(day => (
                <Table.Tr key={day.on}>
                  <Table.Td>
                    <Day on={day.on} />
                  </Table.Td>
                  {lines.map(({ step }) => (
                    <Table.Td key={step} ta="end" className="figures">
                      {sayCount(day[step], language)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      </div>
    </Panel>
  )
}
