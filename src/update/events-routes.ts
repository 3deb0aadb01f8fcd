import { Type } from 'typebox'
import { reachesController } from '../access/reach.ts'
import { masked } from '../card/numbers.ts'
import { both } from '../lib/both.ts'
import type { Policy, Server } from '../server/http.ts'
import { ControllerId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { doorNames } from './door-names.ts'
import {
  type AskedEvents,
  type EventRow,
  eventsPage,
  type Holder,
  holdersThen,
  monthsKept,
} from './events-page.ts'
import { Building, Count, Maybe } from './shapes.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** Events that one page shows. */
const eventsAPage = 100

const orNull = <T extends Type.TSchema>(shape: T, options = {}) => Type.Union([shape, Type.Null()], options)

const Event = Type.Object({
  epoch: Type.Integer({ description: 'How often the controller’s memory has begun anew, from 1' }),
  index: Type.Integer({ description: 'Its number there; of lost events the first one’s' }),
  storedAt: Moment,
  lost: orNull(Count, {
    description:
      'So many events from here on were overwritten before they could be read; all else is null then',
  }),
  happenedAt: orNull(Type.String(), { description: 'Local wall time by the controller’s own clock' }),
  type: orNull(Type.Integer(), { description: '1 a card, 2 a door, 3 an alarm' }),
  reason: orNull(Type.Integer(), {
    description:
      '1 let in, 6 no right to this door, 15 outside its dates, 18 unknown card, 28 power on, 29 reset',
  }),
  granted: orNull(Type.Boolean()),
  door: orNull(Type.Integer(), { description: '1 to 4; 0 where it was at none' }),
  doorName: orNull(Building),
  direction: orNull(Type.Integer(), { description: '1 in, 2 out' }),
  number: orNull(Type.Integer(), { description: 'The number that the reader sent' }),
  person: orNull(Type.Object({ studentNumber: Type.String(), name: Building }), {
    description: 'Who had been given the card that had this number then',
  }),
  card: orNull(Type.Object({ edition: Type.String(), chip: Type.String() }), {
    description: 'Null: no card of the register had it. The chip’s last two bytes; the others are masked',
  }),
})

/** Of which month events are asked for; all where nothing is said. */
export const EventsMonth = Type.Optional(
  Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$', description: 'Stored in that month (UTC)' }),
)

/** A page of a controller's events, the newest first. */
export const ControllerEvents = Type.Object({
  controllerId: Type.Integer(),
  readAt: Maybe,
  months: Type.Array(Type.String(), { description: 'Months of which events are kept, 2023-10' }),
  events: Type.Array(Event),
  before: orNull(Type.String(), {
    description: 'Ask with this for the page before; null where nothing is older',
  }),
})
export type ControllerEvents = Type.Static<typeof ControllerEvents>

const knownSql = `
  select e.asked_at as "askedAt" from controller c left join controller_events e on e.controller_id = c.id
  where c.id = $1`

const personOf = (holder: Holder | undefined) =>
  holder?.studentNumber
    ? { studentNumber: holder.studentNumber, name: both(holder.nameZh!, holder.nameEn!) }
    : null

/** Numbers are people's, even without a name: the reading is written down, and so is each who is shown. */
async function noteRead(act: Act, controllerId: number, holders: Iterable<Holder>): Promise<void> {
  const entry = { act: 'door events read', facts: { controller: controllerId } }
  const people = new Set([...holders].flatMap(({ personId }) => personId ?? []))
  await act.note(entry, ...[...people].map(personId => ({ ...entry, personId })))
}

async function eventsOf(act: Act, controllerId: number, asked: AskedEvents) {
  if (!(await reachesController(act, controllerId))) return null
  const [known] = await act.statement<{ askedAt: Temporal.Instant | null }>('events_known', knownSql, [
    controllerId,
  ])
  const rows = await eventsPage(act, controllerId, asked, eventsAPage + 1)
  const shown = rows.slice(0, eventsAPage)
  const holders = await holdersThen(act, controllerId, shown)
  await noteRead(act, controllerId, holders.values())
  const names = await doorNames(act, controllerId)
  const reply = (row: EventRow) => {
    const holder = holders.get(row)
    return {
      ...row,
      storedAt: row.storedAt.toString(),
      doorName: names.get(row.door ?? 0) ?? null,
      person: personOf(holder),
      card: holder ? { edition: holder.edition, chip: masked(holder.chip) } : null,
    }
  }
  const oldest = rows.length > eventsAPage ? shown.at(-1) : undefined
  return {
    controllerId,
    readAt: known?.askedAt?.toString() ?? null,
    months: await monthsKept(act),
    events: shown.map(reply),
    before: oldest ? `${oldest.epoch}-${oldest.index}` : null,
  }
}

const placeOf = (before: string | undefined): AskedEvents['before'] => {
  if (before === undefined) return null
  const [epoch = 0, index = 0] = before.split('-').map(Number)
  return { epoch, index }
}

/** What happened at the doors of a controller, as it tells it, with whose cards they were. */
export function eventsRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/controllers/:serial/events',
    {
      config: { policy: readers, purpose: 'doors', shows: 'events', narrows: true },
      schema: {
        tags: ['update'],
        summary: 'What a controller tells of its doors, the newest first',
        description:
          `${eventsAPage} at a time. Whoever reaches the controllers’ network can forge an event: it is no proof that ` +
          'somebody was there. Each reading is written in the journal, and who is shown.',
        params: Type.Object({ serial: ControllerId }),
        querystring: Type.Object({
          before: Type.Optional(Type.String({ pattern: '^\\d{1,9}-\\d{1,15}$' })),
          month: EventsMonth,
        }),
        response: { 200: ControllerEvents },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { before, month } = request.query
        const page = await eventsOf(act, request.params.serial, {
          before: placeOf(before),
          month: month === undefined ? null : Temporal.PlainYearMonth.from(month),
        })
        if (page === null) throw problem(404, 'not-found', request.language)
        return page
      }),
  )
}
