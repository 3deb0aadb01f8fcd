import { Type } from 'typebox'
import { sayDate } from '../lib/say.ts'
import { privacyLaws } from '../programme/shape-privacy.ts'
import { publishedInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Both, orNull } from '../server/shapes.ts'
import { type DataMap, readDataMap } from './data-map.ts'
import { type PrivacyNoticed, privacyNotice } from './notice-of.ts'
import type { PrivacyPage } from './notice-page.tsx'

const Notice = Type.Object({
  laws: Type.Array(Type.Enum([...privacyLaws])),
  since: Type.String({ format: 'date', description: 'The day that the notice bears' }),
  version: Type.Integer({ description: 'The version of the programme that it was made from' }),
  unconfirmed: Type.Boolean({ description: 'That the card office has yet to confirm what stands in it' }),
  items: Type.Array(
    Type.Object({
      item: Type.String(),
      title: Both,
      asked: Type.Array(Both, { description: 'Where the laws that apply ask for it' }),
      lines: Type.Array(Both),
      page: orNull(Type.String({ description: 'A page that it leads to' })),
    }),
  ),
  categories: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Both,
      comprises: Both,
      readers: Type.Array(Both, { description: 'Roles; none where only Gatehouse itself reads it' }),
      kept: Type.Array(Both, { description: 'For how long, by the settings by which it is forgotten' }),
    }),
  ),
})

/** How people's data are used, as the laws that apply ask the university to tell: a page, and the same for other programs. */
export function privacyNoticeRoutes(server: Server, { register }: { register: Register }): void {
  // A file of this release: it is read once, when somebody first asks.
  let map: DataMap | undefined
  const noticeNow = async (act: Act): Promise<PrivacyNoticed | null> => {
    map ??= await readDataMap()
    const published = await publishedInForce(act)
    return published && privacyNotice(published.programme, published.version, map)
  }

  server.get('/privacy', { config: { policy: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const notice = await register.look(request.actor, noticeNow)
    const since = notice ? sayDate(Temporal.PlainDate.from(notice.since), request.language) : ''
    return reply.page<typeof PrivacyPage>('privacy', { notice, since })
  })

  server.get(
    '/api/v1/privacy',
    {
      config: { policy: 'public' },
      schema: {
        tags: ['privacy'],
        summary:
          'How people’s data are used: who, what for, which categories, who reads them, for how long, rights (PDPA art. 8, GDPR art. 13)',
        response: { 200: Notice },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const notice = await noticeNow(act)
        if (notice === null) throw problem(404, 'not-found', request.language)
        return notice
      }),
  )
}
