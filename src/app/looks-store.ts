import type { KindShown, Purpose } from '../lib/looks.ts'
import type { Act } from '../server/register.ts'

/** Somebody of the staff was shown a person's record. Instants in campus time. */
export interface LookAtPerson {
  id: number
  at: Temporal.Instant
  /** The role acted in, and the account, as in the journal: "desk:clerk-a". */
  actor: string
  counter: string | null
  purpose: Purpose
  shown: KindShown
  /** By which route, as it is declared; null: by a command. */
  route: string | null
  /** What for, as the reader said it; only the auditor reads it, for it may name others. */
  reason: string | null
  /** How many people the same answer showed. */
  people: number
  nameZh: string | null
  nameEn: string | null
}

const looksSql = `
  select l.id, l.at, l.actor, l.counter, l.purpose, l.shown, l.route, l.reason, l.people,
         s.name_zh as "nameZh", s.name_en as "nameEn"
  from looked_at a join look l on l.id = a.look_id
  left join staff s on s.id = substring(l.actor from position(':' in l.actor) + 1)
  where a.person_id = $1 and a.look_id < $2 order by a.look_id desc limit $3`

/** Before the first page there is no look with a number as high as this. */
export const newest = Number.MAX_SAFE_INTEGER

/** Who looked at a person's record, the newest first: so many of those before one, or with null all. */
export const looksAt = (
  act: Act,
  personId: number,
  { before = newest, most }: { before?: number; most: number | null },
): Promise<LookAtPerson[]> =>
  act.statement<LookAtPerson>('looks_at_person', looksSql, [personId, before, most])
