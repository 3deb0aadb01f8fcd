import { Button, Table } from '@mantine/core'
import { useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { ProgressBar } from '../web/progress.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount, sayWhen } from '../web/when.ts'
import { ReasonForm } from './reason-form.tsx'
import type { AfterRestore, Release, RestoredPeople } from './restored-shapes.ts'
import { restoredWords } from './restored-words.ts'

const everyMs = 2_000

/** After the database was brought back from an older copy: how far the lists are read, what would be sent, letting go. */
export function RestoredPanel({ keeps }: { keeps: boolean }) {
  const w = useWords(restoredWords)
  const shell = useShell()
  const { data } = useGet<AfterRestore>('/restores/current', { everyMs })
  const [released, setReleased] = useState(false)
  const [named, setNamed] = useState(false)
  const after = data?.ok ? data.value : null
  return (
    <>
      {released && (
        <div role="status">
          <Notice tone="yes">{w.released}</Notice>
        </div>
      )}
      {after !== null && after.waiting > 0 && (
        <Panel title={w.title}>
          <Notice tone="no">
            <p>{w.about(after.noticedAt === null ? '' : sayWhen(after.noticedAt, shell))}</p>
          </Notice>
          <Facts facts={[{ name: w.how, value: after.sign && w.sign[after.sign] }]} />
          <ProgressBar
            label={w.progress}
            value={after.read}
            of={after.waiting}
            note={w.ofAll(after.read, after.waiting)}
          />
          <Waiting controllers={after.controllers} />
          {after.read > 0 && (
            <Button variant="default" mt="sm" aria-expanded={named} onClick={() => setNamed(!named)}>
              {named ? w.hide : w.people}
            </Button>
          )}
          {named && <People key={after.seal} />}
          {keeps && after.read > 0 && <LetGo after={after} onDone={() => setReleased(true)} />}
        </Panel>
      )}
    </>
  )
}

type Shown = AfterRestore['controllers'][number]

function Waiting({ controllers }: { controllers: readonly Shown[] }) {
  const w = useWords(restoredWords)
  const { language } = useShell()
  const state = ({ read, reading, outcome }: Shown) => {
    if (read) return <Verdict tone="yes" word={w.read} />
    if (reading) return <Verdict tone="wait" word={w.reading} />
    return <Verdict tone="warn" word={outcome === null ? w.notRead : w.failed} />
  }
  const many = (read: boolean, number: number | null) =>
    read && number !== null ? sayCount(number, language) : '–'
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.building}</Table.Th>
            <Table.Th>{w.list}</Table.Th>
            <Table.Th>{w.puts}</Table.Th>
            <Table.Th>{w.changes}</Table.Th>
            <Table.Th>{w.removals}</Table.Th>
            <Table.Th>{w.leftOver}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {controllers.map(each => (
            <Table.Tr key={each.controllerId}>
              <Table.Td>
                {each.building[language]} <small className="dim">{each.controllerId}</small>
              </Table.Td>
              <Table.Td>{state(each)}</Table.Td>
              <Table.Td className="figures">{many(each.read, each.puts)}</Table.Td>
              <Table.Td className="figures">{many(each.read, each.changes)}</Table.Td>
              <Table.Td className="figures">{many(each.read, each.removals)}</Table.Td>
              <Table.Td className="figures">{many(each.read, each.leftOver)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Read when asked for, and again when the difference changes: whose cards are seen is written down. */
function People() {
  const w = useWords(restoredWords)
  const { data } = useGet<RestoredPeople>('/restores/current/people')
  if (data?.ok === false)
    return (
      <Notice tone="no" title={w.refused} urgent>
        {data.message}
      </Notice>
    )
  if (!data) return null
  const { people, more } = data.value
  if (people.length === 0) return <p>{w.nothing}</p>
  return (
    <>
      <p>{w.peopleAbout}</p>
      <ExportList path="/restores/current/people" these="cards" />
      <Table.ScrollContainer minWidth={480}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.student}</Table.Th>
              <Table.Th>{w.controller}</Table.Th>
              <Table.Th>{w.deedTitle}</Table.Th>
              <Table.Th>{w.decided}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map(({ studentNumber, controllerId, deed, decidedAt }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a person may have two cards on a controller; the list is read anew as a whole
              <Table.Tr key={at}>
                <Table.Td className="figures">{studentNumber}</Table.Td>
                <Table.Td className="figures">{controllerId}</Table.Td>
                <Table.Td>{w.deed[deed]}</Table.Td>
                <Table.Td>
                  <When at={decidedAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {more && <p className="dim">{w.more}</p>}
    </>
  )
}

function LetGo({ after, onDone }: { after: AfterRestore; onDone: () => void }) {
  const w = useWords(restoredWords)
  const [asks, setAsks] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<Release, { released: number }>('/restores/current/release', {
    refresh: ['/restores', '/surveys', '/controllers', '/windows'],
  })
  if (!asks)
    return (
      <p>
        <Button mt="sm" onClick={() => setAsks(true)}>
          {w.release(after.read)}
        </Button>
      </p>
    )
  async function release(reason: string) {
    const answer = await act.mutateAsync({ reason, seal: after.seal })
    if (answer.ok) onDone()
    setRefused(answer.ok ? null : answer.message)
    setAsks(!answer.ok)
  }
  return (
    <ReasonForm
      go={w.release(after.read)}
      pending={act.isPending}
      refused={refused}
      onGo={reason => void release(reason)}
      onBack={() => setAsks(false)}
    >
      <Notice tone="warn">
        <p>{w.sure}</p>
      </Notice>
    </ReasonForm>
  )
}
