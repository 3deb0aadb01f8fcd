import { useState } from 'react'
import { Day } from '../web/moment.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Causes, ListAt, pathAt, Truth, type WallTime } from './history-parts.tsx'
import type { Openers } from './history-shapes.ts'
import { historyWords } from './history-words.ts'

/** Who could open a door at a moment, page by page: should and did, with which card and why. */
export function OpenersList({ door, at }: { door: string; at: WallTime }) {
  const w = useWords(historyWords)
  const { language } = useShell()
  const [page, setPage] = useState(1)
  const path = `/doors/${encodeURIComponent(door)}/openers`
  const list = useGet<Openers>(pathAt(path, at, page))
  return (
    <ListAt
      path={path}
      list={list}
      page={page}
      onTurn={setPage}
      show={({ openers, door: asked }) => ({
        name: asked.name[language],
        beside: <span className="dim">{asked.building[language]}</span>,
        empty: { title: w.nobody, next: w.nobodyNext },
        columns: [w.student, w.person, w.card, w.number, w.truth, w.because, w.until],
        rows: openers.map(({ number, person, card, should, did, because, to }) => ({
          key: number,
          cells: [
            person?.studentNumber ?? w.unknown,
            person?.name[language],
            card && w.ending(card.chip),
            number,
            <Truth key="truth" should={should} did={did} />,
            <Causes key="causes" because={because} />,
            to && <Day key="to" on={to} />,
          ],
        })),
      })}
    />
  )
}
