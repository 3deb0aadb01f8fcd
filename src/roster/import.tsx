import './import.css'
import { Button, Table, UnstyledButton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type DragEvent, useRef, useState } from 'react'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ProgressBar } from '../web/progress.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { UploadReply } from './import-api.ts'
import { ImportPreview } from './import-preview.tsx'
import { importWords } from './import-words.ts'
import { sendRoster } from './send-file.ts'

/** What is under way between dropping a file and seeing its difference. */
type Sending = { of: number; sent: number } | null

/** The office's roster import: drop a file, see the difference, apply it. */
export function RosterImport() {
  const w = useWords(importWords)
  const navigate = useNavigate()
  const { upload } = useSearch({ strict: false }) as { upload?: number }
  const show = (uploadId: number | null) =>
    void navigate({ to: '/import', search: uploadId === null ? {} : { upload: uploadId } })
  return (
    <div className="import">
      <h1>{w.title}</h1>
      {upload === undefined ? (
        <>
          <p className="dim">{w.about}</p>
          <DropFile onTaken={show} />
          <Earlier onLook={show} />
        </>
      ) : (
        <ImportPreview key={upload} uploadId={upload} onLeave={() => show(null)} />
      )}
    </div>
  )
}

/** Takes a file by dropping or choosing, and shows how far it has come. */
function DropFile({ onTaken }: { onTaken: (uploadId: number) => void }) {
  const w = useWords(importWords)
  const { language } = useShell()
  const known = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<Sending>(null)
  const [refused, setRefused] = useState<{ file: string; message: string } | null>(null)

  async function take(file: File | undefined): Promise<void> {
    if (!file || sending) return
    setRefused(null)
    setSending({ of: file.size, sent: 0 })
    const answer = await sendRoster(file, {
      language,
      onSent: sent => setSending({ of: file.size, sent: Math.min(sent, file.size) }),
    })
    setSending(null)
    if (field.current) field.current.value = ''
    if (!answer.ok) {
      setRefused({ file: file.name, message: answer.message })
      return
    }
    const { uploadId } = answer.value
    void known.invalidateQueries({ queryKey: ['/roster/uploads'], refetchType: 'none' })
    known.setQueryData([`/roster/uploads/${uploadId}`], answer)
    onTaken(uploadId)
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  const kilobytes = (bytes: number) => Math.ceil(bytes / 1024)
  return (
    <>
      {refused && (
        <Notice tone="no" title={`${w.refused}：${refused.file}`} urgent>
          <p>{refused.message}</p>
          <p>{w.nothingChanged}</p>
        </Notice>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button inside is everybody's. */}
      <div
        className={`drop-file ${over ? 'over' : ''}`}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        {sending ? (
          <ProgressBar
            label={w.sending}
            value={kilobytes(sending.sent)}
            of={kilobytes(sending.of)}
            note={sending.sent < sending.of ? w.kilobytes : w.comparing}
          />
        ) : (
          <>
            <p>{w.drop}</p>
            <input
              ref={field}
              type="file"
              className="unseen"
              accept=".csv,.txt,text/csv,text/plain"
              aria-label={w.choose}
              tabIndex={-1}
              onChange={event => void take(event.currentTarget.files?.[0])}
            />
            <Button onClick={() => field.current?.click()}>{w.choose}</Button>
            <p className="dim">{w.limits}</p>
          </>
        )}
      </div>
    </>
  )
}

/** Earlier uploads: one that was left can be found again. */
function Earlier({ onLook }: { onLook: (uploadId: number) => void }) {
  const w = useWords(importWords)
  const { data: answer } = useGet<{ uploads: UploadReply[] }>('/roster/uploads')
  if (!answer?.ok) return null
  const { uploads } = answer.value
  return (
    <Panel title={w.earlier}>
      {uploads.length === 0 ? (
        <EmptyState title={w.noneYet}>{w.noneYetNext}</EmptyState>
      ) : (
        <Table.ScrollContainer minWidth={520}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{w.file}</Table.Th>
                <Table.Th>{w.at}</Table.Th>
                <Table.Th>{w.outcome}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {uploads.map(upload => (
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
                  <Table.Td>
                    <When at={upload.uploadedAt} />
                  </Table.Td>
                  <Table.Td>
                    {upload.outcome ? (
                      <Verdict tone="yes" word={w.applied(upload.outcome.adds, upload.outcome.changes)} />
                    ) : (
                      <Verdict tone="wait" word={w.notApplied} />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  )
}
