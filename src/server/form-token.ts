import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { tokenField, tokenHeader } from '../lib/form-token.ts'
import { type Problem, problem } from './problem.ts'

/*
 * What a browser sends by itself, its cookie, does nothing by itself: whoever changes something also says the token that
 * stands on the pages of that very session (docs/decisions/0066-forms-say-their-token.md).
 */

declare module 'fastify' {
  interface FastifyRequest {
    /** What forms of this session's pages say; null where nobody is signed in by a cookie. */
    formToken: string | null
    /** Whether a change by cookie has not said its token yet: it may still come with the body. */
    owesToken: boolean
  }
}

/** The token that forms of a session's pages say: follows from the session's own, which it does not tell. */
export const formTokenOf = (session: string): string =>
  createHmac('sha256', session).update('gatehouse form').digest('base64url').slice(0, 22)

/** Whether a request may change something by its method. */
export const isUnsafe = ({ method }: FastifyRequest): boolean => method !== 'GET' && method !== 'HEAD'

/** What no page leads to from elsewhere: an answer for programs, and a file. */
const forOwnPages = /^\/api\/|\.\w+$/u

/**
 * Whether a page of another site asks for more than to open a page of ours: with a neighbour under the same domain the cookie
 * comes along, and with a link from anywhere. Nobody there reads the answer, but it would count, and stand in the journal.
 */
const readsFromElsewhere = ({ headers, sessionToken, routeOptions }: FastifyRequest): boolean =>
  sessionToken !== null &&
  routeOptions.config.policy !== 'public' &&
  (headers['sec-fetch-mode'] !== 'navigate' || forOwnPages.test(routeOptions.url ?? ''))

/**
 * Whether a change is asked for by a page of another site, or by nobody who says where it stands while a session's cookie
 * came along: every browser that sends the cookie says it by one of two headers. From elsewhere pages are opened, and nothing
 * else is read in anybody's name.
 */
export function fromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  const isElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (!isUnsafe(request)) return isElsewhere && readsFromElsewhere(request)
  if (isElsewhere) return true
  const { origin } = request.headers
  if (origin !== undefined) return !URL.canParse(origin) || new URL(origin).host !== request.host
  return site === undefined && request.sessionToken !== null
}

/** A page that is older than the session, or of another one: nothing was done, and loading it again helps. */
const ofAnotherPage = (request: FastifyRequest): Problem => problem(403, 'other-page', request.language)

/** Whether what was said is the session's token. Both have the same length, or it is none. */
function isToken(said: unknown, expected: string): boolean {
  if (typeof said !== 'string') return false
  const [a, b] = [Buffer.from(said), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const typeOf = (request: FastifyRequest): string => request.headers['content-type'] ?? ''
const isFormWithFile = (request: FastifyRequest): boolean => /^multipart\/form-data\b/iu.test(typeOf(request))
const isForm = (request: FastifyRequest): boolean =>
  isFormWithFile(request) || /^application\/x-www-form-urlencoded\b/iu.test(typeOf(request))

/**
 * Notes whose token a request owes, before its body is read. One that said it in a header is settled; one that said a
 * wrong one there, or whose body is none that can say it, is refused.
 */
export function askForToken(request: FastifyRequest, session: string | null): void {
  if (session === null) return
  request.formToken = formTokenOf(session)
  if (!isUnsafe(request)) return
  const said = request.headers[tokenHeader]
  if (isToken(said, request.formToken)) return
  if (said !== undefined || !isForm(request)) throw ofAnotherPage(request)
  request.owesToken = true
}

/** Settles what a request owes by what its form said, or refuses it. */
export function settleToken(request: FastifyRequest, said: unknown): void {
  if (!request.owesToken) return
  if (request.formToken === null || !isToken(said, request.formToken)) throw ofAnotherPage(request)
  request.owesToken = false
}

/**
 * Looks for the token in a form's fields once they are read, and takes it out: the rooms' schemas know nothing of it. A
 * form with a file is read later, and settled there (upload.ts).
 */
export function readTokenOfForm(request: FastifyRequest): void {
  if (!isForm(request) || isFormWithFile(request)) return
  const { [tokenField]: said, ...fields } = (request.body ?? {}) as Record<string, unknown>
  settleToken(request, said)
  request.body = fields
}
