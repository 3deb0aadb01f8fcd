import { Table } from '@mantine/core'
import { useState } from 'react'
import { Day, When } from '../web/moment.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Causes, Pages, pathAt, Truth, type WallTime } from './history-parts.tsx'
import type { Openers } from './history-shapes.ts'
import { historyWords } from './history-words.ts'

/** Who could open a door at a moment, page by page: should and did, with which card and why. */
export function OpenersList({ door, at }: { door: string; at: WallTime }) {
  const w = useWords(historyWords)
  const { language } = useShell()
  const [page, setPage] = useState(1)
  const list = useGet<Openers>(pathAt(`/doors/${encodeURIComponent(door)}/openers`, at, page))
  if (list.data === undefined) return <p className="waits">{w.looking}</p>
  if (!list.data.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{list.data.message}</p>
      </Notice>
    )
  const { openers, pages, both, onlyShould, onlyDid, door: asked, at: moment } = list.data.value
  return (
    <section aria-label={asked.name[language]}>
      <p>
        <strong>{asked.name[language]}</strong> <span className="dim">{asked.building[language]}</span>{' '}
        <When at={moment} />
      </p>
      {openers.length === 0 ? (
        <EmptyState title={w.nobody}>{w.nobodyNext}</EmptyState>
      ) : (
        <>
          <p role="status">{w.sum(both, onlyShould, onlyDid)}</p>
          <Table.ScrollContainer minWidth={760}>
            <Table verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{w.student}</Table.Th>
                  <Table.Th>{w.person}</Table.Th>
                  <Table.Th>{w.card}</Table.Th>
                  <Table.Th>{w.number}</Table.Th>
                  <Table.Th>{w.truth}</Table.Th>
                  <Table.Th>{w.because}</Table.Th>
                  <Table.Th>{w.until}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {openers.map(({ number, person, card, should, did, because, to }) => (
                  <Table.Tr key={number}>
                    <Table.Td className="figures">{person?.studentNumber ?? w.unknown}</Table.Td>
                    <Table.Td>{person?.name[language]}</Table.Td>
                    <Table.Td className="figures">{card && w.ending(card.chip)}</Table.Td>
                    <Table.Td className="figures">{number}</Table.Td>
                    <Table.Td>
                      <Truth should={should} did={did} />
                    </Table.Td>
                    <Table.Td>
                      <Causes because={because} />
                    </Table.Td>
                    <Table.Td>{to && <Day on={to} />}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Pages page={page} pages={pages} onTurn={setPage} />
        </>
      )}
    </section>
  )
}
