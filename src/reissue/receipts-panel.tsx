import { Group } from '@mantine/core'
import { sayMoney } from '../lib/say.ts'
import { When } from '../web/moment.tsx'
import { EmptyState } from '../web/panel.tsx'
import { ActDialog } from '../web/staff/act-dialog.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { ReissueCounts } from './case-routes.ts'
import { officeScreenWords } from './office-screen-words.ts'
import type { RepaymentNow } from './repayment-now.ts'
import { repaymentWords } from './repayment-words.ts'

interface Receipts {
  receipts: readonly {
    number: string
    kiosk: string
    amount: number
    studentNumber: string | null
    paidAt: string
    repayment: RepaymentNow
  }[]
}

/** Kiosk money that is nobody's yet: said whose application it pays, or paid back. */
export function UnmatchedReceipts({ currency }: { currency: ReissueCounts['currency'] }) {
  const w = useWords(officeScreenWords)
  const list = useGet<Receipts>('/kiosk/receipts/unmatched')
  return (
    <>
      <div className="list-head">
        <h2>{w.states.receipts}</h2>
        <ExportList path="/kiosk/receipts/unmatched" />
      </div>
      <Loaded from={list}>
        {({ receipts }) =>
          receipts.length === 0 ? (
            <EmptyState title={w.emptyReceipts}>{w.emptyReceiptsNext}</EmptyState>
          ) : (
            <ListTable
              columns={[w.number, w.kiosk, w.amount, w.typed, w.paid, w.acts]}
              rows={receipts.map(({ number, kiosk, amount, studentNumber, paidAt, repayment }) => ({
                key: number,
                cells: [
                  number,
                  kiosk,
                  sayMoney(amount, currency),
                  studentNumber,
                  <When key="paid" at={paidAt} />,
                  <ReceiptActs
                    key="acts"
                    number={number}
                    money={sayMoney(amount, currency)}
                    repayment={repayment}
                  />,
                ],
              }))}
            />
          )
        }
      </Loaded>
    </>
  )
}

/** What can be done with one receipt's money; nothing while a second person is asked about it. */
function ReceiptActs({
  number,
  money,
  repayment,
}: {
  number: string
  money: string
  repayment: RepaymentNow
}) {
  const w = useWords(officeScreenWords)
  const second = useWords(repaymentWords)
  const refresh = ['/kiosk/receipts', '/reissues', '/repayments']
  if (repayment === 'waits') return <p className="dim">{second.waitsNow}</p>
  const shared = {
    refresh,
    reason: 'needed' as const,
    body: ({ reason }: { reason: string }) => ({ number, reason }),
  }
  return (
    <Group gap="xs">
      <ActDialog
        label={w.assign}
        title={w.assignTitle}
        about={w.assignAbout(money)}
        path="/kiosk/receipts/assignment"
        refresh={refresh}
        confirm={w.assignConfirm}
        reason="needed"
        fields={[{ name: 'application', label: w.application, whole: true }]}
        body={({ reason, fields }) => ({ number, reissueId: Number(fields.application), reason })}
      />
      {repayment === 'alone' ? (
        <ActDialog
          {...shared}
          label={w.handBack}
          title={w.handBackTitle}
          about={w.handBackAbout(money)}
          path="/kiosk/receipts/repayment"
          confirm={w.handBackConfirm}
        />
      ) : (
        <ActDialog
          {...shared}
          label={second.ask}
          title={second.askTitle}
          about={second.askAbout(money)}
          path="/kiosk/receipts/repayment/question"
          confirm={second.askConfirm}
        />
      )}
    </Group>
  )
}
