import { HtmlDocument } from '../document.tsx'
import { useShell, useWords } from '../surroundings.tsx'
import { words } from '../words.ts'

/** The document in which the staff's application starts. Its surroundings travel as data, not as a script. */
export function StaffPage() {
  const shell = useShell()
  const w = useWords(words)
  const atDesk = shell.reader?.roles.some(role => role === 'desk' || role === 'office')
  const { script, styles, preloads } = shell.assets.staff
  return (
    <HtmlDocument title={w.staffTitle} styles={styles} scripts={[script]} preloads={preloads}>
      <div id="staff" data-shell={JSON.stringify(shell)}>
        <p className="waits">{w.loading}</p>
      </div>
      <noscript>
        <p className="waits">
          {w.needsScripts} {atDesk && <a href="/staff/present">{w.presentWithoutScripts}</a>}
        </p>
      </noscript>
    </HtmlDocument>
  )
}
