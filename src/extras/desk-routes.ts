import { Type } from 'typebox'
import { forPresent, notePresent, present } from '../handover/present.ts'
import { sayAtDesk } from '../handover/present-words.ts'
import { personTyped } from '../roster/store.ts'
import { longestStudentNumber } from '../roster/student-number.ts'
import type { Server } from '../server/http.ts'
import { perform, refusalProblem } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { ExtrasShape, extrasAtDesk, MarkShape } from './list-extras.ts'
import { markExtra } from './mark-extra.ts'
import { Again, ItemId } from './routes.ts'
import { words } from './words.ts'

/** How refusals of a mark at a desk are said. */
export const sayMarkAtDesk = sayAtDesk({ 'zh-TW': words['zh-TW'].refusals, en: words.en.refusals })

const config = { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' } as const
const tags = ['desk']

/** The same marks for a person who stands at a desk; until when a pass runs they note themselves, and no desk reads it. */
export function extrasDeskRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/desk/people/extras',
    {
      config,
      schema: {
        tags,
        summary: 'What does not move from the old card of somebody who is present; the read is journalled',
        body: Type.Object(
          { studentNumber: Type.String({ minLength: 1, maxLength: longestStudentNumber * 2 }) },
          { additionalProperties: false },
        ),
        response: { 200: ExtrasShape },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const named = await personTyped(act, request.body.studentNumber)
        if (!named.ok) throw refusalProblem(sayMarkAtDesk, request.language, named)
        await notePresent(act, named.person.id)
        return extrasAtDesk(act, named.person.id, request.language)
      }),
  )

  server.post(
    '/api/v1/desk/people/extras/mark',
    {
      config,
      schema: {
        tags,
        summary: 'Tick an item off, for its holder who is present; null takes it back',
        body: present({ item: ItemId, mark: MarkShape }),
        response: { 200: Again },
      },
    },
    request =>
      perform({ register, request, say: sayMarkAtDesk, changesAccess: false }, act =>
        forPresent(act, request.body, (forThem, personId) =>
          markExtra(forThem, { personId, item: request.body.item, mark: request.body.mark }),
        ),
      ),
  )
}
