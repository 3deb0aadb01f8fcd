import { CounterCard } from '../programme/counter.tsx'
import { HolderForm, useAtDesk } from '../web/acting.tsx'
import { Field } from '../web/field.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import { words } from './page-words.ts'
import type { ReissuePageProps } from './reissue.tsx'
import type { ReissueStanding } from './standing.ts'

type Props = ReissuePageProps & { standing: ReissueStanding }

/** Every way in which this person can pay. */
export function PayForms(props: Props) {
  const { standing } = props
  const { ways } = standing
  // Who stands at a desk pays online on a screen of their own.
  const atDesk = useAtDesk()
  return (
    <>
      {ways.includes('online') && !atDesk && <Online {...props} />}
      {ways.includes('kiosk') && <Kiosk {...props} />}
      {ways.includes('counter') && <Counter {...props} />}
    </>
  )
}

/** What else can be done: say that the fee is not due, take the application back. */
export function OtherForms(props: Props) {
  const { mayWithdraw, mayDispute } = props.standing
  return (
    <>
      {mayDispute && <Dispute {...props} />}
      {mayWithdraw && <Withdraw />}
    </>
  )
}

function Online({ standing }: Props) {
  const w = useWords(words)
  return (
    <Panel title={w.payOnline}>
      <HolderForm to="/reissue/payment">
        <p>{w.payOnlineText}</p>
        <p className="actions">
          <button type="submit">{w.payOnlineDo(standing.feeSaid)}</button>
        </p>
      </HolderForm>
    </Panel>
  )
}

function Kiosk({ standing, kiosks, error }: Props) {
  const w = useWords(words)
  return (
    <Panel title={w.kiosk}>
      <p>{w.kioskText}</p>
      <ul>
        {kiosks.map(kiosk => (
          <li key={kiosk.id}>
            {kiosk.name} <small>{kiosk.place}</small>
          </li>
        ))}
      </ul>
      {standing.waitsForReceipt && (
        <Notice tone="wait">
          <p>{w.receiptWaits(standing.waitsForReceipt)}</p>
        </Notice>
      )}
      <HolderForm to="/reissue/receipt">
        <Field
          name="receipt"
          label={w.receipt}
          hint={w.receiptHint}
          error={error?.field === 'receipt' ? error.text : null}
          autoComplete="off"
          maxLength={60}
          required
          autoFocus={error?.field === 'receipt'}
        />
        <p className="actions">
          <button type="submit" className="quiet">
            {w.receiptDo}
          </button>
        </p>
      </HolderForm>
    </Panel>
  )
}

function Counter({ counters, standing, takesFees }: Props) {
  const w = useWords(words)
  const atDesk = useAtDesk()
  if (atDesk && takesFees)
    return (
      <Panel title={w.counter}>
        <HolderForm to="/reissue/fee">
          <input type="hidden" name="reissueId" value={standing.id} />
          <p>{w.counterTake}</p>
          <p className="actions">
            <button type="submit">{w.counterTaken(standing.feeSaid)}</button>
          </p>
        </HolderForm>
      </Panel>
    )
  return (
    <Panel title={w.counter}>
      <p>{w.counterText}</p>
      {counters.map(counter => (
        <CounterCard key={counter.id} counter={counter} />
      ))}
    </Panel>
  )
}

function Dispute({ error }: Props) {
  const w = useWords(words)
  const wrong = error?.field === 'said' ? error.text : null
  return (
    <details open={wrong !== null}>
      <summary>{w.dispute}</summary>
      <HolderForm to="/reissue/dispute">
        <p>{w.disputeText}</p>
        <div className={wrong ? 'field wrong' : 'field'}>
          <label htmlFor="said">{w.disputeSaid}</label>
          {wrong && (
            <p className="error" id="said-error">
              {wrong}
            </p>
          )}
          <textarea
            id="said"
            name="said"
            rows={4}
            maxLength={1000}
            required
            aria-describedby={wrong ? 'said-error' : undefined}
            aria-invalid={wrong ? true : undefined}
          />
        </div>
        <p className="actions">
          <button type="submit">{w.disputeDo}</button>
        </p>
      </HolderForm>
    </details>
  )
}

function Withdraw() {
  const w = useWords(words)
  return (
    <details>
      <summary>{w.withdraw}</summary>
      <HolderForm to="/reissue/withdrawal">
        <p>{w.withdrawText}</p>
        <p className="actions">
          <button type="submit" className="danger">
            {w.withdrawDo}
          </button>
        </p>
      </HolderForm>
    </details>
  )
}
