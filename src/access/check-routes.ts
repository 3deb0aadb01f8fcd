import { Type } from 'typebox'
import { both } from '../lib/both.ts'
import type { Policy, Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { Both } from '../server/shapes.ts'
import { newestChecks, putRightOn } from './self-check.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** Days that the list shows, and people whom one answer names. */
const daysShown = 14
const mostNamed = 100

const Day = Type.String({ format: 'date' })
const Count = Type.Integer({ minimum: 0 })

/** The newest daily checks. */
export const DoorsChecks = Type.Object({
  checks: Type.Array(
    Type.Object({
      on: Day,
      people: Count,
      differed: Type.Integer({ description: 'People of whom something differed; put right since' }),
      numbers: Type.Integer({ description: 'Card numbers on controllers that differed' }),
      endedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    }),
  ),
})
export type DoorsChecks = Type.Static<typeof DoorsChecks>

/** Of whom something differed in one of them. */
export const PutRightPeople = Type.Object({
  people: Type.Array(
    Type.Object({
      studentNumber: Type.String(),
      name: Both,
      numbers: Count,
      controllers: Type.Array(Type.Integer()),
    }),
  ),
  more: Type.Boolean(),
})
export type PutRightPeople = Type.Static<typeof PutRightPeople>

/** The daily checks of what the doors should hold, and whom they put right; reads of people are journalled. */
export function checkRoutes(server: Server, { register }: { register: Register }): void {
  const tags = ['access']
  server.get(
    '/api/v1/doors-checks',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'The newest daily checks: how many people were compared, and of how many something differed',
        response: { 200: DoorsChecks },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        checks: (await newestChecks(act, daysShown)).map(({ on, endedAt, ...check }) => ({
          ...check,
          on: on.toString(),
          endedAt: endedAt?.toString() ?? null,
        })),
      })),
  )
  server.get(
    '/api/v1/doors-checks/:on/people',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Of whom something differed in a day’s check, and on which controllers',
        description: `By student number, at most ${mostNamed}. Who is shown is written down.`,
        params: Type.Object({ on: Day }),
        response: { 200: PutRightPeople },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { on } = request.params
        const found = await putRightOn(act, on, mostNamed + 1)
        const named = found.slice(0, mostNamed)
        await act.note(
          ...named.map(({ personId }) => ({ act: 'doors put right read', personId, facts: { on } })),
        )
        return {
          people: named.map(({ studentNumber, nameZh, nameEn, numbers, controllers }) => ({
            studentNumber,
            name: both(nameZh, nameEn),
            numbers,
            controllers,
          })),
          more: found.length > mostNamed,
        }
      }),
  )
}
