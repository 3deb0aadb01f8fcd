import { Type } from 'typebox'
import type { Policy, Server } from '../server/http.ts'
import { ControllerId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Count, Maybe, Moment } from './shapes.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** Events that one page shows. */
const eventsAPage = 200

const Event = Type.Object({
  epoch: Type.Integer({ description: 'How often the controller’s memory has begun anew, from 1' }),
  index: Type.Integer({ description: 'Its number there; of lost events the first one’s' }),
  storedAt: Moment,
  lost: Type.Union([Count, Type.Null()], {
    description:
      'So many events from here on were overwritten before they could be read; all else is null then',
  }),
  happenedAt: Type.Union([Type.String(), Type.Null()], {
    description: 'Local wall time by the controller’s own clock',
  }),
  type: Type.Union([Type.Integer(), Type.Null()], { description: '1 a card, 2 a door, 3 an alarm' }),
  reason: Type.Union([Type.Integer(), Type.Null()], {
    description:
      '1 let in, 6 no right to this door, 15 outside its dates, 18 unknown card, 28 power on, 29 reset',
  }),
  granted: Type.Union([Type.Boolean(), Type.Null()]),
  door: Type.Union([Type.Integer(), Type.Null()]),
  direction: Type.Union([Type.Integer(), Type.Null()], { description: '1 in, 2 out' }),
  number: Type.Union([Type.Integer(), Type.Null()], { description: 'The number that the reader sent' }),
})

/** A page of a controller's events, the newest first. */
export const ControllerEvents = Type.Object({
  controllerId: Type.Integer(),
  readAt: Maybe,
  events: Type.Array(Event),
  before: Type.Union([Type.String(), Type.Null()], {
    description: 'Ask with this for the page before; null where nothing is older',
  }),
})
export type ControllerEvents = Type.Static<typeof ControllerEvents>

const knownSql = `
  select e.asked_at as "askedAt" from controller c left join controller_events e on e.controller_id = c.id
  where c.id = $1`
const pageSql = `
  select epoch, event_index as index, stored_at as "storedAt", lost,
         to_char(happened_at, 'YYYY-MM-DD"T"HH24:MI:SS') as "happenedAt", type, reason, granted, door, direction, number
  from tap where controller_id = $1 and ($2::int is null or (epoch, event_index) < ($2::int, $3::bigint))
  order by epoch desc, event_index desc limit $4`

type Row = Omit<Type.Static<typeof Event>, 'storedAt'> & { storedAt: Temporal.Instant }

async function eventsOf(act: Act, controllerId: number, before: string | undefined) {
  const [known] = await act.statement<{ askedAt: Temporal.Instant | null }>('events_known', knownSql, [
    controllerId,
  ])
  if (!known) return null
  const [epoch = null, index = null] = before?.split('-').map(Number) ?? []
  const rows = await act.statement<Row>('events_page', pageSql, [controllerId, epoch, index, eventsAPage + 1])
  const shown = rows.slice(0, eventsAPage)
  // Numbers are people's, even without a name.
  await act.note({ act: 'door events read', facts: { controller: controllerId } })
  const oldest = rows.length > eventsAPage ? shown.at(-1) : undefined
  return {
    controllerId,
    readAt: known.askedAt?.toString() ?? null,
    events: shown.map(row => ({ ...row, storedAt: row.storedAt.toString() })),
    before: oldest ? `${oldest.epoch}-${oldest.index}` : null,
  }
}

/** What happened at the doors of a controller, as it tells it: numbers, no names. */
export function eventsRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/controllers/:serial/events',
    {
      config: { policy: readers },
      schema: {
        tags: ['update'],
        summary: 'What a controller tells of its doors, the newest first',
        description:
          `${eventsAPage} at a time. Whoever reaches the controllers’ network can forge an event: it is no proof that ` +
          'somebody was there. Each reading is written in the journal.',
        params: Type.Object({ serial: ControllerId }),
        querystring: Type.Object({ before: Type.Optional(Type.String({ pattern: '^\\d{1,9}-\\d{1,15}$' })) }),
        response: { 200: ControllerEvents },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const page = await eventsOf(act, request.params.serial, request.query.before)
        if (page === null) throw problem(404, 'not-found', request.language)
        return page
      }),
  )
}
