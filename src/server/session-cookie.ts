import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'

/*
 * The cookie that holds a session's token. Where people open the pages over TLS it is the browser's own for this very host
 * (`__Host-`): no neighbour under the same domain can plant or read it, and it never travels in the clear.
 */

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether people open the pages over TLS. */
    overTls: boolean
  }
  interface FastifyRequest {
    /** The session's token that the request's cookie says, whoever it may be of; null without one. */
    sessionToken: string | null
  }
}

const nameOf = (overTls: boolean): string => (overTls ? '__Host-session' : 'session')

/** The token in a request's cookie. */
export const tokenIn = (request: FastifyRequest): string | null =>
  request.cookies[nameOf(request.server.overTls)] || null

/** Puts a session's token where scripts cannot read it and other sites cannot send it along with a form. */
export function keepSession(reply: FastifyReply, token: string): void {
  const { overTls } = reply.server
  reply.setCookie(nameOf(overTls), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: overTls || reply.request.protocol === 'https',
  })
}

/** Takes the session's cookie from the browser. */
export function forgetSession(reply: FastifyReply): void {
  reply.clearCookie(nameOf(reply.server.overTls), { path: '/', secure: reply.server.overTls })
}

/** How often it is looked whether a session still is, while an answer to it is being sent. */
const lookAgainMs = 2_000

/**
 * Breaks off an answer that is still being sent when its session ends: who was signed out, or works here no more, gets no
 * more of a list than they had.
 */
export function endWithSession(payload: unknown, isSignedIn: () => Promise<boolean>): void {
  if (!(payload instanceof Readable)) return
  async function look(): Promise<void> {
    // A database that does not answer at this moment ends nobody's session.
    const still = await isSignedIn().catch(() => true)
    if (!still) (payload as Readable).destroy(new Error('The session of this answer has ended.'))
  }
  const looking = setInterval(() => {
    void look()
  }, lookAgainMs)
  payload.once('close', () => clearInterval(looking))
}
