import { ExportList } from '../web/staff/export-list.tsx'
import '../programme/versions.css'
import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { inBrackets, withLabel } from '../lib/both.ts'
import { PagedPeople } from '../programme/paged-people.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useApi, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import type { LosingReply, RehearsalReply } from './rehearsal-routes.ts'
import { rehearsalWords } from './rehearsal-words.ts'

type Words = (typeof rehearsalWords)['en']

/** The deadline rehearsed: who would lose campus access, what is sent when, and what moving it changes. */
export function DeadlineRehearsal() {
  const w = useWords(rehearsalWords)
  const shell = useShell()
  const [typed, setTyped] = useState('7')
  const [days, setDays] = useState(0)
  const { data } = useGet<RehearsalReply>(`/programme/rehearsal?moveByDays=${days}`)
  return (
    <div className="files programme">
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      {data === undefined && <p className="waits">{w.loading}</p>}
      {data?.ok === false && (
        <Notice tone="no" title={w.refused}>
          {data.message}
        </Notice>
      )}
      {data?.ok && (
        <>
          <Panel title={data.value.endsAt ? w.ends(sayWhen(data.value.endsAt, shell)) : undefined}>
            {data.value.all.people === 0 ? (
              <EmptyState title={w.nobody} />
            ) : (
              <>
                <p>
                  <strong>{w.loses(data.value.all.people.toLocaleString('en'))}</strong>
                </p>
                <Counts w={w} head={w.byCohort} rows={data.value.cohorts} />
                <Counts w={w} head={w.byHall} rows={data.value.halls} />
                <Group mb="sm">
                  <ExportList path="/programme/rehearsal/people" these="people" />
                </Group>
                <People />
              </>
            )}
          </Panel>
          <Messages w={w} found={data.value} />
        </>
      )}
      <Panel title={w.move}>
        <form
          onSubmit={event => {
            event.preventDefault()
            if (/^-?\d{1,3}$/.test(typed.trim())) setDays(Number(typed))
          }}
        >
          <Group align="end" gap="sm" mb="sm">
            <TextInput
              label={w.days}
              inputMode="numeric"
              value={typed}
              onChange={event => setTyped(event.currentTarget.value)}
            />
            <Button type="submit" variant="default">
              {w.ask}
            </Button>
          </Group>
        </form>
        {data?.ok && data.value.moved && <Moved w={w} moved={data.value.moved} />}
      </Panel>
    </div>
  )
}

function Counts({ w, head, rows }: { w: Words; head: string; rows: RehearsalReply['cohorts'] }) {
  const columns = ['not-activated', 'with-representative', 'card-waits', 'no-card'] as const
  return (
    <>
      <h3>{head}</h3>
      <ListTable
        counts
        columns={[head, w.people, ...columns.map(column => w.standings[column])]}
        rows={rows.map(row => ({
          key: row.name,
          cells: [row.name, row.people, ...columns.map(column => row[column])].map(each =>
            each.toLocaleString('en'),
          ),
        }))}
      />
    </>
  )
}

function Messages({ w, found }: { w: Words; found: RehearsalReply }) {
  const { language } = useShell()
  return (
    <Panel title={w.messages}>
      <ul>
        {found.reminders.map(({ days, on, over, people }) => (
          <li key={days}>
            {withLabel(`${w.day(days)}${inBrackets(on, language)}`, '', language)}
            <span className="figures">{people.toLocaleString('en')}</span>
            {over && inBrackets(w.over, language)}
          </li>
        ))}
      </ul>
      {found.exceptions.length > 0 && (
        <>
          <h3>{w.exceptions}</h3>
          <ul>
            {found.exceptions.map(({ status, people }) => (
              <li key={status}>
                {withLabel(w.statuses[status as keyof Words['statuses']] ?? status, '', language)}
                <span className="figures">{people.toLocaleString('en')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

function Moved({ w, moved }: { w: Words; moved: NonNullable<RehearsalReply['moved']> }) {
  return (
    <Notice tone={moved.refusals.length > 0 ? 'no' : 'info'} title={w.movedTo(moved.on)}>
      <ul>
        {moved.endsLater > 0 && <li>{w.later(moved.endsLater.toLocaleString('en'))}</li>}
        {moved.endsEarlier > 0 && <li>{w.earlier(moved.endsEarlier.toLocaleString('en'))}</li>}
        {moved.refusals.map(said => (
          <li key={said}>{said}</li>
        ))}
      </ul>
      {moved.refusals.length === 0 && <p>{w.possible}</p>}
    </Notice>
  )
}

function People() {
  const w = useWords(rehearsalWords)
  const api = useApi()
  return (
    <PagedPeople<LosingReply['people'][number]>
      load={after => api.post('/programme/rehearsal/people', { after })}
      begin={w.list}
      column={{ name: w.state, of: ({ standing }) => w.standings[standing] }}
      words={w}
    />
  )
}
