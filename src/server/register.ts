import type { Facts } from '../lib/decision.ts'
import type { StaffRole } from '../lib/roles.ts'
import { actingItself, nameOfActor, reachesLess, sayWhoActs } from './acting.ts'
import type { Database, Transaction } from './database.ts'

export type { Transaction } from './database.ts'

/**
 * Who acts, and in which role: a student, somebody of the staff, a desk's tablet in students' hands, or Gatehouse itself.
 * One of the staff may have several roles and acts in one at a time; who it is, is the id alone.
 */
export interface Actor {
  kind: 'public' | 'student' | 'tablet' | StaffRole | 'integrator' | 'system'
  /** The person's or account's own id, or the part of Gatehouse that acts. */
  id: string
  personId?: number
  /** A clerk's counter. */
  counter?: string
  /** The buildings of an access administrator, by their Chinese names as on the controllers; without it all of them. */
  buildings?: readonly string[]
  /** What a token lets another program do in this name; without it somebody acts by their own session. */
  scopes?: readonly string[]
  /** The doors of a door owner, by their ids. */
  doors?: readonly string[]
}

/** Reads the campus's time, inside a transaction; made in app/clock.ts and nowhere else. */
export interface Clock {
  /** Takes the timetable's lock (shared) and only then reads the clock: the moment of an act that changes access. */
  actMoment(trx: Transaction): Promise<Temporal.Instant>
  /**
   * Takes the timetable's lock alone and only then reads the clock: the moment of an act that changes what acts go by.
   * Waits for two seconds at most, because everybody else waits behind it, and then throws `OthersAtWork`.
   */
  aloneMoment(trx: Transaction): Promise<Temporal.Instant>
  now(trx: Transaction): Promise<Temporal.Instant>
}

/** Other acts were under way for too long: nothing was done, and the same may be tried again. */
export class OthersAtWork extends Error {}

/** A new installation that has published no programme yet: nothing can be decided by it. */
export class NotSetUp extends Error {}

/** One thing that happened, for the journal: ids and plain facts, no names. */
export interface Entry {
  act: string
  personId?: number | null
  cardId?: number | null
  facts?: Facts
}

/** What somebody's act has in hand: the transaction, who acts, and its one moment. */
export interface Act extends Transaction {
  actor: Actor
  now: Temporal.Instant
  /** Writes what happened into the journal; what follows from it happens in this same transaction. */
  note(...entries: Entry[]): Promise<void>
  /** Does some work as Gatehouse itself, which sees every row; who acts stays the actor. Its callers are few, and named. */
  asItself<T>(work: () => Promise<T>): Promise<T>
}

/** An entry as it stands in the journal. */
export type Noted = Entry & { journalId: number }

/** What follows what happened, in the same transaction; app/followers.ts is the list. */
export type Follow = (act: Act, noted: readonly Noted[]) => Promise<void>

/** Everything people do goes through here, so that one place says who acts, when, and what is written down. */
export interface Register {
  /** An act: changes what is decided. One transaction, one moment, the timetable's lock. */
  act<T>(actor: Actor, work: (act: Act) => Promise<T>): Promise<T>
  /**
   * An act that changes nobody's access: one transaction and one moment, without the timetable's lock, so that windows
   * and the acts of others do not wait for it however long it takes.
   */
  aside<T>(actor: Actor, work: (act: Act) => Promise<T>): Promise<T>
  /**
   * An act that changes what other acts go by (a new programme): no other act or window runs meanwhile, so that each
   * goes by the old or by the new. The others wait; keep it short. Throws `OthersAtWork` where it would wait too long.
   */
  alone<T>(actor: Actor, work: (act: Act) => Promise<T>): Promise<T>
  /** A look: reads, and may note that it did. */
  look<T>(actor: Actor, work: (act: Act) => Promise<T>): Promise<T>
}

const writeEntries = `
  insert into journal (at, actor, act, person_id, card_id, facts)
  select $1, $2, e.act, e."personId", e."cardId", coalesce(e.facts, '{}')
  from rows from (jsonb_to_recordset($3::jsonb) as (act text, "personId" bigint, "cardId" bigint, facts jsonb))
    with ordinality as e(act, "personId", "cardId", facts, place)
  order by place returning id`

/** The actor as the journal names it, for example "desk:clerk-a". */
export const actorName = (actor: Actor): string => nameOfActor(actor)

/**
 * Opens the register over a database, or over the one that serves an actor; `follow` says what each entry brings with it.
 */
export function openRegister(
  over: Database | ((actor: Actor) => Database),
  clock: Clock,
  follow: Follow,
): Register {
  const databaseOf = typeof over === 'function' ? over : () => over
  const run = <T>(
    actor: Actor,
    moment: 'actMoment' | 'aloneMoment' | 'now',
    work: (act: Act) => Promise<T>,
  ) => {
    const opening = async (trx: Transaction) => {
      const reading = clock[moment](trx)
      // Where the wait for others is given up, that is what is told, not the statement that failed after it.
      if (moment === 'aloneMoment') await reading
      const [now] = await Promise.all([reading, sayWhoActs(trx, actor)])
      return now
    }
    return databaseOf(actor).transaction(async (trx, now) => {
      const asItself = actingItself(trx, actor)
      const act: Act = {
        ...trx,
        actor,
        now,
        asItself,
        async note(...entries) {
          if (entries.length === 0) return
          const values = [act.now, actorName(actor), JSON.stringify(entries)]
          const rows = await trx.statement<{ id: number }>('write_entries', writeEntries, values)
          const noted = entries.map((entry, at) => ({ ...entry, journalId: rows[at]!.id }))
          // What follows concerns all doors of a person, of which somebody may reach one, and a system none.
          await (reachesLess(actor) ? asItself(() => follow(act, noted)) : follow(act, noted))
        },
      }
      return work(act)
    }, opening)
  }
  return {
    act: (actor, work) => run(actor, 'actMoment', work),
    aside: (actor, work) => run(actor, 'now', work),
    alone: (actor, work) => run(actor, 'aloneMoment', work),
    look: (actor, work) => run(actor, 'now', work),
  }
}
