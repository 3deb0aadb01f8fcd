import { Button } from '@mantine/core'
import { useState } from 'react'
import { Day, When } from '../web/moment.tsx'
import { EmptyState, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { BatchesReply, CardsReply } from './batch-api.ts'
import { screenWords } from './screen-words.ts'

/** The newest batches: how many of their cards have reached their holders, came back, or are out. */
export function BatchList({ batches }: { batches: BatchesReply['batches'] }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  const [shown, setShown] = useState<number | null>(null)
  return (
    <Panel title={w.batches}>
      {batches.length > 0 && <ExportList path="/desk/batches" />}
      {batches.length === 0 ? (
        <EmptyState title={w.noBatches}>{w.about}</EmptyState>
      ) : (
        <ListTable
          columns={[w.representative, w.givenAt, w.backBy, w.arrived, w.returned, w.out, '']}
          rows={batches.map(batch => {
            const who = batch.representative.name[language]
            const open = shown === batch.id
            return {
              key: batch.id,
              cells: [
                <>
                  {who} <span className="figures">{batch.representative.studentNumber}</span>
                  <br />
                  <span className="dim">{batch.counter[language]}</span>
                </>,
                <When key="given" at={batch.givenAt} />,
                <Day key="back" on={batch.backBy} />,
                `${batch.arrived}/${batch.cards}`,
                batch.back,
                <>
                  {batch.out} {batch.overdue && <Verdict tone="warn" word={w.overdue} />}
                </>,
                <Button
                  key="show"
                  variant="default"
                  size="compact-md"
                  aria-expanded={open}
                  aria-label={open ? w.hideOf(who) : w.showOf(who)}
                  onClick={() => setShown(open ? null : batch.id)}
                >
                  {open ? w.hide : w.show}
                </Button>,
              ],
              beneath: open && <Cards id={batch.id} />,
            }
          })}
        />
      )}
    </Panel>
  )
}

function Cards({ id }: { id: number }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  const { data: answer } = useGet<CardsReply>(`/desk/batches/${id}`)
  if (!answer) return <p className="waits">{w.loading}</p>
  if (!answer.ok) return <p>{answer.message}</p>
  return (
    <>
      <ul className="batch-cards">
        {answer.value.cards.map(card => (
          <li key={card.studentNumber}>
            <span className="figures">{card.studentNumber}</span> {card.name[language]}{' '}
            <span className="figures dim">{card.ending ?? ''}</span> · {w.states[card.state]}
          </li>
        ))}
      </ul>
      <ExportList path={`/desk/batches/${id}`} these="cards" />
    </>
  )
}
