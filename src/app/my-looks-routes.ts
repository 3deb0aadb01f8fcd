import { Type } from 'typebox'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import type { Act, Register } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { officeOf, purposeOf, shownOf } from './looks-said.ts'
import { looksAt } from './looks-store.ts'
import type { MyLooksPage } from './my-looks.tsx'

/** Looks on one page. */
const aPage = 30

const MyLooks = Type.Object({
  looks: Type.Array(
    Type.Object({
      at: Moment,
      by: { ...Both, description: 'Which office: the role that was acted in, and of a desk its counter' },
      what: { ...Both, description: 'What of the record was shown' },
      purpose: { ...Both, description: 'What for' },
    }),
    {
      description: `The newest first, ${aPage} at a time; one that is looked at as one of many counts like any other`,
    },
  ),
  next: orNull(Type.String({ description: 'Ask for what was `before` this one' })),
})
export type MyLooks = Type.Static<typeof MyLooks>

const Before = Type.Object({ before: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,14}$' })) })

async function myLooks(act: Act, before: string | undefined): Promise<MyLooks> {
  const programme = await programmeInForce(act)
  const found = await looksAt(act, act.actor.personId!, {
    most: aPage + 1,
    ...(before !== undefined && { before: Number(before) }),
  })
  const looks = found.slice(0, aPage)
  return {
    looks: looks.map(look => ({
      at: look.at.toString(),
      by: officeOf(look, programme),
      what: shownOf(look),
      purpose: purposeOf(look),
    })),
    next: found.length > aPage ? String(looks.at(-1)!.id) : null,
  }
}

/**
 * Who of the staff looked at one's own record: when, which office, what and what for (GDPR art. 15 as read in C-579/21; PDPA
 * art. 10). Not who in person: that is the auditor's.
 */
export function myLooksRoutes(server: Server, { register }: { register: Register }): void {
  const config = { policy: 'student' } as const

  server.get(
    '/my-card/looks',
    { config, schema: { hide: true, querystring: Before } },
    async (request, reply) => {
      const { before } = request.query
      const looks = await register.look(request.actor, act => myLooks(act, before))
      return reply.page<typeof MyLooksPage>('my-looks', { ...looks, isFirst: before === undefined })
    },
  )

  server.get(
    '/api/v1/me/looks',
    {
      config: { ...config, scope: 'card:read' },
      schema: {
        tags: ['me'],
        summary: 'Who of the staff looked at my record: when, which office, what and what for',
        querystring: Before,
        response: { 200: MyLooks },
      },
    },
    request => register.look(request.actor, act => myLooks(act, request.query.before)),
  )
}
