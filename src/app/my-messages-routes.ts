import { Type } from 'typebox'
import { stopTelling } from '../message/push-devices.ts'
import { devicesOf, hasAddress } from '../message/push-store.ts'
import type { PushSettings } from '../message/pusher.ts'
import { shown } from '../message/routes.ts'
import { listMessages } from '../message/store.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import type { MyMessagesPage, MyMessagesProps } from './my-messages.tsx'

/** Kept on the phone as My card is, so it is short; the whole list is in the API. */
const mostShown = 30

/** The page of what a person was told, by which ways, and on which devices they are told. */
export function myMessagesRoutes(
  server: Server,
  { register, mails, push }: { register: Register; mails: boolean; push: PushSettings | null },
): void {
  const config = { policy: 'student' } as const

  server.get('/my-card/messages', { config, schema: { hide: true } }, async (request, reply) => {
    const personId = request.actor.personId!
    const props = await register.look(request.actor, async (act): Promise<MyMessagesProps> => {
      const messages = await listMessages(act, { personId })
      return {
        now: act.now.toString(),
        messages: messages.slice(0, mostShown).map(message => shown(message, act.now, mails)),
        devices: (await devicesOf(act, personId)).map(each => ({ ...each, since: each.since.toString() })),
        key: push?.key.publicKey ?? null,
        mail: !mails ? 'none' : (await hasAddress(act, personId)) ? 'goes' : 'no-address',
      }
    })
    return reply.page<typeof MyMessagesPage>('my-messages', props)
  })

  server.post(
    '/my-card/messages/stop',
    {
      config,
      schema: { hide: true, body: Type.Object({ device: Type.String({ pattern: '^[1-9][0-9]{0,14}$' }) }) },
    },
    async (request, reply) => {
      const device = Number(request.body.device)
      await register.aside(request.actor, act => stopTelling(act, request.actor.personId!, device))
      return reply.redirect('/my-card/messages#phone', 303)
    },
  )
}
