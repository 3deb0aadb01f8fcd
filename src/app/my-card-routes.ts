import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { activateCard, type Typed } from '../activation/activate.ts'
import { type ActivationRefusal, activationRefusals } from '../activation/rules.ts'
import { shutFor } from '../activation/store.ts'
import { words as activationWords } from '../activation/words.ts'
import { listExtras } from '../extras/list-extras.ts'
import { makeProof, phoneKey } from '../handover/proof.ts'
import { answeringRefusals } from '../handover/signing-rules.ts'
import { mySigning } from '../handover/signing-view.ts'
import { answeringWords } from '../handover/signing-words.ts'
import type { Keys } from '../lib/keys.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { myCard } from './my-card.ts'
import type { MyCardPage, MyCardProps } from './my-card.tsx'
import { cardCalendar, datesOf } from './my-card-calendar.ts'
import { type MyCard, MyCardShape } from './my-card-shape.ts'

/** Digits as people type them: full-width ones count, spaces do not. */
const typedDigits = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '')

/** One field takes either: what is longer than four digits is the code on the letter. */
export function possession(text: string): Typed {
  const typed = typedDigits(text)
  return /^\d{0,4}$/.test(typed) ? { lastDigits: typed } : { carrierCode: typed }
}

/** The person's own card; a session whose person is gone is like no page at all. */
async function ownCard(act: Act, request: FastifyRequest): Promise<MyCard> {
  const card = await myCard(act, request.actor.personId!, request.language)
  if (card === null) throw problem(404, 'not-found', request.language)
  return card
}

/** Why an activation was refused, said anew from the rows as they are. */
async function activationRefused(
  act: Act,
  { actor, language }: FastifyRequest,
  refusal: ActivationRefusal,
): Promise<string | null> {
  const say = activationWords[language].refusal[refusal]
  if (refusal !== 'too-many-tries') return say({})
  const until = await shutFor(act, actor.personId!, await programmeInForce(act))
  return until === null ? null : say({ until })
}

/** A fresh live proof with its end on the campus's clocks to the second, and what the phone makes the next ones of. */
async function freshProof(
  act: Act,
  personId: number,
  keys: Keys,
): Promise<NonNullable<MyCardProps['proof']>> {
  const { appProof, campus } = await programmeInForce(act)
  const seconds = appProof.lifetimeSeconds
  const until = act.now.add({ seconds }).toZonedDateTimeISO(campus.zone).toPlainTime()
  return {
    proof: makeProof(keys, { personId, now: act.now, lifetimeSeconds: seconds }),
    until: until.toString({ smallestUnit: 'second' }),
    madeAt: act.now.toString(),
    phone: phoneKey(keys, { personId, now: act.now, ...appProof }),
  }
}

const Refused = Type.Object({
  refused: Type.Optional(Type.String({ maxLength: 40 })),
  sign: Type.Optional(Type.String({ maxLength: 40 })),
})

/** The routes of "my card": the page that works without scripts, its form, and the same for programs. */
export function myCardRoutes(
  server: Server,
  { register, proofKeys }: { register: Register; proofKeys: Keys },
): void {
  const config = { policy: 'student' } as const

  server.get('/my-card', { config, schema: { hide: true, querystring: Refused } }, async (request, reply) => {
    const personId = request.actor.personId!
    const { language } = request
    const props = await register.look(request.actor, async (act): Promise<MyCardProps> => {
      const card = await ownCard(act, request)
      const refusal = activationRefusals.find(each => each === request.query.refused)
      const unsigned = answeringRefusals.find(each => each === request.query.sign)
      return {
        card,
        extras: await listExtras(act, personId, language),
        proof: card.collect?.mayCollect ? await freshProof(act, personId, proofKeys) : null,
        signing: (await mySigning(act, personId)).asked,
        signError: unsigned ? answeringWords(unsigned, language) : null,
        hasDates: datesOf(card, language).length > 0,
        digitsError: refusal ? await activationRefused(act, request, refusal) : null,
      }
    })
    return reply.page<typeof MyCardPage>('my-card', props)
  })

  server.get('/my-card/calendar.ics', { config, schema: { hide: true } }, async (request, reply) => {
    const file = await register.look(request.actor, async act =>
      cardCalendar(await ownCard(act, request), request.language),
    )
    if (file === null) throw problem(404, 'not-found', request.language)
    return reply
      .type('text/calendar; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="my-card.ics"')
      .send(file)
  })

  server.post(
    '/my-card/activation',
    {
      config,
      schema: { hide: true, body: Type.Object({ possession: Type.String({ maxLength: 40 }) }) },
    },
    async (request, reply) => {
      const typed = possession(request.body.possession)
      const personId = request.actor.personId!
      const done = await register.act(request.actor, act => activateCard(act, { personId, ...typed }))
      // What a field did not cause, the page says by itself: its sentence is made from the same rows.
      return reply.redirect(done.ok ? '/my-card' : `/my-card?refused=${done.refusal}#possession`, 303)
    },
  )

  server.get(
    '/api/v1/me/card',
    {
      config: { ...config, scope: 'card:read' },
      schema: {
        tags: ['me'],
        summary: 'My card: what is true now, the next thing to do, and what the doors have confirmed',
        response: { 200: MyCardShape },
      },
    },
    request => register.look(request.actor, act => ownCard(act, request)),
  )
}
