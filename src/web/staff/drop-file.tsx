import './files.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { Notice } from '../panel.tsx'
import { ProgressBar } from '../progress.tsx'
import { useShell, useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'
import { sendFile } from './send-file.ts'

/** What is under way between dropping a file and seeing what it would do. */
type Sending = { of: number; sent: number } | null

/**
 * Takes a file by dropping or choosing, shows how far it has come, and why it was refused. `path` is where it is sent;
 * what comes back stands at `listPath/uploadId`, and is kept as that answer.
 */
export function DropFile({
  path,
  listPath,
  invitation,
  limits,
  nothingChanged,
  onTaken,
}: {
  path: string
  listPath: string
  invitation: string
  limits: string
  /** Said under a refusal: that nothing happened. */
  nothingChanged?: string
  onTaken: (uploadId: number) => void
}) {
  const w = useWords(filesWords)
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
    const answer = await sendFile<{ uploadId: number }>(path, file, {
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
    void known.invalidateQueries({ queryKey: [listPath], refetchType: 'none' })
    known.setQueryData([`${listPath}/${uploadId}`], answer)
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
          <p>{nothingChanged ?? w.nothingChanged}</p>
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
            <p>{invitation}</p>
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
            <p className="dim">{limits}</p>
          </>
        )}
      </div>
    </>
  )
}
