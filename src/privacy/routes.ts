import { Type } from 'typebox'
import { programmeInForce } from '../programme/store.ts'
import type { Policy, Server } from '../server/http.ts'
import type { Act, Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { handedFilesPlan, plans } from './plans.ts'
import { lengthOf, unitOf } from './rules.ts'

const readers: Policy = ['office', 'auditor', 'admin']

/** For how long what is kept of people is kept, and what the newest night forgot. */
export const KeptOfPeople = Type.Object({
  kept: Type.Array(
    Type.Object({
      what: Type.String(),
      name: Both,
      setting: Type.String({ description: 'Of `retention` in the programme' }),
      length: Type.Integer({ description: 'As the programme in force says, or as usual' }),
      unit: Type.Enum(['hours', 'days', 'months']),
      last: orNull(
        Type.Object(
          {
            on: Type.String({ format: 'date' }),
            before: Moment,
            gone: Type.Integer({ description: 'Rows, files or people; of whom, is kept nowhere' }),
            endedAt: orNull(Moment),
          },
          { description: 'The newest night; null before the first' },
        ),
      ),
    }),
    {
      description:
        'What is forgotten at night; signatures, photos, proxies and accounts go with the date itself',
    },
  ),
})
export type KeptOfPeople = Type.Static<typeof KeptOfPeople>

interface LastNight {
  what: string
  on: Temporal.PlainDate
  before: Temporal.Instant
  gone: number
  endedAt: Temporal.Instant | null
}

const lastSql = `
  select distinct on (what) what, on_date as on, before, gone, ended_at as "endedAt"
  from forgetting order by what, on_date desc`

async function keptOfPeople(act: Act): Promise<KeptOfPeople> {
  const programme = await programmeInForce(act)
  const nights = await act.statement<LastNight>('last_forgetting', lastSql, [])
  const newest = new Map(nights.map(night => [night.what, night]))
  const kept = [...plans, handedFilesPlan].map(({ what, term, says }) => {
    const last = newest.get(what)
    return {
      what,
      name: says,
      setting: term,
      length: lengthOf(programme, term),
      unit: unitOf(term),
      last: last
        ? {
            on: last.on.toString(),
            before: last.before.toString(),
            gone: last.gone,
            endedAt: last.endedAt?.toString() ?? null,
          }
        : null,
    }
  })
  return { kept }
}

/** For how long what is kept of people is kept, and what was forgotten. */
export function privacyRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/retention/people',
    {
      config: { policy: readers },
      schema: {
        tags: ['privacy'],
        summary: 'For how long what is kept of people is kept, and how much of it the newest night forgot',
        response: { 200: KeptOfPeople },
      },
    },
    request => register.look(request.actor, keptOfPeople),
  )
}
