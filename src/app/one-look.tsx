import { Anchor } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState } from '../web/panel.tsx'
import { FirstAndMore } from '../web/staff/first-and-more.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { LookReply } from './looks-list-routes.ts'
import { looksListWords } from './looks-list-words.ts'
import { Route, ShownPerson } from './shown-person.tsx'

/** One look, and whom it showed, some at a time. */
export function OneLook() {
  const w = useWords(looksListWords)
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return (
    <>
      <p>
        <Anchor component={Link} to="/looks" underline="always">
          {w.back}
        </Anchor>
      </p>
      <h1>{w.one}</h1>
      {/^[1-9][0-9]{0,14}$/.test(id) ? (
        <Of id={id} />
      ) : (
        <EmptyState title={w.noLook}>{w.noLookNext}</EmptyState>
      )}
    </>
  )
}

function Of({ id }: { id: string }) {
  const w = useWords(looksListWords)
  const [after, setAfter] = useState<number | null>(null)
  const path = `/looks/${id}/people${after === null ? '' : `?after=${after}`}`
  const found = useGet<LookReply>(path, { journalled: true, rememberMs: 0 })
  if (found.data?.ok === false && found.data.status === 404)
    return <EmptyState title={w.noLook}>{w.noLookNext}</EmptyState>
  return (
    <Loaded from={found}>
      {({ look, people, next }) => (
        <>
          <LookSaid look={look} />
          {people.length === 0 ? (
            <p className="dim">{w.gone}</p>
          ) : (
            <ListTable
              columns={[w.whom]}
              rows={people.map(person => ({
                key: person.personId,
                cells: [<ShownPerson key="who" person={person} />],
              }))}
            />
          )}
          <FirstAndMore
            mt="md"
            after={after}
            next={next}
            onTurn={setAfter}
            words={{ first: w.first, more: w.more }}
          />
        </>
      )}
    </Loaded>
  )
}

function LookSaid({ look }: { look: LookReply['look'] }) {
  const w = useWords(looksListWords)
  const { language } = useShell()
  const { at, name, account, by, what, route, purpose, reason, people } = look
  return (
    <Facts
      facts={[
        { name: w.when, value: <When at={at} /> },
        { name: w.who, value: `${name ? `${name[language]} ` : ''}${account} · ${by[language]}` },
        { name: w.shown, value: what[language] },
        ...(route === null ? [] : [{ name: w.route, value: <Route route={route} /> }]),
        { name: w.purpose, value: purpose[language] },
        ...(reason === null ? [] : [{ name: w.said, value: reason }]),
        { name: w.many, value: w.people(people) },
      ]}
    />
  )
}
