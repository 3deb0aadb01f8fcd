import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { inBrackets } from '../lib/both.ts'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { type ListRow, ListTable } from '../web/staff/list-table.tsx'
import type { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { dateOf, sayDate } from '../web/when.ts'
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
  const { today, language } = useShell()
  const [on, setOn] = useState('')
  const [at, setAt] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    // A time alone is one of today; nothing at all is now.
    const day = on === '' && at !== '' ? today : on
    if (ready) onAsk(day === '' ? null : `${day}T${at === '' ? '00:00' : at}`)
  }
  return (
    <form className="ask-form" onSubmit={submit}>
      {children}
      <TextInput type="date" label={w.date} value={on} onChange={event => setOn(event.currentTarget.value)} />
      <TextInput type="time" label={w.time} value={at} onChange={event => setAt(event.currentTarget.value)} />
      <Button type="submit" disabled={!ready}>
        {on === '' && at === '' ? `${w.show}${inBrackets(w.now, language)}` : w.show}
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
function Pages({ page, pages, onTurn }: { page: number; pages: number; onTurn: (page: number) => void }) {
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

/** A page of what was at a moment, of openers or of numbers: how many of all are by which of the two truths. */
interface PageAt {
  at: string
  pages: number
  both: number
  onlyShould: number
  onlyDid: number
  answersFrom: string | null
}

/** A list of what was at a moment, page by page: its heading, how both truths compare, and its table. */
export function ListAt<Page extends PageAt>({
  path,
  list,
  page,
  onTurn,
  show,
}: {
  /** The list's own address. */
  path: string
  list: ReturnType<typeof useGet<Page>>
  page: number
  onTurn: (page: number) => void
  /** What a page is about, what it says where it is empty, its columns and its rows. */
  show: (page: Page) => {
    name: string
    beside: ReactNode
    empty: { title: string; next: string }
    columns: readonly string[]
    rows: readonly ListRow[]
  }
}) {
  const w = useWords(historyWords)
  const shell = useShell()
  if (list.data === undefined) return <p className="waits">{w.looking}</p>
  if (!list.data.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{list.data.message}</p>
      </Notice>
    )
  const { pages, both, onlyShould, onlyDid, at: moment, answersFrom } = list.data.value
  const { name, beside, empty, columns, rows } = show(list.data.value)
  return (
    <section aria-label={name}>
      <p>
        <strong>{name}</strong> {beside} <When at={moment} />
      </p>
      {answersFrom !== null && (
        <p className="dim">{w.answersFrom(sayDate(dateOf(answersFrom, shell.zone), shell))}</p>
      )}
      {rows.length === 0 ? (
        <EmptyState title={empty.title}>{empty.next}</EmptyState>
      ) : (
        <>
          <p role="status">{w.sum(both, onlyShould, onlyDid)}</p>
          <ExportList path={path} query={{ at: moment }} label={w.exportOf(name)} />
          <ListTable columns={columns} rows={rows} />
          <Pages page={page} pages={pages} onTurn={onTurn} />
        </>
      )}
    </section>
  )
}
