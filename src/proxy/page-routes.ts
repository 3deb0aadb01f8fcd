import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Keys } from '../lib/keys.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { nameProxy, withdrawProxy } from './name-proxy.ts'
import type { ProxyPage, RefusedNaming } from './proxy-page.tsx'
import { fieldOf, longestAddress, longestName } from './rules.ts'
import { proxyStanding } from './standing.ts'
import { words } from './words.ts'

/** Whom a holder names, as a form sends it. */
export const typedNaming = {
  name: Type.String({ maxLength: longestName * 4 }),
  // Not asked for where no mail goes out.
  email: Type.Optional(Type.String({ maxLength: longestAddress + 20 })),
  language: Type.Enum(['zh-TW', 'en']),
}
const Form = Type.Object(typedNaming)

/** The page of somebody else collecting, with forms that work without scripts. */
export function proxyPages(
  server: Server,
  { register, proofKeys, mails }: { register: Register; proofKeys: Keys; mails: boolean },
): void {
  const config = { policy: 'student' } as const
  const path = '/my-card/proxy'

  const show = async (request: FastifyRequest, reply: FastifyReply, refused: RefusedNaming | null) => {
    const asked = { personId: request.actor.personId!, language: request.language, mails }
    const standing = await register.look(request.actor, act => proxyStanding(act, asked, proofKeys))
    if (standing === null) throw problem(404, 'not-found', request.language)
    return reply.page<typeof ProxyPage>('proxy', { standing, refused })
  }

  server.get(path, { config, schema: { hide: true } }, (request, reply) => show(request, reply, null))

  // What was wrong is told by the answer itself: an address is no place for a name.
  server.post(path, { config, schema: { hide: true, body: Form } }, async (request, reply) => {
    const typed = { ...request.body, email: request.body.email ?? '' }
    const personId = request.actor.personId!
    const done = await register.aside(request.actor, act => nameProxy(act, { personId, ...typed }, proofKeys))
    if (done.ok) return reply.redirect(path, 303)
    const message = words[request.language].refusal[done.refusal](done.facts)
    const field = done.refusal === 'unknown-person' ? null : (fieldOf[done.refusal] ?? null)
    return show(request, reply, { message, field, typed })
  })

  server.post(`${path}/withdraw`, { config, schema: { hide: true } }, async (request, reply) => {
    await register.aside(request.actor, act => withdrawProxy(act, request.actor.personId!))
    return reply.redirect(path, 303)
  })
}
