import { useNavigate, useSearch } from '@tanstack/react-router'
import { sayAlone, sayMoney } from '../lib/say.ts'
import { Day, When } from '../web/moment.tsx'
import { EmptyState } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { StateNav } from '../web/staff/state-nav.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { issuerReasonNames, stageNames, wayNames, whyNames } from './list-words.ts'
import type { CasesReply, RefundCounts } from './office-api.ts'
import { IssuerAnswers, IssuerFiles, Reconciliation } from './office-panels.tsx'
import { refundScreenWords } from './office-screen-words.ts'
import { refundStages } from './rules.ts'

const lists = ['late', ...refundStages] as const
type List = (typeof lists)[number]

/** The office's refunds: how far each is, files for the issuer, its answers, and where both differ. */
export function OfficeRefunds() {
  const w = useWords(refundScreenWords)
  const { language, reader } = useShell()
  const navigate = useNavigate()
  const { stage } = useSearch({ strict: false }) as { stage?: string }
  const chosen = lists.find(each => each === stage) ?? 'asked'
  const counts = useGet<RefundCounts>('/refunds/counts')
  const acts = reader?.roles.includes('office') ?? false
  return (
    <>
      <h1>{w.title}</h1>
      <Loaded from={counts}>
        {known => (
          <>
            <p className="dim">{w.about(known.issuer[language])}</p>
            <StateNav
              label={w.lists}
              chosen={chosen}
              onChoose={next => void navigate({ to: '/refunds', search: { stage: next } })}
              states={lists.map(id =>
                id === 'late'
                  ? { id, name: w.late, count: known.late }
                  : { id, name: sayAlone(stageNames[id][language]), count: known.stages[id] },
              )}
            />
            <Cases list={chosen} currency={known.currency} />
            <IssuerFiles acts={acts} waiting={known.stages.asked} />
            {acts && <IssuerAnswers />}
            <Reconciliation currency={known.currency} />
          </>
        )}
      </Loaded>
    </>
  )
}

/** How many cases one list shows. */
const mostShown = 200

function Cases({ list, currency }: { list: List; currency: RefundCounts['currency'] }) {
  const w = useWords(refundScreenWords)
  const { language } = useShell()
  const query: Record<string, string> = list === 'late' ? { late: 'true' } : { stage: list }
  const found = useGet<CasesReply>(`/refunds?${new URLSearchParams(query)}`)
  const lastOf = (row: CasesReply['cases'][number]) => {
    if (row.paid)
      return (
        <>
          {sayMoney(row.paid.amount, currency)} <Day on={row.paid.on} />
        </>
      )
    if (row.reason) return issuerReasonNames[row.reason][language]
    return row.late ? <Verdict tone="warn" word={w.isLate} /> : null
  }
  return (
    <>
      <div className="list-head">
        <h2>{list === 'late' ? w.late : sayAlone(stageNames[list][language])}</h2>
        <ExportList path="/refunds" query={query} />
      </div>
      <Loaded from={found}>
        {({ cases, next }) =>
          cases.length === 0 ? (
            <EmptyState title={w.empty}>{w.emptyNext}</EmptyState>
          ) : (
            <>
              <ListTable
                columns={[w.student, w.number, w.card, w.why, w.way, w.asked, w.by, w.paid]}
                rows={cases.map(row => ({
                  key: row.caseId,
                  cells: [
                    row.studentNumber,
                    row.number,
                    row.ending,
                    whyNames[row.why][language],
                    wayNames[row.way][language],
                    <When key="asked" at={row.askedAt} />,
                    row.by && <Day key="by" on={row.by} />,
                    lastOf(row),
                  ],
                }))}
              />
              {next !== null && <p className="dim">{w.first(mostShown)}</p>}
            </>
          )
        }
      </Loaded>
    </>
  )
}
