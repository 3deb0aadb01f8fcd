import { useEffect, useState } from 'react'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { FirstAndMore } from '../web/staff/first-and-more.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { PlannedCards } from './planned-cards.tsx'
import type { Controllers, NextWindow, WindowsToday } from './shapes.ts'
import { words } from './words.ts'

/** The next update as a difference, person by person; it is read anew only when asked for, since reads are journalled. */
export function Difference({ next }: { next: WindowsToday['next'] }) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <Panel
      title={
        <>
          {w.difference}
          {w.colon}
          <When at={next.startsAt} />
        </>
      }
    >
      {next.numbers === 0 ? (
        <p>
          {w.noDifference}
          {language === 'en' && ' '}
          <span className="dim">{w.noDifferenceNext}</span>
        </p>
      ) : (
        <>
          <p>
            {w.summary(next.puts, next.changes, next.removals, next.controllers)}
            {language === 'en' && ' '}
            {w.differenceAbout}
          </p>
          <People numbers={next.numbers} />
        </>
      )}
    </Panel>
  )
}

function People({ numbers }: { numbers: number }) {
  const w = useWords(words)
  const [after, setAfter] = useState<number | null>(null)
  const list = useGet<NextWindow>(`/windows/next${after === null ? '' : `?after=${after}`}`)
  const { refetch } = list
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of changes is another list
  useEffect(() => {
    void refetch({ cancelRefetch: false })
  }, [numbers, refetch])
  const controllers = useGet<Controllers>('/controllers')
  if (list.data?.ok === false)
    return (
      <Notice tone="no" title={w.refused}>
        <p>{list.data.message}</p>
      </Notice>
    )
  const known = controllers.data?.ok ? controllers.data.value.controllers : []
  const buildings = new Map(known.map(each => [each.id, each.building]))
  // Not before the buildings' names are known, too: nobody reads serial numbers.
  const people = controllers.data ? (list.data?.value.people ?? []) : []
  // On how many; which ones, and which of their doors, stands with the card.
  const where = (sign: string, on: readonly number[]) =>
    on.length === 0 ? null : (
      <>
        <strong>
          {sign}
          {on.length}
        </strong>{' '}
        <small>{w.onControllers(on.length)}</small>
      </>
    )
  if (!controllers.data || !list.data) return <p role="status">{w.loading}</p>
  return (
    <>
      {people.length > 0 && (
        <ListTable
          columns={[w.student, w.put, w.change, w.remove, w.cause, w.decided]}
          rows={people.map(person => ({
            key: person.studentNumber,
            cells: [
              person.studentNumber,
              where('+', person.puts),
              where('±', person.changes),
              where('−', person.removals),
              w.causes[person.cause],
              <When key="decided" at={person.decidedAt} />,
            ],
            beneath: <PlannedCards cards={person.cards} buildings={buildings} />,
          }))}
        />
      )}
      <FirstAndMore after={after} next={list.data?.value.next ?? null} onTurn={setAfter} words={w} mt="sm" />
    </>
  )
}
