import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import { stopTelling, tellOn } from './push-devices.ts'
import { longestEndpoint } from './push-hosts.ts'
import { devicesOf } from './push-store.ts'
import { pushWords } from './push-words.ts'
import type { PushSettings } from './pusher.ts'

/** The devices on which I am told. */
export const MyDevices = Type.Object({
  key: Type.Union([Type.String(), Type.Null()], {
    description: 'The applicationServerKey to subscribe with; null: nothing is pushed here',
  }),
  devices: Type.Array(
    Type.Object({
      id: Type.Integer(),
      service: Type.String({ description: 'The host of the push service' }),
      since: Moment,
      mark: Type.String({ description: 'SHA-256 of its endpoint, in hexadecimal' }),
    }),
  ),
})
export type MyDevices = Type.Static<typeof MyDevices>

const Told = Type.Object({
  endpoint: Type.String({ minLength: 1, maxLength: longestEndpoint }),
  keys: Type.Object({
    p256dh: Type.String({ maxLength: 100, description: 'base64url, 65 bytes' }),
    auth: Type.String({ maxLength: 40, description: 'base64url, 16 bytes' }),
  }),
})

const say = sayFrom({ 'zh-TW': pushWords['zh-TW'].refusals, en: pushWords.en.refusals })

/** A person's own devices: on which they are told, one more, and one less. */
export function pushRoutes(
  server: Server,
  { register, push }: { register: Register; push: PushSettings | null },
): void {
  const config = { policy: 'student' } as const
  const tags = ['messages']
  const hosts = push?.hosts ?? null

  server.get(
    '/api/v1/me/devices',
    {
      config: { ...config, scope: 'card:read' },
      schema: { tags, summary: 'The devices on which I am told', response: { 200: MyDevices } },
    },
    request =>
      register.look(request.actor, async act => ({
        key: push?.key.publicKey ?? null,
        devices: (await devicesOf(act, request.actor.personId!)).map(device => ({
          ...device,
          since: device.since.toString(),
        })),
      })),
  )

  server.post(
    '/api/v1/me/devices',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Have myself told on a device, as PushSubscription.toJSON() gives it',
        description: 'Messages that are written from then on; those before are in the list.',
        body: Told,
        response: {
          200: Type.Object({ again: Type.Boolean({ description: 'I was told there already' }) }),
        },
      },
    },
    request => {
      const { endpoint, keys } = request.body
      const told = {
        personId: request.actor.personId!,
        endpoint,
        p256dh: Buffer.from(keys.p256dh, 'base64url'),
        auth: Buffer.from(keys.auth, 'base64url'),
      }
      return perform({ register, request, say, changesAccess: false }, act => tellOn(act, told, hosts))
    },
  )

  server.delete(
    '/api/v1/me/devices/:id',
    {
      config: { ...config, scope: 'card:manage' },
      schema: {
        tags,
        summary: 'Have myself told no more on a device of mine',
        description: 'What is no device of mine, or no more, is left as it is.',
        params: Type.Object({ id: RowId }),
        response: { 200: Type.Object({}) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, async act => {
        await stopTelling(act, request.actor.personId!, request.params.id)
        return { ok: true }
      }),
  )
}
