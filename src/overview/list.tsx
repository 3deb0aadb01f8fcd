import './overview.css'
import { Anchor, Button, Group } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useSearch } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { ListReply } from './api.ts'
import { LetterForm } from './letter-form.tsx'
import { Since } from './since.tsx'
import { ToPerson } from './to-person.tsx'
import { type Chosen, fromAddress } from './which.ts'
import { words } from './words.ts'

/** The people behind one of the overview's numbers. */
export function PeopleOfList() {
  const w = useWords(words)
  const { list = '' } = useParams({ strict: false }) as { list?: string }
  const chosen = fromAddress(list)
  return (
    <>
      <p>
        <Anchor component={Link} to="/overview" underline="always">
          {w.back}
        </Anchor>
      </p>
      {chosen === null ? (
        <EmptyState title={w.listNone}>{w.listNoneNext}</EmptyState>
      ) : (
        <Of chosen={chosen} />
      )}
    </>
  )
}

function Of({ chosen }: { chosen: Chosen }) {
  const w = useWords(words)
  const { language, reader } = useShell()
  const [page, setPage] = useState(0)
  const [writes, setWrites] = useState(false)
  const { data: answer } = useSearch<ListReply>('/overview/list', { ...chosen, page })
  const part = answer?.ok ? answer.value.part : null
  return (
    <>
      <h1>
        {w.lists[chosen.list]}
        {part && ` · ${part[language]}`}
      </h1>
      {!answer && <p className="waits">{w.loading}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{answer.message}</p>
        </Notice>
      )}
      {answer?.ok && answer.value.total === 0 && <EmptyState title={w.listNone}>{w.listNoneNext}</EmptyState>}
      {answer?.ok && answer.value.total > 0 && (
        <>
          {writes && <LetterForm chosen={chosen} onClose={() => setWrites(false)} />}
          <Group mb="md">
            {!writes && reader?.roles.includes('office') && (
              <Button onClick={() => setWrites(true)}>{w.write}</Button>
            )}
            <ExportList path="/overview/list" query={{ ...chosen }} />
          </Group>
          <Rows list={chosen.list} reply={answer.value} onPage={setPage} />
        </>
      )}
    </>
  )
}

interface RowsShown {
  list: Chosen['list']
  reply: ListReply
  onPage: (page: number) => void
}

function Rows({ list, reply, onPage }: RowsShown) {
  const w = useWords(words)
  const { language } = useShell()
  const { total, page, aPage, people, asOf } = reply
  const pages = Math.max(1, Math.ceil(total / aPage))
  const placeIn = ({ box, fetched }: ListReply['people'][number]) =>
    fetched ? ` · ${w.fetched}` : box ? ` · ${box}` : ''
  const buildings = people.some(each => each.buildings.length > 0)
  return (
    <>
      <p className="dim">
        {w.listAbout(total)} {w.asOf} <When at={asOf} />
      </p>
      <ListTable
        columns={[
          w.student,
          w.name,
          w.department,
          w.where,
          w.waitsSince,
          ...(buildings ? [w.buildings] : []),
        ]}
        rows={people.map(each => ({
          key: each.personId,
          cells: [
            <ToPerson key="number" {...each} />,
            <div key="name">
              {each.name[language]}
              {!each.hasAddress && <div className="dim">{w.noAddress}</div>}
            </div>,
            each.department[language],
            each.counter && `${each.counter[language]}${placeIn(each)}`,
            each.since && <Since key="since" list={list} at={each.since} />,
            ...(buildings ? [each.buildings.map(building => building[language]).join(', ') || null] : []),
          ],
        }))}
      />
      <Group>
        <Button variant="default" disabled={page === 0} onClick={() => onPage(page - 1)}>
          {w.previous}
        </Button>
        <span className="figures">{w.page(page + 1, pages)}</span>
        <Button variant="default" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
          {w.following}
        </Button>
      </Group>
    </>
  )
}
