import { useState } from 'react'
import { inBrackets } from '../lib/both.ts'
import { Notice } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { FirstAndMore } from '../web/staff/first-and-more.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate } from '../web/when.ts'
import type { LosingPeople } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'

/** Who would lose access, by student number, with the doors, building by building; fifty people a page. */
export function LosingList({ path }: { path: string }) {
  const w = useWords(governWords)
  const [after, setAfter] = useState<number | null>(null)
  const list = useGet<LosingPeople>(`${path}${after === null ? '' : `?after=${after}`}`)
  if (list.data?.ok === false)
    return (
      <Notice tone="no" title={w.notDone} urgent>
        <p>{list.data.message}</p>
      </Notice>
    )
  if (!list.data) return <p role="status">{w.loading}</p>
  const { people, next } = list.data.value
  return (
    <>
      <ListTable
        columns={[w.student, w.places]}
        rows={people.map(person => ({
          key: person.studentNumber,
          cells: [person.studentNumber, <Places key="places" places={person.places} />],
        }))}
      />
      <ExportList path={path} these="people" />
      <FirstAndMore after={after} next={next} onTurn={setAfter} words={w} mb="md" />
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
          {place.lastDay &&
            !place.removed &&
            inBrackets(w.shortened(sayDate(place.lastDay, shell)), language)}
        </li>
      ))}
    </ul>
  )
}
