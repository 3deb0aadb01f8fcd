import { Button, Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Day, When } from '../web/moment.tsx'
import { EmptyState, Panel } from '../web/panel.tsx'
import { ActDialog } from '../web/staff/act-dialog.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { StateNav } from '../web/staff/state-nav.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { loanReasons } from './reasons.ts'
import type { LoanCounts, LoansReply } from './routes.ts'
import { loansWords } from './screen-words.ts'

const states = ['out', 'overdue', 'lost'] as const
type State = (typeof states)[number]
interface Asked {
  state: State
  counter?: string
  after?: number
}

/** The office's temporary cards: out, overdue and lost, at each counter. */
export function Loans() {
  const w = useWords(loansWords)
  const { language } = useShell()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Partial<Record<keyof Asked, unknown>>
  const state = states.find(each => each === search.state) ?? 'out'
  const counter = typeof search.counter === 'string' ? search.counter : undefined
  const after = typeof search.after === 'number' ? search.after : undefined
  const counts = useGet<LoanCounts>('/desk/loans/counts')
  const show = (next: Asked) => void navigate({ to: '/loans', search: { ...next } })
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Loaded from={counts}>
        {({ counters }) => {
          const sum = (of: State) =>
            counters
              .filter(each => counter === undefined || each.counter === counter)
              .reduce((all, each) => all + each[of], 0)
          return (
            <>
              <Select
                label={w.counter}
                data={[
                  { value: '', label: w.all },
                  ...counters.map(each => ({ value: each.counter, label: each.name[language] })),
                ]}
                value={counter ?? ''}
                allowDeselect={false}
                onChange={chosen => show({ state, ...(chosen ? { counter: chosen } : {}) })}
              />
              <StateNav
                label={w.lists}
                chosen={state}
                onChoose={next => show({ state: next, ...(counter ? { counter } : {}) })}
                states={states.map(id => ({ id, name: w.states[id], count: sum(id) }))}
              />
              <LoanList asked={{ state, counter, after }} onShow={show} />
              {counters.length > 1 && counter === undefined && (
                <Panel title={w.counters}>
                  <ListTable
                    columns={[w.counter, ...states.map(id => w.states[id])]}
                    rows={counters.map(each => ({
                      key: each.counter,
                      cells: [each.name[language], each.out, each.overdue, each.lost],
                    }))}
                  />
                </Panel>
              )}
            </>
          )
        }}
      </Loaded>
    </>
  )
}

type Chosen = { [Field in keyof Asked]: Asked[Field] | undefined } & { state: State }

function LoanList({ asked, onShow }: { asked: Chosen; onShow: (next: Asked) => void }) {
  const w = useWords(loansWords)
  const { language } = useShell()
  const { state, counter, after } = asked
  const query: Record<string, string> = {
    ...(state === 'out' ? {} : { [state]: 'true' }),
    ...(counter === undefined ? {} : { counter }),
  }
  const paged = { ...query, ...(after === undefined ? {} : { after: String(after) }) }
  const list = useGet<LoansReply>(`/desk/loans?${new URLSearchParams(paged)}`)
  const kept = { state, ...(counter ? { counter } : {}) }
  return (
    <>
      <div className="list-head">
        <h2>{w.states[state]}</h2>
        <ExportList path="/desk/loans" query={query} />
      </div>
      <Loaded from={list}>
        {({ loans, more }) =>
          loans.length === 0 ? (
            <EmptyState title={w.empty}>{w.emptyNext}</EmptyState>
          ) : (
            <>
              <ListTable
                columns={[w.student, w.card, w.reason, w.lent, w.lastDay, w.state, w.act]}
                rows={loans.map(loan => ({
                  key: loan.id,
                  cells: [
                    `${loan.studentNumber} ${loan.name[language]}`,
                    loan.ending,
                    loanReasons[loan.reason][language],
                    <When key="lent" at={loan.lentAt} />,
                    <Day key="last" on={loan.lastDay} />,
                    loan.lost ? (
                      <Verdict key="state" tone="no" word={w.states.lost} />
                    ) : loan.overdue ? (
                      <Verdict key="state" tone="warn" word={w.states.overdue} />
                    ) : (
                      <Verdict key="state" tone="wait" word={w.states.out} />
                    ),
                    loan.lost ? null : (
                      <ActDialog
                        key="act"
                        label={w.markLost}
                        title={w.markLostTitle}
                        about={w.markLostAbout(loan.studentNumber)}
                        path={`/desk/loans/${loan.id}/lost`}
                        refresh={['/desk/loans']}
                        confirm={w.markLost}
                        body={() => undefined}
                      />
                    ),
                  ],
                }))}
              />
              {after !== undefined && (
                <Button variant="default" onClick={() => onShow(kept)}>
                  {w.first}
                </Button>
              )}
              {more && (
                <Button variant="default" onClick={() => onShow({ ...kept, after: loans.at(-1)!.id })}>
                  {w.more}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
    </>
  )
}
