import type { FastifyRequest } from 'fastify'
import { both } from '../lib/both.ts'
import { roleNames, staffRoles } from '../lib/roles.ts'
import { programmeOrNull } from '../programme/store.ts'
import { sayWhoActs } from '../server/acting.ts'
import type { Database, Transaction } from '../server/database.ts'
import type { Actor } from '../server/register.ts'
import { whoMayBe } from '../server/sessions.ts'
import type { Reader, Surroundings, Way } from '../web/shell.ts'
import { campusClock } from './clock.ts'

const ways = {
  notice: { href: '/', text: { 'zh-TW': '公告', en: 'Notice' } },
  faq: { href: '/faq', text: { 'zh-TW': '常見問題', en: 'Questions' } },
  card: { href: '/my-card', text: { 'zh-TW': '我的學生證', en: 'My card' } },
  demo: { href: '/demo', text: { 'zh-TW': '示範時鐘', en: 'Demo clock' } },
  staff: { href: '/staff', text: { 'zh-TW': '工作台', en: 'Staff' } },
} satisfies Record<string, Way>

async function readerOf(trx: Transaction, request: FastifyRequest): Promise<Reader | null> {
  const { actor } = request
  if (actor.kind === 'public' || actor.kind === 'system') return null
  await sayWhoActs(trx, actor)
  const names =
    actor.kind === 'student'
      ? await trx.db
          .selectFrom('person')
          .select(['name_zh', 'name_en'])
          .where('id', '=', actor.personId!)
          .executeTakeFirst()
      : await trx.db
          .selectFrom('staff')
          .select(['name_zh', 'name_en'])
          .where('id', '=', actor.id)
          .executeTakeFirst()
  if (!names) return null
  const role = staffRoles.find(each => each === actor.kind)
  return {
    name: both(names.name_zh, names.name_en),
    // Who keeps some buildings alone is offered other screens than who keeps them all.
    roles: [actor.buildings ? 'access-some' : actor.kind],
    role: role ? roleNames[role] : null,
  }
}

/** Whether somebody may act in more than one role; a tablet before students is nobody's to change. */
async function hasSeveral(database: Database, { sessionToken }: FastifyRequest): Promise<boolean> {
  return sessionToken !== null && (await whoMayBe(database, sessionToken)).length > 1
}

/** What the programme and the session say about a request, for everything around a page's own content. */
export const surroundingsOf =
  (databaseOf: (actor: Actor) => Database, { demo, signsIn }: { demo: boolean; signsIn: boolean }) =>
  async (request: FastifyRequest): Promise<Surroundings> => {
    const database = databaseOf(request.actor)
    const { programme, now, reader } = await database.transaction(async trx => ({
      programme: await programmeOrNull(trx),
      now: await campusClock.now(trx),
      reader: await readerOf(trx, request),
    }))
    const zone = programme?.campus.zone ?? 'UTC'
    const own = reader === null ? [] : reader.roles[0] === 'student' ? [ways.card] : [ways.staff]
    return {
      campusName: programme?.campus.name ?? { 'zh-TW': 'Gatehouse', en: 'Gatehouse' },
      zone,
      begun: programme !== null,
      today: now.toZonedDateTimeISO(zone).toPlainDate().toString(),
      reader,
      helpHref: '/faq',
      ways: [ways.notice, ways.faq, ...own, ...(demo ? [ways.demo] : [])],
      signInHref: signsIn ? '/sign-in' : null,
      signOutHref: reader ? '/sign-out' : null,
      changeRoleHref: reader && (await hasSeveral(database, request)) ? '/sign-in/as' : null,
    }
  }
