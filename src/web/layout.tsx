import type { ReactNode } from 'react'
import { HtmlDocument } from './document.tsx'
import { Header } from './header.tsx'
import { useSaid, useShell, useWords } from './surroundings.tsx'
import { words } from './words.ts'

/**
 * A page for students and the public: the document, the head with help, language and appearance at their same
 * places, the page's own content, the foot. Needs no script; `islands` names the small ones that make it nicer.
 */
export function Page({
  title,
  islands = [],
  wide = false,
  indexed = false,
  installable = false,
  children,
}: {
  /** What the page is, in the tab and for screen readers; the campus is added. */
  title: string
  /** Names of files in `src/web/islands`, without their ending. */
  islands?: readonly string[]
  /** For tables that need the width; otherwise lines stay readable. */
  wide?: boolean
  /** Whether search engines may list the page: only public ones. */
  indexed?: boolean
  /** Whether a phone may keep it among its applications. */
  installable?: boolean
  children: ReactNode
}) {
  const { assets, campusName, path } = useShell()
  const campus = useSaid(campusName)
  const scripts = islands.map(name => {
    const href = assets.islands[name]
    if (!href) throw new Error(`There is no island "${name}" in src/web/islands`)
    return href
  })
  return (
    <HtmlDocument
      title={`${title} | ${campus}`}
      style={assets.style.text}
      scripts={scripts}
      indexed={indexed}
      installable={installable}
    >
      <Header path={path} />
      <main id="main" className={wide ? 'wide' : undefined} tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </HtmlDocument>
  )
}

function Footer() {
  const { campusName, zone, begun } = useShell()
  const w = useWords(words)
  return (
    <footer className="foot">
      <p>{w.footer(useSaid(campusName))}</p>
      <p>{begun ? w.timesIn(zone) : w.noTimesYet}</p>
      <p>
        <a href="/privacy">{w.privacy}</a>
      </p>
    </footer>
  )
}
