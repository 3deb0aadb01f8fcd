import { Table } from '@mantine/core'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { PreviewReply } from './import-api.ts'
import { importWords } from './import-words.ts'
import { words as rosterWords } from './words.ts'

/** People whom a roster changes, field by field: what it was, what it becomes. */
export function ChangedTable({ rows }: { rows: PreviewReply['changed'] }) {
  const w = useWords(importWords)
  const { fields } = useWords(rosterWords)
  const { language } = useShell()
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.number}</Table.Th>
            <Table.Th>{w.name}</Table.Th>
            <Table.Th>{w.changes}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={row.studentNumber}>
              <Table.Td className="figures">{row.studentNumber}</Table.Td>
              <Table.Td>{row.name[language]}</Table.Td>
              <Table.Td>
                <ul className="file-changes">
                  {row.changes.map(({ field, from, to }) => (
                    <li key={field}>
                      <span className="dim">{fields[field]}</span> <del>{from}</del>{' '}
                      <span aria-hidden="true">→</span>
                      <span className="unseen">{w.becomes}</span> <ins>{to}</ins>
                    </li>
                  ))}
                </ul>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** People who are new, or who are missing. */
export function PeopleTable({ rows }: { rows: PreviewReply['added'] }) {
  const w = useWords(importWords)
  const { language } = useShell()
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.number}</Table.Th>
            <Table.Th>{w.name}</Table.Th>
            <Table.Th>{w.department}</Table.Th>
            <Table.Th>{w.status}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={row.studentNumber}>
              <Table.Td className="figures">{row.studentNumber}</Table.Td>
              <Table.Td>{row.name[language]}</Table.Td>
              <Table.Td>{row.department}</Table.Td>
              <Table.Td>{row.status}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
