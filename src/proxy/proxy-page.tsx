import { sayAlone } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { HolderForm, useAtDesk } from '../web/acting.tsx'
import { Field } from '../web/field.tsx'
import { HowUsed } from '../web/how-used.tsx'
import { Page } from '../web/layout.tsx'
import { EmptyState, Lead, Notice, Panel } from '../web/panel.tsx'
import { QrPicture } from '../web/qr-picture.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate, sayWhen } from '../web/when.ts'
import { shownMinutes } from './rules.ts'
import type { ProxyStanding } from './standing.ts'
import { words } from './words.ts'

/** A naming that was not accepted: what was typed, and what is wrong with which field. Never in an address. */
export interface RefusedNaming {
  message: string
  field: 'name' | 'email' | null
  typed: { name: string; email: string; language: Language }
}

export interface ProxyPageProps {
  standing: ProxyStanding
  refused: RefusedNaming | null
}

/** The page on which a holder names who collects for them, hands on the code, and takes it back. */
export function ProxyPage(props: ProxyPageProps) {
  const w = useWords(words)
  return (
    <Page title={w.title} islands={['once']}>
      <h1>{w.title}</h1>
      <ProxyParts {...props} />
      <p className="actions">
        <a className="button quiet" href="/my-card">
          {w.back}
        </a>
      </p>
    </Page>
  )
}

/** What there is to do about somebody else collecting. */
export function ProxyParts({ standing, refused }: ProxyPageProps) {
  const w = useWords(words)
  const shell = useShell()
  const { proxy, collected } = standing
  return (
    <>
      {refused && (
        <Notice tone="no" title={w.fixFirst} urgent>
          <p>{refused.field ? <a href={`#${refused.field}`}>{refused.message}</a> : refused.message}</p>
        </Notice>
      )}
      {proxy && <Live proxy={proxy} standing={standing} />}
      {collected && !proxy && !standing.mayName && (
        <>
          <Lead tone="yes">{w.collected(collected.name, sayWhen(collected.at, shell))}</Lead>
          <p>{w.collectedNext}</p>
        </>
      )}
      {standing.mayName && <Naming standing={standing} refused={refused} />}
      {!standing.mayName && !proxy && !collected && (
        <EmptyState title={w.cannot}>{standing.message}</EmptyState>
      )}
    </>
  )
}

/** Who may collect now, with the code while it is shown, and the way to take it back. */
function Live({
  proxy,
  standing: { mails, bring },
}: {
  proxy: NonNullable<ProxyStanding['proxy']>
  standing: ProxyStanding
}) {
  const w = useWords(words)
  const shell = useShell()
  const atDesk = useAtDesk()
  const mailed = proxy.email ? w.mailed(proxy.email) : w.notMailed
  return (
    <>
      <Lead tone="yes">{w.live(proxy.name, sayDate(proxy.lastDay, shell))}</Lead>
      <p>{mails ? mailed : atDesk ? w.noMailAtDesk : w.noMail}</p>
      {proxy.code ? (
        <Panel title={w.codeTitle}>
          <div className="desk-code">
            <QrPicture text={proxy.code} said={w.codePicture} />
            <div>
              <p className="proxy-code">
                <code>{proxy.code}</code>
              </p>
              <p>{w.codeOnce(sayWhen(proxy.codeShownUntil, shell))}</p>
            </div>
          </div>
        </Panel>
      ) : (
        <p>{atDesk ? w.codeElsewhere(shownMinutes) : w.codeGone}</p>
      )}
      <Bring bring={bring} />
      <HolderForm to="/proxy/withdraw">
        <p className="hint" id="withdraw-about">
          {w.withdrawAbout}
        </p>
        <p className="actions">
          <button type="submit" className="quiet" aria-describedby="withdraw-about">
            {w.withdraw}
          </button>
        </p>
      </HolderForm>
    </>
  )
}

function Bring({ bring }: { bring: string }) {
  const w = useWords(words)
  return (
    <Panel title={w.bring}>
      <ul>
        <li>{sayAlone(w.codeToo)}</li>
        <li>{sayAlone(bring)}</li>
      </ul>
    </Panel>
  )
}

/** The form in which somebody is named. */
function Naming({ standing, refused }: ProxyPageProps) {
  const w = useWords(words)
  const { language } = useShell()
  const typed = refused?.typed ?? { name: '', email: '', language }
  const errorOf = (field: 'name' | 'email') => (refused?.field === field ? refused.message : null)
  return (
    <>
      <p>{w.intro}</p>
      <Bring bring={standing.bring} />
      <HolderForm to="/proxy">
        <Field
          name="name"
          label={w.name}
          hint={w.nameHint}
          error={errorOf('name')}
          defaultValue={typed.name}
          autoComplete="off"
          maxLength={80}
          required
        />
        {standing.mails ? (
          <Field
            name="email"
            type="email"
            label={w.email}
            hint={w.emailHint}
            error={errorOf('email')}
            defaultValue={typed.email}
            autoComplete="off"
            maxLength={260}
          />
        ) : (
          <p>{w.noMail}</p>
        )}
        <div className="field">
          <label htmlFor="language">{standing.mails ? w.language : w.speaks}</label>
          <select id="language" name="language" defaultValue={typed.language}>
            {(['zh-TW', 'en'] as const).map(each => (
              <option key={each} value={each} lang={each}>
                {w.languages[each]}
              </option>
            ))}
          </select>
        </div>
        <p className="dim">{w.days(standing.daysGood)}</p>
        <p className="actions">
          <button type="submit">{w.submit}</button>
        </p>
      </HolderForm>
      <HowUsed of="proxy" />
    </>
  )
}
