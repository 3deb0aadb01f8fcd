import { Button, Group, Table } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { besideEachOther } from '../lib/both.ts'
import { Notice } from '../web/panel.tsx'
import { ApplyFile } from '../web/staff/apply-file.tsx'
import { BadRowsTable, DownloadBadRows } from '../web/staff/bad-rows-table.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { filesWords } from '../web/staff/files-words.ts'
import { ListTabs } from '../web/staff/list-tabs.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { WhatWasRead } from '../web/staff/what-was-read.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount } from '../web/when.ts'
import type { CardPreviewReply, FileWillReply } from './file-api.ts'
import type { FileKind } from './file-columns.ts'
import { fileWords } from './file-words.ts'
import { stockWords } from './stock-words.ts'
import { words as cardWords } from './words.ts'

/** What a file of cards would do, list by list, and the button that does it. */
export function StockPreview({ uploadId, onLeave }: { uploadId: number; onLeave: () => void }) {
  const w = useWords(stockWords)
  const f = useWords(filesWords)
  const { kinds, fields } = useWords(fileWords)
  const { formats } = useWords(cardWords)
  const { language } = useShell()
  const { data: answer, refetch } = useGet<CardPreviewReply>(`/cards/files/${uploadId}`)
  const [applied, setApplied] = useState<FileWillReply | null>(null)
  if (!answer) return <p className="waits">{f.loading}</p>
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
      <Group mb="sm">
        <ExportList path={`/cards/files/${uploadId}`} />
      </Group>
      {outcome ? (
        <Notice tone="yes" title={applied ? w.done : w.appliedBefore} urgent={applied !== null}>
          <p>{w.applied(outcome.takes)}</p>
          <p>{w.doneNext[preview.kind]}</p>
        </Notice>
      ) : (
        <Apply preview={preview} onApplied={setApplied} onLookAgain={() => void refetch()} />
      )}
      {outcome === null && preview.mends && <Notice tone="info" title={f.mended} />}
      {outcome === null && preview.notOrdered.people > 0 && (
        <Notice tone="warn" title={w.notOrdered(preview.notOrdered.people)}>
          <p>{w.notOrderedNext(besideEachOther(preview.notOrdered.first, language))}</p>
        </Notice>
      )}
      {outcome === null && <Lists preview={preview} />}
      <WhatWasRead
        rows={sayCount(preview.rows, language)}
        read={preview}
        fields={fields}
        room="cards"
        kind={preview.kind}
        fixed={outcome !== null}
        ignored={preview.ignored}
        more={[
          { name: w.kind, value: kinds[preview.kind] },
          { name: w.format, value: formats[preview.numberFormat] },
        ]}
      />
    </>
  )
}

/** Says in sentences what applying will do, before the button that does it. */
function Apply({
  preview,
  onApplied,
  onLookAgain,
}: {
  preview: CardPreviewReply
  onApplied: (will: FileWillReply) => void
  onLookAgain: () => void
}) {
  const w = useWords(stockWords)
  const { will, kind, uploadId, seal } = preview
  const act = useAct<{ seal: string }, FileWillReply>(`/cards/files/${uploadId}/application`, {
    refresh: ['/cards'],
  })
  async function apply() {
    const answer = await act.mutateAsync({ seal })
    if (answer.ok) onApplied(answer.value)
    return answer
  }
  if (will.takes === 0)
    return (
      <Notice tone="info" title={will.bad > 0 ? w.onlyBad : w.nothingToDo}>
        <p>{will.bad > 0 ? w.badNote : w.nothingToDoNext}</p>
      </Notice>
    )
  const sentences: ReactNode[] = [w.takes[kind](will.takes)]
  if (will.blanks > 0) sentences.push(w.blanks(will.blanks))
  if (will.unchanged > 0) sentences.push(w.leaves(will.unchanged))
  if (will.bad > 0) sentences.push(<Verdict tone="warn" word={w.leavesBad(will.bad)} />)
  return <ApplyFile will={sentences} button={w.apply(will.takes)} apply={apply} onLookAgain={onLookAgain} />
}

/** Whether a file tells since when students hold its cards, and not where they lie. */
const tellsSince = (kind: FileKind): boolean => kind === 'old-cards' || kind === 'health-check'

/** Good rows, bad rows, and what is there already, as tabs with their counts. */
function Lists({ preview }: { preview: CardPreviewReply }) {
  const w = useWords(stockWords)
  const f = useWords(filesWords)
  const { fields } = useWords(fileWords)
  const { will, shownAtMost, uploadId } = preview
  const counts = { good: will.takes, bad: will.bad, unchanged: will.unchanged }
  const first = (list: keyof typeof counts) =>
    counts[list] > shownAtMost && <p className="dim">{f.firstOf(shownAtMost, counts[list])}</p>
  const contents: Readonly<Record<keyof typeof counts, () => ReactNode>> = {
    good: () => (
      <>
        {first('good')}
        <CardTable rows={preview.good} held={tellsSince(preview.kind)} />
      </>
    ),
    bad: () => (
      <>
        <p className="dim">{w.badNote}</p>
        <DownloadBadRows href={`/api/v1/cards/files/${uploadId}/bad-rows`} />
        {first('bad')}
        <BadRowsTable
          rows={preview.bad.map(row => ({ ...row, name: row.chip }))}
          nameTitle={w.chip}
          fields={fields}
        />
      </>
    ),
    unchanged: () => (
      <>
        {first('unchanged')}
        <CardTable rows={preview.unchanged} held={tellsSince(preview.kind)} />
      </>
    ),
  }
  return (
    <ListTabs
      lists={(['good', 'bad', 'unchanged'] as const).map(list => ({
        id: list,
        title: w.lists[list],
        count: counts[list],
        empty: [w.empty[list][0]!, w.empty[list][1]!],
        content: contents[list],
      }))}
    />
  )
}

function CardTable({ rows, held }: { rows: CardPreviewReply['good']; held: boolean }) {
  const w = useWords(stockWords)
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.line}</Table.Th>
            <Table.Th>{w.chip}</Table.Th>
            <Table.Th>{w.printed}</Table.Th>
            <Table.Th>{w.edition}</Table.Th>
            <Table.Th>{w.student}</Table.Th>
            <Table.Th>{held ? w.since : w.place}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={row.line}>
              <Table.Td className="figures">{row.line}</Table.Td>
              <Table.Td className="figures">{row.chip}</Table.Td>
              <Table.Td className="figures">{row.printedNumber ?? '—'}</Table.Td>
              <Table.Td>{row.edition}</Table.Td>
              <Table.Td className="figures">{row.studentNumber ?? w.nobody}</Table.Td>
              <Table.Td>{held ? row.heldSince : [row.counter, row.box].filter(Boolean).join(' · ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
