import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, {
  type FastifyBaseLogger,
  type FastifyContextConfig,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import { idleHeader } from '../lib/idle.ts'
import type { KindShown, Purpose } from '../lib/looks.ts'
import { faultOf } from '../lib/say-fault.ts'
import type { Scope } from '../lib/scopes.ts'
import { type Language, languageOf } from '../lib/words.ts'
import { type BearerIs, bearerIn, bearerOf, checkScope } from './bearer.ts'
import { askForToken, fromElsewhere, readTokenOfForm } from './form-token.ts'
import { keepToKnownDates } from './known-dates.ts'
import { makeLimits } from './limits.ts'
import { countLooks, type Look, undeclared } from './looks.ts'
import { fieldWithNul } from './nul.ts'
import { secureHeaders } from './pages.ts'
import type { NamedPeople } from './people-in.ts'
import { nulIn, OthersReading, Problem, problem } from './problem.ts'
import { type Actor, NotSetUp } from './register.ts'
import { endWithSession, tokenIn } from './session-cookie.ts'
import type { SharedCounts } from './shared-counts.ts'

/**
 * Who may call a route: a role, or some; every route declares one and a route without one stops the start. Who reaches only
 * some doors or buildings (a door owner, an access administrator of a building) is let in where the route says `narrows`.
 */
export type Policy = 'public' | 'signed-in' | 'demo' | Actor['kind'] | readonly Actor['kind'][]

/** A route as it was added: one of its methods, and who may call it. */
export interface DeclaredRoute {
  method: string
  url: string
  policy: Policy
  narrows: boolean
  /** With which scope another program may call it; null: none may. */
  scope: Scope | null
  /** The schema of its parameters, query and body, where it has one. */
  schema: Readonly<Record<string, unknown>>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: Policy
    /** That the route keeps to the doors and buildings that the actor reaches (src/access/reach.ts); for nobody else it does. */
    narrows?: true
    /** What the staff are shown people for here, and what of them; a route that shows people without saying so stops the start. */
    purpose?: Purpose
    shows?: KindShown | 'nobody'
    /** That a screen asks this again and again by itself: in a quarter of an hour it is one look. */
    asksAgain?: true
    /** A field of the body in which the room itself looks for a NUL: it says the line, where this server knows a field alone. */
    readsItself?: string
  }
  interface FastifyInstance {
    /** Every route that was added, with who may call it: what a sweep over all of them goes by. */
    declared: readonly DeclaredRoute[]
  }
  interface FastifyRequest {
    actor: Actor
    language: Language
    /** Whom this answer shows: read from an answer in JSON; a route that sends anything else adds them itself. */
    peopleShown: NamedPeople
  }
}

/** The server as the rooms' routes see it: Fastify whose schemas are TypeBox. */
export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

const nobody: Actor = { kind: 'public', id: 'anyone' }

function allowed({ policy, narrows }: FastifyContextConfig, actor: Actor): boolean {
  if (policy === 'public' || policy === 'demo') return true
  if (policy === 'signed-in') return actor.kind !== 'public'
  if (!narrows && (actor.buildings !== undefined || actor.doors !== undefined)) return false
  return typeof policy === 'string' ? actor.kind === policy : (policy?.includes(actor.kind) ?? false)
}

/** The language a request is answered in: what was chosen (cookie), else what the browser asks for. */
function languageFor(request: FastifyRequest): Language {
  return languageOf(request.cookies.language ?? request.headers['accept-language'])
}

/** PostgreSQL's words for a text with a NUL in it (22021, in JSON 22P05), as the name of a file may have. */
const unwritable: readonly unknown[] = ['22021', '22P05']

/** Where nobody keeps looks, nobody of the staff is shown people. */
const keptNowhere = (): Promise<never> => Promise.reject(new Error('Nobody keeps who looked.'))

/** By what a request is counted: the session, or the program and in whose name it asks; null: by its address. */
function countedAs(by: { token: string | null; known: Actor | null; inName: Actor | null }): string | null {
  if (by.inName) return `bearer ${by.inName.kind}:${by.inName.id}`
  return by.known === null ? null : by.token
}

/**
 * The HTTP server: TypeBox schemas, a policy at every route, one language and one actor a request, problems as
 * `application/problem+json`. `whoIs` tells the actor behind a session cookie.
 */
export async function makeServer(options: {
  /** Who a session's token is of; `active` says that the request is somebody's doing, and not a page's that asks by itself. */
  whoIs: (token: string, active: boolean) => Promise<Actor | null>
  /** In whose name an access token of the university's provider speaks; without it none is believed. */
  bearerIs?: BearerIs
  /** Keeps that somebody of the staff was shown people, before they are. */
  keepLook?: (actor: Actor, look: Look) => Promise<unknown>
  demo: boolean
  /** Routes of a library that are public, by the start of their path. */
  publicUnder?: string
  logLevel?: string
  /** Counts of requests that other processes share; without them this server counts for itself. */
  counts?: SharedCounts
  /** Whether people open the pages over TLS, here or at what stands before Gatehouse. */
  overTls?: boolean
  /** The addresses of what stands before it: forwarded addresses are believed from them alone. */
  proxies?: readonly string[]
}): Promise<Server> {
  const server = fastify({
    logger: { level: options.logLevel ?? 'warn', serializers: { err: faultOf } },
    genReqId: () => randomUUID(),
    bodyLimit: 256 * 1024,
    trustProxy: options.proxies?.length ? [...options.proxies] : false,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be read reaches no route and no hook; it is answered like everything else.
    frameworkErrors: (_, request, anyReply) => {
      const { status, body } = problem(400, 'malformed', languageOf(request.headers['accept-language']))
      const reply: FastifyReply = anyReply
      void reply.code(status).type('application/problem+json').send(body)
    },
  }).withTypeProvider<TypeBoxTypeProvider>()
  keepToKnownDates()
  server.setValidatorCompiler(TypeBoxValidatorCompiler)
  await secureHeaders(server)
  await server.register(cookie)
  const countRequest = await makeLimits(server, options)

  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body as string)))
  })

  const declared: DeclaredRoute[] = []
  server.decorate('declared', declared)
  server.addHook('onRoute', route => {
    if (route.method === 'HEAD' || route.method === 'OPTIONS') return
    // The documentation's own routes are a library's, which knows of no policies.
    if (options.publicUnder && route.url.startsWith(options.publicUnder))
      route.config = { ...route.config, policy: 'public' }
    if (route.config?.policy === undefined)
      throw new Error(`${String(route.method)} ${route.url} declares no policy`)
    const silent = undeclared(route)
    if (silent !== null) throw new Error(`${String(route.method)} ${route.url} ${silent}`)
    if (Array.isArray(route.config.policy) && route.config.policy.includes('owner') && !route.config.narrows)
      throw new Error(
        `${String(route.method)} ${route.url} lets door owners in and does not say that it narrows`,
      )
    if (route.config.policy === 'demo' && !options.demo)
      throw new Error(`${String(route.method)} ${route.url} is the demo's, and this is no demo`)
    const { url, config, schema } = route
    for (const method of [route.method].flat())
      declared.push({
        method,
        url,
        policy: config.policy!,
        narrows: config.narrows === true,
        scope: config.scope ?? null,
        schema: { ...schema },
      })
  })

  server.decorateRequest('actor', null as unknown as Actor)
  server.decorateRequest('language', 'zh-TW')
  server.decorate('overTls', options.overTls ?? false)
  server.decorateRequest('sessionToken', null)
  server.decorateRequest('formToken', null)
  server.decorateRequest('owesToken', false)
  countLooks(server, options.keepLook ?? keptNowhere)
  server.addHook('onRequest', async (request, reply) => {
    request.language = languageFor(request)
    request.actor = nobody
    const bearer = bearerIn(request)
    // Beside an access token no cookie counts: what one program asks for is not done in another one's name.
    const token = bearer === null ? tokenIn(request) : null
    request.sessionToken = token
    const isActive = request.headers[idleHeader] === undefined
    const known = token === null ? null : await options.whoIs(token, isActive)
    const { bearerIs } = options
    const borne = bearer === null ? null : await bearerOf(request, reply, { token: bearer, bearerIs })
    const inName = borne instanceof Problem ? null : borne
    // Counted before it is refused: guesses at addresses and sessions count like everything else.
    const comesAgain = await countRequest(request, countedAs({ token, known, inName }))
    if (comesAgain !== null) {
      reply.header('retry-after', comesAgain)
      throw problem(429, 'too-many', request.language)
    }
    if (borne instanceof Problem) throw borne
    const { config } = request.routeOptions
    if (config?.policy === undefined) return
    if (bearer === null && fromElsewhere(request)) throw problem(403, 'from-elsewhere', request.language)
    request.actor = inName ?? known ?? nobody
    if (!allowed(config, request.actor)) {
      if (request.actor.kind === 'public') throw problem(401, 'sign-in-first', request.language)
      throw problem(404, 'not-found', request.language)
    }
    checkScope(request, reply)
    askForToken(request, known === null ? null : token!)
  })

  server.addHook('onSend', async (request, reply, payload) => {
    const { sessionToken, actor } = request
    // What somebody is told who is known is theirs: no browser or proxy keeps it, unless the route has said otherwise.
    if (actor?.kind !== 'public' && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
    if (sessionToken !== null && actor.kind !== 'public')
      endWithSession(payload, async () => (await options.whoIs(sessionToken, false)) !== null)
    return payload
  })

  // No text that anybody sends reaches a statement with a NUL in it, whatever route it is sent to.
  server.addHook('preValidation', async request => {
    readTokenOfForm(request)
    const { readsItself } = request.routeOptions.config
    for (const sent of [request.params, request.query, request.body]) {
      const field = fieldWithNul(sent, readsItself)
      if (field !== null) throw nulIn(field, request.language)
    }
  })

  server.setNotFoundHandler(request => {
    throw problem(404, 'not-found', languageFor(request))
  })
  server.setErrorHandler(
    (error: Error & { statusCode?: number; code?: unknown; validation?: unknown }, request, reply) => {
      if (error instanceof Problem)
        return reply.code(error.status).type('application/problem+json').send(error.body)
      if (error instanceof NotSetUp) {
        const { status, body } = problem(409, 'no-programme', request.language ?? 'zh-TW')
        return reply.code(status).type('application/problem+json').send(body)
      }
      if (error instanceof OthersReading) {
        const { status, body } = problem(503, 'others-reading', request.language ?? 'zh-TW')
        return reply.code(status).type('application/problem+json').send(body)
      }
      if (error.validation) {
        const body = problem(400, 'malformed', request.language ?? 'zh-TW').body
        return reply
          .code(400)
          .type('application/problem+json')
          .send({ ...body, detail: error.message })
      }
      const status = unwritable.includes(error.code) ? 400 : (error.statusCode ?? 500)
      // With a sentence of its own: without one the log takes the error's message as it is.
      if (status >= 500) request.log.error({ err: error, id: request.id }, 'a request failed')
      const name =
        status === 413 ? 'too-large' : status === 429 ? 'too-many' : status < 500 ? 'malformed' : 'fault'
      const body = problem(status, name, request.language ?? 'zh-TW').body
      return reply
        .code(status)
        .type('application/problem+json')
        .send({ ...body, request: request.id })
    },
  )
  return server
}
