import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { progressOf } from '../server/progress.ts'
import { orNull } from '../server/shapes.ts'

/** A name under which somebody asks how far their own work is. */
export const ProgressName = Type.String({
  pattern: '^[0-9A-Za-z-]{1,64}$',
  description: 'Under which name to ask how far it is',
})

/** The name of long work, which only who does it can ask for. */
export const workName = ({ actor }: FastifyRequest, name: string): string =>
  `${actor.kind} ${actor.id} ${name}`

/** How far somebody's own upload, look or application is, as rows read, compared or written. */
export function progressRoute(server: Server, room: 'roster' | 'cards'): void {
  server.get(
    `/api/v1/${room}/progress/:name`,
    {
      config: { policy: 'office' },
      schema: {
        tags: [room],
        summary: 'How far your own upload or application is: the name given with it, or upload-{id}',
        params: Type.Object({ name: ProgressName }),
        response: {
          200: Type.Object({
            progress: orNull(Type.Object({ doing: Type.String(), rows: Type.Integer() })),
          }),
        },
      },
    },
    async request => ({ progress: progressOf(workName(request, request.params.name)) }),
  )
}
