/// <reference types="@fastify/swagger" />
import helmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { staffRoles } from '../lib/roles.ts'
import { type Language, languageOf, languages } from '../lib/words.ts'
import type { Shell, Surroundings, Theme } from '../web/shell.ts'
import type { Bundles } from './bundles.ts'
import { compressedFor } from './compressed.ts'
import type { Policy, Server } from './http.ts'
import { peopleIn } from './people-in.ts'

/**
 * The props of a page component: `reply.page<typeof MyCard>('my-card', props)` checks them against the page itself. None is
 * named `key`: React keeps that from the page.
 */
type PropsOf<Page> = Page extends (props: infer Props) => unknown ? Props & { key?: never } : object

declare module 'fastify' {
  interface FastifyReply {
    /** Answers with a page registered in `src/app/main.tsx`, rendered on the server in the reader's language. */
    page<Page = unknown>(name: string, props: PropsOf<Page>): Promise<FastifyReply>
  }
}

const nobodyButUs = ["'self'"]

/**
 * Headers that tell a browser what our pages never do: no script or style from elsewhere, none inline, no frames.
 * Register it before anything that may refuse a request, so that refusals carry them too.
 */
export async function secureHeaders(server: Server): Promise<void> {
  if (server.hasReplyDecorator('helmet')) return
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': nobodyButUs,
        'style-src': nobodyButUs,
        'img-src': ["'self'", 'data:'],
        'connect-src': nobodyButUs,
        'manifest-src': nobodyButUs,
        'worker-src': nobodyButUs,
        'form-action': nobodyButUs,
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
      },
    },
    // A choice of language or theme comes back to the page it was made on.
    referrerPolicy: { policy: 'same-origin' },
    // Heard by no browser of today: an old Explorer's, and Flash's.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
  })
}

const tabletPolicy: Policy = ['desk', 'tablet']

/** The choice kept in a cookie, or nothing when it is none of those we know. */
function chosen<Choice extends string>(value: unknown, among: readonly Choice[]): Choice | undefined {
  return among.find(choice => choice === value)
}

const themes: readonly Theme[] = ['auto', 'light', 'dark']

/** An address on this server, whatever was asked for: never a way to another site. */
export function ownPath(asked: unknown): string {
  if (typeof asked !== 'string' || !URL.canParse(asked, 'http://own')) return '/'
  const { origin, pathname, search } = new URL(asked, 'http://own')
  return origin === 'http://own' && /^\/(?![/\\])/u.test(pathname) ? `${pathname}${search}` : '/'
}

/** Where a choice made on this page leads back to: the page itself, or the form's page when this answers a form. */
function returnPath(request: FastifyRequest): string {
  if (request.method === 'GET') return ownPath(request.url)
  const { referer, host } = request.headers
  if (!referer || !URL.canParse(referer) || new URL(referer).host !== host) return '/'
  const { pathname, search } = new URL(referer)
  return ownPath(`${pathname}${search}`)
}

/**
 * Gives the server its pages: `reply.page(name, props)`, the built files under `/assets/` (kept by browsers for a
 * year, since their names change with their content), the choice of language and theme, the staff's application
 * under `/staff`, and refusals as pages for those who came with a browser. Needs @fastify/cookie.
 */
export async function servePages(
  server: Server,
  options: {
    bundles: Bundles
    /** What the programme and the session say about a request: campus, zone, today, who reads. */
    surroundings: (request: FastifyRequest) => Surroundings | Promise<Surroundings>
    /** Who may open the staff's application; its calls are checked one by one again. */
    staffPolicy?: Policy
  },
): Promise<void> {
  const { bundles, surroundings, staffPolicy = staffRoles } = options
  await secureHeaders(server)

  async function shellOf(request: FastifyRequest, reply: FastifyReply): Promise<Shell> {
    return {
      ...(await surroundings(request)),
      language: languageOf(request.cookies.language ?? request.headers['accept-language']),
      theme: chosen(request.cookies.theme, themes) ?? 'auto',
      path: returnPath(request),
      assets: bundles.assets,
      formToken: request.formToken,
      nonce: reply.cspNonce?.style ?? null,
    }
  }

  /** The style that a page carries is named by its hash in the policy, and no other one is let in. */
  function named(reply: FastifyReply): FastifyReply {
    const policy = reply.getHeader('content-security-policy')
    if (typeof policy !== 'string' || policy.includes(bundles.assets.style.hash)) return reply
    const own = policy.replace('style-src', `style-src '${bundles.assets.style.hash}'`)
    return reply.header('content-security-policy', own)
  }

  /** Pages are of one person and one moment: nothing keeps them, unless the route has said otherwise. */
  function asPage(reply: FastifyReply): FastifyReply {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    return named(reply)
      .header('vary', 'accept, accept-encoding, accept-language, cookie')
      .type('text/html; charset=utf-8')
  }

  server.decorateReply('page', async function page(this: FastifyReply, name: string, props: object) {
    peopleIn(props, this.request.peopleShown)
    const html = bundles.render(name, props, await shellOf(this.request, this))
    return asPage(this).send(html)
  })

  server.addHook('onSend', async (request, reply, payload) => {
    const page = await asWished(request, reply, payload)
    const html = String(reply.getHeader('content-type') ?? '').startsWith('text/html')
    if (typeof page !== 'string' || !html || reply.hasHeader('content-encoding')) return page
    const packed = await compressedFor(request.headers['accept-encoding'], page)
    if (packed === null) return page
    reply.header('content-encoding', packed.encoding).header('content-length', packed.body.length)
    return packed.body
  })

  /** A refusal as a page, for who came with a browser; everything else as it is. */
  async function asWished(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
    const problem = String(reply.getHeader('content-type') ?? '').startsWith('application/problem+json')
    if (!problem || typeof payload !== 'string' || !request.headers.accept?.includes('text/html'))
      return payload
    try {
      return await problemPage(request, reply, payload)
    } catch (error) {
      // A page that cannot be made must not hide the refusal itself.
      request.log.error({ err: error })
      return payload
    }
  }

  async function problemPage(request: FastifyRequest, reply: FastifyReply, payload: string): Promise<string> {
    const shell = await shellOf(request, reply)
    if (reply.statusCode === 401 && request.method === 'GET' && shell.signInHref) {
      reply.code(303).header('location', shell.signInHref).type('text/html; charset=utf-8')
      return ''
    }
    if (reply.statusCode === 401 && request.method === 'GET') {
      asPage(reply)
      return bundles.render('sign-in-first', {}, shell)
    }
    const { message, request: id } = JSON.parse(payload) as { message: string; request?: string }
    const html =
      reply.statusCode === 404
        ? bundles.render('not-found', {}, shell)
        : bundles.render('refused', { message, request: id }, shell)
    asPage(reply)
    return html
  }

  await server.register(fastifyStatic, { root: bundles.assetsFolder, serve: false, preCompressed: true })
  server.get(
    '/assets/*',
    { config: { policy: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      const { '*': file } = request.params as { '*': string }
      return reply.sendFile(file, { maxAge: '365d', immutable: true, dotfiles: 'ignore' })
    },
  )

  server.get(
    '/service-worker.js',
    { config: { policy: 'public' }, schema: { hide: true } },
    async (_, reply) =>
      reply
        .sendFile(bundles.assets.serviceWorker.slice('/assets/'.length), { cacheControl: false })
        .header('cache-control', 'no-cache'),
  )

  server.get(
    '/preferences',
    { config: { policy: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      const query = request.query as Record<string, unknown>
      const language: Language | undefined = chosen(query.language, languages)
      const theme = chosen(query.theme, themes)
      const keep = { path: '/', sameSite: 'lax', httpOnly: true, maxAge: 365 * 24 * 3600 } as const
      if (language) reply.setCookie('language', language, keep)
      if (theme) reply.setCookie('theme', theme, keep)
      return reply.header('cache-control', 'no-store').redirect(ownPath(query.to), 303)
    },
  )

  // A desk's tablet reaches one screen of the application; of all others it is told that they do not exist.
  for (const url of ['/staff', '/staff/*', '/staff/tablet']) {
    const policy = url === '/staff/tablet' ? tabletPolicy : staffPolicy
    const config = { policy, narrows: true } as const
    server.get(url, { config, schema: { hide: true }, helmet: { enableCSPNonces: true } }, async (_, reply) =>
      reply.page('staff', {}),
    )
  }
}
