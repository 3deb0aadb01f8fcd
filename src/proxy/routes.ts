import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { writeProxyCode } from '../card/proxy-code.ts'
import { type Decision, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import { languageOf } from '../lib/words.ts'
import { personTyped } from '../roster/store.ts'
import { longestStudentNumber } from '../roster/student-number.ts'
import type { Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { codeShown, type Named, nameProxy, withdrawProxy } from './name-proxy.ts'
import { longestAddress, longestName, type NamingRefusal } from './rules.ts'
import { ProxyShape, proxyStanding } from './standing.ts'
import { words } from './words.ts'

const say = sayFrom({ 'zh-TW': words['zh-TW'].refusal, en: words.en.refusal })

/** Whom the holder names, as programs send it; the limits of length are the rule's, with room for blanks. */
const typedProxy = {
  name: Type.String({ maxLength: longestName * 4, description: 'As on the proxy’s identity document' }),
  email: Type.Optional(
    Type.String({
      maxLength: longestAddress + 20,
      description: 'Where the code is mailed, if this installation has a mail server; left out: nowhere',
    }),
  ),
  language: Type.Optional(
    Type.Enum(['zh-TW', 'en'], {
      description: 'In which the proxy is written to; the holder’s where left out',
    }),
  ),
}
const MyProxy = Type.Object(typedProxy, { additionalProperties: false })
type MyProxy = Type.Static<typeof MyProxy>

const StudentNumber = Type.String({ minLength: 1, maxLength: longestStudentNumber * 2 })

const NamedReply = Type.Object({
  again: Type.Boolean({ description: 'This person had been named already' }),
  name: Type.String(),
  goodUntil: Moment,
  code: orNull(
    Type.String({ description: 'The one-time code, to be handed on; null once it is no longer shown' }),
  ),
})
type NamedReply = Type.Static<typeof NamedReply>
const Again = Type.Object({ again: Type.Boolean({ description: 'Nobody was named any more' }) })

type Refusal = NamingRefusal | 'unknown-person'

const said = ({ goodUntil, ...named }: Named) => ({ ...named, goodUntil: goodUntil.toString() })

/** The routes of somebody else collecting: the holder's own, and the same at a desk for who stands there. */
export function proxyRoutes(
  server: Server,
  { register, proofKeys, mails }: { register: Register; proofKeys: Keys; mails: boolean },
): void {
  /** The code goes beside the answer that is kept for a repeated request, never into it. */
  async function named(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      proxy,
      whose,
    }: { proxy: MyProxy; whose: (act: Act) => Promise<Decision<{ personId: number }, Refusal>> },
  ): Promise<NamedReply> {
    void reply.header('cache-control', 'no-store')
    const { name, email = '', language = languageOf(request.language) } = proxy
    const answer = await perform(
      { register, request, say, changesAccess: false },
      async (act): Promise<Decision<ReturnType<typeof said>, Refusal>> => {
        const holder = await whose(act)
        if (!holder.ok) return holder
        // What a clerk is answered tells whom somebody named: reading it is written down.
        if (act.actor.kind !== 'student')
          await act.note({ act: 'person looked up', personId: holder.personId, facts: { by: 'proxy' } })
        const done = await nameProxy(act, { personId: holder.personId, name, email, language }, proofKeys)
        return done.ok ? yes(said(done)) : done
      },
    )
    const code = await register.look(request.actor, async act => {
      const holder = await whose(act)
      const naming = holder.ok ? { personId: holder.personId, authorization: answer.authorization } : null
      return naming && codeShown(act, naming, proofKeys)
    })
    const { again, name: shown, goodUntil } = answer
    return { again, name: shown, goodUntil, code: code && writeProxyCode(code) }
  }

  const me = (request: FastifyRequest) => async () => yes({ personId: request.actor.personId! })
  const them = (studentNumber: string) => async (act: Act) => {
    const found = await personTyped(act, studentNumber)
    return found.ok ? yes({ personId: found.person.id }) : found
  }

  server.get(
    '/api/v1/me/proxy',
    {
      config: { policy: 'student', scope: 'card:read' },
      schema: {
        tags: ['me'],
        summary: 'Whether somebody else may collect my card, and whom I named',
        response: { 200: ProxyShape },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const { language } = request
      const personId = request.actor.personId!
      const standing = await register.look(request.actor, act =>
        proxyStanding(act, { personId, language, mails }, proofKeys),
      )
      if (standing === null) throw problem(404, 'not-found', language)
      return standing
    },
  )

  server.post(
    '/api/v1/me/proxy',
    {
      config: { policy: 'student', scope: 'card:manage' },
      schema: {
        tags: ['me'],
        summary: 'Name the person who collects my card for me',
        description:
          'They get a code that is good once and for some days; I am told of it. The same person named again is the ' +
          'same naming and the same code; somebody else is refused until the first is withdrawn.',
        body: MyProxy,
        response: { 200: NamedReply },
      },
    },
    (request, reply) => named(request, reply, { proxy: request.body, whose: me(request) }),
  )

  server.post(
    '/api/v1/me/proxy/withdrawal',
    {
      config: { policy: 'student', scope: 'card:manage' },
      schema: {
        tags: ['me'],
        summary: 'Withdraw it: the code is worth nothing from now on',
        response: { 200: Again },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        withdrawProxy(act, request.actor.personId!),
      ),
  )

  server.post(
    '/api/v1/desk/proxies',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' },
      schema: {
        tags: ['desk'],
        summary: 'Name who collects, for a holder who is present',
        description:
          'For who has no phone with them. The journal says who did it for whom; the holder is told as of any naming.',
        body: Type.Object({ studentNumber: StudentNumber, ...typedProxy }, { additionalProperties: false }),
        response: { 200: NamedReply },
      },
    },
    (request, reply) =>
      named(request, reply, { proxy: request.body, whose: them(request.body.studentNumber) }),
  )

  server.post(
    '/api/v1/desk/proxies/withdrawal',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' },
      schema: {
        tags: ['desk'],
        summary: 'Withdraw a naming, for a holder who is present',
        body: Type.Object({ studentNumber: StudentNumber }, { additionalProperties: false }),
        response: { 200: Again },
      },
    },
    request =>
      perform(
        { register, request, say, changesAccess: false },
        async (act): Promise<Decision<{ again: boolean }, Refusal>> => {
          const holder = await them(request.body.studentNumber)(act)
          return holder.ok ? withdrawProxy(act, holder.personId) : holder
        },
      ),
  )
}
