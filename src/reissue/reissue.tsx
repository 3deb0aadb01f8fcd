import type { ReactNode } from 'react'
import { CounterCard } from '../programme/counter.tsx'
import type { CounterNow } from '../programme/notice.ts'
import { Facts } from '../web/facts.tsx'
import { Page } from '../web/layout.tsx'
import { When } from '../web/moment.tsx'
import { Lead, Notice, Panel } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate } from '../web/when.ts'
import { ApplyForm } from './apply-form.tsx'
import { words } from './page-words.ts'
import { OtherForms, PayForms } from './pay-forms.tsx'
import type { ReissueOffer, ReissueStanding } from './standing.ts'

/** A kiosk where the fee can be paid, said in the reader's language. */
export interface KioskSaid {
  id: string
  name: string
  place: string
}

/** What the page of reissues shows. */
export interface ReissuePageProps {
  standing: ReissueStanding | null
  offer: ReissueOffer | null
  /** Where fees are paid at a counter and cards collected, as they are now. */
  counters: CounterNow[]
  /** Whether who looks takes fees: never a holder. */
  takesFees: boolean
  kiosks: KioskSaid[]
  /** What to bring when collecting, said. */
  bring: string
  /** Whom to ask, said. */
  askAt: string
  owedBackSaid: string
  /** Why each reason cannot be chosen now, by its code; already said. */
  refusals: Record<string, string>
  /** Why what was just asked for was not done, and at which field. */
  error: { field: 'form' | 'photo' | 'receipt' | 'said'; text: string } | null
  /** The payer came back from the payment service. */
  cameBack: 'paid' | 'cancelled' | null
}

/** A card issued anew: applying, paying in whichever way, and where it stands. Works without scripts. */
export function ReissuePage(props: ReissuePageProps) {
  const w = useWords(words)
  const { error } = props
  return (
    <Page title={w.title} islands={['once']}>
      <div className="my-card">
        <h1>{w.title}</h1>
        {error?.field === 'form' && (
          <Notice tone="no" urgent>
            <p>{error.text}</p>
          </Notice>
        )}
        <ReissueParts {...props} />
        <p className="actions">
          <a className="button quiet" href="/my-card">
            {w.back}
          </a>
        </p>
      </div>
    </Page>
  )
}

/** What there is to do about a card issued anew: the application that is open, or applying. */
export function ReissueParts(props: ReissuePageProps) {
  const w = useWords(words)
  const { standing, offer } = props
  if (standing !== null && standing.ended === null) return <Open {...props} standing={standing} />
  return (
    <>
      <Ended {...props} />
      {offer ? <ApplyForm {...props} offer={offer} /> : <p>{w.none}</p>}
    </>
  )
}

type OpenProps = ReissuePageProps & { standing: ReissueStanding }

/** What became of the application before, where nothing is open. */
function Ended({ standing, owedBackSaid, askAt }: ReissuePageProps) {
  const w = useWords(words)
  if (standing === null || standing.ended === null) return null
  const said: Record<string, string> = {
    lapsed: w.lapsed,
    withdrawn: w.withdrawn,
    'found-again': w.found,
    left: w.left,
  }
  return (
    <Notice tone={standing.ended === 'lapsed' ? 'warn' : 'info'}>
      <p>{said[standing.ended]}</p>
      {standing.settled === null && standing.ended === 'found-again' && <p>{w.nothingToPay}</p>}
      {standing.feeKept && <p>{w.feeKept(standing.feeSaid)}</p>}
      {standing.owedBack > 0 && <p>{w.owedBack(owedBackSaid, askAt)}</p>}
    </Notice>
  )
}

function CameBack({ standing, cameBack }: OpenProps): ReactNode {
  const w = useWords(words)
  if (cameBack === 'cancelled' && standing.due > 0)
    return (
      <Notice tone="info">
        <p>{w.payCancelled}</p>
      </Notice>
    )
  if (cameBack !== 'paid') return null
  if (standing.due === 0)
    return (
      <Notice tone="yes">
        <p>{w.payDone}</p>
      </Notice>
    )
  return (
    <Notice tone="wait">
      <p>{w.payWaits}</p>
      <p>
        <a className="button" href="/my-card/reissue?back=paid">
          {w.payRefresh}
        </a>
      </p>
    </Notice>
  )
}

/** An application that is open: what to do next, and everything there is to do. */
function Open(props: OpenProps) {
  const w = useWords(words)
  const shell = useShell()
  const { standing, counters, bring, owedBackSaid, askAt } = props
  const { due, feeSaid, settled, where, reason } = standing
  const lies = where ? counters.filter(counter => counter.id === where.counter) : counters
  return (
    <>
      {due > 0 ? (
        <Lead tone={standing.dispute === 'waits' ? 'wait' : 'warn'}>
          {standing.dispute === 'waits'
            ? w.dueDisputed(feeSaid)
            : w.due(feeSaid, sayDate(standing.lastDayToPay, shell))}
        </Lead>
      ) : standing.producedAt ? (
        <Lead tone="yes">
          {w.made(where?.name[shell.language] ?? lies.map(each => each.name).join(w.and))}
        </Lead>
      ) : (
        <Lead tone="wait">{w.making}</Lead>
      )}
      <CameBack {...props} />
      {standing.owedBack > 0 && (
        <Notice tone="info">
          <p>{w.owedBack(owedBackSaid, askAt)}</p>
        </Notice>
      )}
      {standing.dispute === 'refused' && due > 0 && (
        <Notice tone="info">
          <p>{w.disputeRefused}</p>
        </Notice>
      )}
      {due > 0 && <PayForms {...props} />}
      {standing.producedAt && (
        <Panel title={w.collect}>
          <Facts facts={[{ name: w.bring, value: bring }]} />
          {reason !== 'lost' && <p>{w.handIn}</p>}
          {lies.map(counter => (
            <CounterCard key={counter.id} counter={counter} />
          ))}
        </Panel>
      )}
      <Panel title={w.cost}>
        <Facts
          facts={[
            { name: w.why, value: w.reasons[reason] },
            { name: w.edition, value: standing.edition[shell.language] },
            { name: w.appliedAt, value: <When at={standing.appliedAt} /> },
            {
              name: w.settledAt,
              value: (
                <>
                  {feeSaid}
                  {settled && standing.settledAt && (
                    <>
                      {' '}
                      · {w.settledAs[settled]} <When at={standing.settledAt} />
                    </>
                  )}
                </>
              ),
            },
          ]}
        />
      </Panel>
      <OtherForms {...props} />
    </>
  )
}
