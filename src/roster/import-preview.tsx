import { Button, Tabs } from '@mantine/core'
import { useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount } from '../web/when.ts'
import type { PreviewReply } from './import-api.ts'
import { BadTable, ChangedTable, PeopleTable } from './import-tables.tsx'
import { importWords } from './import-words.ts'
import { words as rosterWords } from './words.ts'

type Will = PreviewReply['will']

const lists = ['changed', 'added', 'bad', 'missing'] as const

/** What an upload would do, list by list, and the button that does it. */
export function ImportPreview({ uploadId, onLeave }: { uploadId: number; onLeave: () => void }) {
  const w = useWords(importWords)
  const { data: answer, refetch } = useGet<PreviewReply>(`/roster/uploads/${uploadId}`)
  const [applied, setApplied] = useState<Will | null>(null)
  if (!answer) return <p className="waits">{w.loading}</p>
  if (!answer.ok)
    return (
      <>
        <Notice tone="no" title={w.refused} urgent>
          <p>{answer.message}</p>
        </Notice>
        <Button onClick={onLeave}>{w.another}</Button>
      </>
    )
  const preview = answer.value
  const outcome = applied ?? (preview.appliedAt === null ? null : preview.outcome)
  return (
    <>
      <p className="import-file">
        <strong>{preview.fileName}</strong>
        <Button variant="default" onClick={onLeave}>
          {w.another}
        </Button>
      </p>
      {outcome ? (
        <Applied outcome={outcome} before={applied === null} />
      ) : (
        <Apply preview={preview} onApplied={setApplied} onLookAgain={() => void refetch()} />
      )}
      {outcome === null && <Lists preview={preview} />}
      <WhatWasRead preview={preview} />
    </>
  )
}

function Applied({ outcome, before }: { outcome: Will; before: boolean }) {
  const w = useWords(importWords)
  return (
    <Notice tone="yes" title={before ? w.appliedBefore : w.done} urgent={!before}>
      <p>{w.applied(outcome.adds, outcome.changes)}</p>
      <p>{w.doneNext}</p>
    </Notice>
  )
}

/** Says in sentences what applying will do, before the button that does it. */
function Apply({
  preview,
  onApplied,
  onLookAgain,
}: {
  preview: PreviewReply
  onApplied: (will: Will) => void
  onLookAgain: () => void
}) {
  const w = useWords(importWords)
  const { applying } = useWords(rosterWords)
  const { will, seal, uploadId, counts } = preview
  const act = useAct<{ seal: string }, Will>(`/roster/uploads/${uploadId}/application`, {
    refresh: ['/roster'],
  })
  const [refused, setRefused] = useState<string | null>(null)
  async function apply(): Promise<void> {
    setRefused(null)
    const answer = await act.mutateAsync({ seal })
    if (answer.ok) onApplied(answer.value)
    else setRefused(answer.message)
  }
  if (will.adds + will.changes === 0)
    return (
      <Notice tone="info" title={counts.bad > 0 ? w.onlyBad : w.nothingToDo}>
        <p>{w.nothingToDoNext}</p>
      </Notice>
    )
  return (
    <Panel title={w.applyTitle}>
      <ul className="import-will">
        {will.adds > 0 && <li>{applying.adds(will.adds)}</li>}
        {will.changes > 0 && <li>{applying.changes(will.changes)}</li>}
        {will.losesEnrolment > 0 && (
          <li>
            <Verdict tone="warn" word={applying.losesEnrolment(will.losesEnrolment)} />
          </li>
        )}
        {will.leavesAlone > 0 && <li>{applying.leavesAlone(will.leavesAlone)}</li>}
      </ul>
      <p className="dim">{w.applyNote}</p>
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
          <Button variant="default" onClick={onLookAgain}>
            {w.lookAgain}
          </Button>
        </Notice>
      )}
      <Button size="lg" onClick={() => void apply()} disabled={act.isPending}>
        {act.isPending ? w.applying : w.apply(will.adds, will.changes)}
      </Button>
    </Panel>
  )
}

/** The lists as tabs with their counts; the first that has something in it is open. */
function Lists({ preview }: { preview: PreviewReply }) {
  const w = useWords(importWords)
  const { language } = useShell()
  const { counts } = preview
  const first = lists.find(list => counts[list] > 0) ?? 'changed'
  return (
    <Panel>
      <Tabs defaultValue={first} keepMounted={false}>
        <Tabs.List>
          {lists.map(list => (
            <Tabs.Tab key={list} value={list}>
              {w.lists[list]} <strong className="figures">{sayCount(counts[list], language)}</strong>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {lists.map(list => (
          <Tabs.Panel key={list} value={list} pt="md">
            {counts[list] === 0 ? (
              <EmptyState title={w.empty[list][0]}>{w.empty[list][1]}</EmptyState>
            ) : (
              <List list={list} preview={preview} />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Panel>
  )
}

function List({ list, preview }: { list: (typeof lists)[number]; preview: PreviewReply }) {
  const w = useWords(importWords)
  const { counts, shownAtMost, uploadId } = preview
  return (
    <>
      {list === 'missing' && <p className="dim">{w.missingNote}</p>}
      {list === 'bad' && (
        <>
          <p className="dim">
            {w.badNote} {counts.badWithoutNumber > 0 && w.badWithoutNumber(counts.badWithoutNumber)}
          </p>
          <Button
            component="a"
            variant="default"
            href={`/api/v1/roster/uploads/${uploadId}/bad-rows`}
            download
          >
            {w.download}
          </Button>
        </>
      )}
      {counts[list] > shownAtMost && <p className="dim">{w.firstOf(shownAtMost, counts[list])}</p>}
      {list === 'changed' && <ChangedTable rows={preview.changed} />}
      {list === 'bad' && <BadTable rows={preview.bad} />}
      {list === 'added' && <PeopleTable rows={preview.added} />}
      {list === 'missing' && <PeopleTable rows={preview.missing} />}
    </>
  )
}

function WhatWasRead({ preview }: { preview: PreviewReply }) {
  const w = useWords(importWords)
  const { language } = useShell()
  const { counts, convertedYears } = preview
  const rows = [sayCount(counts.rows, language), w.unchanged(counts.unchanged)]
  return (
    <Panel title={w.read}>
      <Facts
        facts={[
          { name: w.rows, value: rows.join(' · ') },
          { name: w.encoding, value: w.encodings[preview.encoding] ?? preview.encoding },
          {
            name: w.ignored,
            value: preview.ignored.length > 0 ? preview.ignored.join(', ') : w.noneIgnored,
          },
        ]}
      />
      {convertedYears > 0 && <p className="dim">{w.converted(convertedYears)}</p>}
    </Panel>
  )
}
