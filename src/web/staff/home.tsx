import { Link } from '@tanstack/react-router'
import { EmptyState } from '../panel.tsx'
import { useShell, useWords } from '../surroundings.tsx'
import { words } from '../words.ts'
import type { Screen, ScreenGroup } from './screen.ts'

/** The staff's first screen: what there is for this person, in groups, one sentence each. */
export function Home({ groups }: { groups: readonly ScreenGroup[] }) {
  const { reader, language } = useShell()
  const w = useWords(words)
  const isOffered = ({ unlisted, roles }: Screen) =>
    !unlisted && (!roles || roles.some(role => reader?.roles.includes(role)))
  const offered = groups
    .map(({ title, screens }) => ({ title, screens: screens.filter(isOffered) }))
    .filter(({ screens }) => screens.length > 0)
  return (
    <>
      <h1>{w.staffHome}</h1>
      {offered.length === 0 ? (
        <EmptyState title={w.noScreens}>{w.noScreensNext}</EmptyState>
      ) : (
        <p className="dim">{w.staffHomeAbout}</p>
      )}
      {offered.map(({ title, screens }) => (
        <section key={title.en}>
          <h2>{title[language]}</h2>
          <ul className="screens">
            {screens.map(screen => (
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
        </section>
      ))}
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
