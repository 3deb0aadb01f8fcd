import { sayMoney } from '../lib/say.ts'
import { Facts } from '../web/facts.tsx'
import { Day, When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ActDialog } from '../web/staff/act-dialog.tsx'
import { AnswerUpload } from '../web/staff/answer-upload.tsx'
import { DownloadFile } from '../web/staff/download-file.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { AnswerReply, FilesReply, ReconciliationReply, RefundCounts } from './office-api.ts'
import { refundScreenWords } from './office-screen-words.ts'

/** Files for the issuer: made of everything that waits, and downloaded. */
export function IssuerFiles({ acts, waiting }: { acts: boolean; waiting: number }) {
  const w = useWords(refundScreenWords)
  const list = useGet<FilesReply>('/refunds/files')
  return (
    <Panel title={w.files}>
      {acts && waiting > 0 && (
        <ActDialog
          label={w.make(waiting)}
          title={w.makeTitle}
          about={w.makeAbout}
          path="/refunds/files"
          refresh={['/refunds']}
          confirm={w.makeConfirm}
          body={() => undefined}
        />
      )}
      <Loaded from={list}>
        {({ files }) =>
          files.length === 0 ? (
            <EmptyState title={w.noFiles}>{w.noFilesNext}</EmptyState>
          ) : (
            <ListTable
              columns={[w.file, w.made, w.cases, w.download]}
              rows={files.map(file => ({
                key: file.fileId,
                cells: [
                  file.fileId,
                  <When key="made" at={file.madeAt} />,
                  file.cases,
                  file.erased || !acts ? (
                    file.erased && w.erased
                  ) : (
                    <DownloadFile
                      key="download"
                      path={`/refunds/files/${file.fileId}`}
                      label={w.download}
                      name={w.downloadOf(file.fileId)}
                    />
                  ),
                ],
              }))}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}

/** The issuer's answers: a file of them counts as a whole, and each wrong line says why. */
export function IssuerAnswers() {
  const w = useWords(refundScreenWords)
  return (
    <Panel title={w.answer}>
      <AnswerUpload<AnswerReply>
        path="/refunds/answers"
        invitation={w.drop}
        limits={w.limits}
        nothingChanged={w.nothing}
        refresh={['/refunds']}
      >
        {read =>
          read.applied ? (
            <Notice tone="yes" title={read.again ? w.again : w.applied(read.lines)}>
              <p>{w.counts(read.counts)}</p>
            </Notice>
          ) : (
            <>
              <Notice tone="no" title={w.notApplied(read.wrong)} urgent />
              <ListTable
                columns={[w.line, w.message]}
                rows={read.faults.map((fault, at) => ({ key: at, cells: [fault.line, fault.message] }))}
              />
            </>
          )
        }
      </AnswerUpload>
    </Panel>
  )
}

/** Every difference between what the issuer paid and the cases. */
export function Reconciliation({ currency }: { currency: RefundCounts['currency'] }) {
  const w = useWords(refundScreenWords)
  const found = useGet<ReconciliationReply>('/refunds/reconciliation')
  const money = (amount: number) => sayMoney(amount, currency)
  return (
    <Panel title={w.reconcile}>
      <p className="dim">{w.reconcileAbout}</p>
      <Loaded from={found}>
        {({ paid, counted, different, differences }) => (
          <>
            <Facts
              facts={[
                { name: w.paidInAll, value: money(paid) },
                { name: w.counted, value: money(counted) },
                { name: w.different, value: money(different) },
              ]}
            />
            {differences.length === 0 ? (
              <EmptyState title={w.same}>{w.sameNext}</EmptyState>
            ) : (
              <>
                <ExportList path="/refunds/reconciliation" these="differences" />
                <ListTable
                  columns={[w.number, w.difference, w.amount, w.on]}
                  rows={differences.map((each, at) => ({
                    key: at,
                    cells: [
                      each.case,
                      each.message,
                      each.amount === null ? null : money(each.amount),
                      <Day key="on" on={each.on} />,
                    ],
                  }))}
                />
              </>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  )
}
