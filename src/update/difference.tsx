import { Table } from '@mantine/core'
import { Fragment, useEffect, useState } from 'react'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { FirstAndMore } from './first-and-more.tsx'
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
        <EmptyState title={w.noDifference}>{w.noDifferenceNext}</EmptyState>
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
  const [after, setAfter] = useState<string | null>(null)
  const list = useGet<NextWindow>(
    `/windows/next${after === null ? '' : `?after=${encodeURIComponent(after)}`}`,
  )
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
  return (
    <>
      <Table.ScrollContainer minWidth={720}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.student}</Table.Th>
              <Table.Th>{w.put}</Table.Th>
              <Table.Th>{w.change}</Table.Th>
              <Table.Th>{w.remove}</Table.Th>
              <Table.Th>{w.cause}</Table.Th>
              <Table.Th>{w.decided}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map(person => (
              <Fragment key={person.studentNumber}>
                <Table.Tr>
                  <Table.Td className="figures">{person.studentNumber}</Table.Td>
                  <Where sign="+" controllers={person.puts} buildings={buildings} />
                  <Where sign="±" controllers={person.changes} buildings={buildings} />
                  <Where sign="−" controllers={person.removals} buildings={buildings} />
                  <Table.Td>{w.causes[person.cause]}</Table.Td>
                  <Table.Td>
                    <When at={person.decidedAt} />
                  </Table.Td>
                </Table.Tr>
                <Table.Tr>
                  <Table.Td colSpan={6}>
                    <PlannedCards cards={person.cards} buildings={buildings} />
                  </Table.Td>
                </Table.Tr>
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <FirstAndMore
        after={after}
        last={list.data?.value.more ? (people.at(-1)?.studentNumber ?? null) : null}
        onTurn={setAfter}
        words={w}
        mt="sm"
      />
    </>
  )
}

function Where({
  sign,
  controllers,
  buildings,
}: {
  sign: string
  controllers: readonly number[]
  buildings: ReadonlyMap<number, { 'zh-TW': string; en: string }>
}) {
  const { language } = useShell()
  if (controllers.length === 0) return <Table.Td className="dim">–</Table.Td>
  const names = controllers.map(id => buildings.get(id)?.[language] ?? String(id))
  return (
    <Table.Td>
      <strong className="figures">
        {sign}
        {controllers.length}
      </strong>{' '}
      <small>{names.join(language === 'zh-TW' ? '、' : ', ')}</small>
    </Table.Td>
  )
}
