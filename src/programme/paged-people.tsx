import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { bothNames } from '../lib/both.ts'
import type { Answer } from '../web/api.ts'
import { Notice } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useShell } from '../web/surroundings.tsx'

/** Somebody in a list by pages. */
export interface Listed {
  studentNumber: string
  nameZh: string
  nameEn: string
}

/** A page of people, and where the next one begins. */
export interface PageOf<Somebody> {
  people: readonly Somebody[]
  after: number | null
}

/** People by pages, each asked for by a button, because whoever is shown is journalled. */
export function PagedPeople<Somebody extends Listed>({
  load,
  begin,
  column,
  words: w,
}: {
  load: (after: number) => Promise<Answer<PageOf<Somebody>>>
  /** The button that asks for the first page; without it one was pressed already. */
  begin?: string
  /** What is said of each besides number and name. */
  column?: { name: string; of: (somebody: Somebody) => string } | undefined
  words: { number: string; name: string; more: string; nobody: string }
}) {
  const { language } = useShell()
  const [found, setFound] = useState<PageOf<Somebody> | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  async function show(after: number): Promise<void> {
    const answer = await load(after)
    if (answer.ok) setFound(answer.value)
    else setRefused(answer.message)
  }
  const asked = useRef(begin !== undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, however often it is drawn
  useEffect(() => {
    if (!asked.current) void show(0)
    asked.current = true
  }, [])
  if (refused !== null) return <Notice tone="no" title={refused} urgent />
  if (found === null)
    return begin === undefined ? null : (
      <Button variant="default" onClick={() => void show(0)}>
        {begin}
      </Button>
    )
  if (found.people.length === 0) return <p>{w.nobody}</p>
  return (
    <>
      <ListTable
        columns={[w.number, w.name, ...(column ? [column.name] : [])]}
        rows={found.people.map(somebody => ({
          key: somebody.studentNumber,
          cells: [
            somebody.studentNumber,
            bothNames(somebody)[language],
            ...(column ? [column.of(somebody)] : []),
          ],
        }))}
      />
      {found.after !== null && (
        <Button variant="default" onClick={() => void show(found.after!)}>
          {w.more}
        </Button>
      )}
    </>
  )
}
