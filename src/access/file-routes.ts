import { Type } from 'typebox'
import type { Policy, Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { controllerOf } from './controller-store.ts'
import { unwritableNames } from './unwritable.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** People whom one answer names; the rest is counted. */
const mostNamed = 200

/** People whose names another access system's files cannot write. */
export const Unwritable = Type.Object({
  encoding: Type.Union([Type.String(), Type.Null()], { description: 'Null where no files are handed over' }),
  people: Type.Integer({ minimum: 0, description: 'People whose name does not go into the files as it is' }),
  named: Type.Array(Type.Object({ studentNumber: Type.String(), missing: Type.Array(Type.String()) }), {
    description: `At most ${mostNamed} of them, and the characters that the encoding has not`,
  }),
})

export type Unwritable = Type.Static<typeof Unwritable>

/** The route of what the files for another access system cannot say. */
export function fileRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/controllers/:serial/unwritable-names',
    {
      config: { policy: readers, purpose: 'doors', shows: 'list' },
      schema: {
        tags: ['access'],
        summary: 'Whose names another access system’s encoding cannot write',
        description:
          'Of the people who should open its doors. In their files the English name or a sign stands instead, as the ' +
          'settings say. The read is journalled.',
        params: Type.Object({ serial: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }) }),
        response: { 200: Unwritable },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { serial } = request.params
        const controller = await controllerOf(act, serial)
        if (controller === null) throw problem(404, 'not-found', request.language)
        if (!controller.settings) return { encoding: null, people: 0, named: [] }
        const found = await unwritableNames(act, serial, controller.settings)
        const named = found.slice(0, mostNamed)
        await act.note(
          ...named.map(({ id }) => ({
            act: 'unwritable name read',
            personId: id,
            facts: { controller: serial },
          })),
        )
        return {
          encoding: controller.settings.encoding,
          people: found.length,
          named: named.map(({ studentNumber, missing }) => ({ studentNumber, missing })),
        }
      }),
  )
}
