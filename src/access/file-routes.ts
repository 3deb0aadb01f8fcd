import { Type } from 'typebox'
import { survives } from '../lib/encoding.ts'
import type { Policy, Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { controllerOf } from './controller-store.ts'
import type { FileSettings } from './file-settings.ts'

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

const peopleSql = `
  select distinct p.id, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn"
  from (select distinct on (number) person_id, doors from wanted where controller_id = $1
        order by number, carried_by desc) w
  join person p on p.id = w.person_id
  where w.doors <> '{0,0,0,0}' order by p.id`

export type Unwritable = Type.Static<typeof Unwritable>

interface Named {
  id: number
  studentNumber: string
  nameZh: string
  nameEn: string
}

/** The people who should open a system's doors and whose names its files cannot say, with what is missing of them. */
export async function unwritableNames(act: Act, serial: number, { columns, encoding }: FileSettings) {
  const asked = (['nameZh', 'nameEn'] as const).filter(name =>
    columns.some(({ holds }) => holds === (name === 'nameZh' ? 'name-zh' : 'name-en')),
  )
  const people = asked.length === 0 ? [] : await act.statement<Named>('unwritable_names', peopleSql, [serial])
  return people.flatMap(person => {
    const characters = asked.flatMap(name => Array.from(person[name]))
    const missing = [...new Set(characters.filter(character => !survives(character, encoding)))]
    return missing.length > 0 ? [{ id: person.id, studentNumber: person.studentNumber, missing }] : []
  })
}

/** The route of what the files for another access system cannot say. */
export function fileRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/controllers/:serial/unwritable-names',
    {
      config: { policy: readers },
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
