import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { ProposalReply, ProposalWaiting, proposalReply } from './draft-api.ts'
import { proposalOf, proposalsForAnother } from './draft-store.ts'
import { draftWords } from './draft-words.ts'
import { endProposal, publishProposal } from './drafts.ts'
import { lookAtProgramme } from './publish.ts'
import { readProgramme } from './read.ts'

const tags = ['programme']
const config = { policy: 'office' } as const
const say = sayFrom(draftWords)

const Id = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })
const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** The office's routes of proposals: what one officer proposed another publishes or declines, or it is taken back. */
export function proposalRoutes(server: Server, { register }: { register: Register }): void {
  const path = '/api/v1/programme/proposals'
  const one = `${path}/:id` as const
  server.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'The proposals of other officers that wait for the reader’s answer, the oldest first',
        response: { 200: Type.Object({ proposals: Type.Array(ProposalWaiting) }) },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        proposals: (await proposalsForAnother(act)).map(row => ({ ...row, at: row.at.toString() })),
      })),
  )

  server.get(
    one,
    {
      config,
      schema: {
        tags,
        summary: 'A proposal: its text, and what publishing it would change and bring now',
        params: Id,
        response: { 200: ProposalReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const proposal = await proposalOf(act, request.params.id)
        if (!proposal) throw problem(404, 'not-found', request.language)
        const { source } = proposal
        const looked = await lookAtProgramme(act, { source, reading: readProgramme(source) })
        return proposalReply(proposal, { looked, who: act.actor.id, language: request.language })
      }),
  )

  server.post(
    `${one}/publication`,
    {
      config,
      schema: {
        tags,
        summary: 'Publish what another officer proposed: from then on it is in force',
        params: Id,
        body: closed({}),
        response: { 200: Type.Object({ version: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say, alone: true }, act => publishProposal(act, request.params.id)),
  )

  server.post(
    `${one}/refusal`,
    {
      config,
      schema: {
        tags,
        summary: 'Decline what another officer proposed, with the reason',
        params: Id,
        body: closed({ reason: Type.String({ maxLength: 1_000 }) }),
        response: { 200: Type.Object({}) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        endProposal(act, { proposalId: request.params.id, answer: 'declined', ...request.body }),
      ),
  )

  server.post(
    `${one}/withdrawal`,
    {
      config,
      schema: {
        tags,
        summary: 'Take one’s own proposal back; its draft may be changed again',
        params: Id,
        body: closed({}),
        response: { 200: Type.Object({}) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        endProposal(act, { proposalId: request.params.id, answer: 'withdrawn' }),
      ),
  )
}
