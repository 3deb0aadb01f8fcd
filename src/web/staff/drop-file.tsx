import { Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newKey } from '../api.ts'
import { ProgressBar } from '../progress.tsx'
import { useShell, useWords } from '../surroundings.tsx'
import { DropZone, type RefusedFile } from './drop-zone.tsx'
import { filesWords } from './files-words.ts'
import { RowsDone } from './rows-done.tsx'
import { sendFile } from './send-file.ts'
import { UnknownHeaders } from './unknown-headers.tsx'

/** What is under way between dropping a file and seeing what it would do. */
type Sending = { of: number; sent: number; name: string } | null

/** A file that was refused because columns are missing, and what may be them. */
interface Lacking {
  file: File
  unknown: readonly string[]
  missing: readonly string[]
}

const list = (fact: unknown): string[] => (typeof fact === 'string' && fact !== '' ? fact.split('\t') : [])

const encodings = ['utf-8', 'big5', 'utf-16le', 'utf-16be']

/** How somebody says that a file is to be read; nothing: as it is recognised. */
function HowRead({ onChange }: { onChange: (query: Readonly<Record<string, string>>) => void }) {
  const w = useWords(filesWords)
  const [encoding, setEncoding] = useState<string | null>(null)
  const [sheet, setSheet] = useState('')
  const told = (nextEncoding: string | null, nextSheet: string) =>
    onChange({
      ...(nextEncoding && { encoding: nextEncoding }),
      ...(/^[1-9]\d{0,2}$/.test(nextSheet) && { sheet: nextSheet }),
    })
  return (
    <details className="file-columns">
      <summary>{w.howRead}</summary>
      <div className="file-how">
        <Select
          label={w.encoding}
          data={[
            { value: '', label: w.recognised },
            ...encodings.map(value => ({ value, label: w.encodings[value] ?? value })),
          ]}
          value={encoding ?? ''}
          allowDeselect={false}
          onChange={chosen => {
            setEncoding(chosen || null)
            told(chosen || null, sheet)
          }}
        />
        <TextInput
          label={w.sheetNumber}
          placeholder={w.recognised}
          inputMode="numeric"
          maxLength={3}
          value={sheet}
          onChange={event => {
            setSheet(event.currentTarget.value)
            told(encoding, event.currentTarget.value)
          }}
        />
      </div>
    </details>
  )
}

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
  fields,
  room,
  kind,
  onTaken,
}: {
  path: string
  listPath: string
  invitation: string
  limits: string
  /** Said under a refusal: that nothing happened. */
  nothingChanged?: string
  /** What the columns of such a file may be, and their names. */
  fields: Readonly<Record<string, string>>
  room: 'roster' | 'cards'
  kind: string
  onTaken: (uploadId: number) => void
}) {
  const w = useWords(filesWords)
  const shell = useShell()
  const known = useQueryClient()
  const [sending, setSending] = useState<Sending>(null)
  const [refused, setRefused] = useState<RefusedFile | null>(null)
  const [lacking, setLacking] = useState<Lacking | null>(null)
  const [query, setQuery] = useState<Readonly<Record<string, string>>>({})

  async function take(file: File): Promise<void> {
    setRefused(null)
    setLacking(null)
    const name = newKey()
    setSending({ of: file.size, sent: 0, name })
    const asked = new URLSearchParams({ ...query, progress: name }).toString()
    const answer = await sendFile<{ uploadId: number }>(
      `${path}${path.includes('?') ? '&' : '?'}${asked}`,
      file,
      {
        shell,
        onSent: sent => setSending({ of: file.size, sent: Math.min(sent, file.size), name }),
      },
    )
    setSending(null)
    if (!answer.ok) {
      setRefused({ file: file.name, message: answer.message })
      const unknown = list(answer.facts?.unknown)
      if (unknown.length > 0) setLacking({ file, unknown, missing: list(answer.facts?.fields) })
      return
    }
    const { uploadId } = answer.value
    void known.invalidateQueries({ queryKey: [listPath], refetchType: 'none' })
    known.setQueryData([`${listPath}/${uploadId}`], answer)
    onTaken(uploadId)
  }
  const kilobytes = (bytes: number) => Math.ceil(bytes / 1024)
  return (
    <>
      <DropZone
        invitation={invitation}
        limits={limits}
        accept=".csv,.txt,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        refused={refused}
        nothingChanged={nothingChanged}
        underWay={
          sending && (
            <>
              <ProgressBar
                label={w.sending}
                value={kilobytes(sending.sent)}
                of={kilobytes(sending.of)}
                note={sending.sent < sending.of ? w.kilobytes : w.comparing}
              />
              {sending.sent >= sending.of && <RowsDone path={`/${room}/progress/${sending.name}`} />}
            </>
          )
        }
        onFile={file => void take(file)}
      />
      {lacking && !sending && (
        <UnknownHeaders
          {...lacking}
          fields={fields}
          room={room}
          kind={kind}
          onSaid={() => void take(lacking.file)}
        />
      )}
      <HowRead onChange={setQuery} />
    </>
  )
}
