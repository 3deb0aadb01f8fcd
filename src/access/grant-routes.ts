import { Type } from 'typebox'
import { yes } from '../lib/decision.ts'
import type { Policy, Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { ownNames } from '../server/staff-names.ts'
import { endGrant, grantDoor } from './grant-door.ts'
import { grantsOf } from './grant-store.ts'
import { reachesDoor } from './reach.ts'
import { carriedReply, EndedReply, GrantedReply, GrantsList, grantReply, maskedOrNull } from './replies.ts'
import { sayGrant } from './say.ts'
import { BothNames, DoorId } from './shape.ts'

const tags = ['access']
const readers: Policy = ['access', 'owner', 'office', 'auditor']
const keepers: Policy = ['access', 'owner']

/** Grants that one page of a door's list shows. */
const grantsAPage = 100

const Door = Type.Object({ id: DoorId })

/** The routes of individual grants: who may open one door by their own card, beside what groups open. */
export function grantRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/doors/:id/grants',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'The cards to which a door is granted one by one',
        description: `Oldest first, ${grantsAPage} at a time; \`after\` is the last id seen. The read is journalled.`,
        params: Door,
        querystring: Type.Object({
          after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
          ended: Type.Optional(Type.Boolean({ description: 'Also those that ended' })),
        }),
        response: { 200: GrantsList },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { id } = request.params
        if (!(await reachesDoor(act, id))) throw problem(404, 'not-found', request.language)
        const { after = 0, ended = false } = request.query
        const found = await grantsOf(act, id, { after, ended, limit: grantsAPage + 1 })
        const grants = found.slice(0, grantsAPage)
        await act.note(
          ...grants.map(({ personId }) => ({ act: 'door grant read', personId, facts: { door: id } })),
        )
        return { grants: grants.map(grantReply), more: found.length > grantsAPage }
      }),
  )

  server.post(
    '/api/v1/doors/:id/grants',
    {
      config: { policy: keepers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'Grant a door to the card that a student uses now, in the name of the door’s owner',
        description:
          'In whose name (`owner`) is the grantor’s own unless said. It hangs on the card: it does not follow to the next one, and ends with the card’s campus ' +
          'access. The door opens with the next window.',
        params: Door,
        body: Type.Object(
          {
            studentNumber: Type.String({ minLength: 1, maxLength: 40 }),
            owner: Type.Optional(BothNames),
          },
          { additionalProperties: false },
        ),
        response: { 200: GrantedReply },
      },
    },
    request =>
      perform({ register, request, say: sayGrant }, async act => {
        const { studentNumber, owner = await ownNames(act) } = request.body
        const done = await grantDoor(act, { doorId: request.params.id, studentNumber, owner })
        if (done === null) throw problem(404, 'not-found', request.language)
        if (!done.ok) return done
        const { grantId, printedNumber, until, window } = done
        return yes({
          grantId,
          printedNumber: maskedOrNull(printedNumber),
          until: until?.toString() ?? null,
          window: carriedReply(window),
        })
      }),
  )

  server.delete(
    '/api/v1/doors/:id/grants/:grant',
    {
      config: { policy: keepers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'End a grant',
        description: 'The door refuses the card from the next window on. Ending it again is harmless.',
        params: Type.Object({ id: DoorId, grant: RowId }),
        response: { 200: EndedReply },
      },
    },
    request =>
      perform({ register, request, say: sayGrant }, async act => {
        const { id: doorId, grant: grantId } = request.params
        const done = await endGrant(act, { grantId, doorId })
        if (done === null) throw problem(404, 'not-found', request.language)
        const { again, endedAt, window } = done
        return yes({ again, endedAt: endedAt.toString(), window: carriedReply(window) })
      }),
  )
}
