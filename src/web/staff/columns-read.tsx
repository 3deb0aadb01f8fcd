import { Button, Select, Table } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'
import { useAct } from './use-api.tsx'

/** A column of a file: its header, what it was read as, and what stands in its first rows. */
export interface ColumnRead {
  header: string
  field: string | null
  remembered: boolean
  first: readonly string[]
}

const aside = '-'

/**
 * What each header of a file was read as. Somebody who knows better says so: it counts at once, and for every such file
 * to come, until it is forgotten.
 */
export function ColumnsRead({
  columns,
  fields,
  room,
  kind,
  fixed,
}: {
  columns: readonly ColumnRead[]
  /** The fields of such a file and their names. */
  fields: Readonly<Record<string, string>>
  room: 'roster' | 'cards'
  kind: string
  /** Whether nothing can be said any more, because the file was applied. */
  fixed: boolean
}) {
  const w = useWords(filesWords)
  const [refused, setRefused] = useState<string | null>(null)
  const say = useAct<object, object>(`/${room}/headers`, { refresh: [`/${room}`] })
  const forget = useAct<object, object>(`/${room}/headers/forgetting`, { refresh: [`/${room}`] })
  async function go(act: typeof say, body: object): Promise<void> {
    const answer = await act.mutateAsync({ kind, ...body })
    setRefused(answer.ok ? null : answer.message)
  }
  const pending = say.isPending || forget.isPending
  const choices = [
    { value: aside, label: w.leftAside },
    ...Object.entries(fields).map(([value, label]) => ({ value, label })),
  ]
  return (
    <>
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      <p className="dim">{w.columnsNote}</p>
      <Table.ScrollContainer minWidth={620}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.header}</Table.Th>
              <Table.Th>{w.readAs}</Table.Th>
              <Table.Th>{w.firstRows}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map(({ header, field, remembered, first }) => (
              <Table.Tr key={header}>
                <Table.Td>{header}</Table.Td>
                <Table.Td>
                  {fixed ? (
                    (fields[field ?? ''] ?? w.leftAside)
                  ) : (
                    <Select
                      aria-label={w.readAsOf(header)}
                      data={choices}
                      value={field ?? aside}
                      disabled={pending}
                      allowDeselect={false}
                      onChange={chosen => void go(say, { header, field: chosen === aside ? null : chosen })}
                    />
                  )}
                  {remembered && (
                    <p className="file-remembered">
                      <span className="dim">{w.remembered}</span>{' '}
                      {!fixed && (
                        <Button
                          variant="default"
                          size="compact-sm"
                          aria-label={w.forgetOf(header)}
                          disabled={pending}
                          onClick={() => void go(forget, { header })}
                        >
                          {w.forget}
                        </Button>
                      )}
                    </p>
                  )}
                </Table.Td>
                <Table.Td className="file-shown">{first.filter(cell => cell !== '').join(' · ')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
