import { Button, Group, Table } from '@mantine/core'
import { useState } from 'react'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { MissingReply } from './routes.ts'
import { screenWords } from './screen-words.ts'

/** Who studies and has no photo; opened by hand, because who looks is written down. */
export function MissingPhotos() {
  const w = useWords(screenWords)
  const { language } = useShell()
  const reading = useAct<{ after?: string }, MissingReply>('/photos/missing')
  const [people, setPeople] = useState<MissingReply['people'] | null>(null)
  const [next, setNext] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  async function read(after?: string): Promise<void> {
    const answer = await reading.mutateAsync(after === undefined ? {} : { after })
    setRefused(answer.ok ? null : answer.message)
    if (!answer.ok) return
    setPeople([...(after === undefined ? [] : (people ?? [])), ...answer.value.people])
    setNext(answer.value.next)
  }
  return (
    <Panel title={w.missing}>
      {refused && (
        <Notice tone="no" title={w.refusedRead} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      {people === null ? (
        <>
          <p className="dim">{w.personal}</p>
          <Group>
            <Button variant="default" loading={reading.isPending} onClick={() => void read()}>
              {w.showMissing}
            </Button>
            <ExportList path="/photos/missing" />
          </Group>
        </>
      ) : people.length === 0 ? (
        <EmptyState title={w.nobodyMissing} />
      ) : (
        <Table.ScrollContainer minWidth={320}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{w.student}</Table.Th>
                <Table.Th>{w.name}</Table.Th>
                <Table.Th>{w.department}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {people.map(person => (
                <Table.Tr key={person.studentNumber}>
                  <Table.Td className="figures">{person.studentNumber}</Table.Td>
                  <Table.Td>{person.name[language]}</Table.Td>
                  <Table.Td>{person.department[language]}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {next !== null && (
        <Button variant="default" loading={reading.isPending} onClick={() => void read(next)}>
          {w.more}
        </Button>
      )}
    </Panel>
  )
}
