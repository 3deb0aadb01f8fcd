import { Button, Table } from '@mantine/core'
import { useState } from 'react'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { Unwritable } from './file-routes.ts'
import { unwritableWords } from './unwritable-words.ts'

/** Whose names the files for another access system cannot write; opened by hand, because who looks is written down. */
export function UnwritableNames({ serial, encoding }: { serial: string; encoding: string }) {
  const w = useWords(unwritableWords)
  const [looks, setLooks] = useState(false)
  return (
    <Panel title={w.title}>
      <p className="dim">{w.about(encoding)}</p>
      {looks ? (
        <Names serial={serial} />
      ) : (
        <>
          <p>{w.personal}</p>
          <Button variant="default" onClick={() => setLooks(true)}>
            {w.look}
          </Button>
        </>
      )}
    </Panel>
  )
}

function Names({ serial }: { serial: string }) {
  const w = useWords(unwritableWords)
  const found = useGet<Unwritable>(`/controllers/${serial}/unwritable-names`)
  if (found.data === undefined) return <p role="status">{w.looking}</p>
  if (!found.data.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{found.data.message}</p>
      </Notice>
    )
  const { people, named } = found.data.value
  if (people === 0) return <EmptyState title={w.none}>{w.noneNext}</EmptyState>
  return (
    <>
      <Notice tone="warn" title={w.count(people)}>
        <p>{w.countNext}</p>
      </Notice>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.student}</Table.Th>
            <Table.Th>{w.missing}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {named.map(({ studentNumber, missing }) => (
            <Table.Tr key={studentNumber}>
              <Table.Td className="figures">{studentNumber}</Table.Td>
              <Table.Td lang="zh-TW">{missing.join(' ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ExportList path={`/controllers/${serial}/unwritable-names`} />
      {people > named.length && <p className="dim">{w.more(named.length)}</p>}
    </>
  )
}
