import type { InjectOptions } from 'fastify'
import { tokenHeader } from '../src/lib/form-token.ts'
import { formTokenOf } from '../src/server/form-token.ts'
import type { Server } from '../src/server/http.ts'

/** The session's token in what a request's headers or cookies say. */
function sessionIn({ headers, cookies }: InjectOptions): string | undefined {
  const { cookie } = (headers ?? {}) as { cookie?: unknown }
  const named = (cookies ?? {}) as Record<string, unknown>
  if (typeof named.session === 'string') return named.session
  return /(?:^|;\s*)session=([^;]+)/u.exec(typeof cookie === 'string' ? cookie : '')?.[1]
}

/** What a page of the site sends with its own requests beside a session's cookie: where it stands, and the session's token. */
export function ownPage(cookie: string): Record<string, string> {
  const session = sessionIn({ headers: { cookie } })
  return { cookie, 'sec-fetch-site': 'same-origin', ...(session && { [tokenHeader]: formTokenOf(session) }) }
}

/** What a page of the site adds to its own requests, unless a test says otherwise: where it stands, and its session's token. */
function fromOwnPage(asked: InjectOptions): InjectOptions {
  const session = sessionIn(asked)
  const headers = (asked.headers ?? {}) as Record<string, string>
  const says = 'origin' in headers || 'sec-fetch-site' in headers
  if (session === undefined) return asked
  if (says)
    return {
      ...asked,
      headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    }
  const { cookie: _, ...added } = ownPage(`session=${session}`)
  return { ...asked, headers: { ...added, ...headers } }
}

/**
 * Makes what tests send to a server by `inject` come from its own pages, as a browser's requests do; only what says itself
 * where it comes from, or with `origin: undefined` that it says nothing, is sent as it stands.
 */
export function asBrowser<Kind extends Server>(server: Kind): Kind {
  const inject = server.inject.bind(server)
  const fromPage = (asked?: InjectOptions | string) =>
    asked === undefined || typeof asked === 'string' ? inject(asked!) : inject(fromOwnPage(asked))
  server.inject = fromPage as Server['inject']
  return server
}
