import type { FastifyRequest } from 'fastify'
import { both } from '../lib/both.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Database } from '../server/database.ts'
import type { Actor } from '../server/register.ts'
import type { Reader, Surroundings, Way } from '../web/shell.ts'
import { campusClock } from './clock.ts'

const ways = {
  notice: { href: '/', text: { 'zh-TW': '公告', en: 'Notice' } },
  faq: { href: '/faq', text: { 'zh-TW': '常見問題', en: 'Questions' } },
  card: { href: '/my-card', text: { 'zh-TW': '我的學生證', en: 'My card' } },
  demo: { href: '/demo', text: { 'zh-TW': '示範時鐘', en: 'Demo clock' } },
  staff: { href: '/staff', text: { 'zh-TW': '工作台', en: 'Staff' } },
} satisfies Record<string, Way>

async function readerOf(database: Database, request: FastifyRequest): Promise<Reader | null> {
  const { actor } = request
  if (actor.kind === 'public' || actor.kind === 'system') return null
  const names =
    actor.kind === 'student'
      ? await database.db
          .selectFrom('person')
          .select(['name_zh', 'name_en'])
          .where('id', '=', actor.personId!)
          .executeTakeFirst()
      : await database.db
          .selectFrom('staff')
          .select(['name_zh', 'name_en'])
          .where('id', '=', actor.id)
          .executeTakeFirst()
  // Who keeps some buildings alone is offered other screens than who keeps them all.
  const role = actor.buildings ? 'access-some' : actor.kind
  return names ? { name: both(names.name_zh, names.name_en), roles: [role] } : null
}

/** What the programme and the session say about a request, for everything around a page's own content. */
export const surroundingsOf =
  (databaseOf: (actor: Actor) => Database, demo: boolean) =>
  async (request: FastifyRequest): Promise<Surroundings> => {
    const database = databaseOf(request.actor)
    const { programme, now } = await database.transaction(async trx => ({
      programme: await programmeOrNull(trx),
      now: await campusClock.now(trx),
    }))
    const zone = programme?.campus.zone ?? 'UTC'
    const reader = await readerOf(database, request)
    const own = reader === null ? [] : reader.roles[0] === 'student' ? [ways.card] : [ways.staff]
    return {
      campusName: programme?.campus.name ?? { 'zh-TW': 'Gatehouse', en: 'Gatehouse' },
      zone,
      begun: programme !== null,
      today: now.toZonedDateTimeISO(zone).toPlainDate().toString(),
      reader,
      helpHref: '/faq',
      ways: [ways.notice, ways.faq, ...own, ...(demo ? [ways.demo] : [])],
      signInHref: demo ? '/sign-in' : null,
      signOutHref: reader ? '/sign-out' : null,
    }
  }
