import type { ViewReply } from './api.ts'
import type { Work } from './session.ts'

/** What lies on a desk, as this tab keeps it over a reload of the page; gone with the tab. */
export interface KeptDesk {
  /** Whose it is: another clerk in the same tab begins with an empty desk. */
  clerk: string
  view: ViewReply | null
  queue: readonly Work[]
}

const place = 'desk.lies'
const typedPlace = 'desk.typed'

function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(name)
  } catch {
    return null
  }
}
function store(name: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, text)
  } catch {
    // A browser that keeps nothing still works; the page is then not to be loaded anew.
  }
}

/** What this clerk's desk held when the page was left, or null. */
export function keptDesk(clerk: string): KeptDesk | null {
  try {
    const kept = JSON.parse(stored(place) ?? 'null') as KeptDesk | null
    return kept?.clerk === clerk ? kept : null
  } catch {
    return null
  }
}

/** Keeps what lies there; nothing lies there: nothing is kept. */
export const keepDesk = (desk: KeptDesk): void =>
  store(place, desk.view === null && desk.queue.length === 0 ? null : JSON.stringify(desk))

/** What stood in the field of this clerk when the page was left. */
export function keptTyped(clerk: string): string {
  const [whose, ...text] = (stored(typedPlace) ?? '').split('\n')
  return whose === clerk ? text.join('\n') : ''
}

/** Keeps what stands in the field. */
export const keepTyped = (clerk: string, text: string): void =>
  store(typedPlace, text === '' ? null : `${clerk}\n${text.slice(0, 4_096)}`)
