import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../surroundings.tsx'
import { filesWords } from './files-words.ts'
import { useApi } from './use-api.tsx'

/** Headers of a refused file that nobody knows, and the fields that it lacks: who knows which is which says so. */
export function UnknownHeaders({
  unknown,
  missing,
  fields,
  room,
  kind,
  onSaid,
}: {
  unknown: readonly string[]
  missing: readonly string[]
  fields: Readonly<Record<string, string>>
  room: 'roster' | 'cards'
  kind: string
  /** All was said: the same file is read again. */
  onSaid: () => void
}) {
  const w = useWords(filesWords)
  const api = useApi()
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [refused, setRefused] = useState<string | null>(null)
  async function say(): Promise<void> {
    for (const [field, header] of Object.entries(chosen)) {
      const answer = await api.post<object>(`/${room}/headers`, { kind, header, field })
      if (!answer.ok) return setRefused(answer.message)
    }
    onSaid()
  }
  return (
    <div className="file-unknown">
      <p>{w.whichIsWhich}</p>
      {refused !== null && <p role="alert">{refused}</p>}
      {missing.map(field => (
        <Select
          key={field}
          label={fields[field] ?? field}
          placeholder={w.chooseHeader}
          data={unknown.filter(header => header === chosen[field] || !Object.values(chosen).includes(header))}
          value={chosen[field] ?? null}
          onChange={header =>
            setChosen(before => {
              const others = Object.entries(before).filter(([each]) => each !== field)
              return Object.fromEntries(header ? [...others, [field, header]] : others)
            })
          }
        />
      ))}
      <Button disabled={Object.keys(chosen).length === 0} onClick={() => void say()}>
        {w.rememberAndRead}
      </Button>
    </div>
  )
}
