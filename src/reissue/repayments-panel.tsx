import { Group } from '@mantine/core'
import { sayMoney } from '../lib/say.ts'
import { Day, When } from '../web/moment.tsx'
import { EmptyState } from '../web/panel.tsx'
import { ActDialog } from '../web/staff/act-dialog.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { officeScreenWords } from './office-screen-words.ts'
import type { RepaymentsReply } from './repayment-routes.ts'
import { repaymentWords } from './repayment-words.ts'

type Listed = RepaymentsReply['waiting'][number]

const refresh = ['/repayments', '/reissues', '/kiosk/receipts', '/cashier']

/** What waits for a second person to be paid back, with its answers, and what became of others lately. */
export function Repayments() {
  const w = useWords(repaymentWords)
  const list = useGet<RepaymentsReply>('/repayments')
  const title = useWords(officeScreenWords).states['second-person']
  return (
    <>
      <h2>{title}</h2>
      <Loaded from={list}>
        {({ waiting, ended, currency, most }) => (
          <>
            {waiting.length === 0 ? (
              <EmptyState title={w.none}>{w.noneNext}</EmptyState>
            ) : (
              <Waiting rows={waiting} currency={currency} />
            )}
            {ended.length > 0 && <Ended rows={ended} currency={currency} />}
            {(waiting.length >= most || ended.length >= most) && <p className="dim">{w.first(most)}</p>}
          </>
        )}
      </Loaded>
    </>
  )
}

type RowsProps = { rows: readonly Listed[]; currency: RepaymentsReply['currency'] }

/** Who receives it: a student with their number, or whoever has a kiosk's receipt. */
function usePayee(): (row: Listed) => string {
  const w = useWords(repaymentWords)
  const { language } = useShell()
  return ({ receipt, studentNumber, name }) =>
    [receipt, studentNumber ?? (receipt ? w.ofNobody : null), name?.[language]].filter(Boolean).join(' ')
}

function Waiting({ rows, currency }: RowsProps) {
  const w = useWords(repaymentWords)
  const { language } = useShell()
  const payee = usePayee()
  return (
    <ListTable
      columns={[w.toWhom, w.amount, w.why, w.askedBy, w.until, w.acts]}
      rows={rows.map(row => ({
        key: row.id,
        cells: [
          payee(row),
          <span key="amount">
            {sayMoney(row.amount, currency)}
            <br />
            <span className="dim">
              {w.already(sayMoney(row.already, currency), sayMoney(row.most, currency))}
            </span>
          </span>,
          row.reason,
          <span key="asked">
            {row.askedBy[language]} <When at={row.askedAt} />
          </span>,
          <Day key="until" on={row.lastDay} />,
          <Answers key="acts" row={row} whom={payee(row)} money={sayMoney(row.amount, currency)} />,
        ],
      }))}
    />
  )
}

function Answers({ row, whom, money }: { row: Listed; whom: string; money: string }) {
  const w = useWords(repaymentWords)
  const { language } = useShell()
  const asker = row.askedBy[language]
  if (row.mine)
    return (
      <Group gap="xs">
        <span className="dim">{w.mine}</span>
        <ActDialog
          label={w.takeBack}
          title={w.takeBackTitle}
          about={w.takeBackAbout(money)}
          path={`/repayments/${row.id}/withdrawal`}
          refresh={refresh}
          confirm={w.takeBack}
          body={() => undefined}
        />
      </Group>
    )
  return (
    <Group gap="xs">
      <ActDialog
        label={w.letGo}
        title={w.letGoTitle}
        about={w.letGoAbout(money, whom, asker)}
        path={`/repayments/${row.id}/answer`}
        refresh={refresh}
        confirm={w.letGoConfirm}
        body={() => ({ letGo: true, reason: '' })}
      />
      <ActDialog
        label={w.decline}
        title={w.declineTitle}
        about={w.declineAbout(money, asker)}
        path={`/repayments/${row.id}/answer`}
        refresh={refresh}
        confirm={w.decline}
        reason="needed"
        body={({ reason }) => ({ letGo: false, reason })}
      />
    </Group>
  )
}

function Ended({ rows, currency }: RowsProps) {
  const w = useWords(repaymentWords)
  const { language } = useShell()
  const payee = usePayee()
  return (
    <>
      <h2>{w.ended}</h2>
      <ListTable
        columns={[w.toWhom, w.amount, w.askedBy, w.answer, w.answeredBy, w.why]}
        rows={rows.map(row => ({
          key: row.id,
          cells: [
            payee(row),
            sayMoney(row.amount, currency),
            row.askedBy[language],
            row.answer && w.answers[row.answer],
            <span key="answered">
              {row.answeredBy?.[language]} {row.answeredAt && <When at={row.answeredAt} />}
            </span>,
            row.answerReason ?? row.reason,
          ],
        }))}
      />
    </>
  )
}
