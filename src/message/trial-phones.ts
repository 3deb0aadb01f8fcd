import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { asBrowser } from '../../test/as-browser.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { makeServer, type Server } from '../server/http.ts'
import type { Actor } from '../server/register.ts'
import { pushDue } from './push-outgoing.ts'
import { type MyDevices, pushRoutes } from './push-routes.ts'
import { newPushSecret, openPushKey } from './push-seal.ts'
import { openPusher, type PushSettings } from './pusher.ts'
import { messageRoutes } from './routes.ts'
import { type TrialCampus, trialCampus } from './trial-campus.ts'
import { toldKeys, trialDevice } from './trial-device.ts'
import { openPushService } from './trial-pushes.ts'

/** Who may be signed in. */
const known: Record<string, Actor> = {
  office: { kind: 'office', id: 'office-a' },
  one: { kind: 'student', id: '1', personId: 1 },
  two: { kind: 'student', id: '2', personId: 2 },
}
/** The secret half of the trial's key, for a process of its own. */
export const secret = newPushSecret()
/** With what the trial pushes. */
export const key = openPushKey(secret, 'mailto:cards@example.org')

/** The campus of the test file. */
export let campus: TrialCampus
/** The chores' database. */
export let chores: Database

/** What a test leaves to be ended, the last first. */
export let letGo: (() => unknown)[] = []
type Answer = NonNullable<Parameters<typeof openPushService>[0]>['answer']

/** A push service, and the part of Gatehouse that speaks with it. */
export async function opened(answer: Answer = () => null) {
  const service = await openPushService({ answer })
  letGo.push(() => service.close())
  const push: PushSettings = { key, hosts: service.hosts }
  const server = await serverWith(push)
  const pusher = openPusher(push)
  return {
    service,
    push,
    server,
    send: () => pushDue({ database: chores, clock: campus.clock }, pusher),
    /** Somebody has themselves told on a new device. */
    tell: async (who: string, path: string, device = trialDevice()) => {
      const told = { endpoint: service.subscribe(path, device), keys: toldKeys(device) }
      const reply = await ask(server, who, 'POST', '/devices', told)
      return { device, told, reply }
    },
  }
}

/** A server with the routes of devices and messages alone. */
export async function serverWith(push: PushSettings | null): Promise<Server> {
  const server = asBrowser(
    await makeServer({
      whoIs: async token => known[token] ?? null,
      demo: true,
      logLevel: 'silent',
    }),
  )
  pushRoutes(server, { register: campus.register, push })
  messageRoutes(server, { register: campus.register, mails: false })
  letGo.push(() => server.close())
  return server
}

/** A student's call, answered in English. */
export async function ask(
  server: Server,
  who: string,
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  payload?: object,
) {
  const reply = await server.inject({
    method,
    url: `/api/v1/me${url}`,
    cookies: { session: who, language: 'en' },
    ...(payload && { payload }),
  })
  return {
    status: reply.statusCode,
    ...reply.json<{ refusal?: string; message?: string; again?: boolean }>(),
  }
}

/** The devices on which somebody is told. */
export const devicesOf = async (server: Server, who: string) =>
  (await server.inject({ url: '/api/v1/me/devices', cookies: { session: who } })).json<MyDevices>().devices
/** What stands of each push. */
export const rows = () =>
  campus.sql(
    'select device_id, sent_at, ended_at, tries, last_error from push order by message_id, device_id',
  )
/** What stands of each device. */
export const devices = () =>
  campus.sql('select person_id, endpoint, p256dh, ended_because from push_device order by id')

/** A campus for a test file; before each test nobody is told anywhere. */
export function openPhones(): void {
  beforeAll(async () => {
    campus = await trialCampus()
    chores = openDatabase(campus.url, 'chores')
  })
  afterAll(async () => {
    await chores.close()
    await campus.close()
  })
  beforeEach(async () => {
    campus.now = Temporal.Instant.from('2023-10-18T11:00+08:00')
    await campus.sql('truncate push, push_device, message cascade')
    await campus.sql('delete from activation')
  })
  afterEach(async () => {
    for (const each of letGo.toReversed()) await each()
    letGo = []
  })
}
