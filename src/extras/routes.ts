import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { ExtrasShape, listExtras } from './list-extras.ts'

/** The routes of extras: the holder's own checklist. */
export function extrasRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/me/extras',
    {
      config: { policy: 'student' },
      schema: {
        tags: ['me'],
        summary: 'What does not move from my old card to the new one',
        description:
          'What the programme names for everybody (commuter pass, library card …), and the doors that were opened ' +
          'for the old card one by one, each with who can open it for the new card.',
        response: { 200: ExtrasShape },
      },
    },
    request =>
      register.look(request.actor, act => listExtras(act, request.actor.personId!, request.language)),
  )
}
