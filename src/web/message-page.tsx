import { Page } from './layout.tsx'
import { Notice } from './panel.tsx'
import { useWords } from './surroundings.tsx'
import type { Tone } from './verdict.tsx'
import { words } from './words.ts'

/** What a page says that has only one thing to say. */
export interface MessagePageProps {
  tone: Tone
  title: string
  message: string
  /** Where to go next; without one, the first page. */
  next?: { href: string; text: string }
}

/** One thing to say and where to go next: a refusal, a missing page, a fault with its number. */
export function MessagePage({ tone, title, message, next }: MessagePageProps) {
  const w = useWords(words)
  return (
    <Page title={title}>
      <h1>{title}</h1>
      <Notice tone={tone}>
        <p>{message}</p>
      </Notice>
      <p className="actions">
        <a className="button" href={next?.href ?? '/'}>
          {next?.text ?? w.home}
        </a>
      </p>
    </Page>
  )
}

/** The page for an address that is not there, or not the reader's: the same words for both. */
export function NotFoundPage() {
  const w = useWords(words)
  return <MessagePage tone="info" title={w.notFound} message={w.notFoundNext} />
}

/** The page for who is not signed in, where there is nowhere to sign in: whom to ask. */
export function SignInFirstPage() {
  const w = useWords(words)
  return <MessagePage tone="info" title={w.signInFirst} message={w.noSignIn} />
}

/** A refusal as a page: why it was not done, and with a fault the number to tell the card office. */
export function RefusedPage({ message, request }: { message: string; request?: string }) {
  const w = useWords(words)
  return (
    <Page title={w.notDone}>
      <h1>{w.notDone}</h1>
      <Notice tone="no">
        <p>{message}</p>
        {request && (
          <p>
            {w.requestNumber} <code>{request}</code>
          </p>
        )}
      </Notice>
      <p className="actions">
        <a className="button" href="/">
          {w.home}
        </a>
      </p>
    </Page>
  )
}
