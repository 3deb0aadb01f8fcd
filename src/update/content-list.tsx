import { Table } from '@mantine/core'
import { useState } from 'react'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate } from '../web/when.ts'
import { DoorsSaid } from './doors-said.tsx'
import { Pages, pathAt, Truth, type WallTime } from './history-parts.tsx'
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
  const list = useGet<Content>(pathAt(`/controllers/${serial}/content`, at, page))
  if (list.data === undefined) return <p className="waits">{w.looking}</p>
  if (!list.data.ok)
    return (
      <Notice tone="no" title={w.refused} urgent>
        <p>{list.data.message}</p>
      </Notice>
    )
  const { numbers, pages, both, onlyShould, onlyDid, building, at: moment } = list.data.value
  return (
    <section aria-label={building[language]}>
      <p>
        <strong>{building[language]}</strong> <span className="dim figures">{serial}</span>{' '}
        <When at={moment} />
      </p>
      {numbers.length === 0 ? (
        <EmptyState title={w.empty}>{w.emptyNext}</EmptyState>
      ) : (
        <>
          <p role="status">{w.sum(both, onlyShould, onlyDid)}</p>
          <Table.ScrollContainer minWidth={760}>
            <Table verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{w.number}</Table.Th>
                  <Table.Th>{w.student}</Table.Th>
                  <Table.Th>{w.card}</Table.Th>
                  <Table.Th>{w.truth}</Table.Th>
                  <Table.Th>{w.should}</Table.Th>
                  <Table.Th>{w.did}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {numbers.map(row => (
                  <Table.Tr key={row.number}>
                    <Table.Td className="figures">{row.number}</Table.Td>
                    <Table.Td className="figures">{row.person?.studentNumber ?? w.unknown}</Table.Td>
                    <Table.Td className="figures">{row.card && w.ending(row.card.chip)}</Table.Td>
                    <Table.Td>
                      <Truth should={row.should !== null} did={row.did !== null} />
                    </Table.Td>
                    <Table.Td className="figures">
                      <Record record={row.should} />
                    </Table.Td>
                    <Table.Td className="figures">
                      <Record record={row.did} />
                    </Table.Td>
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
