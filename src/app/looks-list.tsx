import { Anchor, Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { purposes } from '../lib/looks.ts'
import { When } from '../web/moment.tsx'
import { EmptyState } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { FirstAndMore } from '../web/staff/first-and-more.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet, useSearch } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { LookAccounts, LooksReply } from './looks-list-routes.ts'
import { looksListWords } from './looks-list-words.ts'
import { Route, ShownPerson } from './shown-person.tsx'

type Look = LooksReply['looks'][number]

/** What the form says, each field empty where it narrows nothing. */
interface Asked {
  account: string
  studentNumber: string
  purpose: string
  from: string
  to: string
}
const everything: Asked = { account: '', studentNumber: '', purpose: '', from: '', to: '' }

/** What of it narrows the list. */
const said = (asked: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(asked)
      .map(([name, value]) => [name, String(value).trim()])
      .filter(([, value]) => value !== ''),
  )

/** Who of the staff looked at whom: narrowed by a form, read once each time it is sent, because reading it is a look, too. */
export function LooksList() {
  const w = useWords(looksListWords)
  const [asked, setAsked] = useState(everything)
  const [before, setBefore] = useState<number | null>(null)
  const body = { ...said(asked), ...(before !== null && { before }) }
  const found = useSearch<LooksReply>('/looks/search', body, { journalled: true })
  const ask = (next: Asked) => {
    const same = before === null && JSON.stringify(said(next)) === JSON.stringify(said(asked))
    setAsked(next)
    setBefore(null)
    if (same) void found.refetch()
  }
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Form onAsk={ask} />
      <Loaded from={found}>
        {reply => <Looks reply={reply} asked={asked} before={before} onTurn={setBefore} />}
      </Loaded>
    </>
  )
}

function Form({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const w = useWords(looksListWords)
  const { language, today } = useShell()
  const [typed, setTyped] = useState(everything)
  const accounts = useGet<LookAccounts>('/looks/accounts')
  const known = useId()
  const field = (name: keyof Asked) => ({
    value: typed[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setTyped(before => ({ ...before, [name]: value })),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAsk(typed)
  }
  return (
    <form className="ask-form" onSubmit={submit}>
      <TextInput label={w.account} list={known} maxLength={100} autoComplete="off" {...field('account')} />
      <datalist id={known}>
        {accounts.data?.ok &&
          accounts.data.value.accounts.map(({ account, name }) => (
            <option key={account} value={account}>
              {name[language]}
            </option>
          ))}
      </datalist>
      <TextInput label={w.number} maxLength={20} autoComplete="off" {...field('studentNumber')} />
      <NativeSelect
        size="md"
        label={w.purpose}
        data={[
          { value: '', label: w.anyPurpose },
          ...Object.entries(purposes).map(([value, name]) => ({ value, label: name[language] })),
        ]}
        {...field('purpose')}
      />
      <TextInput type="date" label={w.from} min="2000-01-01" max={today} {...field('from')} />
      <TextInput type="date" label={w.to} min="2000-01-01" max={today} {...field('to')} />
      <Button type="submit">{w.search}</Button>
    </form>
  )
}

interface Turning {
  reply: LooksReply
  asked: Asked
  before: number | null
  onTurn: (before: number | null) => void
}

function Looks({ reply: { looks, next, of }, asked, before, onTurn }: Turning) {
  const w = useWords(looksListWords)
  const { studentNumber: _, ...others } = asked
  const query = said({ ...others, person: of?.personId ?? '' })
  return (
    <>
      {of && (
        <h2>
          {w.of}
          <ShownPerson person={of} />
        </h2>
      )}
      {looks.length === 0 ? (
        <EmptyState title={w.none}>{w.noneNext}</EmptyState>
      ) : (
        <>
          <Group mb="md">
            <ExportList path="/looks" query={query} />
          </Group>
          <Rows looks={looks} />
        </>
      )}
      <FirstAndMore
        mt="md"
        after={before}
        next={next}
        onTurn={onTurn}
        words={{ first: w.newest, more: w.older }}
      />
    </>
  )
}

function Rows({ looks }: { looks: readonly Look[] }) {
  const w = useWords(looksListWords)
  const { language } = useShell()
  return (
    <ListTable
      columns={[w.when, w.who, w.whom, w.shown, w.purpose]}
      rows={looks.map(look => ({
        key: look.id,
        cells: [
          <When key="when" at={look.at} />,
          <Reader key="who" look={look} />,
          <Whom key="whom" look={look} />,
          <div key="shown">
            {look.what[language]}
            {look.route && (
              <div className="dim">
                <Route route={look.route} />
              </div>
            )}
          </div>,
          <div key="purpose">
            {look.purpose[language]}
            {look.reason && <div className="dim">{w.reason(look.reason)}</div>}
          </div>,
        ],
      }))}
    />
  )
}

/** Who looked: by name and account, and in which role. */
function Reader({ look: { name, account, by } }: { look: Look }) {
  const { language } = useShell()
  return (
    <>
      {name && `${name[language]} `}
      {account}
      <div className="dim">{by[language]}</div>
    </>
  )
}

function Whom({ look: { id, people, person } }: { look: Look }) {
  const w = useWords(looksListWords)
  if (person) return <ShownPerson person={person} />
  return (
    <Anchor component={Link} to={`/looks/${id}`} underline="always" aria-label={w.peopleOf(people)}>
      {w.people(people)}
    </Anchor>
  )
}
