import { Table } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate } from '../web/when.ts'
import { FirstAndMore } from './first-and-more.tsx'
import type { LosingPeople } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'

/** Who would lose access, by student number, with the doors, building by building; fifty people a page. */
export function LosingList({ path }: { path: string }) {
  const w = useWords(governWords)
  const [after, setAfter] = useState<string | null>(null)
  const list = useGet<LosingPeople>(`${path}${after === null ? '' : `?after=${encodeURIComponent(after)}`}`)
  if (list.data?.ok === false)
    return (
      <Notice tone="no" title={w.notDone} urgent>
        <p>{list.data.message}</p>
      </Notice>
    )
  if (!list.data) return <p role="status">{w.loading}</p>
  const { people, more } = list.data.value
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing={6} mb="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.student}</Table.Th>
              <Table.Th>{w.places}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map(person => (
              <Table.Tr key={person.studentNumber}>
                <Table.Td className="figures">{person.studentNumber}</Table.Td>
                <Table.Td>
                  <Places places={person.places} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <FirstAndMore
        after={after}
        last={more ? (people.at(-1)?.studentNumber ?? null) : null}
        onTurn={setAfter}
        words={w}
        mb="md"
      />
    </>
  )
}

function Places({ places }: { places: LosingPeople['people'][number]['places'] }) {
  const w = useWords(governWords)
  const shell = useShell()
  const { language } = shell
  const [colon, comma] = language === 'en' ? [': ', ', '] : ['：', '、']
  return (
    <ul className="places">
      {places.map(place => (
        <li key={place.controllerId}>
          <strong>{place.building[language]}</strong>
          {place.doors.length > 0 && colon + place.doors.map(door => door[language]).join(comma)}
          {place.lastDay && !place.removed && ` (${w.shortened(sayDate(place.lastDay, shell))})`}
        </li>
      ))}
    </ul>
  )
}
