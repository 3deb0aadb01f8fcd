import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { sayMoney } from '../lib/say.ts'
import { When } from '../web/moment.tsx'
import { EmptyState } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { StateNav } from '../web/staff/state-nav.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { OpenCase } from './case-panel.tsx'
import type { ReissueCounts } from './case-routes.ts'
import type { ListedReissues } from './list-routes.ts'
import { endNames, reasonNames, settledNames } from './list-words.ts'
import { officeScreenWords } from './office-screen-words.ts'
import { UnmatchedReceipts } from './receipts-panel.tsx'
import { Repayments } from './repayments-panel.tsx'

const states = [
  'open',
  'unpaid',
  'to-make',
  'to-collect',
  'disputed',
  'owed-back',
  'second-person',
  'receipts',
] as const
type State = (typeof states)[number]

/** The office's reissues: how many stand where, each list, and one application with its money. */
export function OfficeReissues() {
  const w = useWords(officeScreenWords)
  const navigate = useNavigate()
  const { state, application } = useSearch({ strict: false }) as { state?: string; application?: number }
  const chosen = states.find(each => each === state) ?? 'open'
  const counts = useGet<ReissueCounts>('/reissues/counts')
  const show = (search: { state: State; application?: number }) => void navigate({ to: '/reissues', search })
  if (application !== undefined) return <OpenCase id={application} onLeave={() => show({ state: chosen })} />
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Loaded from={counts}>
        {known => (
          <>
            <StateNav
              label={w.lists}
              chosen={chosen}
              onChoose={next => show({ state: next })}
              states={states.map(id => ({ id, name: w.states[id], count: known[id] }))}
            />
            {chosen === 'receipts' && <UnmatchedReceipts currency={known.currency} />}
            {chosen === 'second-person' && <Repayments />}
            {chosen !== 'receipts' && chosen !== 'second-person' && (
              <Applications
                state={chosen}
                currency={known.currency}
                onOpen={id => show({ state: chosen, application: id })}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  )
}

function Applications({
  state,
  currency,
  onOpen,
}: {
  state: Exclude<State, 'receipts' | 'second-person'>
  currency: ReissueCounts['currency']
  onOpen: (id: number) => void
}) {
  const w = useWords(officeScreenWords)
  const { language } = useShell()
  const list = useGet<ListedReissues>(`/reissues?state=${state}`)
  const standingOf = (row: ListedReissues['reissues'][number]) => {
    if (row.ended) return endNames[row.ended as keyof typeof endNames][language]
    if (row.settled === null) return w.unpaid
    const paid = settledNames[row.settled][language]
    return `${paid} · ${row.producedAt ? w.waitsForHolder : w.waitsForCard}`
  }
  return (
    <>
      <div className="list-head">
        <h2>{w.states[state]}</h2>
        {/* What is to be made is for the card maker, in the columns of its list. */}
        {state === 'to-make' ? (
          <ExportList path="/reissues/to-make" />
        ) : (
          <ExportList path="/reissues" query={{ state }} />
        )}
      </div>
      <Loaded from={list}>
        {({ reissues, most }) =>
          reissues.length === 0 ? (
            <EmptyState title={w.empty}>{w.emptyNext}</EmptyState>
          ) : (
            <>
              <ListTable
                columns={[w.student, w.reason, w.fee, w.applied, w.standing, w.open]}
                rows={reissues.map(row => ({
                  key: row.id,
                  cells: [
                    `${row.studentNumber} ${row.name[language]}`,
                    reasonNames[row.reason][language],
                    row.owedBack > 0
                      ? `${sayMoney(row.fee, currency)} · ${w.owedBack} ${sayMoney(row.owedBack, currency)}`
                      : sayMoney(row.fee, currency),
                    <When key="applied" at={row.appliedAt} />,
                    standingOf(row),
                    <Button
                      key="open"
                      size="compact-sm"
                      variant="default"
                      aria-label={w.openOf(row.studentNumber)}
                      onClick={() => onOpen(row.id)}
                    >
                      {w.open}
                    </Button>,
                  ],
                }))}
              />
              {reissues.length >= most && <p className="dim">{w.first(most)}</p>}
            </>
          )
        }
      </Loaded>
    </>
  )
}
