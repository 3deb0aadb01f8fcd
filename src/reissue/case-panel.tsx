import { Button, Group } from '@mantine/core'
import { withLabel } from '../lib/both.ts'
import { sayMoney } from '../lib/say.ts'
import { ShowPhoto } from '../photo/show-photo.tsx'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ActDialog } from '../web/staff/act-dialog.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { ReissueCase } from './case-routes.ts'
import { accountNames, endNames, moveNames, reasonNames, settledNames, storyNames } from './list-words.ts'
import { officeScreenWords } from './office-screen-words.ts'
import { repaymentWords } from './repayment-words.ts'

/** One application: what it is, its money, what happened, and what the office can do. */
export function OpenCase({ id, onLeave }: { id: number; onLeave: () => void }) {
  const w = useWords(officeScreenWords)
  const found = useGet<ReissueCase>(`/reissues/${id}`)
  return (
    <>
      <div className="list-head">
        <h1>{w.caseTitle(id)}</h1>
        <Button variant="default" onClick={onLeave}>
          {w.back}
        </Button>
      </div>
      <Loaded from={found}>{known => <Case known={known} />}</Loaded>
    </>
  )
}

function Case({ known }: { known: ReissueCase }) {
  const w = useWords(officeScreenWords)
  const { language } = useShell()
  const money = (amount: number) => sayMoney(amount, known.currency)
  const { endedAt, ended, producedAt, due, owedBack } = known
  return (
    <>
      <Panel>
        <ShowPhoto photo={known.photo} name={known.name} />
        <Facts
          facts={[
            { name: w.student, value: `${known.studentNumber} ${known.name[language]}` },
            { name: w.reason, value: reasonNames[known.reason][language] },
            { name: w.edition, value: known.edition },
            { name: w.applied, value: <When at={known.appliedAt} /> },
            {
              name: w.fee,
              value: `${money(known.fee)} · ${known.settled ? settledNames[known.settled][language] : w.unpaid}`,
            },
            ...(due ? [{ name: w.payBy, value: <When at={known.lapsesAt} /> }] : []),
            ...(owedBack > 0 ? [{ name: w.owedBack, value: money(owedBack) }] : []),
            ...(producedAt ? [{ name: w.made, value: <When at={producedAt} /> }] : []),
            ...(endedAt && ended
              ? [
                  {
                    name: w.ended,
                    value: (
                      <>
                        {endNames[ended as keyof typeof endNames][language]} <When at={endedAt} />
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Panel>
      <Dispute known={known} />
      <Acts known={known} />
      <Panel title={w.ledger}>
        {known.moves.length === 0 ? (
          <EmptyState title={w.noLedger}>{w.noLedgerNext}</EmptyState>
        ) : (
          <ListTable
            columns={[w.at, w.what, w.amount, w.by, w.reason]}
            rows={known.moves.map((move, at) => ({
              key: at,
              cells: [
                <When key="at" at={move.at} />,
                withLabel(
                  moveNames[move.kind]?.[language] ?? move.kind,
                  `${accountNames[move.from as keyof typeof accountNames][language]} → ${accountNames[move.to as keyof typeof accountNames][language]}`,
                  language,
                ),
                money(move.amount),
                move.by[language],
                [move.reason, move.receipt].filter(Boolean).join(' · ') || null,
              ],
            }))}
          />
        )}
      </Panel>
      <Panel title={w.story}>
        <ListTable
          columns={[w.at, w.what, w.by]}
          rows={known.story.map((each, at) => ({
            key: at,
            cells: [
              <When key="at" at={each.at} />,
              storyNames[each.act]?.[language] ?? each.act,
              each.by[language],
            ],
          }))}
        />
      </Panel>
    </>
  )
}

const withWhen = (said: string, at: string) => (
  <>
    {said} <When at={at} />
  </>
)

/** What the applicant says of the fee; somebody else than who wrote it down decides. */
function Dispute({ known: { id, dispute, reason } }: { known: ReissueCase }) {
  const w = useWords(officeScreenWords)
  const isOffice = useShell().reader?.roles.includes('office')
  if (dispute === null) return null
  const shared = { path: `/reissues/${id}/decision`, refresh: ['/reissues'], reason: 'needed' } as const
  return (
    <Panel title={w.dispute}>
      <Facts
        facts={[
          { name: withWhen(w.said, dispute.at), value: dispute.said },
          ...(dispute.decidedAt
            ? [
                {
                  name: withWhen(dispute.granted ? w.granted : w.notGranted, dispute.decidedAt),
                  value: dispute.reason,
                },
              ]
            : []),
        ]}
      />
      {!dispute.decidedAt && dispute.mine && <Notice tone="info" title={w.mine} />}
      {!dispute.decidedAt && !dispute.mine && isOffice && (
        <>
          {reason === 'damaged' && <p className="dim">{w.chip}</p>}
          <Group>
            <ActDialog
              {...shared}
              label={w.grant}
              title={w.grantTitle}
              about={w.grantAbout}
              confirm={w.grant}
              presets={w.grantReasons}
              body={said => ({ granted: true, reason: said.reason })}
            />
            <ActDialog
              {...shared}
              label={w.refuse}
              title={w.refuseTitle}
              about={w.refuseAbout}
              confirm={w.refuse}
              presets={w.refuseReasons}
              body={said => ({ granted: false, reason: said.reason })}
            />
          </Group>
        </>
      )}
    </Panel>
  )
}

/** What the office can do with the money of an application. */
function Acts({ known }: { known: ReissueCase }) {
  const w = useWords(officeScreenWords)
  const { id, due, owedBack, settled, endedAt, paysAtCounter, fee } = known
  const money = (amount: number) => sayMoney(amount, known.currency)
  const { reader } = useShell()
  const isOffice = reader?.roles.includes('office')
  const mayWaive = isOffice && endedAt === null && (settled === null || settled === 'paid') && fee > 0
  const mayTake = due !== null && due > 0 && paysAtCounter
  return (
    <Panel title={w.acts}>
      {!mayWaive && !mayTake && owedBack <= 0 && <p className="dim">{w.noActs}</p>}
      <Group>
        {mayTake && (
          <ActDialog
            label={w.pay}
            title={w.payTitle}
            about={w.payAbout(money(due))}
            path={`/reissues/${id}/payment`}
            refresh={['/reissues', '/cashier']}
            confirm={w.payConfirm}
            body={() => undefined}
          />
        )}
        {mayWaive && (
          <ActDialog
            label={w.waive}
            title={w.waiveTitle}
            about={w.waiveAbout}
            path={`/reissues/${id}/waiver`}
            refresh={['/reissues']}
            confirm={w.waiveConfirm}
            reason="needed"
            body={({ reason }) => ({ reason })}
          />
        )}
        {owedBack > 0 && <Repay known={known} money={money(owedBack)} />}
      </Group>
    </Panel>
  )
}

/** Pays back what is owed: alone, or by asking a second person, where it is too much for one. */
function Repay({ known: { id, repayment }, money }: { known: ReissueCase; money: string }) {
  const w = useWords(officeScreenWords)
  const second = useWords(repaymentWords)
  if (repayment === 'waits')
    return (
      <Notice tone="wait" title={second.waitsNow}>
        <p>{second.waitsAbout}</p>
      </Notice>
    )
  const shared = {
    refresh: ['/reissues', '/cashier', '/repayments'],
    body: ({ reason }: { reason: string }) => ({ reason }),
  }
  if (repayment === 'second-person')
    return (
      <ActDialog
        {...shared}
        label={second.ask}
        title={second.askTitle}
        about={second.askAbout(money)}
        path={`/reissues/${id}/repayment/question`}
        confirm={second.askConfirm}
        reason="needed"
      />
    )
  return (
    <ActDialog
      {...shared}
      label={w.repay}
      title={w.repayTitle}
      about={w.repayAbout(money)}
      path={`/reissues/${id}/repayment`}
      confirm={w.repayConfirm}
      reason="optional"
    />
  )
}
