import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { PeopleReply, TimelineReply } from './api.ts'
import { nameOf } from './names.ts'
import { searchPeople } from './search-people.ts'
import { longestSearch } from './searched.ts'
import { timelineOf } from './timeline.ts'

const tags = ['overview']
const config = { policy: ['office', 'auditor'], purpose: 'question' } as const

/** People found by whatever is at hand, and one person's whole story. */
export function peopleRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/people/search',
    {
      config: { ...config, shows: 'found' },
      schema: {
        tags,
        summary: 'Find people by a part of a name, a number, an address, or a number of a card',
        description:
          'What was searched for is kept nowhere; that somebody did, and how many were found, is journalled.',
        body: Type.Object(
          { text: Type.String({ minLength: 1, maxLength: longestSearch }) },
          { additionalProperties: false },
        ),
        response: { 200: PeopleReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { people, more } = await searchPeople(act, request.body.text)
        const programme = await programmeInForce(act)
        return {
          more,
          people: people.map(row => ({
            personId: row.personId,
            studentNumber: row.studentNumber,
            name: bothNames(row),
            department: nameOf(programme, 'department', row.department),
            status: row.status,
            card: row.card,
            counter: row.counter === null ? null : nameOf(programme, 'counter', row.counter),
            box: row.box,
          })),
        }
      })
    },
  )

  server.get(
    '/api/v1/people/:id/timeline',
    {
      config: { ...config, shows: 'story' },
      schema: {
        tags,
        summary: 'Everything that happened to a person, the newest first; the read is journalled',
        description: 'The id is the register’s own. In the language asked for.',
        params: Type.Object({ id: RowId }),
        response: { 200: TimelineReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      const timeline = await register.look(request.actor, act =>
        timelineOf(act, request.params.id, request.language),
      )
      if (timeline === null) throw problem(404, 'not-found', request.language)
      return timeline
    },
  )
}
