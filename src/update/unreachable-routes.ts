import { Type } from 'typebox'
import { reachesController } from '../access/reach.ts'
import { both } from '../lib/both.ts'
import type { Policy, Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { Building, Maybe } from './shapes.ts'
import { concernedBy, unreachableNow } from './unreachable-store.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** People that one answer names. */
const mostNamed = 100

/** The controllers that do not answer. */
export const Unreachable = Type.Object({
  now: Moment,
  controllers: Type.Array(
    Type.Object({
      id: Type.Integer({ description: 'Its serial number' }),
      host: Type.Union([Type.String(), Type.Null()]),
      port: Type.Union([Type.Integer(), Type.Null()]),
      folder: Type.Union([Type.String(), Type.Null()], { description: 'Where its files lie; of file' }),
      building: Building,
      doors: Type.Array(Building),
      silentSince: Moment,
      isStrange: Type.Boolean({ description: 'Another board answers at its address' }),
      waiting: Type.Integer({ description: 'Card numbers that are due there and not confirmed' }),
      people: Type.Integer({ description: 'Of how many people' }),
      urgent: Type.Integer({ description: 'Of the numbers, those of cards reported lost' }),
      clockSetAt: Maybe,
      nextTryAt: Type.Union([Moment, Type.Null()], { description: 'null: as soon as somebody is free' }),
    }),
  ),
})
export type Unreachable = Type.Static<typeof Unreachable>

/** Whom a controller that does not answer concerns. */
export const ConcernedPeople = Type.Object({
  people: Type.Array(
    Type.Object({
      studentNumber: Type.String(),
      urgent: Type.Boolean({ description: 'A card reported lost is still to be removed there' }),
      puts: Type.Boolean({ description: 'A card is to be put or changed' }),
      removals: Type.Boolean(),
      decidedAt: Moment,
    }),
  ),
  more: Type.Boolean(),
})
export type ConcernedPeople = Type.Static<typeof ConcernedPeople>

/** The controllers that do not answer, and whom they concern; reads of people are journalled. */
export function unreachableRoutes(server: Server, { register }: { register: Register }): void {
  const tags = ['update']
  server.get(
    '/api/v1/controllers/unreachable',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary:
          'The controllers that do not answer: since when, what waits there, how many people it concerns',
        response: { 200: Unreachable },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        now: act.now.toString(),
        controllers: (await unreachableNow(act)).map(
          ({ buildingZh, buildingEn, silentSince, clockSetAt, nextTryAt, ...controller }) => ({
            ...controller,
            building: both(buildingZh, buildingEn),
            silentSince: silentSince.toString(),
            clockSetAt: clockSetAt?.toString() ?? null,
            nextTryAt: nextTryAt?.toString() ?? null,
          }),
        ),
      })),
  )

  server.get(
    '/api/v1/controllers/:serial/waiting-people',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors', narrows: true },
      schema: {
        tags,
        summary: 'The people for whom something is due on a controller and not confirmed',
        description: `Lost cards first, then by student number; at most ${mostNamed}. Who is shown is written down.`,
        params: Type.Object({ serial: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }) }),
        response: { 200: ConcernedPeople },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { serial } = request.params
        if (!(await reachesController(act, serial))) throw problem(404, 'not-found', request.language)
        const found = await concernedBy(act, serial, act.now, mostNamed + 1)
        const named = found.slice(0, mostNamed)
        const entry = { act: 'people waiting for a controller read', facts: { controller: serial } }
        await act.note(...named.map(({ personId }) => ({ ...entry, personId })))
        return {
          people: named.map(({ personId: _personId, decidedAt, ...person }) => ({
            ...person,
            decidedAt: decidedAt.toString(),
          })),
          more: found.length > mostNamed,
        }
      }),
  )
}
