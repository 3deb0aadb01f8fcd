import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Scope } from '../lib/scopes.ts'
import { type Problem, problem } from './problem.ts'
import type { Actor } from './register.ts'

/*
 * Another program's call by an access token (RFC 6750): the university's app for a student, or a system by itself. It opens
 * the routes that name one of its scopes, and no other; no cookie counts beside it.
 */

declare module 'fastify' {
  interface FastifyContextConfig {
    /** With which scope of a token another program may call the route; without one, none may. */
    scope?: Scope
  }
}

/** A token that is not believed, or is for somebody who is nobody here. */
export class TokenRefused extends Error {}

/** The provider whose tokens these are does not answer. */
export class TokensUnknown extends Error {}

/** Tells in whose name an access token speaks; throws `TokenRefused` or `TokensUnknown`. */
export type BearerIs = (token: string) => Promise<Actor>

/** The longest token that is looked at. */
const longest = 8 * 1024

/** The access token of a request, or null; only in its header, never in an address or a form. */
export function bearerIn({ headers: { authorization } }: FastifyRequest): string | null {
  const [, token] = /^Bearer +([\w.~+/-]+=*) *$/iu.exec(authorization ?? '') ?? []
  return token ?? null
}

/** Who a token speaks for, or the problem to answer with: what is wrong with it, as RFC 6750 says, and as a sentence. */
export async function bearerOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, bearerIs }: { token: string; bearerIs: BearerIs | undefined },
): Promise<Actor | Problem> {
  const refused = (): Problem => {
    void reply.header('www-authenticate', 'Bearer error="invalid_token"')
    return problem(401, 'token-refused', request.language)
  }
  if (!bearerIs || token.length > longest) return refused()
  try {
    return await bearerIs(token)
  } catch (error) {
    if (error instanceof TokenRefused) return refused()
    if (error instanceof TokensUnknown) return problem(503, 'tokens-unknown', request.language)
    throw error
  }
}

/** Whether a token's scopes open a route; a student's own session needs none. */
export function checkScope(request: FastifyRequest, reply: FastifyReply): void {
  const { scopes } = request.actor
  const { scope } = request.routeOptions.config
  if (scopes === undefined) return
  if (scope === undefined) throw problem(404, 'not-found', request.language)
  if (scopes.includes(scope)) return
  void reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${scope}"`)
  throw problem(403, 'scope-missing', request.language)
}
