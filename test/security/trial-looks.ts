import { openCampus, type TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { employ } from '../staff.ts'

/** Who signs in in each role of the staff. */
export const roles = {
  desk: 'desk-registry',
  office: 'office',
  access: 'access',
  owner: 'owner-of-doors',
  cashier: 'cashier',
  auditor: 'auditor',
  admin: 'admin',
} as const
export type Role = keyof typeof roles

/** A scan of a student's number at a desk. */
export const scanned = {
  scan: people.aEarly.number,
  beside: { studentNumber: null, chip: null, evidence: [] },
}

/** By what each person is recognized in an answer that says their name, in either language. */
const sign = /(?:標|Marked )(\d+)(?:者|x)/g

/** A look as it was kept, with whom it showed. */
export interface Kept {
  actor: string
  counter: string | null
  purpose: string
  shown: string
  route: string | null
  reason: string | null
  people: number
  who: number[]
}

/** The campus to try, in which everybody is recognized wherever they are named. */
export interface TrialLooks {
  campus: TestCampus
  /** Everybody in the register. */
  numbers: readonly { id: number; number: string }[]
  idOf(number: string): number
  /** Asks a route as somebody in a role. */
  ask(
    role: Role,
    method: string,
    url: string,
    more?: { payload?: object; headers?: object },
  ): Promise<{ statusCode: number; body: string; headers: Readonly<Record<string, unknown>> }>
  /** Whom an answer shows: everybody whose number or name stands in its bytes, wherever that is. */
  recognized(body: string): number[]
  /** The looks that were kept since the last time that this was asked. */
  keptSince(): Promise<Kept[]>
}

const keptSql = `
  select l.id::int, l.actor, l.counter, l.purpose, l.shown, l.route, l.reason, l.people,
         (select array_agg(person_id::int order by person_id) from looked_at where look_id = l.id) as who
  from look l where id > $1 order by id`

/** Opens it, with somebody signed in in every role. */
export async function openLooks(): Promise<TrialLooks> {
  const campus = await openCampus({ from: '2023-10-18T11:00' })
  const { db, pool } = campus.owner
  const { rows: doors } = await pool.query<{ id: string }>('select id from door order by id limit 3')
  await employ(db, { id: 'auditor', role: 'auditor' })
  await employ(db, { id: 'cashier', role: 'cashier' })
  await employ(db, { id: 'admin', role: 'admin' })
  await employ(db, { id: 'owner-of-doors', role: 'owner', doors: doors.map(({ id }) => id) })
  await pool.query(`update person set name_zh = '標' || id || '者', name_en = 'Marked ' || id || 'x'`)
  const { rows: numbers } = await pool.query<{ id: number; number: string }>(
    'select id::int, student_number as number from person',
  )
  const signedIn = Object.entries(roles).map(async ([role, who]) => [role, await campus.signIn(who)])
  const cookies = Object.fromEntries(await Promise.all(signedIn)) as Record<Role, string>
  let last = 0
  return {
    campus,
    numbers,
    idOf: number => numbers.find(each => each.number === number)!.id,
    ask: (role, method, url, { payload, headers } = {}) =>
      campus.gatehouse.server.inject({
        method: method as 'GET',
        url,
        ...(payload && { payload }),
        headers: {
          'accept-language': 'en',
          'idempotency-key': crypto.randomUUID(),
          cookie: cookies[role],
          ...headers,
        },
      }),
    recognized(body) {
      const seen = new Set([...body.matchAll(sign)].map(([, id]) => Number(id)))
      for (const { id, number } of numbers) if (body.includes(number)) seen.add(id)
      return [...seen].sort((a, b) => a - b)
    },
    async keptSince() {
      const { rows } = await pool.query<Kept & { id: number }>(keptSql, [last])
      last = rows.at(-1)?.id ?? last
      return rows.map(({ actor, counter, purpose, shown, route, reason, people: many, who }) => ({
        actor,
        counter,
        purpose,
        shown,
        route,
        reason,
        people: many,
        who,
      }))
    },
  }
}
