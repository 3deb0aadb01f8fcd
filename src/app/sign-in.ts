import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { placeOf, remembered } from '../identity/role-routes.ts'
import { placesNow } from '../identity/store.ts'
import { signInWords } from '../identity/words.ts'
import { both } from '../lib/both.ts'
import type { StaffRole } from '../lib/roles.ts'
import { sayWhoActs } from '../server/acting.ts'
import type { Database, Transaction } from '../server/database.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import { forgetSession, keepSession } from '../server/session-cookie.ts'
import { beginSession, endSession, type VouchedBy, whoMayBe } from '../server/sessions.ts'
import type { MessagePage } from '../web/message-page.tsx'
import type { SignInPage } from './sign-in.tsx'
import { triedStudents } from './tried-students.ts'

/** Somebody whom a way to sign in has vouched for: one of the staff, who may be a student as well, or a student. */
export type Somebody = { staffId: string; personId?: number | null } | { personId: number }

/** Who came, by whose word, and where they wanted to go. */
export interface Arrived {
  somebody: Somebody
  vouched?: VouchedBy
  returnTo?: string
}

/** Names somebody on their own phone without saying who it is. */
const markOf = (somebody: Somebody): string =>
  createHash('sha256')
    .update(`gatehouse here ${JSON.stringify(somebody)}`)
    .digest('base64url')
    .slice(0, 22)

/**
 * A way to sign in. The campus to try offers named people to be; a university's own provider sends people away to it
 * and knows them again when they come back. Sessions are the same for both.
 */
export interface SignIn {
  /** Where people come back to when it has vouched for them: a form's POST, or a provider's redirect. */
  arrival: { method: 'GET' | 'POST'; url: string }
  /** Answers GET /sign-in: a page to choose on, or a redirect to the provider. */
  begin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>
  /** Who it is, or null when nobody was vouched for; where the reply was sent, it says why. */
  arrived(request: FastifyRequest, reply: FastifyReply): Promise<Arrived | null>
  /** Where somebody who signs out here is signed out, too. */
  leave?(): Promise<string | null>
}

/** The demo's people by student number, those who exist in this campus, in the list's order. */
async function studentsToBe(trx: Transaction) {
  const rows = await trx.db
    .selectFrom('person')
    .select(['id', 'student_number', 'name_zh', 'name_en'])
    .where(
      'student_number',
      'in',
      triedStudents.map(each => each.number),
    )
    .execute()
  const byNumber = new Map(rows.map(row => [row.student_number, row]))
  return triedStudents.flatMap(({ number, what }) => {
    const row = byNumber.get(number)
    return row ? [{ number, id: row.id, name: both(row.name_zh, row.name_en), what }] : []
  })
}

/** Asks before anybody is signed in; what a visitor is shown of the demo's people is Gatehouse's own doing. */
const asking = <T>(database: Database, work: (trx: Transaction) => Promise<T>): Promise<T> =>
  database.transaction(async trx => {
    await sayWhoActs(trx, { kind: 'system', id: 'sign-in' })
    return work(trx)
  })

/** The campus to try: a page on which a visitor chooses a fictional person to be. Never beside real people. */
export const demoSignIn = (database: Database): SignIn => ({
  arrival: { method: 'POST', url: '/sign-in' },
  async begin(_, reply) {
    const { students, places, staff } = await asking(database, async trx => ({
      students: await studentsToBe(trx),
      places: await placesNow(trx),
      staff: await trx.db
        .selectFrom('staff')
        .innerJoin('staff_role', 'staff_role.staff_id', 'staff.id')
        .select(['staff.id', 'name_zh', 'name_en', 'role', 'counter', 'buildings', 'doors'])
        .where('ended_at', 'is', null)
        .orderBy('staff_role.id')
        .execute(),
    }))
    return reply.page<typeof SignInPage>('sign-in', {
      students: students.map(({ number, name, what }) => ({ who: number, name, what })),
      staff: staff.map(({ id, name_zh, name_en, ...as }) => {
        const role = as.role as StaffRole
        return { who: id, name: both(name_zh, name_en), role, place: placeOf({ ...as, role }, places) }
      }),
    })
  },
  async arrived(request) {
    const { who } = (request.body ?? {}) as { who?: unknown }
    if (typeof who !== 'string') return null
    return asking(database, async trx => {
      const student = (await studentsToBe(trx)).find(each => each.number === who)
      if (student) return { somebody: { personId: student.id } }
      const staff = await trx.db.selectFrom('staff').select('id').where('id', '=', who).executeTakeFirst()
      return staff ? { somebody: { staffId: staff.id } } : null
    })
  },
})

/**
 * The routes of signing in and out over one way to do it; without one there is only the way out. The session's token
 * is in a cookie that scripts cannot read and other sites cannot send along with a form.
 */
export function signInRoutes(
  server: Server,
  { database, signIn }: { database: Database; signIn: SignIn | null },
): void {
  const page = { config: { policy: 'public' }, schema: { hide: true } } as const

  /** Ends the session that the browser has; whether a provider had vouched for it. */
  async function leave({ sessionToken }: FastifyRequest): Promise<boolean> {
    return sessionToken === null ? false : endSession(database, sessionToken)
  }

  /** A session in the role that was the last on this device, else in the first; who has none is a student, if anything. */
  async function begin({ somebody, vouched }: Arrived, last: number | null | undefined) {
    const { personId } = somebody
    const asStudent = () => (personId ? beginSession(database, { personId, vouched }) : null)
    if (!('staffId' in somebody)) return asStudent()
    const { staffId } = somebody
    if (last === null && personId) return asStudent()
    return (
      (last ? await beginSession(database, { staffId, roleId: last, vouched }) : null) ??
      (await beginSession(database, { staffId, vouched })) ??
      asStudent()
    )
  }

  if (signIn) {
    server.get('/sign-in', page, (request, reply) => signIn.begin(request, reply))
    server.route({
      ...page,
      ...signIn.arrival,
      async handler(request, reply) {
        const arrived = await signIn.arrived(request, reply)
        if (reply.sent) return reply
        if (arrived === null) throw problem(404, 'not-found', request.language)
        const { somebody, returnTo = '/' } = arrived
        const token = await begin(arrived, remembered(request))
        if (token === null) throw problem(404, 'not-found', request.language)
        await leave(request)
        keepSession(reply, token)
        // What this phone kept of whoever was here before goes with their session; whoever comes back keeps theirs, and
        // is still told on it.
        const mark = markOf(somebody)
        if (request.cookies.here !== mark) reply.header('clear-site-data', '"storage"')
        reply.setCookie('here', mark, {
          path: '/sign-in',
          httpOnly: true,
          sameSite: 'lax',
          maxAge: 365 * 24 * 3600,
        })
        const mayBe = await whoMayBe(database, token)
        if (mayBe.length > 1)
          return reply.redirect(`/sign-in/as?${new URLSearchParams({ return_to: returnTo })}`, 303)
        const home = mayBe[0]?.roleId === null ? '/my-card' : '/staff'
        return reply.redirect(returnTo === '/' ? home : returnTo, 303)
      },
    })
  }

  server.post('/sign-out', page, async (request, reply) => {
    const vouched = await leave(request)
    // What this phone kept of the person's pages goes with the session.
    forgetSession(reply)
    reply.clearCookie('here', { path: '/sign-in' }).header('clear-site-data', '"storage"')
    const elsewhere = vouched ? await signIn?.leave?.() : null
    if (!elsewhere) return reply.redirect('/', 303)
    // Not by a redirect: a form of ours leads nowhere but here (form-action), and neither does what follows it.
    const w = signInWords[request.language]
    return reply.header('refresh', `0; url=${elsewhere}`).page<typeof MessagePage>('message', {
      tone: 'yes',
      title: w.signedOut,
      message: w.signedOutAbout,
      next: { href: elsewhere, text: w.signOutThere },
    })
  })
}
