import { type Database, openDatabase } from './database.ts'
import type { Actor } from './register.ts'

/*
 * Whose requests share connections. A morning on which all students look at once fills theirs; who stands at a desk with
 * somebody before them, and whoever pulls a lost card, does not queue behind it.
 */

/** The application's connections to the database, apart for those who must not wait for each other. */
export interface Pools {
  /** Students' and everybody's. */
  students: Database
  /** Whose connections serve an actor's requests. */
  of: (actor: Actor) => Database
  /** For looking who it is that asks, before anybody knows whose connections would serve them. */
  knocking: Database
  close(): Promise<void>
}

/** How many connections each has: the staff are few, and looking up a session takes a fraction of a millisecond. */
const connections = { students: 10, staff: 5, knocking: 2 }

/** Opens the application's pools; each connects when it is first asked. */
export function openPools(url: string): Pools {
  const students = openDatabase(url, 'app', { connections: connections.students })
  const staff = openDatabase(url, 'app', { connections: connections.staff })
  const knocking = openDatabase(url, 'app', { connections: connections.knocking })
  return {
    students,
    knocking,
    of: ({ kind }) => (kind === 'student' || kind === 'public' ? students : staff),
    async close() {
      await Promise.all([students.close(), staff.close(), knocking.close()])
    },
  }
}
