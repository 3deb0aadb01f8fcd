import { Button, Table } from '@mantine/core'
import { Notice } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import { cohortWords } from './cohort-words.ts'
import { useOfDraft } from './use-of-draft.ts'
import type { WavesReply } from './wave-api.ts'

/** The waves of a draft against what their desks can do, worked out when asked. */
export function WaveCounts({ source }: { source: string }) {
  const w = useWords(cohortWords)
  const shell = useShell()
  const { found, isNow, refused, ask } = useOfDraft<WavesReply>('/programme/waves', source)
  const waves = found?.value.waves
  return (
    <section aria-label={w.waves}>
      <h3>{w.waves}</h3>
      <p className="dim">{w.wavesAbout}</p>
      <Button variant="default" onClick={ask}>
        {w.askWaves}
      </Button>
      {refused !== null && <Notice tone="no" title={refused} urgent />}
      {found && !isNow && <p className="dim">{w.before}</p>}
      {waves?.length === 0 && <p>{w.noWaves}</p>}
      {waves && waves.length > 0 && (
        <Table className="programme-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.wave}</Table.Th>
              <Table.Th>{w.people}</Table.Th>
              <Table.Th>{w.handovers}</Table.Th>
              <Table.Th>{w.wait}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {waves.map(({ id, name, people, desks, handovers, unserved, worst, days }) => (
              <Table.Tr key={id}>
                <Table.Td data-label={w.wave}>{name}</Table.Td>
                <Table.Td data-label={w.people} className="figures">
                  {people}
                </Table.Td>
                <Table.Td data-label={w.handovers}>
                  <span className="figures">{handovers}</span>{' '}
                  <Verdict
                    tone={unserved > 0 ? 'no' : 'yes'}
                    word={unserved > 0 ? w.unserved(unserved) : w.enough}
                  />
                </Table.Td>
                <Table.Td data-label={w.wait}>
                  {worst && w.waits(sayWhen(worst.startsAt, shell), worst.people, desks, worst.waitMinutes)}
                  <details>
                    <summary>{w.days}</summary>
                    <ul>
                      {days.map(day => (
                        <li key={day.startsAt}>
                          {w.waits(sayWhen(day.startsAt, shell), day.people, desks, day.waitMinutes)}
                        </li>
                      ))}
                    </ul>
                  </details>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  )
}
