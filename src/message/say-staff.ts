import type { LeftUndone, NoticeKind } from '../update/notices.ts'
import type { Sayings } from './letter.ts'
import { words } from './words.ts'

/** What is told to the staff. */
export type StaffTold = {
  /** To the staff: an update needs somebody. It names buildings and counts, nobody. */
  kind: 'staff-notice'
  printedNumber: null
  cause: NoticeKind
  startsAt: Temporal.Instant
  /** People whose changes a guard stopped; else 0. */
  people: number
  /** Of missed windows: how many, and the start of the first; else null. */
  missed: { windows: number; first: Temporal.Instant } | null
  left: readonly { building: string; outcome: LeftUndone['outcome']; numbers: number }[]
}

/** How they are written. */
export const sayStaffTold: Sayings<StaffTold> = {
  'staff-notice': ({ cause, startsAt, people, missed, left }, { language, when }) => {
    const w = words[language].staff
    const places = left.map(({ building, outcome, numbers }) => w.left(building, w.outcome[outcome], numbers))
    return {
      subject: w.subject[cause](when(startsAt)),
      parts: [
        w.about[cause](when(startsAt), missed?.windows ?? people, when(missed?.first ?? startsAt)),
        places.length > 0 && w.where(places),
        w.next[cause],
        w.why,
      ],
    }
  },
}
