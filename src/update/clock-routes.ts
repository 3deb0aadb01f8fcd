import { Type } from 'typebox'
import { programmeInForce } from '../programme/store.ts'
import type { Policy, Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { driftLimitSeconds } from './clocks.ts'
import { Count, Maybe } from './shapes.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** Days of readings that are shown, today included. */
const daysShown = 14

/** How a controller's own clock goes. */
export const ControllerClock = Type.Object({
  controllerId: Type.Integer(),
  setAt: Maybe,
  readAt: Maybe,
  driftSeconds: Type.Union([Type.Integer(), Type.Null()], {
    description: 'By how much it was fast when it was last read, before it was set; slow where negative',
  }),
  limitSeconds: Type.Integer({ description: 'More than this is worth looking at' }),
  days: Type.Array(
    Type.Object({
      on: Type.String({ format: 'date' }),
      readings: Count,
      worstSeconds: Type.Integer({ description: 'The furthest off of that day, with its sign' }),
      notSet: Type.Integer({ description: 'Readings after which it did not confirm its new time' }),
    }),
    { description: `The last ${daysShown} days on which it was read, the newest first` },
  ),
})
export type ControllerClock = Type.Static<typeof ControllerClock>

const nowSql = `
  select k.set_at as "setAt", k.read_at as "readAt", k.drift_seconds as "driftSeconds"
  from controller c left join controller_clock k on k.controller_id = c.id where c.id = $1`
const daysSql = `
  select (read_at at time zone $2)::date as on, count(*)::int as readings,
         (array_agg(drift_seconds order by abs(drift_seconds) desc, read_at desc))[1] as "worstSeconds",
         (count(*) filter (where not is_set))::int as "notSet"
  from clock_reading where controller_id = $1 and read_at >= $3
  group by 1 order by 1 desc`

interface Now {
  setAt: Temporal.Instant | null
  readAt: Temporal.Instant | null
  driftSeconds: number | null
}
interface Day {
  on: Temporal.PlainDate
  readings: number
  worstSeconds: number
  notSet: number
}

async function clockOf(act: Act, controllerId: number): Promise<ControllerClock | null> {
  const [now] = await act.statement<Now>('clock_now', nowSql, [controllerId])
  if (now === undefined) return null
  const { campus } = await programmeInForce(act)
  const from = act.now
    .toZonedDateTimeISO(campus.zone)
    .startOfDay()
    .subtract({ days: daysShown - 1 })
  const days = await act.statement<Day>('clock_days', daysSql, [controllerId, campus.zone, from.toInstant()])
  return {
    controllerId,
    setAt: now.setAt?.toString() ?? null,
    readAt: now.readAt?.toString() ?? null,
    driftSeconds: now.driftSeconds,
    limitSeconds: driftLimitSeconds,
    days: days.map(day => ({ ...day, on: day.on.toString() })),
  }
}

/** How the controllers' own clocks go, which decide on which day a card ends. */
export function clockRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/controllers/:serial/clock',
    {
      config: { policy: readers },
      schema: {
        tags: ['update'],
        summary: 'When a controller’s clock was set, and how far it was off on the last days',
        params: Type.Object({ serial: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }) }),
        response: { 200: ControllerClock },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const clock = await clockOf(act, request.params.serial)
        if (clock === null) throw problem(404, 'not-found', request.language)
        return clock
      }),
  )
}
