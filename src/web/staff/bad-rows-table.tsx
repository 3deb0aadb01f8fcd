import { Button, Group, Table } from '@mantine/core'
import { useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'

/** A row of a file that cannot be used. */
export interface BadTableRow {
  line: number
  /** Whose row it is, or which card's; null where that could not be read. */
  name: string | null
  faults: readonly { field: string | null; shown: string; message: string }[]
}

/** Rows that cannot be used: where, what stands there, why, and what to do; and the way to get them as a file. */
export function BadRowsTable({
  rows,
  nameTitle,
  fields,
}: {
  rows: readonly BadTableRow[]
  nameTitle: string
  fields: Readonly<Record<string, string>>
}) {
  const w = useWords(filesWords)
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.line}</Table.Th>
            <Table.Th>{nameTitle}</Table.Th>
            <Table.Th>{w.field}</Table.Th>
            <Table.Th>{w.shown}</Table.Th>
            <Table.Th>{w.reason}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.flatMap(row =>
            row.faults.map(({ field, shown, message }, at) => (
              <Table.Tr key={`${row.line} ${field} ${message}`}>
                <Table.Td className="figures">{at === 0 ? row.line : ''}</Table.Td>
                <Table.Td className="figures">{at === 0 ? (row.name ?? '—') : ''}</Table.Td>
                <Table.Td className="file-field">{field ? (fields[field] ?? field) : '—'}</Table.Td>
                <Table.Td className="file-shown">{shown}</Table.Td>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** The bad rows as a file to correct and drop again. */
export function DownloadBadRows({ href }: { href: string }) {
  const w = useWords(filesWords)
  return (
    <Group gap="sm">
      <Button component="a" variant="default" href={href} download>
        {w.download}
      </Button>
      <Button component="a" variant="default" href={`${href}?form=xlsx`} download>
        {w.downloadXlsx}
      </Button>
    </Group>
  )
}
