import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** How many requests a minute one session may send: a desk at its fastest sends a tenth of it, a page of photos at once sixty. */
export const mostBySession = 1_200

/**
 * How many requests a minute an address may send for those who are not signed in there: a campus behind one address, on
 * the morning on which the notice is read.
 */
export const mostByAddress = 6_000

/** Beyond so many sessions or addresses within a minute the longest silent one is counted anew. */
const mostCounted = 100_000

/** Counts a request: null when it may go on, else in how many seconds its sender may come again. */
export type CountRequest = (request: FastifyRequest, session: string | null) => Promise<number | null>

/**
 * Who is signed in is counted by their session, which the caller has verified; everybody else by their address, whatever
 * cookie they send. Routes with a count of their own (machines call them) are left to it. The demo counts nothing.
 */
export async function makeLimits(
  server: FastifyInstance,
  { demo }: { demo: boolean },
): Promise<CountRequest> {
  await server.register(rateLimit, {
    global: false,
    timeWindow: '1 minute',
    cache: mostCounted,
    allowList: () => demo,
  })
  const sessions = new WeakMap<FastifyRequest, string>()
  const bySession = server.createRateLimit({
    max: mostBySession,
    keyGenerator: request => sessions.get(request)!,
  })
  const byAddress = server.createRateLimit({ max: mostByAddress })
  return async (request, session) => {
    if (request.routeOptions.config?.rateLimit) return null
    if (session !== null) sessions.set(request, session)
    const counted = await (session === null ? byAddress : bySession)(request)
    return counted.isAllowed || !counted.isExceeded ? null : counted.ttlInSeconds
  }
}
