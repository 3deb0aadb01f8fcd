import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../server/database.ts'
import type { Server } from '../server/http.ts'
import { ownPath } from '../server/pages.ts'
import type { Actor, Register } from '../server/register.ts'
import { endVouched, type VouchedBy } from '../server/sessions.ts'
import type { MessagePage, MessagePageProps } from '../web/message-page.tsx'
import { arrive } from './arrive.ts'
import { attemptMinutes, beginAttempt, takeAttempt } from './attempts.ts'
import { NotBelieved, type Provider, ProviderDown } from './provider.ts'
import { signInWords } from './words.ts'

/** Part of Gatehouse that lets people in by the provider's word. */
const door: Actor = { kind: 'system', id: 'sign-in' }

/** The cookie by which the browser is known again that began to sign in. */
const arriving = 'arriving'

/** Whom the provider has vouched for, as whom they may act, and where they wanted to go. */
export interface VouchedArrival {
  somebody: { staffId: string; personId: number | null } | { personId: number }
  vouched: VouchedBy
  returnTo: string
}

interface Entrance {
  database: Database
  register: Register
  provider: Provider
  log: (line: string) => void
}

const say = (
  reply: FastifyReply,
  status: number,
  props: Omit<MessagePageProps, 'tone'> & { tone?: MessagePageProps['tone'] },
): Promise<FastifyReply> => reply.code(status).page<typeof MessagePage>('message', { tone: 'no', ...props })

/**
 * Signing in at the university's provider: people are sent there and known again when they come back, once, in the browser
 * in which they began.
 */
export function providerSignIn({ database, register, provider, log }: Entrance) {
  function fault(request: FastifyRequest, reply: FastifyReply, error: unknown): Promise<FastifyReply> {
    const w = signInWords[request.language]
    const next = { href: '/sign-in', text: w.again }
    if (error instanceof ProviderDown) {
      log(`sign-in: the provider does not answer (${error.message})`)
      return say(reply.header('retry-after', 120), 503, { title: w.down, message: w.downNext, next })
    }
    if (!(error instanceof NotBelieved)) throw error
    log(`sign-in: what came from the provider is not believed (${error.why})`)
    const declined = error.why.endsWith('access_denied')
    const message = declined ? w.declined : w.notBelieved
    return say(reply, declined ? 403 : 400, { title: w.notSignedIn, message, next })
  }

  return {
    arrival: { method: 'GET', url: '/sign-in/back' } as const,

    async begin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const asked = ownPath((request.query as Record<string, unknown>).return_to)
      const { attempt, browser } = await beginAttempt(
        database,
        asked.length > 500 ? '/' : asked,
        request.cookies[arriving],
      )
      try {
        const url = await provider.authorizationUrl(attempt)
        return reply
          .setCookie(arriving, browser, {
            path: '/sign-in',
            httpOnly: true,
            sameSite: 'lax',
            secure: request.protocol === 'https',
            maxAge: attemptMinutes * 60,
          })
          .header('cache-control', 'no-store')
          .redirect(url, 303)
      } catch (error) {
        return fault(request, reply, error)
      }
    },

    /** Who came back; null where nobody is let in, and then the reply says why. */
    async arrived(request: FastifyRequest, reply: FastifyReply): Promise<VouchedArrival | null> {
      const w = signInWords[request.language]
      const { state } = request.query as Record<string, unknown>
      const browser = request.cookies[arriving]
      const begun =
        typeof state === 'string' && browser !== undefined
          ? await takeAttempt(database, { state, browser })
          : null
      if (begun === null) {
        const next = { href: '/sign-in', text: w.again }
        await say(reply, 400, { title: w.notSignedIn, message: w.lost, next })
        return null
      }
      try {
        const query = request.url.slice(request.url.indexOf('?'))
        const vouched = await provider.vouchedFor(query, begun.attempt)
        const arrival = await register.aside(door, act => arrive(act, vouched))
        if (!arrival.ok) {
          const elsewhere = await provider.endSessionUrl()
          const next = elsewhere ? { href: elsewhere, text: w.leaveProvider } : { href: '/', text: w.home }
          await say(reply, 403, { title: w.notSignedIn, message: w.arrival[arrival.refusal], next })
          return null
        }
        const { account, personId } = arrival
        const somebody = account === null ? { personId: personId! } : { staffId: account, personId }
        const { subject, session } = vouched
        return { somebody, vouched: { subject, session }, returnTo: begun.returnTo }
      } catch (error) {
        await fault(request, reply, error)
        return null
      }
    },

    /** Where somebody who signs out here is signed out at the provider, too; null where that cannot be said. */
    leave: () => provider.endSessionUrl(),
  }
}

/**
 * The provider tells us by itself that it has ended somebody's sessions (OpenID Connect Back-Channel Logout 1.0): theirs here
 * end at once. The token proves who says so; without a cookie there is nothing that another site could misuse.
 */
export function backChannelRoutes(server: Server, { register, provider, log }: Entrance): void {
  server.post(
    '/sign-in/ended',
    { config: { policy: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { logout_token: token } = (request.body ?? {}) as { logout_token?: unknown }
      try {
        if (typeof token !== 'string' || token.length > 20_000) throw new NotBelieved('no token')
        const said = await provider.endedBy(token)
        const ended = await register.aside(door, async act => {
          const sessions = await endVouched(act, said)
          if (sessions > 0) await act.note({ act: 'ended by the provider', facts: { sessions } })
          return sessions
        })
        return await reply.send({ ended })
      } catch (error) {
        if (!(error instanceof NotBelieved || error instanceof ProviderDown)) throw error
        log(`sign-in: a logout was not carried out (${error instanceof NotBelieved ? error.why : 'no keys'})`)
        return reply.code(400).send({ error: 'invalid_request' })
      }
    },
  )
}
