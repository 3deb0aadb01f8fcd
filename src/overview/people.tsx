import './overview.css'
import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { longestReason } from '../lib/looks.ts'
import { EmptyState, Notice } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useAct, useApi } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { PeopleReply } from './api.ts'
import { peopleWords } from './people-words.ts'
import { ToPerson } from './to-person.tsx'

/** Finds people by whatever is at hand, and says who they are without another click. */
export function People() {
  const w = useWords(peopleWords)
  const api = useApi()
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState(api.reason)
  const search = useAct<{ text: string }, PeopleReply>('/people/search')
  const answer = search.data
  const submit = (event: FormEvent) => {
    event.preventDefault()
    api.reason = reason.trim()
    if (typed.trim() !== '') search.mutate({ text: typed })
  }
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <form onSubmit={submit}>
        <Group align="flex-end" mb="md">
          <TextInput
            label={w.label}
            value={typed}
            maxLength={100}
            autoComplete="off"
            autoFocus
            onChange={event => setTyped(event.currentTarget.value)}
          />
          <TextInput
            label={w.reason}
            value={reason}
            maxLength={longestReason}
            autoComplete="off"
            onChange={event => setReason(event.currentTarget.value)}
          />
          <Button type="submit">{w.search}</Button>
        </Group>
      </form>
      {search.isPending && <p className="waits">{w.searching}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{answer.message}</p>
        </Notice>
      )}
      {answer?.ok && <Rows reply={answer.value} />}
    </>
  )
}

function Rows({ reply }: { reply: PeopleReply }) {
  const w = useWords(peopleWords)
  const { language } = useShell()
  if (reply.people.length === 0) return <EmptyState title={w.nobody}>{w.nobodyNext}</EmptyState>
  return (
    <>
      <Group mb="md">
        <ExportList path="/people" query={{ ids: reply.people.map(each => each.personId).join(',') }} />
      </Group>
      {reply.more && <Notice tone="info">{w.more(reply.people.length)}</Notice>}
      <ListTable
        columns={[w.student, w.name, w.department, w.status, w.card]}
        rows={reply.people.map(each => ({
          key: each.personId,
          cells: [
            <ToPerson key="number" {...each} />,
            <div key="name">
              <span lang="zh-TW">{each.name['zh-TW']}</span> <span lang="en">{each.name.en}</span>
            </div>,
            each.department[language],
            w.statuses[each.status] ?? each.status,
            <div key="card">
              {w.cards[each.card]}
              {each.counter && (
                <div className="dim">
                  {each.counter[language]}
                  {each.box && ` · ${each.box}`}
                </div>
              )}
            </div>,
          ],
        }))}
      />
    </>
  )
}
