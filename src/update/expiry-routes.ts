import { both } from '../lib/both.ts'
import { programmeInForce, programmeOrNull } from '../programme/store.ts'
import type { Policy, Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { acknowledgeExpiry, calendarOf } from './expiry.ts'
import { shownDays } from './expiry-rules.ts'
import { Acknowledged, Expiry, ExpiryWarnings } from './expiry-shapes.ts'
import { type Warning, warningsFrom } from './expiry-store.ts'
import { expiryWords } from './expiry-words.ts'

const readers: Policy = ['access', 'office', 'auditor']
const warned: Policy = ['access', 'office']

const say = sayFrom({ 'zh-TW': expiryWords['zh-TW'].refusal, en: expiryWords.en.refusal })

const warningReply = ({ on, raisedAt, acknowledgedAt, ...warning }: Warning) => ({
  ...warning,
  lastDay: on.toString(),
  raisedAt: raisedAt.toString(),
  acknowledgedAt: acknowledgedAt?.toString() ?? null,
})

/** The days to come on which cards end, the warnings about them, and that they were read. */
export function expiryRoutes(server: Server, { register }: { register: Register }): void {
  const tags = ['update']
  server.get(
    '/api/v1/expiry',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: `On which of the next ${shownDays} days how many cards end, and what was warned of`,
        response: { 200: Expiry },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { campus } = await programmeInForce(act)
        const { today, liveCards, days, warnings } = await calendarOf(act, campus.zone)
        const known = await act.db
          .selectFrom('controller')
          .select(['id', 'building_zh', 'building_en'])
          .execute()
        const buildings = new Map(known.map(each => [each.id, both(each.building_zh, each.building_en)]))
        return {
          today: today.toString(),
          upTo: today.add({ days: shownDays }).toString(),
          liveCards,
          days: days.map(({ on, controllers, ...day }) => ({
            ...day,
            lastDay: on.toString(),
            controllers: controllers.map(each => ({ ...each, building: buildings.get(each.controllerId)! })),
          })),
          warnings: warnings.map(warningReply),
        }
      }),
  )

  server.get(
    '/api/v1/expiry/warnings',
    {
      config: { policy: warned, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'The warnings that nobody of your role has acknowledged',
        response: { 200: ExpiryWarnings },
      },
    },
    request =>
      register.look(request.actor, async act => {
        // Every staff page asks; before the first programme there is no calendar and nothing to warn of.
        const programme = await programmeOrNull(act)
        if (programme === null) return { warnings: [] }
        const { campus } = programme
        const all = await warningsFrom(act, act.now.toZonedDateTimeISO(campus.zone).toPlainDate())
        const open = all.filter(
          ({ role, acknowledgedAt }) => role === act.actor.kind && acknowledgedAt === null,
        )
        return { warnings: open.map(warningReply) }
      }),
  )

  server.post(
    '/api/v1/expiry/acknowledgements',
    {
      config: { policy: warned, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Say for your role that a warning was read',
        body: Acknowledged,
        response: { 200: Acknowledged },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, async act => {
        const { lastDay, stage } = request.body
        const done = await acknowledgeExpiry(act, { on: lastDay, stage })
        return done.ok ? { ok: true as const, lastDay, stage } : done
      }),
  )
}
