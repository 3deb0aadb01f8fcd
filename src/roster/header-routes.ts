import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { longestHeader } from './header.ts'
import { type HeadedFile, saidHeaders } from './header-store.ts'
import { forgetHeader, sayHeader } from './headers.ts'
import { tableWords } from './table-words.ts'

const config = { policy: 'office' } as const
const Header = Type.String({ minLength: 1, maxLength: longestHeader })

export const SaidHeadersReply = Type.Object({
  headers: Type.Array(
    Type.Object({
      header: Type.String(),
      field: orNull(Type.String({ description: 'null: left aside' })),
      saidBy: Type.String(),
      saidAt: Moment,
    }),
  ),
})
export type SaidHeadersReply = Type.Static<typeof SaidHeadersReply>

const say = sayFrom({ 'zh-TW': tableWords['zh-TW'].headers, en: tableWords.en.headers })

/** What headers mean in the files of a room: said, remembered for every file to come, and forgotten again. */
export function headerRoutes(
  server: Server,
  {
    register,
    room,
    kinds,
    fields,
  }: {
    register: Register
    room: 'roster' | 'cards'
    kinds: readonly HeadedFile[]
    fields: readonly string[]
  },
): void {
  const tags = [room]
  const Kind = Type.Enum([...kinds])
  server.get(
    `/api/v1/${room}/headers`,
    {
      config,
      schema: {
        tags,
        summary: 'What the office has said that headers of such files mean',
        querystring: Type.Object({ kind: Kind }),
        response: { 200: SaidHeadersReply },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        headers: (await saidHeaders(act, request.query.kind)).map(each => ({
          ...each,
          saidAt: each.saidAt.toString(),
        })),
      })),
  )

  server.post(
    `/api/v1/${room}/headers`,
    {
      config,
      schema: {
        tags,
        summary: 'Say what a header means, in every such file to come',
        description: 'A null `field` leaves the column aside.',
        body: Type.Object(
          { kind: Kind, header: Header, field: orNull(Type.Enum([...fields])) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({}) },
      },
    },
    request => perform({ register, request, say, changesAccess: false }, act => sayHeader(act, request.body)),
  )

  server.post(
    `/api/v1/${room}/headers/forgetting`,
    {
      config,
      schema: {
        tags,
        summary: 'Forget what a header was said to mean',
        body: Type.Object({ kind: Kind, header: Header }, { additionalProperties: false }),
        response: { 200: Type.Object({}) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act => forgetHeader(act, request.body)),
  )
}
