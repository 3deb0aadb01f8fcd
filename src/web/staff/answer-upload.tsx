import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useShell, useWords } from '../surroundings.tsx'
import { actWords } from './act-words.ts'
import { DropZone, type RefusedFile } from './drop-zone.tsx'
import './files.css'
import { sendFile } from './send-file.ts'

/** Takes an answer's file, says why it was refused, and shows what it did. `refresh` are the paths that it may change. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what the route answers, as with useGet
export function AnswerUpload<Value>({
  path,
  invitation,
  limits,
  nothingChanged,
  refresh,
  children,
}: {
  path: string
  invitation: string
  limits: string
  nothingChanged: string
  refresh: readonly string[]
  children: (read: Value) => ReactNode
}) {
  const w = useWords(actWords)
  const shell = useShell()
  const known = useQueryClient()
  const [works, setWorks] = useState(false)
  const [refused, setRefused] = useState<RefusedFile | null>(null)
  const [read, setRead] = useState<Value | null>(null)
  async function take(file: File): Promise<void> {
    setRefused(null)
    setRead(null)
    setWorks(true)
    const answer = await sendFile<Value>(path, file, { shell, onSent: () => {} })
    setWorks(false)
    if (!answer.ok) {
      setRefused({ file: file.name, message: answer.message })
      return
    }
    setRead(answer.value)
    await known.invalidateQueries({
      predicate: ({ queryKey }) => refresh.some(prefix => String(queryKey[0]).startsWith(prefix)),
    })
  }
  return (
    <div className="files">
      <DropZone
        invitation={invitation}
        limits={limits}
        accept=".csv,.txt,text/csv,text/plain"
        refused={refused}
        nothingChanged={nothingChanged}
        underWay={works ? <p role="status">{w.reading}</p> : null}
        onFile={file => void take(file)}
      />
      {read && <div role="status">{children(read)}</div>}
    </div>
  )
}
