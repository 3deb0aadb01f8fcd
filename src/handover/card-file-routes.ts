import { Type } from 'typebox'
import { FileWillReply } from '../card/file-api.ts'
import { kindOfCardFile } from '../card/file-store.ts'
import { sayTake } from '../card/file-words.ts'
import { yes } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { applyCardFile } from './apply-card-file.ts'

/** Applying a file of cards: it may say whose hands they are in, which is what this room records. */
export function cardFileApplication(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/cards/files/:id/application',
    {
      config: { policy: 'office', purpose: 'cards', shows: 'list' },
      schema: {
        tags: ['cards'],
        summary: 'Apply a file of cards: every good row or none',
        description:
          'Only what was looked at under this `seal` is applied; if the register has changed since, look again. Cards ' +
          'that are there already and bad rows are left as they are.',
        params: Type.Object({ id: RowId }),
        body: Type.Object({ seal: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
        response: { 200: FileWillReply },
      },
    },
    request => {
      const uploadId = request.params.id
      // What comes into boxes opens no door, nor does a number; cards in students’ hands may, and so no window starts meanwhile.
      const kindOf = register.look(request.actor, act => kindOfCardFile(act, uploadId))
      return kindOf.then(kind =>
        perform(
          { register, request, say: sayTake, changesAccess: kind !== 'stock' && kind !== 'numbers' },
          async act => {
            const done = await applyCardFile(act, { uploadId, seal: request.body.seal })
            return done.ok ? yes({ ...done.will }) : done
          },
        ),
      )
    },
  )
}
