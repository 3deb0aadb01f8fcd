import { Link } from '@tanstack/react-router'
import { EmptyState } from '../panel.tsx'
import { useShell, useWords } from '../surroundings.tsx'
import { words } from '../words.ts'
import type { Screen } from './screen.ts'

/** The staff's first screen: what there is for this person, one sentence each. */
export function Home({ screens }: { screens: readonly Screen[] }) {
  const { language, reader } = useShell()
  const w = useWords(words)
  const offered = screens.filter(
    ({ unlisted, roles }) => !unlisted && (!roles || roles.some(role => reader?.roles.includes(role))),
  )
  return (
    <>
      <h1>{w.staffHome}</h1>
      {offered.length === 0 ? (
        <EmptyState title={w.noScreens}>{w.noScreensNext}</EmptyState>
      ) : (
        <>
          <p className="dim">{w.staffHomeAbout}</p>
          <ul className="screens">
            {offered.map(screen => (
              <li key={screen.path}>
                <Link to={screen.path}>
                  <strong>{screen.title[language]}</strong>
                  <span>{screen.about[language]}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
