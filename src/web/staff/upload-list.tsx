import { Button, Table, UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { When } from '../moment.tsx'
import { Panel } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { Verdict } from '../verdict.tsx'
import { filesWords } from './files-words.ts'

/** An upload in the list of those that came before. */
export interface EarlierUpload {
  uploadId: number
  fileName: string
  uploadedAt: string
  /** What kind of file it is, where there are several. */
  kind?: string
  /** What applying it did; null: it was not applied. */
  applied: string | null
  /** Whether it waits for a second person. */
  waits?: boolean
}

/** How many uploads stand there before somebody asks for all. */
const shownFirst = 5

/** Earlier uploads: one that was left can be found again. */
export function UploadList({
  uploads,
  kindTitle,
  empty,
  onLook,
}: {
  uploads: readonly EarlierUpload[]
  kindTitle?: string
  empty: ReactNode
  onLook: (uploadId: number) => void
}) {
  const w = useWords(filesWords)
  const [all, setAll] = useState(false)
  const shown = all || uploads.length <= shownFirst + 1 ? uploads : uploads.slice(0, shownFirst)
  return (
    <Panel title={w.earlier}>
      {uploads.length === 0 ? (
        empty
      ) : (
        <Table.ScrollContainer minWidth={520}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{w.file}</Table.Th>
                {kindTitle && <Table.Th>{kindTitle}</Table.Th>}
                <Table.Th>{w.at}</Table.Th>
                <Table.Th>{w.outcome}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map(upload => (
                <Table.Tr key={upload.uploadId}>
                  <Table.Td>
                    <UnstyledButton
                      td="underline"
                      aria-label={w.look(upload.fileName)}
                      onClick={() => onLook(upload.uploadId)}
                    >
                      {upload.fileName}
                    </UnstyledButton>
                  </Table.Td>
                  {kindTitle && <Table.Td>{upload.kind}</Table.Td>}
                  <Table.Td>
                    <When at={upload.uploadedAt} />
                  </Table.Td>
                  <Table.Td>
                    {upload.applied === null ? (
                      <Verdict tone="wait" word={upload.waits ? w.waitsForSecond : w.notApplied} />
                    ) : (
                      <Verdict tone="yes" word={upload.applied} />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {shown.length < uploads.length && (
        <Button variant="default" mt="sm" onClick={() => setAll(true)}>
          {w.showAll(uploads.length)}
        </Button>
      )}
    </Panel>
  )
}
