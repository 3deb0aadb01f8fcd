import { Button, Group, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { withLabel } from '../lib/both.ts'
import { sayMoney } from '../lib/say.ts'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import '../web/staff/state-nav.css'
import type { CashierReply } from './cashier-routes.ts'
import { moneyWays } from './cashier-rules.ts'
import { cashierWords, wayNames } from './cashier-words.ts'
import { CountDrawer } from './count-drawer-dialog.tsx'
import { reasonNames } from './list-words.ts'

const moved = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The cashier's day: what came in and went out, and each counter's cash against the ledger. */
export function Cashier() {
  const w = useWords(cashierWords)
  const { today } = useShell()
  const navigate = useNavigate()
  const { day: asked } = useSearch({ strict: false }) as { day?: string }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(asked ?? '') ? asked! : today
  const show = (next: string) => void navigate({ to: '/cashier', search: { day: next } })
  const found = useGet<CashierReply>(`/cashier/${day}`)
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim no-print">{w.about}</p>
      <Group align="flex-end" mb="md">
        <TextInput
          type="date"
          label={w.day}
          value={day}
          max={today}
          onChange={event => event.currentTarget.value && show(event.currentTarget.value)}
        />
        <Group className="no-print">
          <Button variant="default" onClick={() => show(moved(day, -1))}>
            {w.before}
          </Button>
          <Button variant="default" disabled={day >= today} onClick={() => show(moved(day, 1))}>
            {w.after}
          </Button>
          <Button variant="default" onClick={() => window.print()}>
            {w.print}
          </Button>
          <ExportList path={`/cashier/${day}`} />
        </Group>
      </Group>
      <Loaded from={found}>{known => <DayShown known={known} />}</Loaded>
    </>
  )
}

function DayShown({ known }: { known: CashierReply }) {
  const w = useWords(cashierWords)
  const { language } = useShell()
  const money = (amount: number) => sayMoney(amount, known.currency)
  if (known.sums.length === 0) return <EmptyState title={w.nothing}>{w.nothingNext}</EmptyState>
  const { counter, kiosk, online } = known.totals
  return (
    <>
      <Panel title={withLabel(w.taken, money(counter + kiosk + online), language)}>
        <Facts
          facts={moneyWays.map(way => ({ name: wayNames[way][language], value: money(known.totals[way]) }))}
        />
      </Panel>
      <Panel title={w.drawers}>
        {known.counters.length === 0 ? (
          <EmptyState title={w.noDrawers}>{w.noDrawersNext}</EmptyState>
        ) : (
          <Drawers known={known} />
        )}
      </Panel>
      <Panel title={w.sums}>
        <ListTable
          columns={[w.way, w.place, w.by, w.reason, w.payments, w.amount]}
          rows={known.sums.map((sum, at) => ({
            key: at,
            cells: [
              wayNames[sum.way][language],
              sum.place[language] || null,
              sum.by[language],
              sum.reason ? reasonNames[sum.reason][language] : w.nobody,
              sum.payments,
              money(sum.amount),
            ],
          }))}
        />
      </Panel>
    </>
  )
}

function Drawers({ known }: { known: CashierReply }) {
  const w = useWords(cashierWords)
  const { language, reader } = useShell()
  const money = (amount: number) => sayMoney(amount, known.currency)
  const differs = (difference: number) =>
    difference === 0 ? w.equal : difference > 0 ? w.over(money(difference)) : w.short(money(-difference))
  return (
    <ListTable
      columns={[w.counter, w.payments, w.expected, w.state, w.act]}
      rows={known.counters.map(each => ({
        key: each.counter,
        cells: [
          each.name[language],
          each.payments,
          money(each.expected),
          <>
            {each.counts.map(count => (
              <p key={count.payments}>
                <Verdict
                  tone={count.counted === count.expected ? 'yes' : 'warn'}
                  word={differs(count.counted - count.expected)}
                />{' '}
                {w.countedBy(money(count.counted), count.payments)} · {count.by[language]}{' '}
                <When at={count.at} />
                {count.note && ` · ${count.note}`}
              </p>
            ))}
            {!each.counted && (
              <Verdict tone="wait" word={each.counts.length === 0 ? w.notCounted : w.correct} />
            )}
          </>,
          each.counted || !reader?.roles.some(role => role === 'office' || role === 'cashier') ? null : (
            <CountDrawer key="count" day={known.day} currency={known.currency} drawer={each} />
          ),
        ],
      }))}
    />
  )
}
