import { Link } from '@tanstack/react-router'
import { EmptyState } from '../panel.tsx'
import { useShell, useWords } from '../surroundings.tsx'
import { words } from '../words.ts'
import type { Screen } from './screen.ts'

/** The staff's first screen: what there is for this person, one sentence each. */
export function Home({ screens }: { screens: readonly Screen[] }) {
  const { reader } = useShell()
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
                {screen.load ? (
                  <Link to={screen.path}>
                    <Offered screen={screen} />
                  </Link>
                ) : (
                  <a href={`/staff${screen.path}`}>
                    <Offered screen={screen} />
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Offered({ screen }: { screen: Screen }) {
  const { language } = useShell()
  return (
    <>
      <strong>{screen.title[language]}</strong>
      <span>{screen.about[language]}</span>
    </>
  )
}
