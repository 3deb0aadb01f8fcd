import { Button, Group, Menu, Modal, Table } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../panel.tsx'
import { useShell, useWords } from '../surroundings.tsx'
import { exportWords } from './export-words.ts'
import { fetchFile } from './fetch-file.ts'
import { useGet } from './use-api.tsx'

/** What a list would lose in a file for old systems, as its route answers. */
interface Damaged {
  rows: number
  cells: number
  named: readonly { row: string; column: string; text: string; characters: readonly string[] }[]
}

/** What of a list an old system's file would lose; only then the file itself. */
function OldSystems({
  query,
  path,
  onClose,
  onTake,
}: {
  query: string
  path: string
  onClose: () => void
  onTake: () => void
}) {
  const w = useWords(exportWords)
  const found = useGet<Damaged>(`${path}/export/damaged${query === '' ? '' : `?${query}`}`)
  if (found.data === undefined) return <p role="status">{w.looking}</p>
  if (!found.data.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{found.data.message}</p>
      </Notice>
    )
  const { rows, cells, named } = found.data.value
  return (
    <>
      {cells === 0 ? (
        <p>{w.nothingLost(rows)}</p>
      ) : (
        <>
          <Notice tone="warn" title={w.lost(cells)}>
            <p>{w.lostNext}</p>
          </Notice>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{w.whose}</Table.Th>
                <Table.Th>{w.column}</Table.Th>
                <Table.Th>{w.text}</Table.Th>
                <Table.Th>{w.characters}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {named.map(({ row, column, text, characters }) => (
                <Table.Tr key={`${row} ${column} ${text}`}>
                  <Table.Td className="figures">{row}</Table.Td>
                  <Table.Td>{column}</Table.Td>
                  <Table.Td lang="zh-TW">{text}</Table.Td>
                  <Table.Td lang="zh-TW">{characters.join(' ')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {cells > named.length && <p className="dim">{w.more(named.length)}</p>}
        </>
      )}
      <Group mt="md">
        <Button onClick={onTake}>{cells === 0 ? w.download : w.downloadAnyway}</Button>
        <Button variant="default" onClick={onClose}>
          {w.cancel}
        </Button>
      </Group>
    </>
  )
}

/**
 * A list's export: as a spreadsheet, as CSV, or as CSV for old systems, of which one sees first what it would damage.
 * `path` is the list's own (`/reissues`), `query` what narrows it; `label` tells two exports beside each other apart.
 */
export function ExportList({
  path,
  query = {},
  label,
  these,
}: {
  path: string
  query?: Readonly<Record<string, string>>
  label?: string
  /** The same, where it is said by what the rows are. */
  these?: keyof (typeof exportWords)['en']['these']
}) {
  const { language } = useShell()
  const w = useWords(exportWords)
  const [works, setWorks] = useState(false)
  const [old, setOld] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const asked = new URLSearchParams(query).toString()
  const take = async (format: 'xlsx' | 'csv' | 'big5') => {
    setOld(false)
    setWorks(true)
    setRefused(await fetchFile(`${path}/export?${new URLSearchParams({ ...query, format })}`, language))
    setWorks(false)
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" loading={works} aria-label={works ? w.working : undefined}>
            {label ?? (these ? w.these[these] : w.export)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void take('xlsx')}>{w.formats.xlsx}</Menu.Item>
          <Menu.Item onClick={() => void take('csv')}>{w.formats.csv}</Menu.Item>
          <Menu.Item onClick={() => setOld(true)}>{w.formats.big5}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {refused && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      <Modal
        opened={old}
        onClose={() => setOld(false)}
        title={w.oldTitle}
        size="lg"
        closeButtonProps={{ 'aria-label': w.cancel }}
      >
        {old && (
          <OldSystems
            path={path}
            query={asked}
            onClose={() => setOld(false)}
            onTake={() => void take('big5')}
          />
        )}
      </Modal>
    </>
  )
}
