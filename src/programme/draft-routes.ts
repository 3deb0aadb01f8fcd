import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { DraftListed, DraftReply, draftListed, draftReply } from './draft-api.ts'
import { draftOf, openDrafts } from './draft-store.ts'
import { draftWords } from './draft-words.ts'
import { beginDraft, bringUp, keepDraft, proposeDraft, publishDraft, setDraftAside } from './drafts.ts'
import { asksSecondPerson } from './may-publish.ts'
import { longestProgrammeText } from './read.ts'
import { publishedInForce } from './store.ts'

const tags = ['programme']
const config = { policy: 'office' } as const
const say = sayFrom(draftWords)

/** JSON may write a character as six. */
const bodyLimit = longestProgrammeText * 6 + 4_096

const Id = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })
const Source = Type.String({ maxLength: longestProgrammeText })
const Revision = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** The office's routes of drafts: written, and proposed to another officer or published alone. */
export function draftRoutes(server: Server, { register }: { register: Register }): void {
  const path = '/api/v1/programme/drafts'
  const look = <T>(request: FastifyRequest, work: (act: Act) => Promise<T | null>) =>
    register.look(request.actor, async act => {
      const found = await work(act)
      if (found === null) throw problem(404, 'not-found', request.language)
      return found
    })

  server.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'The drafts that are open, and who proposed which',
        response: { 200: Type.Object({ drafts: Type.Array(DraftListed) }) },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        drafts: (await openDrafts(act)).map(row => draftListed(row, act.actor.id)),
      })),
  )

  server.post(
    path,
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'Begin a draft: with a version, or with a text (which may be empty)',
        body: Type.Union([
          closed({ name: Type.String({ minLength: 1, maxLength: 100 }), version: Version }),
          closed({
            name: Type.String({ minLength: 1, maxLength: 100 }),
            source: Source,
            comparedWith: Type.Optional(
              Type.Union([Version, Type.Null()], {
                description:
                  'The version that the text was written from, null if that is not known; without it, what is in force',
              }),
            ),
          }),
        ]),
        response: { 200: Type.Object({ draftId: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act => {
        const { name, ...from } = request.body
        return beginDraft(act, { name, from })
      }),
  )

  server.get(
    `${path}/:id`,
    {
      config,
      schema: { tags, summary: 'A draft with its text', params: Id, response: { 200: DraftReply } },
    },
    request =>
      look(request, async act => {
        const draft = await draftOf(act, request.params.id)
        const inForce = await publishedInForce(act)
        const alone = inForce === null || !asksSecondPerson(inForce.programme)
        const said = { who: act.actor.id, inForce: inForce?.version ?? null, alone }
        return draft && draftReply(draft, said)
      }),
  )

  server.post(
    `${path}/:id/text`,
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'Keep what a draft says now; of two who write at once the second is told',
        params: Id,
        body: closed({ revision: Revision, source: Source }),
        response: { 200: Type.Object({ revision: Revision }) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        keepDraft(act, { draftId: request.params.id, ...request.body }),
      ),
  )

  server.post(
    `${path}/:id/comparison`,
    {
      config,
      schema: {
        tags,
        summary: 'Say that a draft takes what was published meanwhile into account',
        params: Id,
        body: closed({ revision: Revision, version: Type.Union([Version, Type.Null()]) }),
        response: { 200: Type.Object({ revision: Revision }) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        bringUp(act, { draftId: request.params.id, ...request.body }),
      ),
  )

  server.post(
    `${path}/:id/end`,
    {
      config,
      schema: {
        tags,
        summary: 'Set a draft aside',
        params: Id,
        body: closed({ revision: Revision }),
        response: { 200: Type.Object({}) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        setDraftAside(act, { draftId: request.params.id, ...request.body }),
      ),
  )

  server.post(
    `${path}/:id/proposals`,
    {
      config,
      schema: {
        tags,
        summary: 'Propose a draft, as it is, to another officer',
        params: Id,
        body: closed({ revision: Revision, note: Type.String({ maxLength: 1_000 }) }),
        response: { 200: Type.Object({ proposalId: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        proposeDraft(act, { draftId: request.params.id, ...request.body }),
      ),
  )

  server.post(
    `${path}/:id/publication`,
    {
      config,
      schema: {
        tags,
        summary:
          'Publish a draft alone, as it was checked, where the programme in force lets one officer do so',
        params: Id,
        body: closed({ revision: Revision, seal: Type.String({ maxLength: 64 }) }),
        response: { 200: Type.Object({ version: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say, alone: true }, act =>
        publishDraft(act, { draftId: request.params.id, ...request.body }),
      ),
  )
}
