import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Act } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import { type Guarded, valuesOf } from './guard.ts'
import type { GuardAnswer, TooMany } from './guard-rules.ts'
import { foreseenPageSql, guardedPageSql } from './losing.ts'

/** A guard that waits, or that was refused and is not repaired yet. */
export interface GuardReport {
  id: number
  startsAt: Temporal.Instant
  madeAt: Temporal.Instant
  limits: TooMany[]
  people: number
  causedBy: string[]
  /** The journal's words for the acts. */
  causes: string[]
  answer: GuardAnswer | null
  answeredAt: Temporal.Instant | null
  answeredBy: string | null
  reason: string | null
}

const openSql = `
  select id, starts_at as "startsAt", made_at as "madeAt", limits, people, caused_by as "causedBy", causes, answer,
         answered_at as "answeredAt", answered_by as "answeredBy", reason
  from update_guard g
  where answer is distinct from 'let-go'
    and exists (select from wanted w where w.guarded_by = g.id)
  order by id desc limit 50`

/** The guards that something waits behind, the newest first. */
export const openGuards = (act: Act): Promise<GuardReport[]> =>
  act.statement<GuardReport>('open_guards', openSql, [])

/** One person who would lose access, and where. */
export interface LosingPerson {
  personId: number
  studentNumber: string
  decidedAt: Temporal.Instant
  places: {
    controllerId: number
    building: Bilingual
    /** The doors that the card opens now. */
    doors: Bilingual[]
    /** The card is removed; else it gets an earlier last day. */
    removed: boolean
    lastDay: string | null
  }[]
}

/** The people behind a guard, by student number, `limit` of them after somebody (our id). */
export const guardedPeople = (
  act: Act,
  guardId: number,
  page: { limit: number; after: number | null },
): Promise<LosingPerson[]> =>
  act.statement<LosingPerson>('guarded_people', guardedPageSql, [guardId, page.limit, page.after])

/** The people whom the guard would stop at the coming window, in the same way. */
export const peopleForeseen = (
  act: Act,
  window: Guarded,
  page: { limit: number; after: number | null },
): Promise<LosingPerson[]> =>
  act.statement<LosingPerson>('foreseen_page', foreseenPageSql, [...valuesOf(window), page.limit, page.after])

/** Everybody behind a guard, by student number, a few hundred in memory at a time. */
export const everyoneGuarded = (act: Act, guardId: number): AsyncGenerator<LosingPerson> =>
  rowsOf<LosingPerson>(act, 'export_guarded', guardedPageSql, [guardId, unlimited, null])

/** Everybody whom the guard would stop at the coming window, in the same way. */
export const everyoneForeseen = (act: Act, window: Guarded): AsyncGenerator<LosingPerson> =>
  rowsOf<LosingPerson>(act, 'export_foreseen', foreseenPageSql, [...valuesOf(window), unlimited, null])

const staffSql = 'select id, name_zh as zh, name_en as en from staff where id = any($1::text[])'

/** Who of the staff stands behind names of the journal ("office:e"); others are not in it. */
export async function staffNames(act: Act, actors: readonly string[]): Promise<Map<string, Bilingual>> {
  const ids = [...new Set(actors)].map(actor => actor.slice(actor.indexOf(':') + 1))
  const rows = await act.statement<{ id: string; zh: string; en: string }>('staff_names', staffSql, [ids])
  const byId = new Map(rows.map(({ id, zh, en }) => [id, both(zh, en)]))
  return new Map(
    actors.flatMap(actor => {
      const name = byId.get(actor.slice(actor.indexOf(':') + 1))
      return name ? [[actor, name] as const] : []
    }),
  )
}
