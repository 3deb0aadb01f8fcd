import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SharedCounts } from './shared-counts.ts'

/** How many requests a minute one session may send: a desk at its fastest sends a tenth of it, a page of photos at once sixty. */
export const mostBySession = 1_200

/**
 * How many requests a minute an address may send for those who are not signed in there: a campus behind one address, on
 * the morning on which the notice is read.
 */
export const mostByAddress = 6_000

/** Counts a request: null when it may go on, else in how many seconds its sender may come again. */
export type CountRequest = (request: FastifyRequest, session: string | null) => Promise<number | null>

/** Where the library counts: with all processes, each route that has a limit of its own apart. */
class Store implements FastifyRateLimitStore {
  readonly #counts: SharedCounts
  readonly #of: string
  constructor(counts: SharedCounts, of: string) {
    this.#counts = counts
    this.#of = of
  }
  incr(
    sender: string,
    callback: Parameters<FastifyRateLimitStore['incr']>[1],
    _timeWindow?: number,
    most = mostBySession,
  ): void {
    callback(null, this.#counts.count(`${this.#of} ${sender}`, most))
  }
  /** The library hands over the route, or one without an address where a limit is of no route; its types do not say so. */
  child(options: Parameters<FastifyRateLimitStore['child']>[0]): Store {
    const { method, url } = (options as { routeInfo?: { method?: string; url?: string } }).routeInfo ?? {}
    return new Store(this.#counts, url === undefined ? '' : `${method} ${url}`)
  }
}

/** The library makes its store itself. */
const storeOf = (counts: SharedCounts) =>
  class extends Store {
    constructor() {
      super(counts, '')
    }
  }

/** A server that counts for itself forgets the longest silent one beyond so many senders within a minute. */
const mostAlone = 100_000

/**
 * Who is signed in is counted by their session, which the caller has verified; everybody else by their address, whatever
 * cookie they send. Routes with a count of their own (machines call them) are left to it. The demo counts nothing. Without
 * `counts`, which other processes share, this server counts for itself.
 */
export async function makeLimits(
  server: FastifyInstance,
  { demo, counts }: { demo: boolean; counts?: SharedCounts | undefined },
): Promise<CountRequest> {
  await server.register(rateLimit, {
    global: false,
    timeWindow: '1 minute',
    allowList: () => demo,
    cache: mostAlone,
    ...(counts && { store: storeOf(counts) }),
  })
  const sessions = new WeakMap<FastifyRequest, string>()
  const bySession = server.createRateLimit({
    max: mostBySession,
    keyGenerator: request => `session ${sessions.get(request)!}`,
  })
  const byAddress = server.createRateLimit({ max: mostByAddress })
  return async (request, session) => {
    if (request.routeOptions.config?.rateLimit) return null
    if (session !== null) sessions.set(request, session)
    const counted = await (session === null ? byAddress : bySession)(request)
    return counted.isAllowed || !counted.isExceeded ? null : counted.ttlInSeconds
  }
}
