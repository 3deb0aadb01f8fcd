import type { FastifyReply, FastifyRequest } from 'fastify'
import { type TObject, type TProperties, Type } from 'typebox'
import { findPresent } from '../handover/find-present.ts'
import { forPresent, notePresent } from '../handover/present.ts'
import { checksOf, mayActFor } from '../handover/present-rules.ts'
import { sayLossAtDesk } from '../loss/desk-routes.ts'
import { missingFacts, ReportQuery, reportStep } from '../loss/missing-facts.ts'
import { programmeInForce } from '../programme/store.ts'
import { personTyped } from '../roster/store.ts'
import { longestStudentNumber } from '../roster/student-number.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { refusalProblem } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import { myCard } from './my-card.ts'
import { MyCardShape } from './my-card-shape.ts'
import { type PresentRooms, personHere, presentPage } from './present.ts'
import type { FindPresentPage, PresentLossPage, PresentPage } from './present.tsx'
import { type AddForm, type PresentAct, type PresentForm, presentForms } from './present-forms.ts'
import { type FindPresentProps, type NotDone, type PresentPart, presentParts } from './present-shape.ts'

const config = { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' } as const
const page = '/staff/present'
const Person = Type.Object({ person: RowId })
const Checked = Type.Optional(Type.String({ maxLength: 130 }))
const Query = Type.Object({ checked: Checked, part: Type.Optional(Type.Enum([...presentParts])) })

/** The page on which a clerk does for somebody present what they could do on a phone; it works without scripts. */
export function presentRoutes(server: Server, rooms: PresentRooms): void {
  const { register, replacementProduced } = rooms
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

  server.get(`${page}/find`, { config, schema: { hide: true } }, (_, reply) => reply.redirect(page, 303))

  /** The page of a person; that it was read is in the journal. */
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    of: { personId: number; checked: string; notDone: NotDone | null; open: PresentPart | null },
  ) {
    const { personId, checked, notDone, open } = of
    const { language } = request
    const props = await register.look(request.actor, async act => {
      const made = await presentPage(act, { personId, checked, language }, rooms)
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
        const here = await personHere(act, { personId, checked, language })
        if (here !== null) await notePresent(act, personId)
        return [here, await missingFacts(act, personId, replacementProduced)]
      })
      if (person === null || facts === null) throw problem(404, 'not-found', language)
      const asked = reportStep(facts, query)
      if (!asked.ok) {
        const notDone: NotDone = {
          part: 'missing',
          text: sayLossAtDesk(asked, language),
          field: null,
          typed: {},
        }
        return show(request, reply, { personId, checked, notDone, open: 'missing' })
      }
      if (asked.step === null) return reply.redirect(back(personId, checked, 'missing'), 303)
      return reply.page<typeof PresentLossPage>('present-loss', { person, step: asked.step })
    },
  )

  server.post(
    '/api/v1/desk/people/card',
    {
      config,
      schema: {
        tags: ['desk'],
        summary: 'What My card says to somebody who is present; the read is journalled',
        body: Type.Object(
          { studentNumber: Type.String({ minLength: 1, maxLength: longestStudentNumber * 2 }) },
          { additionalProperties: false },
        ),
        response: { 200: MyCardShape },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const named = await personTyped(act, request.body.studentNumber)
        if (!named.ok) throw refusalProblem(sayLossAtDesk, request.language, named)
        await notePresent(act, named.person.id)
        return (await myCard(act, named.person.id, request.language))!
      }),
  )

  const back = (personId: number, checked: string, part: PresentPart) =>
    `${page}/${personId}?${new URLSearchParams({ checked, part })}#done`

  /** A form of the page: one act for the person, and back to the page, which says what was done or why not. */
  const form: AddForm = <Fields extends TProperties, Reason extends string>(
    path: string,
    { part, fields, say, fieldOf = () => null, changesAccess = true }: PresentForm<Fields, Reason>,
    does: PresentAct<Fields, Reason>,
  ): void => {
    // A refused form answers where it was sent; whoever comes there again, for another language say, comes to the page.
    server.get<{ Params: Type.Static<typeof Person> }>(
      `${page}/:person${path}`,
      { config, schema: { hide: true, params: Person } },
      (request, reply) => reply.redirect(`${page}/${request.params.person}`, 303),
    )
    const schema = { hide: true, params: Person, body: Type.Object({ ...fields, checked: Checked }) }
    server.post(`${page}/:person${path}`, { config, schema }, async (request, reply) => {
      const { person: personId } = request.params
      const body = request.body as Type.Static<TObject<Fields>> & { checked?: string }
      const { checked = '' } = body
      const done = await register[changesAccess ? 'act' : 'aside'](request.actor, act =>
        forPresent(act, { personId, checked }, (forThem, id) => does(forThem, id, body)),
      )
      if (done.ok) return reply.redirect(back(personId, checked, part), 303)
      const text = say(done, request.language)
      const notDone = {
        part,
        text,
        field: fieldOf(done),
        typed: { ...(request.body as Record<string, string>) },
      }
      return show(request, reply, { personId, checked, notDone, open: part })
    })
  }

  presentForms(form, rooms)
}
