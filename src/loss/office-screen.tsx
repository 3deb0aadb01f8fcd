import { Button, Group } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { sayAlone } from '../lib/say.ts'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { AnswerUpload } from '../web/staff/answer-upload.tsx'
import { DownloadFile } from '../web/staff/download-file.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { StateNav } from '../web/staff/state-nav.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { Answer, Files, ReportsReply } from './issuer-routes.ts'
import { type ReportState, reportStateNames, reportStates } from './list-words.ts'
import { lossScreenWords } from './office-screen-words.ts'

/** The office's loss reports: what waits to leave for the issuer, what was sent, answered and told. */
export function OfficeLosses() {
  const w = useWords(lossScreenWords)
  const { language } = useShell()
  const navigate = useNavigate()
  const { state } = useSearch({ strict: false }) as { state?: string }
  const chosen = reportStates.find(each => each === state) ?? 'waiting'
  const found = useGet<ReportsReply>(`/loss-reports?state=${chosen}`)
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Loaded from={found}>
        {({ counts, reports }) => (
          <>
            <StateNav
              label={w.lists}
              chosen={chosen}
              onChoose={next => void navigate({ to: '/losses', search: { state: next } })}
              states={reportStates.map(id => ({
                id,
                name: sayAlone(reportStateNames[id][language]),
                count: counts[id],
              }))}
            />
            <Reports state={chosen} reports={reports} />
          </>
        )}
      </Loaded>
      <SentFiles />
    </>
  )
}

/** How many reports one list shows. */
const mostShown = 200

function Reports({ state, reports }: { state: ReportState; reports: ReportsReply['reports'] }) {
  const w = useWords(lossScreenWords)
  const { language } = useShell()
  return (
    <>
      <div className="list-head">
        <h2>{sayAlone(reportStateNames[state][language])}</h2>
        <ExportList path="/loss-reports" query={{ state }} />
      </div>
      {reports.length === 0 ? (
        <EmptyState title={w.empty}>{w.emptyNext}</EmptyState>
      ) : (
        <ListTable
          columns={[w.student, w.card, w.reported, w.leaves, w.answer, w.places]}
          rows={reports.map(row => ({
            key: row.id,
            cells: [
              `${row.studentNumber} ${row.name[language]}`,
              row.ending,
              <When key="at" at={row.at} />,
              <>
                <When at={row.sentAt ?? row.sendAt} />
                {row.fileId !== null && ` · ${w.file(row.fileId)}`}
              </>,
              row.receivedAt ? <When key="received" at={row.receivedAt} /> : row.refusedBecause,
              row.placesTold.length === 0
                ? w.notTold
                : row.placesTold.map(place => <div key={place}>{place}</div>),
            ],
          }))}
        />
      )}
      {reports.length >= mostShown && <p className="dim">{w.first(mostShown)}</p>}
    </>
  )
}

function SentFiles() {
  const w = useWords(lossScreenWords)
  const list = useGet<Files>('/loss-files')
  const [answering, setAnswering] = useState<number | null>(null)
  return (
    <Panel title={w.files}>
      <Loaded from={list}>
        {({ files }) =>
          files.length === 0 ? (
            <EmptyState title={w.noFiles}>{w.noFilesNext}</EmptyState>
          ) : (
            <ListTable
              columns={[w.fileColumn, w.made, w.reports, w.received, w.refused, w.answered, w.download]}
              rows={files.map(file => ({
                key: file.id,
                cells: [
                  file.id,
                  <When key="made" at={file.madeAt} />,
                  file.reports,
                  file.received,
                  file.refused,
                  file.answeredAt ? <When key="answered" at={file.answeredAt} /> : w.waits,
                  <Group key="acts" gap="xs">
                    <DownloadFile
                      path={`/loss-files/${file.id}/content`}
                      label={w.download}
                      name={w.downloadOf(file.id)}
                    />
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={w.readOf(file.id)}
                      aria-expanded={answering === file.id}
                      onClick={() => setAnswering(answering === file.id ? null : file.id)}
                    >
                      {w.read}
                    </Button>
                  </Group>,
                ],
                beneath: answering === file.id && <ReadAnswer key={file.id} fileId={file.id} />,
              }))}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}

function ReadAnswer({ fileId }: { fileId: number }) {
  const w = useWords(lossScreenWords)
  return (
    <section aria-label={w.answerTo(fileId)}>
      <AnswerUpload<Answer>
        path={`/loss-files/${fileId}/answer`}
        invitation={w.drop}
        limits={w.limits}
        nothingChanged={w.nothing}
        refresh={['/loss-files', '/loss-reports']}
      >
        {read =>
          read.applied ? (
            <Notice tone={read.refused > 0 ? 'warn' : 'yes'} title={w.applied(read.received, read.refused)}>
              {read.again && <p>{w.again}</p>}
              {read.refused > 0 && <p>{w.call}</p>}
            </Notice>
          ) : (
            <>
              <Notice tone="no" title={w.notApplied(read.badLines.length)} urgent />
              <ListTable
                columns={[w.line, w.said, w.why]}
                rows={read.badLines.map((bad, at) => ({ key: at, cells: [bad.line, bad.said, bad.message] }))}
              />
            </>
          )
        }
      </AnswerUpload>
    </section>
  )
}
