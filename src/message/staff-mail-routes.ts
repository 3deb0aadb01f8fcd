import { Type } from 'typebox'
import { doorOwners } from '../access/door-task-store.ts'
import { BothNames } from '../access/shape.ts'
import { both } from '../lib/both.ts'
import { no } from '../lib/decision.ts'
import type { Policy, Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { doorDigestOf, setDoorDigest } from './door-digest.ts'
import { setStaffMail, staffMails } from './staff-mail.ts'
import { staffMailWords } from './staff-mail-words.ts'

const told: Policy = ['access', 'office', 'admin']
/** Administrators are told of no doors: they keep none. */
const keepsDoors = (role: string): boolean => role !== 'admin'

const Language = Type.Enum(['zh-TW', 'en'])

const DoorTasks = Type.Union(
  [
    Type.Object(
      { owner: Type.Union([Type.String({ minLength: 1, maxLength: 120 }), Type.Null()]) },
      { additionalProperties: false },
    ),
    Type.Null(),
  ],
  {
    description:
      'Of whose doors I am told once a day that cards changed; owner null: of all; null: not at all',
  },
)

/** Who is told by mail what needs somebody. */
export const StaffMailNow = Type.Object({
  mails: Type.Boolean({ description: 'Whether this installation has a mail server' }),
  mine: Type.Union([
    Type.Object({ address: Type.String(), language: Language, doorTasks: DoorTasks }),
    Type.Null(),
  ]),
  owners: Type.Array(BothNames, { description: 'Owners of doors that are granted one by one' }),
  told: Type.Array(Type.Object({ name: Type.Object({ 'zh-TW': Type.String(), en: Type.String() }) }), {
    description: 'Everybody who is told; addresses are theirs alone',
  }),
})
export type StaffMailNow = Type.Static<typeof StaffMailNow>

/** Where I am told, null for nowhere, and in which language. */
export const StaffMailAsked = Type.Object({
  address: Type.Union([Type.String({ maxLength: 300 }), Type.Null()]),
  language: Language,
  doorTasks: Type.Optional(DoorTasks),
})
export type StaffMailAsked = Type.Static<typeof StaffMailAsked>

const say = sayFrom({ 'zh-TW': staffMailWords['zh-TW'].refusal, en: staffMailWords.en.refusal })

/** Who of the staff is told of updates, or of the emergency way in, by mail: each says so for themselves. */
export function staffMailRoutes(
  server: Server,
  { register, mails }: { register: Register; mails: boolean },
): void {
  const tags = ['messages']
  server.get(
    '/api/v1/staff-mail',
    {
      config: { policy: told },
      schema: {
        tags,
        summary: 'Whether I am told by mail what needs somebody, and who else is',
        response: { 200: StaffMailNow },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const all = await staffMails(act)
        const mine = all.find(({ staffId }) => staffId === act.actor.id)
        return {
          mails,
          mine: mine
            ? {
                address: mine.address,
                language: mine.language,
                doorTasks: await doorDigestOf(act, act.actor.id),
              }
            : null,
          owners: keepsDoors(act.actor.kind) ? await doorOwners(act) : [],
          told: all.map(({ nameZh, nameEn }) => ({ name: both(nameZh, nameEn) })),
        }
      }),
  )
  server.post(
    '/api/v1/staff-mail',
    {
      config: { policy: told },
      schema: {
        tags,
        summary: 'Have myself told by mail what needs somebody, or end it',
        description:
          'When one fails, is late, is held or waits for a second person; once for each and its cause. With `doorTasks` ' +
          'also once a day of cards that changed at doors; left out, that stays as it is. Administrators are told of each use of ' +
          'the emergency sign-in, and of no doors.',
        body: StaffMailAsked,
        response: { 200: Type.Object({}) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, async act => {
        const { doorTasks, address } = request.body
        if (doorTasks && !keepsDoors(act.actor.kind)) return no('keeps-no-doors')
        const decision = await setStaffMail(act, request.body)
        if (decision.ok && address !== null && doorTasks !== undefined) await setDoorDigest(act, doorTasks)
        return decision
      }),
  )
}
