import type { MyDevices } from '../message/push-routes.ts'
import { pushWords } from '../message/push-words.ts'
import type { MyMessage } from '../message/routes.ts'
import { HowUsed } from '../web/how-used.tsx'
import { Page } from '../web/layout.tsx'
import { EmptyState } from '../web/panel.tsx'
import { PostForm } from '../web/post-form.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import { WithoutSignal } from './my-card-parts.tsx'

export interface MyMessagesProps extends Omit<MyDevices, 'key'> {
  now: string
  /** Its applicationServerKey; not named `key`, which React keeps from a page. Null: nothing is pushed here. */
  serverKey: string | null
  messages: readonly MyMessage[]
  /** Whether messages are mailed to this person. */
  mail: 'goes' | 'no-address' | 'none'
}

/** What a person was told and by which ways, and on which devices they are told. Kept on the phone as My card is. */
export function MyMessagesPage({ now, messages, devices, serverKey, mail }: MyMessagesProps) {
  const w = useWords(pushWords)
  const mailed = { goes: w.byMail, 'no-address': w.noAddress, none: w.noMail }[mail]
  return (
    <Page title={w.title} islands={['once', ...(serverKey ? ['tell-here'] : [])]}>
      <WithoutSignal now={now} />
      <h1>{w.title}</h1>
      <p>
        {w.about} {mailed}
      </p>
      <h2>{w.listTitle}</h2>
      {messages.length === 0 ? (
        <EmptyState title={w.none}>{w.noneNext}</EmptyState>
      ) : (
        messages.map(message => <Message key={message.id} message={message} />)
      )}
      <Phone devices={devices} serverKey={serverKey} />
      <p className="actions">
        <a className="button quiet" href="/my-card">
          {w.back}
        </a>
      </p>
    </Page>
  )
}

function Message({ message }: { message: MyMessage }) {
  const w = useWords(pushWords)
  const shell = useShell()
  const { sentAt, state, devices, pushedAt } = message
  const ways = [
    sentAt
      ? w.mailedAt(sayWhen(sentAt, shell))
      : state === 'waiting' || state === 'failing'
        ? w.mailWaits
        : w.notMailed,
    ...(devices > 0 ? [pushedAt ? w.pushedAt(sayWhen(pushedAt, shell)) : w.pushWaits] : []),
  ]
  return (
    <details>
      <summary>
        <span lang={message.language}>{message.subject}</span>
        <br />
        <small>
          <time dateTime={message.madeAt}>{sayWhen(message.madeAt, shell)}</time> · {ways.join(' · ')}
        </small>
      </summary>
      <div lang={message.language}>
        {message.body
          .trim()
          .split('\n\n')
          .map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
            <p key={at}>{part}</p>
          ))}
      </div>
    </details>
  )
}

/** The button appears by its script, and only where the browser can; the list and its buttons need none. */
function Phone({ devices, serverKey }: { devices: MyDevices['devices']; serverKey: string | null }) {
  const w = useWords(pushWords)
  const shell = useShell()
  const nameOf = (service: string): string =>
    Object.entries(w.services).find(([end]) => service.endsWith(end))?.[1] ?? service
  return (
    <section className="panel" id="phone">
      <h2>{w.phoneTitle}</h2>
      <p>{serverKey ? w.phoneAbout : w.notHere}</p>
      {serverKey && (
        <div data-tell-here={serverKey} hidden>
          <div role="status">
            {Object.entries(w.said).map(([what, says]) => (
              <p key={what} data-said={what} hidden>
                {says}
              </p>
            ))}
          </div>
          <p className="actions" hidden>
            <button type="button">{w.tellHere}</button>
          </p>
          <HowUsed of="messages" />
        </div>
      )}
      {devices.length > 0 && (
        <>
          <h3>{w.devicesTitle}</h3>
          <ul className="buildings">
            {devices.map(({ id, service, since, mark }) => (
              <li key={id}>
                <span>
                  {nameOf(service)}
                  <strong data-device={mark} hidden>
                    {' '}
                    ({w.thisOne})
                  </strong>{' '}
                  <small>{w.since(sayWhen(since, shell))}</small>
                </span>
                <PostForm action="/my-card/messages/stop">
                  <input type="hidden" name="device" value={id} />
                  <button type="submit" className="quiet" aria-label={w.stopThat(nameOf(service))}>
                    {w.stop}
                  </button>
                </PostForm>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
