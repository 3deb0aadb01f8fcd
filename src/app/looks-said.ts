import { both, bothNames, sameInBoth } from '../lib/both.ts'
import { kindsShown, purposes } from '../lib/looks.ts'
import { roleNames, type StaffRole } from '../lib/roles.ts'
import type { Bilingual } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import type { LookAtPerson } from './looks-store.ts'

const between = (first: Bilingual, second: Bilingual): Bilingual =>
  both(`${first['zh-TW']}・${second['zh-TW']}`, `${first.en}, ${second.en}`)

const isRole = (kind: string): kind is StaffRole => Object.hasOwn(roleNames, kind)

/** Which office looked, without naming who: the role that was acted in, and of a desk its counter. */
export function officeOf(look: LookAtPerson, programme: Programme): Bilingual {
  const kind = look.actor.slice(0, look.actor.indexOf(':'))
  if (kind === 'system') return both('系統維運人員', 'Those who run this system')
  const role = isRole(kind) ? roleNames[kind] : both('介接系統', 'A connected system')
  return look.counter === null ? role : between(role, nameOf(programme.counters, look.counter))
}

/** The account that looked, as it signs in: "clerk-a". */
export const accountOf = ({ actor }: LookAtPerson): string => actor.slice(actor.indexOf(':') + 1)

/** What who looked is called; null where the account is none of the staff's. */
export const readerOf = ({ nameZh, nameEn }: LookAtPerson): Bilingual | null =>
  nameZh === null || nameEn === null ? null : bothNames({ nameZh, nameEn })

/** What a look was for; what this version knows no more is said by its id. */
export const purposeOf = ({ purpose }: LookAtPerson): Bilingual => purposes[purpose] ?? sameInBoth(purpose)

/** What of the record was shown, likewise. */
export const shownOf = ({ shown }: LookAtPerson): Bilingual => kindsShown[shown] ?? sameInBoth(shown)
