import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Policy, Server } from '../server/http.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { listControllers } from './controller-store.ts'
import { addController, changeController } from './controllers.ts'
import { doorsDocument } from './doors.ts'
import { listGroups, memberCount } from './group-store.ts'
import { putGroup, removeGroup } from './groups.ts'
import type { Network } from './networks.ts'
import { DoorsList, Follows, followsReply, GroupsList } from './replies.ts'
import { sayController, sayGroup, sayRemoval } from './say.ts'
import { ControllerFields, DoorFields, DoorId, DoorsShape, GroupFields } from './shape.ts'

const tags = ['access']
/** Who reads what doors there are and what opens them. */
export const readers: Policy = ['access', 'office', 'auditor']
const closed = { additionalProperties: false }

const Serial = Type.Object({ serial: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }) })
const { serial: _serial, doors: _doors, ...otherFields } = ControllerFields
const NewController = Type.Object(
  { ...ControllerFields, doors: Type.Array(Type.Object(DoorFields, closed), { maxItems: 16 }) },
  closed,
)
const Change = Type.Partial(Type.Object({ ...otherFields, doors: NewController.properties.doors }), {
  ...closed,
  minProperties: 1,
})
const GroupId = Type.Object({ id: DoorId })
const GroupBody = Type.Object(
  {
    ...GroupFields,
    newHall: Type.Optional(Type.Boolean({ description: 'The hall is one that nobody lives in yet' })),
  },
  closed,
)
const Seal = Type.String({ minLength: 1, maxLength: 64, description: 'Of the preview that was looked at' })
const SealedBody = Type.Object({ ...GroupBody.properties, seal: Seal }, closed)
const Put = Type.Object({ created: Type.Boolean(), follows: Follows })
const PutPreview = Type.Object({ ...Put.properties, seal: Seal })
const Removed = Type.Object({ follows: Follows })
const RemovalPreview = Type.Object({ ...Removed.properties, seal: Seal })

/** The routes of controllers, doors and access groups. */
export function accessRoutes(
  server: Server,
  { register, doorNetworks }: { register: Register; doorNetworks: readonly Network[] },
): void {
  server.get(
    '/api/v1/doors',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'The controllers with their doors, and what opens each door',
        response: { 200: DoorsList },
      },
    },
    request => register.look(request.actor, async act => ({ controllers: await listControllers(act) })),
  )

  server.get(
    '/api/v1/doors/document',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary:
          'Controllers, doors and access groups as one document: the file that a campus is set up from',
        response: { 200: DoorsShape },
      },
    },
    request => register.look(request.actor, doorsDocument),
  )

  server.post(
    '/api/v1/controllers',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Record a controller with its doors',
        description:
          'One of the make `uhppote` (unless another `driver` is said) has `host` and `port`; one of the make `file`, another ' +
          'access system that is handed files, has `settings` in their place. Nothing opens its doors yet. Where its readers send a number format that was not in use, every live card ' +
          'gets its number in that format in the same act (`cards` says how many); it is refused where such readers ' +
          'could not tell the cards apart.',
        body: NewController,
        response: { 200: Type.Object({ cards: Type.Integer({ minimum: 0 }) }) },
      },
    },
    request =>
      perform({ register, request, say: sayController }, act =>
        addController(act, request.body, doorNetworks),
      ),
  )

  server.patch(
    '/api/v1/controllers/:serial',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Change a controller: address, capacity, names of building and doors, one more door',
        description:
          'What is not said stays. Doors are named by their ids; those not named stay. The number format of its ' +
          'readers cannot be changed.',
        params: Serial,
        body: Change,
        response: { 200: Type.Object({ changed: Type.Array(Type.String()) }) },
      },
    },
    request =>
      perform({ register, request, say: sayController }, async act => {
        const done = await changeController(act, request.params.serial, request.body, doorNetworks)
        if (done === null) throw problem(404, 'not-found', request.language)
        return done
      }),
  )

  server.get(
    '/api/v1/access-groups',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'The access groups with their doors, and how many enrolled people each opens them to',
        response: { 200: GroupsList },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const groups = await listGroups(act)
        const people = await Promise.all(groups.map(group => memberCount(act, programme, group)))
        return { groups: groups.map((group, at) => ({ ...group, people: people[at]! })) }
      }),
  )

  groupActs(server, register)
}

function groupActs(server: Server, register: Register): void {
  server.put(
    '/api/v1/access-groups/:id',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Record an access group, or give one other names and doors',
        description:
          'Everybody whose doors change follows in the same act, with the next window. Whom a group opens to stays. Only ' +
          'as it was previewed (`seal`): where somebody else changed the group meanwhile, nothing is done.',
        params: GroupId,
        body: SealedBody,
        response: { 200: Put },
      },
    },
    request =>
      perform({ register, request, say: sayGroup }, async act => {
        const { seal: seenAs, ...wish } = request.body
        const done = await putGroup(act, { ...wish, id: request.params.id }, { seenAs })
        return done.ok ? yes({ created: done.created, follows: followsReply(done.follows) }) : done
      }),
  )

  server.post(
    '/api/v1/access-groups/:id/preview',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'What recording or changing a group would do, without doing it',
        params: GroupId,
        body: GroupBody,
        response: { 200: PutPreview },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const done = await putGroup(act, { ...request.body, id: request.params.id }, 'preview')
        if (!done.ok) throw refusalProblem(sayGroup, request.language, done)
        return { created: done.created, follows: followsReply(done.follows), seal: done.seal }
      }),
  )

  const removed = async (
    act: Act,
    request: FastifyRequest<{ Params: { id: string } }>,
    doing: 'preview' | { seenAs: string },
  ) => {
    const done = await removeGroup(act, request.params.id, doing)
    if (done === null) throw problem(404, 'not-found', request.language)
    return done.ok ? yes({ follows: followsReply(done.follows), seal: done.seal }) : done
  }

  server.delete(
    '/api/v1/access-groups/:id',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Remove an access group',
        description:
          'Its members keep what other groups and grants open to them. Only as it was previewed (`seal`).',
        params: GroupId,
        querystring: Type.Object({ seal: Seal }, closed),
        response: { 200: Removed },
      },
    },
    request =>
      perform({ register, request, say: sayRemoval }, act =>
        removed(act, request, { seenAs: request.query.seal }),
      ),
  )

  server.post(
    '/api/v1/access-groups/:id/removal/preview',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'What removing a group would do, without doing it',
        params: GroupId,
        response: { 200: RemovalPreview },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const done = await removed(act, request, 'preview')
        if (!done.ok) throw refusalProblem(sayRemoval, request.language, done)
        return { follows: done.follows, seal: done.seal }
      }),
  )
}
