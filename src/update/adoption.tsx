import { Button, Table } from '@mantine/core'
import { useState } from 'react'
import { EmptyState, Notice } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import { DoorsSaid } from './doors-said.tsx'
import type { Adopted, Adoption, AdoptionAsked } from './survey-shapes.ts'
import { surveyWords } from './survey-words.ts'

/** The act of adopting, and what refused it. */
export function useAdopting(controllerId: number, onDone: (adopted: Adopted) => void) {
  const path = `/controllers/${controllerId}`
  const act = useAct<AdoptionAsked, Adopted>(`${path}/adoption`, { refresh: [path, '/surveys'] })
  const [refused, setRefused] = useState<string | null>(null)
  async function adopt(asked: AdoptionAsked): Promise<void> {
    setRefused(null)
    const answer = await act.mutateAsync(asked)
    if (answer.ok) onDone(answer.value)
    else setRefused(answer.message)
  }
  return { adopt, refused, pending: act.isPending }
}

/** What adopting a controller's present content would do, in sentences and lists, before the button that does it. */
export function AdoptionPreview({
  controllerId,
  done,
  onDone,
}: {
  controllerId: number
  done: Adopted | null
  onDone: (adopted: Adopted) => void
}) {
  const w = useWords(surveyWords)
  const shell = useShell()
  // Asked for by hand: whose cards are shown is written down.
  const [looks, setLooks] = useState(false)
  const preview = useGet<Adoption>(`/controllers/${controllerId}/adoption`, { enabled: looks })
  const { adopt, refused, pending } = useAdopting(controllerId, adopted => {
    setLooks(false)
    onDone(adopted)
  })
  const seen = looks && preview.data?.ok ? preview.data.value : null
  const numbers = seen ? seen.counts.confirmed + seen.counts.changed + seen.counts.leftOver : 0
  return (
    <>
      <h3>{w.adoption}</h3>
      {done && (
        <Notice tone="yes" title={w.done} urgent>
          <p>
            {w.doneAbout(
              done.confirmed + done.changed + done.leftOver,
              done.leftOver,
              sayWhen(done.carriedBy, shell),
            )}
          </p>
        </Notice>
      )}
      <p className="dim">{w.adoptionAbout}</p>
      {looks && preview.data?.ok === false && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{preview.data.message}</p>
        </Notice>
      )}
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      {seen && numbers === 0 && (
        <EmptyState title={w.nothingToAdopt}>
          {seen.counts.taken > 0 ? w.takenApart(seen.counts.taken) : w.nothingToAdoptNext}
        </EmptyState>
      )}
      {seen && numbers > 0 && (
        <>
          <ul>
            <li>{w.confirmed(seen.counts.confirmed)}</li>
            {seen.counts.changed > 0 && <li>{w.changed(seen.counts.changed)}</li>}
            {seen.counts.leftOver > 0 && (
              <li>
                <strong>{w.willGo(seen.counts.leftOver, sayWhen(seen.carriedBy, shell))}</strong>
              </li>
            )}
            {seen.counts.taken > 0 && <li>{w.takenApart(seen.counts.taken)}</li>}
            {seen.counts.foreign > 0 && <li>{w.stays(seen.counts.foreign)}</li>}
          </ul>
          <OursTable title={w.listLeftOver} cards={seen.leftOver} of={seen.counts.leftOver} />
          <OursTable title={w.listChanged} cards={seen.changed} of={seen.counts.changed} />
          <OursTable title={w.listTaken} cards={seen.taken} of={seen.counts.taken} />
        </>
      )}
      {seen && numbers > 0 ? (
        <Button size="lg" disabled={pending} onClick={() => void adopt({ seal: seen.seal })}>
          {w.adoptNow(numbers)}
        </Button>
      ) : (
        !looks && (
          <Button
            variant="default"
            onClick={() => {
              setLooks(true)
              void preview.refetch()
            }}
          >
            {w.preview}
          </Button>
        )
      )}
      {refused !== null && (
        <Button variant="default" ml="sm" onClick={() => void preview.refetch()}>
          {w.tryAgain}
        </Button>
      )}
    </>
  )
}

function OursTable({ title, cards, of }: { title: string; cards: Adoption['leftOver']; of: number }) {
  const w = useWords(surveyWords)
  if (cards.length === 0) return null
  const becomes = cards.some(card => card.wanted !== null)
  return (
    <>
      <h4>{title}</h4>
      {of > cards.length && <p className="dim">{w.shownOnly(cards.length)}</p>}
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing={6} mb="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.student}</Table.Th>
              <Table.Th>{w.number}</Table.Th>
              <Table.Th>{w.doors}</Table.Th>
              <Table.Th>{w.days}</Table.Th>
              {becomes && <Table.Th>{w.becomes}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {cards.map(card => (
              <Table.Tr key={card.number}>
                <Table.Td className="figures">
                  {card.studentNumber} {card.lost && <Verdict tone="warn" word={w.lost} />}
                  {card.alsoStaff && <Verdict tone="warn" word={w.alsoStaff} />}
                </Table.Td>
                <Table.Td className="figures">{card.number}</Table.Td>
                <Table.Td className="figures">
                  <DoorsSaid doors={card.doors} />
                </Table.Td>
                <Table.Td className="figures">{w.until(card.from, card.to)}</Table.Td>
                {becomes && (
                  <Table.Td className="figures">
                    {card.wanted && (
                      <>
                        <DoorsSaid doors={card.wanted.doors} />
                        <br />
                        {w.until(card.wanted.from, card.wanted.to)}
                      </>
                    )}
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}
