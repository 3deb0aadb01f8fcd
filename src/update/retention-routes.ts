import { Type } from 'typebox'
import { programmeInForce } from '../programme/store.ts'
import type { Policy, Server } from '../server/http.ts'
import type { Act, Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { keptMonths } from './retention-rules.ts'
import { Count, Maybe } from './shapes.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** How long the doors' past is kept, and what was forgotten last. */
export const Retention = Type.Object({
  eventMonths: Count,
  historyMonths: Count,
  eventsFrom: Type.Union([Moment, Type.Null()], {
    description: 'Events stored before are forgotten; null while none were',
  }),
  historyFrom: Type.Union([Moment, Type.Null()], {
    description: 'What was before cannot be asked about any more; null while nothing was forgotten',
  }),
  last: Type.Union(
    [
      Type.Object({
        on: Type.String({ format: 'date' }),
        endedAt: Maybe,
        months: Type.Array(Type.String(), { description: 'Months of events dropped whole, 2023-10' }),
        wanted: Type.Integer({ description: 'Rows of what was wanted before something newer' }),
        sent: Type.Integer({ description: 'Answers of controllers before a newer one' }),
        others: Count,
      }),
      Type.Null(),
    ],
    { description: 'The newest night; null before the first' },
  ),
})
export type Retention = Type.Static<typeof Retention>

const fromSql = `
  select (select max(history_before) from retention_run
          where history_before > journal_began()) as "historyFrom",
         (select max(to_date(substr(month, 5), 'YYYY_MM') + interval '1 month') at time zone 'UTC'
          from retention_run r cross join unnest(r.months) month) as "eventsFrom"`

/** From when on the doors' past can still be asked about; null while nothing of it was forgotten: a young installation has nothing so old. */
export async function keptFrom(
  act: Act,
): Promise<{ historyFrom: Temporal.Instant | null; eventsFrom: Temporal.Instant | null }> {
  type Row = { historyFrom: Temporal.Instant | null; eventsFrom: Temporal.Instant | null }
  const [row] = await act.statement<Row>('kept_from', fromSql, [])
  return row!
}

async function retention(act: Act): Promise<Retention> {
  const { historyFrom, eventsFrom } = await keptFrom(act)
  const last = await act.db
    .selectFrom('retention_run')
    .select(['on_date', 'ended_at', 'months', 'wanted', 'sent', 'others'])
    .orderBy('on_date', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    ...keptMonths(await programmeInForce(act)),
    historyFrom: historyFrom?.toString() ?? null,
    eventsFrom: eventsFrom?.toString() ?? null,
    last: last
      ? {
          on: last.on_date.toString(),
          endedAt: last.ended_at?.toString() ?? null,
          months: last.months.map(name => name.slice('tap_'.length).replace('_', '-')),
          wanted: last.wanted,
          sent: last.sent,
          others: last.others,
        }
      : null,
  }
}

/** What of the doors' past is kept, and what was forgotten. */
export function retentionRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/retention',
    {
      config: { policy: readers },
      schema: {
        tags: ['update'],
        summary: 'For how long events and history of the doors are kept, and what was forgotten last night',
        response: { 200: Retention },
      },
    },
    request => register.look(request.actor, retention),
  )
}
