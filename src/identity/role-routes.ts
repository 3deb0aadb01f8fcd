import type { FastifyReply, FastifyRequest } from 'fastify'
import { both, sameInBoth } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Database } from '../server/database.ts'
import type { Server } from '../server/http.ts'
import { ownPath } from '../server/pages.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { keepSession } from '../server/session-cookie.ts'
import { changeRole, type MayBe, whoMayBe } from '../server/sessions.ts'
import type { OfferedRole, RolePage } from './role-page.tsx'
import { type NamedPlaces, placesNow } from './store.ts'
import { signInWords } from './words.ts'

/** The cookie that remembers in which role somebody acted last on this device; it says nothing of who it is. */
const lastRole = 'as'

/** The first page of who acts in a role, or as a student. */
export const homeOf = (as: { personId: number } | { staffId: string }): string =>
  'staffId' in as ? '/staff' : '/my-card'

/** Which role was the last on this device; null as a student, undefined where nothing is remembered. */
export function remembered(request: FastifyRequest): number | null | undefined {
  const said = request.cookies[lastRole]
  if (said === 'student') return null
  return said && /^\d{1,15}$/.test(said) ? Number(said) : undefined
}

/** Where a role holds, in words; null where it holds everywhere without saying so. */
export function placeOf(
  { role, counter, buildings, doors }: Pick<MayBe, 'role' | 'counter' | 'buildings' | 'doors'>,
  places: NamedPlaces,
): Bilingual | null {
  const named = (ids: readonly string[], among: NamedPlaces['doors']): Bilingual => {
    const names = ids.map(id => among.find(each => each.id === id)?.name ?? sameInBoth(id))
    return both(names.map(name => name['zh-TW']).join('、'), names.map(name => name.en).join(', '))
  }
  if (counter !== null) return named([counter], places.counters)
  if (doors !== null) return named(doors, places.doors)
  if (buildings !== null) return named(buildings, places.buildings)
  return role === 'access'
    ? both(signInWords['zh-TW'].roles.allBuildings, signInWords.en.roles.allBuildings)
    : null
}

/** Choosing in which role to act: after signing in, and whenever somebody wants another. Each choice is a new session. */
export function roleRoutes(
  server: Server,
  { database, register }: { database: Database; register: Register },
): void {
  const page = { config: { policy: 'signed-in' }, schema: { hide: true } } as const

  server.get('/sign-in/as', page, async (request, reply) => {
    const roles = await whoMayBe(database, request.sessionToken ?? '')
    // A tablet before students is nobody's to change.
    if (roles.length === 0) throw problem(404, 'not-found', request.language)
    const places = await register.look(request.actor, placesNow)
    const { return_to: asked } = request.query as Record<string, unknown>
    return reply.page<typeof RolePage>('role', {
      returnTo: ownPath(asked),
      roles: roles.map(
        (role): OfferedRole => ({
          as: role.roleId === null ? 'student' : String(role.roleId),
          role: role.role,
          place: placeOf(role, places),
          now: role.now,
        }),
      ),
    })
  })

  server.post('/sign-in/as', page, async (request, reply) => {
    const { as, return_to: asked } = (request.body ?? {}) as Record<string, unknown>
    const roleId = as === 'student' ? null : Number(as)
    if (typeof as !== 'string' || (roleId !== null && !Number.isSafeInteger(roleId)))
      throw problem(400, 'malformed', request.language)
    const token = await changeRole(database, request.sessionToken ?? '', roleId)
    if (token === null) throw problem(404, 'not-found', request.language)
    rememberRole(request, reply, roleId)
    const back = ownPath(asked)
    const home = homeOf(roleId === null ? { personId: 0 } : { staffId: '' })
    keepSession(reply, token)
    return reply.redirect(back === '/' ? home : back, 303)
  })
}

/** Remembers on this device in which role somebody acts, for the next time they sign in here. */
export function rememberRole(request: FastifyRequest, reply: FastifyReply, roleId: number | null): void {
  reply.setCookie(lastRole, roleId === null ? 'student' : String(roleId), {
    path: '/sign-in',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: 365 * 24 * 3600,
  })
}
