import { setTimeout as wait } from 'node:timers/promises'
import { Type } from 'typebox'
import type { Database } from '../server/database.ts'
import type { Policy, Server } from '../server/http.ts'
import type { Actor, Register } from '../server/register.ts'
import { keepSession } from '../server/session-cookie.ts'
import { beginSession, endSession } from '../server/sessions.ts'
import {
  countWrongCode,
  emergencyHours,
  emergencyStanding,
  tryLimits,
  useEmergencyCode,
} from './break-glass.ts'
import type { EmergencyPage } from './break-glass-page.tsx'
import { emergencyAccount } from './rules.ts'

const door: Actor = { kind: 'system', id: 'break-glass' }

/** The staff who are told that the emergency way in was used. */
const told: Policy = ['desk', 'office', 'access', 'cashier', 'auditor', 'admin']

/** How the emergency way in was used lately. */
export const EmergencyUse = Type.Object({
  usedAt: Type.Array(Type.String()),
  left: Type.Integer({ description: 'Codes that can still be used' }),
  until: Type.Union([Type.String(), Type.Null()]),
  guessed: Type.Boolean(),
})
export type EmergencyUse = Type.Static<typeof EmergencyUse>

/** The emergency way in: one code, one hour, as an administrator and nothing else. */
export function breakGlassRoutes(
  server: Server,
  { database, register }: { database: Database; register: Register },
): void {
  const page = { config: { policy: 'public' }, schema: { hide: true } } as const
  const path = '/sign-in/break-glass'

  server.get(path, page, (_, reply) => reply.page<typeof EmergencyPage>('break-glass', { refused: null }))

  server.post(path, page, async (request, reply) => {
    const { code } = (request.body ?? {}) as { code?: unknown }
    const typed = typeof code === 'string' ? code.slice(0, 60) : ''
    const right = await register.aside(door, act => useEmergencyCode(act, typed))
    if (!right) {
      const { enough, slow } = await register.aside(door, act => countWrongCode(act, request.ip))
      if (slow) await wait(tryLimits.slowMs)
      reply.code(enough ? 429 : 403)
      return reply.page<typeof EmergencyPage>('break-glass', { refused: enough ? 'enough' : 'wrong' })
    }
    const token = await beginSession(database, { staffId: emergencyAccount, hours: emergencyHours })
    if (token === null) throw new Error('the emergency account is not there')
    if (request.sessionToken !== null) await endSession(database, request.sessionToken)
    keepSession(reply, token)
    return reply.redirect('/staff', 303)
  })

  server.get(
    '/api/v1/break-glass',
    {
      config: { policy: told },
      schema: {
        tags: ['identity'],
        summary: 'When emergency codes were used lately, and how many are left',
        response: { 200: EmergencyUse },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { usedAt, until, ...rest } = await emergencyStanding(act)
        return { ...rest, usedAt: usedAt.map(at => at.toString()), until: until?.toString() ?? null }
      }),
  )
}
