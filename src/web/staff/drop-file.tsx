import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProgressBar } from '../progress.tsx'
import { useShell, useWords } from '../surroundings.tsx'
import { DropZone, type RefusedFile } from './drop-zone.tsx'
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
  const [sending, setSending] = useState<Sending>(null)
  const [refused, setRefused] = useState<RefusedFile | null>(null)

  async function take(file: File): Promise<void> {
    setRefused(null)
    setSending({ of: file.size, sent: 0 })
    const answer = await sendFile<{ uploadId: number }>(path, file, {
      language,
      onSent: sent => setSending({ of: file.size, sent: Math.min(sent, file.size) }),
    })
    setSending(null)
    if (!answer.ok) {
      setRefused({ file: file.name, message: answer.message })
      return
    }
    const { uploadId } = answer.value
    void known.invalidateQueries({ queryKey: [listPath], refetchType: 'none' })
    known.setQueryData([`${listPath}/${uploadId}`], answer)
    onTaken(uploadId)
  }
  const kilobytes = (bytes: number) => Math.ceil(bytes / 1024)
  return (
    <DropZone
      invitation={invitation}
      limits={limits}
      accept=".csv,.txt,text/csv,text/plain"
      refused={refused}
      nothingChanged={nothingChanged}
      underWay={
        sending && (
          <ProgressBar
            label={w.sending}
            value={kilobytes(sending.sent)}
            of={kilobytes(sending.of)}
            note={sending.sent < sending.of ? w.kilobytes : w.comparing}
          />
        )
      }
      onFile={file => void take(file)}
    />
  )
}
