import { Button } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { ApplyFile } from '../web/staff/apply-file.tsx'
import { BadRowsTable, DownloadBadRows } from '../web/staff/bad-rows-table.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { filesWords } from '../web/staff/files-words.ts'
import { ListTabs } from '../web/staff/list-tabs.tsx'
import { RowsDone } from '../web/staff/rows-done.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { WhatWasRead } from '../web/staff/what-was-read.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import type { PreviewReply } from './import-api.ts'
import { ChangedTable, PeopleTable } from './import-tables.tsx'
import { importWords } from './import-words.ts'
import { SecondPerson } from './second-person.tsx'
import { willSentences } from './will-sentences.tsx'
import { words as rosterWords } from './words.ts'

type Will = PreviewReply['will']

const lists = ['changed', 'added', 'bad', 'missing'] as const

/** What an upload would do, list by list, and the button that does it. */
export function ImportPreview({ uploadId, onLeave }: { uploadId: number; onLeave: () => void }) {
  const f = useWords(filesWords)
  const { data: answer, refetch } = useGet<PreviewReply>(`/roster/uploads/${uploadId}`)
  const [applied, setApplied] = useState<Will | null>(null)
  if (!answer)
    return (
      <>
        <p className="waits">{f.loading}</p>
        <RowsDone path={`/roster/progress/upload-${uploadId}`} />
      </>
    )
  if (!answer.ok)
    return (
      <>
        <Notice tone="no" title={f.refused} urgent>
          <p>{answer.message}</p>
        </Notice>
        <Button onClick={onLeave}>{f.another}</Button>
      </>
    )
  const preview = answer.value
  const outcome = applied ?? (preview.appliedAt === null ? null : preview.outcome)
  return (
    <>
      <p className="file-name">
        <strong>{preview.fileName}</strong>
        <Button variant="default" onClick={onLeave}>
          {f.another}
        </Button>
      </p>
      {outcome && <Applied outcome={outcome} before={applied === null} />}
      {!outcome && preview.mends && <Notice tone="info" title={f.mended} />}
      {!outcome && !needsAnother(preview) && (
        <Apply preview={preview} onApplied={setApplied} onLookAgain={() => void refetch()} />
      )}
      {!outcome && needsAnother(preview) && (
        <SecondPerson preview={preview} onApplied={setApplied} onLookAgain={() => void refetch()} />
      )}
      {outcome === null && <Lists preview={preview} />}
      <AsRead preview={preview} fixed={outcome !== null} />
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

/** Whether somebody else decides about it: it needs a second person, or one was asked and has not answered. */
const needsAnother = ({ needsSecond, question }: PreviewReply): boolean =>
  needsSecond || (question !== null && question.takenBackAt === null && question.answeredAt === null)

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
  async function apply() {
    const answer = await act.mutateAsync({ seal })
    if (answer.ok) onApplied(answer.value)
    return answer
  }
  if (will.adds + will.changes === 0)
    return (
      <Notice tone="info" title={counts.bad > 0 ? w.onlyBad : w.nothingToDo}>
        <p>{w.nothingToDoNext}</p>
      </Notice>
    )
  return (
    <ApplyFile
      will={willSentences(will, applying)}
      button={w.apply(will.adds, will.changes)}
      apply={apply}
      progressPath={`/roster/progress/upload-${uploadId}`}
      onLookAgain={onLookAgain}
    />
  )
}

/** The lists as tabs with their counts. */
function Lists({ preview }: { preview: PreviewReply }) {
  const w = useWords(importWords)
  return (
    <>
      <ExportList path={`/roster/uploads/${preview.uploadId}`} these="differences" />
      <ListTabs
        lists={lists.map(list => ({
          id: list,
          title: w.lists[list],
          count: preview.counts[list],
          empty: [w.empty[list][0]!, w.empty[list][1]!],
          content: () => <List list={list} preview={preview} />,
        }))}
      />
    </>
  )
}

function List({ list, preview }: { list: (typeof lists)[number]; preview: PreviewReply }) {
  const w = useWords(importWords)
  const f = useWords(filesWords)
  const { fields } = useWords(rosterWords)
  const { counts, shownAtMost, uploadId } = preview
  return (
    <>
      {list === 'missing' && <p className="dim">{w.missingNote}</p>}
      {list === 'bad' && (
        <>
          <p className="dim">
            {w.badNote} {counts.badWithoutNumber > 0 && w.badWithoutNumber(counts.badWithoutNumber)}
          </p>
          <DownloadBadRows href={`/api/v1/roster/uploads/${uploadId}/bad-rows`} />
        </>
      )}
      {counts[list] > shownAtMost && <p className="dim">{f.firstOf(shownAtMost, counts[list])}</p>}
      {list === 'changed' && <ChangedTable rows={preview.changed} />}
      {list === 'bad' && (
        <BadRowsTable
          rows={preview.bad.map(row => ({ ...row, name: row.studentNumber }))}
          nameTitle={w.number}
          fields={fields}
        />
      )}
      {list === 'added' && <PeopleTable rows={preview.added} />}
      {list === 'missing' && <PeopleTable rows={preview.missing} />}
    </>
  )
}

function AsRead({ preview, fixed }: { preview: PreviewReply; fixed: boolean }) {
  const w = useWords(importWords)
  const { fields } = useWords(rosterWords)
  const { language } = useShell()
  const { counts, convertedYears } = preview
  // Once applied, the register is as the file is: what was done is said above, and a comparison would say that nothing was.
  const rows = [sayCount(counts.rows, language), ...(fixed ? [] : [w.unchanged(counts.unchanged)])]
  return (
    <WhatWasRead
      rows={rows.join(' · ')}
      read={preview}
      ignored={preview.ignored}
      fields={fields}
      room="roster"
      kind="roster"
      fixed={fixed}
    >
      {convertedYears > 0 && <p className="dim">{w.converted(convertedYears)}</p>}
    </WhatWasRead>
  )
}
