import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Answer } from '../api.ts'
import { Notice } from '../panel.tsx'
import { useWords } from '../surroundings.tsx'
import { actWords } from './act-words.ts'

/** What was read, once it is there; before, that it is being read; and in words why it could not be. */
export function Loaded<Value>({
  from,
  children,
}: {
  from: UseQueryResult<Answer<Value>>
  children: (value: Value) => ReactNode
}) {
  const w = useWords(actWords)
  const { data: answer, refetch } = from
  if (!answer)
    return (
      <p className="waits" role="status">
        {w.loading}
      </p>
    )
  if (answer.ok) return <>{children(answer.value)}</>
  return (
    <Notice tone="no" title={w.notLoaded} urgent>
      <p>{answer.message}</p>
      <Button variant="default" onClick={() => void refetch()}>
        {w.again}
      </Button>
    </Notice>
  )
}
