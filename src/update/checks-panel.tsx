import { Button, Table } from '@mantine/core'
import { useState } from 'react'
import type { DoorsChecks, PutRightPeople } from '../access/check-routes.ts'
import { Day } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
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
        <Table.ScrollContainer minWidth={460}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{w.day}</Table.Th>
                <Table.Th>{w.compared}</Table.Th>
                <Table.Th>{w.result}</Table.Th>
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.data.value.checks.map(({ on, people, differed, numbers, endedAt }) => (
                <Table.Tr key={on}>
                  <Table.Td>
                    <Day on={on} />
                  </Table.Td>
                  <Table.Td className="figures">{sayCount(people, language)}</Table.Td>
                  <Table.Td>
                    {differed > 0 ? (
                      <Verdict tone="warn" word={w.differed(differed, numbers)} />
                    ) : (
                      <Verdict
                        tone={endedAt === null ? 'wait' : 'yes'}
                        word={endedAt === null ? w.underWay : w.equal}
                      />
                    )}
                  </Table.Td>
                  <Table.Td>
                    {differed > 0 && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-expanded={shown === on}
                        onClick={() => setShown(shown === on ? null : on)}
                      >
                        {shown === on ? w.hide : w.show}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
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
      <Table.ScrollContainer minWidth={460}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.student}</Table.Th>
              <Table.Th>{w.name}</Table.Th>
              <Table.Th>{w.numbers}</Table.Th>
              <Table.Th>{w.where}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map(({ studentNumber, name, numbers, controllers }) => (
              <Table.Tr key={studentNumber}>
                <Table.Td className="figures">{studentNumber}</Table.Td>
                <Table.Td>{name[language]}</Table.Td>
                <Table.Td className="figures">{sayCount(numbers, language)}</Table.Td>
                <Table.Td className="figures">{controllers.join(language === 'en' ? ', ' : '、')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {more && <p className="dim">{w.moreDiffered}</p>}
    </section>
  )
}
