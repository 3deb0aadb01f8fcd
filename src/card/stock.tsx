import '../web/staff/files.css'
import './stock.css'
import { Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '../web/panel.tsx'
import { DropFile } from '../web/staff/drop-file.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { UploadList } from '../web/staff/upload-list.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { CountersReply } from './card-api.ts'
import { CardFinder } from './card-finder.tsx'
import type { CardFileReply } from './file-api.ts'
import { type FileKind, fileKinds } from './file-columns.ts'
import { fileWords } from './file-words.ts'
import { StockPreview } from './stock-preview.tsx'
import { stockWords } from './stock-words.ts'

/** The office's stock of cards: files of them are taken in, and one card is found, retired or put elsewhere. */
export function Stock() {
  const w = useWords(stockWords)
  const navigate = useNavigate()
  const { upload } = useSearch({ strict: false }) as { upload?: number }
  const show = (uploadId: number | null) =>
    void navigate({ to: '/stock', search: uploadId === null ? {} : { upload: uploadId } })
  return (
    <div className="files stock">
      <h1>{w.title}</h1>
      {upload === undefined ? (
        <>
          <p className="dim">{w.about}</p>
          <TakeFile onTaken={show} />
          <Earlier onLook={show} />
          <CardFinder />
          <ExportList path="/cards/stock" />
        </>
      ) : (
        <StockPreview key={upload} uploadId={upload} onLeave={() => show(null)} />
      )}
    </div>
  )
}

/** What the file tells, how it writes numbers, and the file. */
function TakeFile({ onTaken }: { onTaken: (uploadId: number) => void }) {
  const w = useWords(stockWords)
  const { kinds, fields } = useWords(fileWords)
  const [kind, setKind] = useState<FileKind>('stock')
  const [format, setFormat] = useState('be-hex')
  const { data: places } = useGet<CountersReply>('/cards/places')
  const formats = places?.ok ? places.value.formats : []
  return (
    <>
      <div className="stock-how">
        <Select
          label={w.kind}
          data={fileKinds.map(each => ({ value: each, label: kinds[each] }))}
          value={kind}
          onChange={chosen => setKind(fileKinds.find(each => each === chosen) ?? 'stock')}
          allowDeselect={false}
        />
        <Select
          label={w.format}
          description={w.formatHint}
          inputWrapperOrder={['label', 'input', 'description']}
          data={formats.map(({ id, name }) => ({ value: id, label: name }))}
          value={format}
          onChange={chosen => setFormat(chosen ?? 'be-hex')}
          allowDeselect={false}
        />
      </div>
      <DropFile
        path={`/cards/files?kind=${kind}&numberFormat=${format}`}
        listPath="/cards/files"
        invitation={w.drop}
        limits={`${w.limits} ${w.columns[kind]}`}
        fields={fields}
        room="cards"
        kind={kind}
        onTaken={onTaken}
      />
    </>
  )
}

/** Earlier uploads: one that was left can be found again. */
function Earlier({ onLook }: { onLook: (uploadId: number) => void }) {
  const w = useWords(stockWords)
  const { kinds } = useWords(fileWords)
  const { data: answer } = useGet<{ uploads: CardFileReply[] }>('/cards/files')
  if (!answer?.ok) return null
  const uploads = answer.value.uploads.map(({ outcome, kind, ...upload }) => ({
    ...upload,
    kind: kinds[kind],
    applied: outcome && w.applied(outcome.takes),
  }))
  return (
    <UploadList
      uploads={uploads}
      kindTitle={w.kind}
      empty={<EmptyState title={w.noneYet}>{w.noneYetNext}</EmptyState>}
      onLook={onLook}
    />
  )
}
