import { Page } from '../web/layout.tsx'
import { EmptyState } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDated } from '../web/when.ts'
import { looksWords } from './looks-words.ts'
import type { MyLooks } from './my-looks-routes.ts'

export interface MyLooksProps extends MyLooks {
  /** That these are the newest. */
  isFirst: boolean
}

/** Who of the staff looked at one's own record: when, which office, what and what for. */
export function MyLooksPage({ looks, next, isFirst }: MyLooksProps) {
  const w = useWords(looksWords)
  const shell = useShell()
  const { language } = shell
  return (
    <Page title={w.title}>
      <h1>{w.title}</h1>
      <p>{w.about}</p>
      {looks.length === 0 ? (
        <EmptyState title={w.none}>{w.noneNext}</EmptyState>
      ) : (
        <ol className="buildings">
          {looks.map(({ at, by, what, purpose }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a page of looks is written in one go and never reordered
            <li key={place}>
              <span>
                <time dateTime={at}>{sayDated(at, shell)}</time> · <strong>{by[language]}</strong>
                <br />
                {w.saw(what[language])}
                <br />
                {w.because(purpose[language])}
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="actions">
        {next && (
          <a className="button quiet" href={`/my-card/looks?before=${next}`}>
            {w.older}
          </a>
        )}
        {!isFirst && (
          <a className="button quiet" href="/my-card/looks">
            {w.newest}
          </a>
        )}
        <a className="button quiet" href="/my-card/data">
          {w.data}
        </a>
        <a className="button quiet" href="/my-card">
          {w.back}
        </a>
      </p>
    </Page>
  )
}
