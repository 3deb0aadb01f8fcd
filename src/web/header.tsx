import type { ReactNode } from 'react'
import type { Language } from '../lib/words.ts'
import { PostForm } from './post-form.tsx'
import { themes } from './shell.ts'
import { useSaid, useShell, useWords } from './surroundings.tsx'
import { words } from './words.ts'

/** The house's sign: a gate. */
export const GateMark = () => (
  <svg className="gate-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="7" />
    <path d="M8 25V15a8 8 0 0 1 16 0v10M13.5 25v-9.5a2.5 2.5 0 0 1 5 0V25" />
  </svg>
)

/** The address that keeps a choice of language or theme and comes back to this page. */
const choosing = (choice: 'language' | 'theme', value: string, path: string): string =>
  `/preferences?${new URLSearchParams({ [choice]: value, to: path })}`

/** Whether a way leads to this very page, or to the part of the house that this page belongs to. */
function standing(path: string, href: string): 'page' | 'true' | undefined {
  const page = path.split('?')[0]!
  if (page === href) return 'page'
  return href !== '/' && page.startsWith(`${href}/`) ? 'true' : undefined
}

/** The head of every page: campus, ways, help (always here, WCAG 3.2.6), language, appearance, who is signed in. */
export function Header({
  path,
  homeHref = '/',
  area,
}: {
  path: string
  homeHref?: string
  area?: ReactNode
}) {
  const shell = useShell()
  const w = useWords(words)
  const campus = useSaid(shell.campusName)
  const other: Language = shell.language === 'en' ? 'zh-TW' : 'en'
  return (
    <header className="head">
      <a className="skip" href="#main">
        {w.skip}
      </a>
      <div className="head-row">
        <a className="brand" href={homeHref}>
          <GateMark />
          <span className="brand-name">
            {campus}
            {area && <span className="brand-area">{area}</span>}
          </span>
        </a>
        {shell.ways.length > 0 && (
          <nav className="ways" aria-label={w.ways}>
            {shell.ways.map(way => (
              <a key={way.href} href={way.href} aria-current={standing(path, way.href)}>
                {way.text[shell.language]}
              </a>
            ))}
          </nav>
        )}
        <div className="tools">
          <a className="tool" href={shell.helpHref}>
            {w.help}
          </a>
          <a className="tool" href={choosing('language', other, path)} lang={other} hrefLang={other}>
            {w.otherLanguage}
          </a>
          <ThemeChoice path={path} />
          <Account />
        </div>
      </div>
    </header>
  )
}

function ThemeChoice({ path }: { path: string }) {
  const shell = useShell()
  const w = useWords(words)
  return (
    <details className="menu">
      <summary className="tool" aria-label={`${w.theme}: ${w.themes[shell.theme]}`}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
          <circle cx="12" cy="12" r="9" className="ring" />
          <path d="M12 3a9 9 0 0 1 0 18z" className="half" />
        </svg>
      </summary>
      <ul className="menu-list">
        {themes.map(theme => (
          <li key={theme}>
            <a
              href={choosing('theme', theme, path)}
              aria-current={theme === shell.theme ? 'true' : undefined}
              rel="nofollow"
            >
              {w.themes[theme]}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Account() {
  const { reader, language, signInHref, signOutHref, changeRoleHref } = useShell()
  const w = useWords(words)
  if (!reader) {
    return signInHref ? (
      <a className="tool" href={signInHref}>
        {w.signIn}
      </a>
    ) : null
  }
  return (
    <details className="menu">
      <summary className="tool" aria-label={w.signedInAs(reader.name[language])}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
          <circle cx="12" cy="8.5" r="4" className="ring" />
          <path d="M4 20.5a8 8 0 0 1 16 0" className="ring" />
        </svg>
      </summary>
      <div className="menu-list">
        <p>{reader.name[language]}</p>
        {reader.role && <p>{reader.role[language]}</p>}
        {changeRoleHref && <a href={changeRoleHref}>{w.changeRole}</a>}
        {signOutHref && (
          <PostForm action={signOutHref}>
            <button type="submit" className="quiet">
              {w.signOut}
            </button>
          </PostForm>
        )}
      </div>
    </details>
  )
}
