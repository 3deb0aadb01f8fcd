import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { DoorsChecks, PutRightPeople } from '../access/check-routes.ts'
import { besideEachOther } from '../lib/both.ts'
import { Day } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount, sayDate } from '../web/when.ts'
import { doorsWords } from './doors-words.ts'

/** What the daily check found on the last days, and of whom something differed. */
export function ChecksPanel() {
  const w = useWords(doorsWords)
  const { language } = useShell()
  const [shown, setShown] = useState<string | null>(null)
  const list = useGet<DoorsChecks>('/doors-checks')
  return (
    <Panel title={w.checkTitle}>
      <p className="dim">{w.checkAbout}</p>
      {list.data?.ok === false && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{list.data.message}</p>
        </Notice>
      )}
      {list.data?.ok && list.data.value.checks.length === 0 && (
        <EmptyState title={w.noCheck}>{w.noCheckNext}</EmptyState>
      )}
      {list.data?.ok && list.data.value.checks.length > 0 && (
        <ListTable
          columns={[w.day, w.compared, w.result]}
          rows={list.data.value.checks.map(({ on, people, differed, numbers, endedAt }) => ({
            key: on,
            cells: [
              <Day key="day" on={on} />,
              sayCount(people, language),
              differed > 0 ? (
                <Group key="result" gap="sm">
                  <Verdict tone="warn" word={w.differed(differed, numbers)} />
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-expanded={shown === on}
                    onClick={() => setShown(shown === on ? null : on)}
                  >
                    {shown === on ? w.hide : w.show}
                  </Button>
                </Group>
              ) : (
                <Verdict
                  key="result"
                  tone={endedAt === null ? 'wait' : 'yes'}
                  word={endedAt === null ? w.underWay : w.equal}
                />
              ),
            ],
          }))}
        />
      )}
      {shown !== null && <PutRight key={shown} on={shown} />}
    </Panel>
  )
}

/** Read when asked for: who is seen is written down. */
function PutRight({ on }: { on: string }) {
  const w = useWords(doorsWords)
  const shell = useShell()
  const { language } = shell
  const list = useGet<PutRightPeople>(`/doors-checks/${on}/people`)
  if (list.data === undefined) return <p role="status">{w.loading}</p>
  if (!list.data.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{list.data.message}</p>
      </Notice>
    )
  const { people, more } = list.data.value
  return (
    <section aria-label={w.shown(sayDate(on, shell))}>
      <h3>{w.shown(sayDate(on, shell))}</h3>
      <ExportList path={`/doors-checks/${on}/people`} these="people" />
      <ListTable
        columns={[w.student, w.name, w.numbers, w.where]}
        rows={people.map(({ studentNumber, name, numbers, controllers }) => ({
          key: studentNumber,
          cells: [
            studentNumber,
            name[language],
            sayCount(numbers, language),
            besideEachOther(controllers.map(String), language),
          ],
        }))}
      />
      {more && <p className="dim">{w.moreDiffered}</p>}
    </section>
  )
}
