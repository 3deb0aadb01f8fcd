import { Type } from 'typebox'
import type { Policy, Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { countedAs, keptOfPeople, keptStates } from './kept.ts'

const readers: Policy = ['office', 'auditor', 'admin']

const Kept = Type.Object({
  what: Type.String(),
  name: Both,
  setting: Type.String({ description: 'Of `retention` in the programme' }),
  length: Type.Integer({ description: 'As the programme in force says, or as usual' }),
  unit: Type.Enum(['hours', 'days', 'months']),
  state: Type.Enum([...keptStates], {
    description: '`late`: the night that should be over is not; `by-date`: looked at with each date',
  }),
  last: orNull(
    Type.Object(
      {
        on: Type.String({ format: 'date' }),
        before: orNull(Moment),
        gone: Type.Integer({ description: 'Of whom, is kept nowhere' }),
        counted: Type.Enum([...countedAs], {
          description: 'What was counted: rows, files, people; or months',
        }),
        endedAt: orNull(Moment),
      },
      { description: 'The newest night, or the newest day on which something went by date; null before' },
    ),
  ),
})

/** For how long what is kept of people is kept, how its forgetting stands, and what went last. */
export const KeptOfPeople = Type.Object({
  due: Type.String({ format: 'date', description: 'The night whose forgetting must be over by now' }),
  kept: Type.Array(Kept),
})
export type KeptOfPeople = Type.Static<typeof KeptOfPeople>

/** For how long what is kept of people is kept, and what was forgotten. */
export function privacyRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/retention/people',
    {
      config: { policy: readers },
      schema: {
        tags: ['privacy'],
        summary: 'For how long what is kept of people is kept, how much of it went last, and what is late',
        response: { 200: KeptOfPeople },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { due, kept } = await keptOfPeople(act)
        return {
          due: due.toString(),
          kept: kept.map(({ last, ...each }) => ({
            ...each,
            last: last && {
              ...last,
              on: last.on.toString(),
              before: last.before?.toString() ?? null,
              endedAt: last.endedAt?.toString() ?? null,
            },
          })),
        }
      }),
  )
}
