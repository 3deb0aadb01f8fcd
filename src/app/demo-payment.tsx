import { sayMoney } from '../lib/say.ts'
import { Page } from '../web/layout.tsx'
import { Notice } from '../web/panel.tsx'
import { PostForm } from '../web/post-form.tsx'
import { useWords } from '../web/surroundings.tsx'
import { words } from './demo-payment-words.ts'

/** What the payer is asked for, as it was sealed; the amount in minor units. */
export interface DemoPaymentProps {
  id: string
  amount: number
  currency: string
  at: string
  seal: string
  fresh: boolean
}

/** The payment page to try: what is to be paid, and two ways out. Works without scripts. */
export function DemoPaymentPage({ fresh, ...asked }: DemoPaymentProps) {
  const w = useWords(words)
  // The campus to try pays in a currency without minor units.
  const said = sayMoney(asked.amount, { code: asked.currency, minorDigits: 0 })
  return (
    <Page title={w.title}>
      <h1>{w.title}</h1>
      {fresh ? (
        <PostForm action="/demo/payment">
          <p>{w.about}</p>
          {Object.entries(asked).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <p className="actions">
            <button type="submit" name="outcome" value="paid">
              {w.pay(said)}
            </button>
            <button type="submit" name="outcome" value="cancelled" className="quiet">
              {w.cancel}
            </button>
          </p>
        </PostForm>
      ) : (
        <>
          <Notice tone="no">
            <p>{w.tooOld}</p>
          </Notice>
          <p className="actions">
            <a className="button" href="/my-card/reissue">
              {w.back}
            </a>
          </p>
        </>
      )}
    </Page>
  )
}
