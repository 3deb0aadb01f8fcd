import { Table } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../web/api.ts'
import { ProgressBar } from '../web/progress.tsx'
import { DropZone } from '../web/staff/drop-zone.tsx'
import { sendFile } from '../web/staff/send-file.ts'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { PhotosReply, TakenReply } from './routes.ts'
import { screenWords } from './screen-words.ts'
import { words } from './words.ts'

interface Sent {
  file: string
  answer: Answer<TakenReply>
}

/** Takes many files, one request each: what was taken in stays so, however the others fare. */
export function TakePhotos({ rules }: { rules: PhotosReply['rules'] }) {
  const w = useWords(screenWords)
  const shell = useShell()
  const known = useQueryClient()
  const [of, setOf] = useState(0)
  const [sent, setSent] = useState<readonly Sent[]>([])

  async function take(files: readonly File[]): Promise<void> {
    setOf(files.length)
    setSent([])
    const done: Sent[] = []
    for (const file of files) {
      const answer = await sendFile<TakenReply>('/photos', file, { shell, onSent: () => {} })
      done.push({ file: file.name, answer })
      setSent([...done])
    }
    setOf(0)
    void known.invalidateQueries({ queryKey: ['/photos'] })
  }
  return (
    <>
      <DropZone
        invitation={w.drop}
        limits={rules ? `${w.rules(rules)} ${w.limits}` : w.limits}
        accept="image/jpeg,image/png,image/webp"
        refused={null}
        underWay={of > 0 ? <ProgressBar label={w.taking} value={sent.length} of={of} note={w.files} /> : null}
        onFiles={files => void take(files)}
      />
      {of === 0 && sent.length > 0 && <Results sent={sent} />}
    </>
  )
}

function Results({ sent }: { sent: readonly Sent[] }) {
  const w = useWords(screenWords)
  const { warning } = useWords(words)
  const taken = sent.filter(({ answer }) => answer.ok)
  const told = sent.filter(({ answer }) => !answer.ok || answer.value.warnings.length > 0)
  return (
    <section aria-live="polite">
      <h2>{w.results(taken.length, sent.length - taken.length)}</h2>
      {told.length > 0 && (
        <>
          <p className="dim">{w.onlyRefused}</p>
          <Table.ScrollContainer minWidth={320}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{w.file}</Table.Th>
                  <Table.Th>{w.result}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {told.map(({ file, answer }) => (
                  <Table.Tr key={file}>
                    <Table.Td>{file}</Table.Td>
                    <Table.Td>
                      {answer.ok
                        ? `${w.lookTwice} ${answer.value.warnings.map(each => warning[each]).join(', ')}`
                        : answer.message}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      )}
    </section>
  )
}
