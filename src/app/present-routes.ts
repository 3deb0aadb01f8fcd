import type { FastifyReply, FastifyRequest } from 'fastify'
import { type TObject, type TProperties, Type } from 'typebox'
import { activateCard } from '../activation/activate.ts'
import { sayActivationAtDesk } from '../activation/desk-routes.ts'
import { findPresent } from '../handover/find-present.ts'
import { forPresent, notePresent, type PresentRefusal } from '../handover/present.ts'
import { checksOf, mayActFor } from '../handover/present-rules.ts'
import type { Decision } from '../lib/decision.ts'
import { sayLossAtDesk } from '../loss/desk-routes.ts'
import { foundAgain, withdrawLoss } from '../loss/found-again.ts'
import { missingFacts, ReportQuery, reportStep } from '../loss/missing-facts.ts'
import { type OwnCard, pauseAccess, resumeAccess } from '../loss/pause.ts'
import { reportLost } from '../loss/report-lost.ts'
import { type LossRooms, momentIn } from '../loss/routes.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import type { Say } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act } from '../server/register.ts'
import { possession } from './my-card-routes.ts'
import { personHere, presentPage } from './present.ts'
import type { FindPresentPage, PresentLossPage, PresentPage } from './present.tsx'
import { type FindPresentProps, type NotDone, type PresentPart, presentParts } from './present-shape.ts'

const config = { policy: ['desk', 'office'] } as const
const page = '/staff/present'
const Person = Type.Object({ person: RowId })
const Checked = Type.Optional(Type.String({ maxLength: 130 }))
const Query = Type.Object({ checked: Checked, part: Type.Optional(Type.Enum([...presentParts])) })
const CardId = Type.String({ pattern: '^[0-9]{1,15}$' })

/** What a form of the page is: where it belongs, and how its refusals are said. */
interface Form<Fields extends TProperties, Reason extends string> {
  part: PresentPart
  fields: Fields
  say: Say<Reason | PresentRefusal>
  /** The field that a refusal is told at. */
  fieldOf?: (refusal: Reason | PresentRefusal) => string | null
}

/** The page on which a clerk does for somebody present what they could do on a phone; it works without scripts. */
export function presentRoutes(server: Server, { register, replacementProduced }: LossRooms): void {
  async function showFind(
    request: FastifyRequest,
    reply: FastifyReply,
    props: Omit<FindPresentProps, 'checks'>,
  ) {
    const checks = await register.look(request.actor, async act => checksOf(await programmeInForce(act)))
    return reply.page<typeof FindPresentPage>('find-present', { checks, ...props })
  }

  server.get(page, { config, schema: { hide: true } }, (request, reply) =>
    showFind(request, reply, { typed: { who: '', checked: '' }, refused: null }),
  )

  server.post(
    `${page}/find`,
    {
      config,
      schema: { hide: true, body: Type.Object({ who: Type.String({ maxLength: 4096 }), checked: Checked }) },
    },
    async (request, reply) => {
      const { who, checked = '' } = request.body
      const found = await register.look(request.actor, async act => {
        const person = await findPresent(act, who)
        if (!person.ok) return person
        const may = mayActFor(await programmeInForce(act), checked)
        return may.ok ? person : may
      })
      if (!found.ok) return showFind(request, reply, { typed: { who, checked }, refused: found.refusal })
      return reply.redirect(`${page}/${found.personId}?${new URLSearchParams({ checked })}`, 303)
    },
  )

  /** The page of a person; that it was read is in the journal. */
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    of: { personId: number; checked: string; notDone: NotDone | null; open: PresentPart | null },
  ) {
    const { personId, checked, notDone, open } = of
    const { language } = request
    const props = await register.look(request.actor, async act => {
      const made = await presentPage(act, { personId, checked, language }, { replacementProduced })
      if (made !== null) await notePresent(act, personId)
      return made
    })
    if (props === null) throw problem(404, 'not-found', language)
    return reply.page<typeof PresentPage>('present', { ...props, notDone, open })
  }

  server.get(
    `${page}/:person`,
    { config, schema: { hide: true, params: Person, querystring: Query } },
    (request, reply) => {
      const { checked = '', part = null } = request.query
      return show(request, reply, { personId: request.params.person, checked, notDone: null, open: part })
    },
  )

  server.get(
    `${page}/:person/loss/report`,
    {
      config,
      schema: { hide: true, params: Person, querystring: Type.Object({ ...ReportQuery, checked: Checked }) },
    },
    async (request, reply) => {
      const { checked = '', ...query } = request.query
      const { person: personId } = request.params
      const { language } = request
      const [person, facts] = await register.look(request.actor, async act => {
        await notePresent(act, personId)
        return [
          await personHere(act, { personId, checked, language }),
          await missingFacts(act, personId, replacementProduced),
        ]
      })
      if (person === null || facts === null) throw problem(404, 'not-found', language)
      const asked = reportStep(facts, query)
      if (!asked.ok) {
        const notDone: NotDone = { part: 'missing', text: sayLossAtDesk(asked, language), field: null }
        return show(request, reply, { personId, checked, notDone, open: 'missing' })
      }
      if (asked.step === null) return reply.redirect(back(personId, checked, 'missing'), 303)
      return reply.page<typeof PresentLossPage>('present-loss', { person, step: asked.step })
    },
  )

  const back = (personId: number, checked: string, part: PresentPart) =>
    `${page}/${personId}?${new URLSearchParams({ checked, part })}#done`

  /** A form of the page: one act for the person, and back to the page, which says what was done or why not. */
  function form<Fields extends TProperties, Reason extends string>(
    path: string,
    { part, fields, say, fieldOf = () => null }: Form<Fields, Reason>,
    does: (
      act: Act,
      personId: number,
      body: Type.Static<TObject<Fields>>,
    ) => Promise<Decision<object, Reason>>,
  ): void {
    const schema = { hide: true, params: Person, body: Type.Object({ ...fields, checked: Checked }) }
    server.post(`${page}/:person${path}`, { config, schema }, async (request, reply) => {
      const { person: personId } = request.params
      const body = request.body as Type.Static<TObject<Fields>> & { checked?: string }
      const { checked = '' } = body
      const done = await register.act(request.actor, act =>
        forPresent(act, { personId, checked }, (forThem, id) => does(forThem, id, body)),
      )
      if (done.ok) return reply.redirect(back(personId, checked, part), 303)
      const notDone = { part, text: say(done, request.language), field: fieldOf(done.refusal) }
      return show(request, reply, { personId, checked, notDone, open: part })
    })
  }

  form(
    '/activation',
    {
      part: 'activation',
      fields: { possession: Type.String({ maxLength: 40 }) },
      say: sayActivationAtDesk,
      fieldOf: refusal =>
        refusal.startsWith('wrong-') || refusal === 'too-many-tries' ? 'possession' : null,
    },
    (act, personId, body) => activateCard(act, { personId, ...possession(body.possession) }),
  )

  const missing = { part: 'missing', say: sayLossAtDesk } as const
  const ofCard = { ...missing, fields: { cardId: CardId } }
  const own = (personId: number, { cardId }: { cardId: string }): OwnCard => ({
    personId,
    cardId: Number(cardId),
  })
  form('/pause', ofCard, (act, personId, body) => pauseAccess(act, own(personId, body)))
  form('/resume', ofCard, (act, personId, body) => resumeAccess(act, own(personId, body)))
  form('/loss/withdrawal', ofCard, (act, personId, body) =>
    withdrawLoss(act, { ...own(personId, body), replacementProduced }),
  )
  form('/found', ofCard, (act, personId, body) =>
    foundAgain(act, { ...own(personId, body), replacementProduced }),
  )
  form(
    '/loss',
    {
      ...missing,
      fields: { cardId: CardId, sendAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })) },
    },
    (act, personId, body) => reportLost(act, { ...own(personId, body), putOffTo: momentIn(body.sendAt) }),
  )
}
