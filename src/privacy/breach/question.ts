import { type Decision, no, yes } from '../../lib/decision.ts'
import type { DataMap } from '../data-map.ts'
import { mappedColumns } from '../data-map.ts'

/** What is asked about a time in which data may have been lost. */
export interface BreachQuestion {
  /** The time asked about: from an instant on, until another one, which no longer counts. */
  from: Temporal.Instant
  to: Temporal.Instant
  /** Whose looks and acts: an account's, a role's, or an account's in a role. Null for both: the database was copied. */
  account: string | null
  role: string | null
  /** Which tables were copied; none: all of them. */
  tables: string[]
  /** A new or empty folder. */
  out: string
  /** What for, as the auditor reads it. */
  why: string | null
}

/** What an operator typed, by the names of the options. */
export interface BreachSaid {
  from?: string | undefined
  to?: string | undefined
  account?: string | undefined
  role?: string | undefined
  table?: string[] | undefined
  out?: string | undefined
  why?: string | undefined
}

/** Why no pack is made, in the order in which it is told. */
export const breachRefusals = [
  'no-from',
  'no-to',
  'not-a-time',
  'ends-before-it-begins',
  'begins-later',
  'too-long',
  'account-and-table',
  'not-an-account',
  'unknown-role',
  'unknown-table',
  'table-of-nobody',
  'too-much-why',
  'no-folder',
  'folder-not-empty',
  'unknown-account',
] as const
export type BreachRefusal = (typeof breachRefusals)[number]

/** Nothing is kept of looks for longer than this, in months: a longer time cannot be answered. */
const longestMonths = 36
const longestWhy = 200
const longestAccount = 200

/** A wall time of the campus; where clocks turned back it is the one that leaves nobody out. */
function instantOf(said: string, zone: string, disambiguation: 'earlier' | 'later'): Temporal.Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(said)) return null
  try {
    return Temporal.PlainDateTime.from(said, { overflow: 'reject' })
      .toZonedDateTime(zone, { disambiguation })
      .toInstant()
  } catch {
    return null
  }
}

/** The tables that say something of people, which is what a pack can be asked about. */
export const tablesOfPeople = (map: DataMap): Set<string> =>
  new Set(mappedColumns(map).flatMap(({ table, about }) => (about === null ? [] : [table])))

type Spoken = Pick<BreachQuestion, 'account' | 'role' | 'tables'>

function whoseOf(said: BreachSaid, map: DataMap): Decision<Spoken, BreachRefusal> {
  const { account = null, role = null, table: tables = [] } = said
  if ((account !== null || role !== null) && tables.length > 0) return no('account-and-table')
  if (account !== null && (account.length > longestAccount || !/^[^\s:]+$/u.test(account)))
    return no('not-an-account', { account: account.slice(0, longestAccount) })
  const roles = map.roles.filter(each => each !== 'public')
  if (role !== null && !roles.includes(role))
    return no('unknown-role', { role: role.slice(0, 60), known: roles.join(', ') })
  const unknown = tables.find(each => map.tables[each] === undefined)
  if (unknown !== undefined) return no('unknown-table', { table: unknown.slice(0, 60) })
  const ofNobody = tables.find(each => !tablesOfPeople(map).has(each))
  if (ofNobody !== undefined) return no('table-of-nobody', { table: ofNobody })
  return yes({ account, role, tables: [...new Set(tables)] })
}

/** What an operator asks, or why it cannot be answered. Times are the campus's own. */
export function readBreachQuestion(
  said: BreachSaid,
  { zone, now, map }: { zone: string; now: Temporal.Instant; map: DataMap },
): Decision<{ question: BreachQuestion }, BreachRefusal> {
  if (!said.from) return no('no-from')
  if (!said.to) return no('no-to')
  const from = instantOf(said.from, zone, 'earlier')
  const to = instantOf(said.to, zone, 'later')
  if (from === null || to === null)
    return no('not-a-time', { said: (from === null ? said.from : said.to).slice(0, 60), zone })
  if (Temporal.Instant.compare(from, to) >= 0) return no('ends-before-it-begins')
  if (Temporal.Instant.compare(from, now) >= 0) return no('begins-later')
  const longest = from.toZonedDateTimeISO(zone).add({ months: longestMonths }).toInstant()
  if (Temporal.Instant.compare(to, longest) > 0) return no('too-long', { months: longestMonths })
  const whose = whoseOf(said, map)
  if (!whose.ok) return whose
  const why = said.why?.trim() || null
  if (why !== null && (why.length > longestWhy || /\p{Cc}/u.test(why)))
    return no('too-much-why', { letters: longestWhy })
  if (!said.out) return no('no-folder')
  const { account, role, tables } = whose
  return yes({ question: { from, to, account, role, tables, out: said.out, why } })
}
