import type { PhoneKey } from '../lib/phone-code.ts'
import { Panel } from '../web/panel.tsx'
import { QrPicture } from '../web/qr-picture.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { words } from './student-words.ts'

/** A live proof for the desk, as the page was made with it. */
export interface DeskCodeProps {
  proof: string
  /** When it ends, on the campus's clocks to the second. */
  until: string
  madeAt: string
  /** What the phone makes the next codes of by itself, also without signal; and until when. */
  phone: PhoneKey & { until: Temporal.Instant }
  /** What the desk asks them to sign, and how far that is: where it becomes another, the page is loaded anew. */
  signing: string
}

/** The code that a desk scans instead of the old card: big, live, with the seconds it is still good for. */
export function DeskCode({ proof, until, madeAt, phone, signing }: DeskCodeProps) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <Panel title={w.proofTitle}>
      <div
        className="desk-code"
        id="proof"
        data-desk-code
        data-made-at={Temporal.Instant.from(madeAt).epochMilliseconds}
        data-key-ends={phone.until.epochMilliseconds}
        data-stem={phone.stem}
        data-key={phone.key}
        data-signing={signing}
        data-seconds={phone.lifetimeSeconds}
        lang={language}
      >
        <QrPicture text={proof} said={w.proofPicture} />
        <div>
          <p>{w.proofAbout}</p>
          <p className="desk-code-left">
            <span data-desk-code-until>{w.proofUntil(until)}</span>
            <span data-desk-code-left hidden>
              {w.proofLeft[0]}
              <strong data-desk-code-seconds>{phone.lifetimeSeconds}</strong>
              {w.proofLeft[1]}
            </span>
            <span data-desk-code-over hidden>
              {w.proofOver}
            </span>
          </p>
          <p>
            <a className="button quiet" href="/my-card#proof" data-desk-code-again>
              {w.proofAgain}
            </a>
          </p>
          <details>
            <summary>{w.proofText}</summary>
            <p>
              <code data-desk-code-text>{proof}</code>
            </p>
          </details>
        </div>
      </div>
    </Panel>
  )
}
