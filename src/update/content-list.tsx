import { useState } from 'react'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate } from '../web/when.ts'
import { DoorsSaid } from './doors-said.tsx'
import { ListAt, pathAt, Truth, type WallTime } from './history-parts.tsx'
import type { Content } from './history-shapes.ts'
import { historyWords } from './history-words.ts'

type Row = Content['numbers'][number]

function Record({ record }: { record: Row['should'] | Row['did'] }) {
  const shell = useShell()
  if (record === null) return '–'
  return (
    <>
      <DoorsSaid doors={record.doors} />{' '}
      <small className="dim">
        {sayDate(record.from, shell)} – {sayDate(record.to, shell)}
      </small>
    </>
  )
}

/** What a controller held and should have held at a moment, number by number. */
export function ContentList({ serial, at }: { serial: string; at: WallTime }) {
  const w = useWords(historyWords)
  const { language } = useShell()
  const [page, setPage] = useState(1)
  const path = `/controllers/${serial}/content`
  const list = useGet<Content>(pathAt(path, at, page))
  return (
    <ListAt
      path={path}
      list={list}
      page={page}
      onTurn={setPage}
      show={({ numbers, building }) => ({
        name: building[language],
        beside: <span className="dim figures">{serial}</span>,
        empty: { title: w.empty, next: w.emptyNext },
        columns: [w.number, w.student, w.card, w.truth, w.should, w.did],
        rows: numbers.map(row => ({
          key: row.number,
          cells: [
            row.number,
            row.person?.studentNumber ?? w.unknown,
            row.card && w.ending(row.card.chip),
            <Truth key="truth" should={row.should !== null} did={row.did !== null} />,
            <Record key="should" record={row.should} />,
            <Record key="did" record={row.did} />,
          ],
        })),
      })}
    />
  )
}
