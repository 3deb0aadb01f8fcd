import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import type { Because } from './history-shapes.ts'
import { historyWords } from './history-words.ts'

/** A wall time on the campus's clocks, `2023-10-18T15:00`; null: now. */
export type WallTime = string | null

/** A question about a moment: what it is about, date and time (now where they are left empty), and its button. */
export function MomentForm({
  children,
  ready,
  onAsk,
}: {
  /** The field that says what is asked about. */
  children: ReactNode
  ready: boolean
  onAsk: (at: WallTime) => void
}) {
  const w = useWords(historyWords)
  const [on, setOn] = useState('')
  const [at, setAt] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (ready) onAsk(on === '' ? null : `${on}T${at === '' ? '00:00' : at}`)
  }
  return (
    <form className="ask-form" onSubmit={submit}>
      {children}
      <TextInput type="date" label={w.date} value={on} onChange={event => setOn(event.currentTarget.value)} />
      <TextInput type="time" label={w.time} value={at} onChange={event => setAt(event.currentTarget.value)} />
      <Button type="submit" disabled={!ready}>
        {on === '' ? `${w.show} (${w.now})` : w.show}
      </Button>
    </form>
  )
}

/** The address of a page of what was at a moment. */
export function pathAt(path: string, at: WallTime, page: number): string {
  const query = new URLSearchParams({ page: String(page), ...(at !== null && { at }) })
  return `${path}?${query}`
}

/** Forwards and back through a list. */
export function Pages({
  page,
  pages,
  onTurn,
}: {
  page: number
  pages: number
  onTurn: (page: number) => void
}) {
  const w = useWords(historyWords)
  if (pages <= 1) return null
  return (
    <Group mt="md">
      <Button variant="default" disabled={page <= 1} onClick={() => onTurn(page - 1)}>
        {w.before}
      </Button>
      <span className="figures">{w.page(page, pages)}</span>
      <Button variant="default" disabled={page >= pages} onClick={() => onTurn(page + 1)}>
        {w.next}
      </Button>
    </Group>
  )
}

/** The two truths of one number, beside each other. */
export function Truth({ should, did }: { should: boolean; did: boolean }) {
  const w = useWords(historyWords)
  const [tone, word]: [Tone, string] =
    should && did
      ? ['yes', w.both]
      : should
        ? ['warn', w.onlyShould]
        : did
          ? ['warn', w.onlyDid]
          : ['info', w.neither]
  return <Verdict tone={tone} word={word} />
}

/** What opens a door: the groups, and the owners of individual access. */
export function Causes({ because }: { because: readonly Because[] }) {
  const w = useWords(historyWords)
  const { language } = useShell()
  return (
    <ul className="ask-plain">
      {because.map(({ kind, id, name }) => (
        <li key={`${kind} ${id}`}>
          {name === null ? w.gone(id) : kind === 'group' ? w.group(name[language]) : w.grant(name[language])}
        </li>
      ))}
    </ul>
  )
}
