import { Button, Group } from '@mantine/core'
import { useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'
import { ListTable } from './list-table.tsx'

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
    <ListTable
      columns={[w.line, nameTitle, w.field, w.shown, w.reason]}
      rows={rows.flatMap(row =>
        row.faults.map(({ field, shown, message }) => ({
          key: `${row.line} ${field} ${message}`,
          cells: [
            <span key="line" className="file-line" data-label={w.line}>
              {row.line}
            </span>,
            row.name ?? '—',
            <span key="field" className="file-field">
              {field ? (fields[field] ?? field) : '—'}
            </span>,
            <span key="shown" className="file-shown">
              {shown}
            </span>,
            message,
          ],
        })),
      )}
    />
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
