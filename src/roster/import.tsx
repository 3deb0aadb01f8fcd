import '../web/staff/files.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { EmptyState } from '../web/panel.tsx'
import { DropFile } from '../web/staff/drop-file.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { UploadList } from '../web/staff/upload-list.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { UploadReply } from './import-api.ts'
import { ImportPreview } from './import-preview.tsx'
import { importWords } from './import-words.ts'
import { words as rosterWords } from './words.ts'

/** The office's roster import: drop a file, see the difference, apply it. */
export function RosterImport() {
  const w = useWords(importWords)
  const { fields } = useWords(rosterWords)
  const navigate = useNavigate()
  const { upload } = useSearch({ strict: false }) as { upload?: number }
  const show = (uploadId: number | null) =>
    void navigate({ to: '/import', search: uploadId === null ? {} : { upload: uploadId } })
  return (
    <div className="files">
      <h1>{w.title}</h1>
      {upload === undefined ? (
        <>
          <p className="dim">{w.about}</p>
          <DropFile
            path="/roster/uploads"
            listPath="/roster/uploads"
            invitation={w.drop}
            limits={w.limits}
            nothingChanged={w.nothingChanged}
            fields={fields}
            room="roster"
            kind="roster"
            onTaken={show}
          />
          <Earlier onLook={show} />
          <ExportList path="/roster" />
        </>
      ) : (
        <ImportPreview key={upload} uploadId={upload} onLeave={() => show(null)} />
      )}
    </div>
  )
}

/** Earlier uploads: one that was left can be found again. */
function Earlier({ onLook }: { onLook: (uploadId: number) => void }) {
  const w = useWords(importWords)
  const { data: answer } = useGet<{ uploads: UploadReply[] }>('/roster/uploads')
  if (!answer?.ok) return null
  const uploads = answer.value.uploads.map(({ outcome, ...upload }) => ({
    ...upload,
    applied: outcome && w.applied(outcome.adds, outcome.changes),
  }))
  return (
    <UploadList
      uploads={uploads}
      empty={<EmptyState title={w.noneYet}>{w.noneYetNext}</EmptyState>}
      onLook={onLook}
    />
  )
}
