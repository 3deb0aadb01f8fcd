import { HolderForm } from '../web/acting.tsx'
import { Field } from '../web/field.tsx'
import { HowUsed } from '../web/how-used.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import { fieldHeight, fieldWidth } from './drawing.ts'
import type { MySigning } from './signing-api.ts'
import { signingWords } from './signing-words.ts'

export type AskedToSign = NonNullable<MySigning['asked']>

/** The state of what is asked, as a page that stays open compares it: another one is reason to load it anew. */
export const signingTag = (asked: AskedToSign | null): string =>
  asked === null ? '' : `${asked.request} ${asked.state}`

/** What a desk asks its holder to sign, on their own phone: the sentence, one button, a name or lines instead, and a no. */
export function SignHere({ asked, error }: { asked: AskedToSign; error: string | null }) {
  const w = useWords(signingWords)
  const shell = useShell()
  const { language } = shell
  if (asked.state !== 'asked')
    return (
      <Notice
        tone={asked.state === 'signed' ? 'yes' : 'no'}
        title={asked.state === 'signed' ? w.signedTitle : w.refusedTitle}
        urgent
      >
        <p>{asked.state === 'signed' ? w.signedAbout : w.refusedAbout}</p>
        <p>
          <a href="/my-card">{w.look}</a>
        </p>
      </Notice>
    )
  const told = (
    <>
      <input type="hidden" name="request" value={asked.request} />
      <input type="hidden" name="language" value={language} />
    </>
  )
  return (
    <div id="sign" className="sign-here">
      <Panel title={w.titleOf(asked.edition[language])}>
        <p className="dim">{w.asked(asked.counter[language], sayWhen(asked.goodUntil, shell))}</p>
        <p>
          <strong>{asked.text[language]}</strong>
        </p>
        {error && (
          <Notice tone="no" urgent>
            <p>{error}</p>
          </Notice>
        )}
        <HolderForm to="/signature">
          {told}
          <input type="hidden" name="manner" value="confirmed" />
          <p className="actions">
            <button type="submit" aria-describedby="received-about">
              {w.received}
            </button>
          </p>
          <p className="hint" id="received-about">
            {w.receivedAbout}
          </p>
        </HolderForm>
        <details open={error !== null}>
          <summary>{w.orName}</summary>
          <HolderForm to="/signature">
            {told}
            <input type="hidden" name="manner" value="typed" />
            <Field
              name="picture"
              label={w.name}
              hint={w.nameHint}
              autoComplete="name"
              maxLength={120}
              required
            />
            <p className="actions">
              <button type="submit" className="quiet">
                {w.signName}
              </button>
            </p>
          </HolderForm>
          <HolderForm to="/signature" data-sign-pad="" hidden>
            {told}
            <input type="hidden" name="manner" value="drawn" />
            <input type="hidden" name="picture" value="" />
            <svg
              viewBox={`0 0 ${fieldWidth} ${fieldHeight}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={w.draw}
            >
              <path d="M24 136H576" />
              <path />
            </svg>
            <p className="actions">
              <button type="submit" className="quiet">
                {w.signDrawn}
              </button>
              <button type="reset" className="quiet">
                {w.drawAgain}
              </button>
            </p>
          </HolderForm>
        </details>
        <HolderForm to="/signature/refusal">
          {told}
          <p className="hint" id="refuse-about">
            {w.refuseAbout}
          </p>
          <p className="actions">
            <button type="submit" className="quiet" aria-describedby="refuse-about">
              {w.refuse}
            </button>
          </p>
        </HolderForm>
        <HowUsed of="signature" />
      </Panel>
    </div>
  )
}
