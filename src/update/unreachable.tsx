import { besideEachOther } from '../lib/both.ts'
import './history.css'
import './windows.css'
import { Anchor, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import { askWords } from './ask-words.ts'
import { PlaceOf } from './condition.tsx'
import type { ConcernedPeople, Unreachable } from './unreachable-routes.ts'

/** How often the screen asks. */
const everyMs = 4_000

/** The controllers that do not answer: since when, what waits there, whom it concerns, when they are tried again. */
export function UnreachableControllers() {
  const w = useWords(askWords).unreachable
  const list = useGet<Unreachable>('/controllers/unreachable', { everyMs })
  return (
    <div className="asked">
      <h1>{w.title}</h1>
      <ExportList path="/controllers/unreachable" />
      <p className="dim">{w.about}</p>
      {list.data?.ok === false && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{list.data.message}</p>
          <Button onClick={() => void list.refetch()}>{w.tryAgain}</Button>
        </Notice>
      )}
      {list.data?.ok && list.data.value.controllers.length === 0 && (
        <EmptyState title={w.none}>{w.noneNext}</EmptyState>
      )}
      {list.data?.ok &&
        list.data.value.controllers.map(controller => (
          <SilentController
            key={controller.id}
            controller={controller}
            now={list.data.ok ? list.data.value.now : ''}
          />
        ))}
    </div>
  )
}

function SilentController({
  controller,
  now,
}: {
  controller: Unreachable['controllers'][number]
  now: string
}) {
  const w = useWords(askWords).unreachable
  const shell = useShell()
  const { language } = shell
  const [named, setNamed] = useState(false)
  const {
    id,
    building,
    doors,
    silentSince,
    waiting,
    people,
    urgent,
    clockSetAt,
    nextTryAt,
    isStrange,
    folder,
  } = controller
  return (
    <Panel title={building[language]}>
      <p>
        <Verdict tone="no" word={w.since(sayWhen(silentSince, shell))} />{' '}
        <span className="dim">
          {besideEachOther(
            doors.map(name => name[language]),
            language,
          )}
        </span>
      </p>
      {!isStrange && <p>{folder === null ? w.check : w.checkFolder}</p>}
      {isStrange && (
        <p>
          {w.strange}{' '}
          <Anchor href="/staff/controllers" underline="always">
            {w.strangeNext}
          </Anchor>
        </p>
      )}
      <Facts
        facts={[
          {
            name: w.waiting,
            value: (
              <>
                {w.of(waiting, people)}
                {urgent > 0 && (
                  <>
                    {' '}
                    <Verdict tone="warn" word={w.urgent(urgent)} />
                  </>
                )}
              </>
            ),
          },
          { name: w.next, value: nextTryAt === null || nextTryAt <= now ? w.soon : <When at={nextTryAt} /> },
          { name: w.clock, value: clockSetAt === null ? '–' : <When at={clockSetAt} /> },
          {
            name: w.address,
            value: <PlaceOf controller={controller} />,
          },
          {
            name: w.own,
            value: (
              <Anchor component={Link} to={`/doors/${id}`} underline="always">
                {id}
              </Anchor>
            ),
          },
        ]}
      />
      {people > 0 && (
        <Button variant="default" onClick={() => setNamed(!named)} aria-expanded={named}>
          {named ? w.hide : w.show}
        </Button>
      )}
      {named && <People controllerId={id} />}
    </Panel>
  )
}

/** Read once, when asked for: whose waiting is seen is written down. */
function People({ controllerId }: { controllerId: number }) {
  const w = useWords(askWords).unreachable
  const list = useGet<ConcernedPeople>(`/controllers/${controllerId}/waiting-people`)
  if (!list.data?.ok)
    return list.data ? (
      <Notice tone="no" title={w.refused}>
        {list.data.message}
      </Notice>
    ) : null
  const { people, more } = list.data.value
  return (
    <>
      <ExportList path={`/controllers/${controllerId}/waiting-people`} these="people" />
      <ListTable
        columns={[w.student, w.what, w.decided]}
        rows={people.map(({ studentNumber, urgent, puts, removals, decidedAt }) => ({
          key: studentNumber,
          cells: [
            studentNumber,
            urgent ? (
              <Verdict key="what" tone="warn" word={w.lost} />
            ) : (
              [puts && w.put, removals && w.remove].filter(Boolean).join(' · ')
            ),
            <When key="decided" at={decidedAt} />,
          ],
        }))}
      />
      {more && <p className="dim">{w.more}</p>}
    </>
  )
}
