import type { LeftUndone, NoticeKind } from '../update/notices.ts'
import type { Sayings } from './letter.ts'
import { words } from './words.ts'
import { digestWords } from './words-digest.ts'

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

/** What is told once a day to who keeps doors: how many cards changed at which, nobody by name. */
export type DoorDigestTold = {
  kind: 'door-digest'
  printedNumber: null
  /** Whose doors; null: everybody's. */
  owner: string | null
  doors: readonly { place: string; tasks: number; news: number }[]
  /** Where they are answered. */
  link: string
}

/** How it is written. */
export const sayDoorDigest: Sayings<DoorDigestTold> = {
  'door-digest': ({ owner, doors, link }, { language }) => {
    const w = digestWords[language]
    const news = doors.reduce((sum, door) => sum + door.news, 0)
    return {
      subject: w.subject(news),
      parts: [
        owner === null ? w.ofAll : w.ofOwner(owner),
        w.doors(doors.map(({ place, tasks, news: fresh }) => w.door(place, tasks, fresh))),
        w.next(link),
        w.why,
      ],
    }
  },
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
