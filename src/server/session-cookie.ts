import type { FastifyReply, FastifyRequest } from 'fastify'

/** Hands a session's token to the browser: out of reach of scripts, and of forms of other sites. */
export const keepSession = (request: FastifyRequest, reply: FastifyReply, token: string): FastifyReply =>
  reply.setCookie('session', token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
  })
