import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../server/database.ts'
import { makeServer, type Server } from '../server/http.ts'
import type { Actor } from '../server/register.ts'
import { startPushing } from './push.ts'
import { pushDue } from './push-outgoing.ts'
import type { MyDevices } from './push-routes.ts'
import { pushRoutes } from './push-routes.ts'
import { newPushSecret, openPushKey } from './push-seal.ts'
import { openPusher, type PushSettings } from './pusher.ts'
import { type MyMessage, messageRoutes } from './routes.ts'
import { activate, system, type TrialCampus, trialCampus } from './trial-campus.ts'
import { toldKeys, trialDevice } from './trial-device.ts'
import { openPushService } from './trial-push-service.ts'

const known: Record<string, Actor> = {
  office: { kind: 'office', id: 'office-a' },
  one: { kind: 'student', id: '1', personId: 1 },
  two: { kind: 'student', id: '2', personId: 2 },
}
const secret = newPushSecret()
const key = openPushKey(secret, 'mailto:cards@example.org')

let campus: TrialCampus
let chores: Database
beforeAll(async () => {
  campus = await trialCampus()
  chores = openDatabase(campus.url, 'chores')
})
afterAll(async () => {
  await chores.close()
  await campus.close()
})

let letGo: (() => unknown)[] = []
beforeEach(async () => {
  campus.now = Temporal.Instant.from('2023-10-18T11:00+08:00')
  await campus.sql('truncate push, push_device, message cascade')
  await campus.sql('delete from activation')
})
afterEach(async () => {
  for (const each of letGo.toReversed()) await each()
  letGo = []
})

type Answer = NonNullable<Parameters<typeof openPushService>[0]>['answer']

/** A push service, and the part of Gatehouse that speaks with it. */
async function opened(answer: Answer = () => null) {
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
    async tell(who: string, path: string, device = trialDevice()) {
      const told = { endpoint: service.subscribe(path, device), keys: toldKeys(device) }
      const reply = await ask(server, who, 'POST', '/devices', told)
      return { device, told, reply }
    },
  }
}

async function serverWith(push: PushSettings | null): Promise<Server> {
  const server = await makeServer({
    whoIs: async token => known[token] ?? null,
    demo: true,
    logLevel: 'silent',
  })
  pushRoutes(server, { register: campus.register, push })
  messageRoutes(server, { register: campus.register, mails: false })
  letGo.push(() => server.close())
  return server
}

async function ask(
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

const devicesOf = async (server: Server, who: string) =>
  (await server.inject({ url: '/api/v1/me/devices', cookies: { session: who } })).json<MyDevices>().devices
const rows = () =>
  campus.sql('select device_id, sent_at, tries, last_error from push order by message_id, device_id')
const devices = () =>
  campus.sql('select person_id, endpoint, p256dh, ended_because from push_device order by id')

describe('a message', () => {
  it('arrives once at each device that was told of, sealed for it, and says no more than the mail’s subject', async () => {
    const { service, server, tell, send } = await opened()
    await tell('two', '/phone')
    await tell('two', '/tablet')
    await tell('one', '/other')
    await activate(campus, 2)
    expect([await send(), await send()]).toEqual([2, 0])

    const [message] = await campus.sql('select id, subject, body from message')
    expect(service.wrong).toEqual([])
    expect(service.arrived.map(each => each.path).sort()).toEqual(['/phone', '/tablet'])
    expect(service.arrived[0]).toMatchObject({
      said: {
        title: message!.subject,
        lang: 'en',
        tag: `message-${String(message!.id)}`,
        body: 'Read it under Messages on My card.',
      },
      ttl: 48 * 3600,
      urgency: 'normal',
      topic: `message-${String(message!.id)}`,
      contact: 'mailto:cards@example.org',
    })
    expect(JSON.stringify(service.arrived)).not.toContain('1000000000')
    // A push service's clock is the machine's, and it takes no proof for longer than a day.
    const [raw] = await campus.sql('select extract(epoch from raw_now())::float8 as seconds')
    const left = service.arrived[0]!.until - Number(raw!.seconds)
    expect(left).toBeGreaterThan(11 * 3600)
    expect(left).toBeLessThan(24 * 3600)

    const reply = await server.inject({ url: '/api/v1/me/messages', cookies: { session: 'two' } })
    expect(reply.json<{ messages: MyMessage[] }>().messages).toMatchObject([
      { devices: 2, pushed: 2, pushedAt: campus.now.toString() },
    ])
  })

  it('that was rolled back is pushed to nobody', async () => {
    const { service, tell, send } = await opened()
    await tell('two', '/phone')
    const failing = campus.register.act(system, async act => {
      await act.note({ act: 'card handed over', personId: 2, cardId: 4 })
      throw new Error('after it was told')
    })
    await expect(failing).rejects.toThrow('after it was told')
    expect([await send(), service.asked]).toEqual([0, []])
  })

  it('written before the device was told of stays in the list', async () => {
    const { service, tell, send } = await opened()
    await activate(campus, 2)
    await tell('two', '/phone')
    expect([await send(), service.asked]).toEqual([0, []])
  })

  it('has the same length on its way whoever reads it', async () => {
    const { service, tell, send } = await opened()
    await tell('one', '/zh')
    await tell('two', '/en')
    await activate(campus, 1)
    await activate(campus, 2)
    expect(await send()).toBe(2)
    expect(new Set(service.arrived.map(each => each.said.lang))).toEqual(new Set(['zh-TW', 'en']))
    expect(new Set(service.arrived.map(each => each.bytes)).size).toBe(1)
  })
})

describe('a push service that', () => {
  it.each([404, 410])('says that the device is gone (%i) ends it, and its keys are erased', async status => {
    const { service, server, tell, send } = await opened(path => (path === '/gone' ? { status } : null))
    await tell('two', '/gone')
    await tell('two', '/phone')
    await activate(campus, 2)
    expect(await send()).toBe(1)
    expect(await devices()).toMatchObject([
      { endpoint: null, p256dh: null, ended_because: 'gone' },
      { ended_because: null },
    ])
    expect(await devicesOf(server, 'two')).toHaveLength(1)
    campus.now = campus.now.add({ hours: 2 })
    expect([await send(), service.asked.length]).toEqual([0, 2])
  })

  it.each([
    ['cannot (503)', { status: 503 }, 16],
    ['asks for a rest (429)', { status: 429, headers: { 'retry-after': '600' } }, 601],
    ['leads elsewhere (302)', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 16],
  ])('%s is asked again after a rest, and then it arrives once', async (_, answer, seconds) => {
    let refusals = 1
    const { service, tell, send } = await opened(() => (refusals-- > 0 ? answer : null))
    await tell('two', '/phone')
    await activate(campus, 2)
    expect([await send(), await send(), service.asked.length]).toEqual([0, 0, 1])
    expect(await rows()).toMatchObject([{ sent_at: null, tries: 1, last_error: `HTTP ${answer.status}` }])
    campus.now = campus.now.add({ seconds: seconds - 2 })
    expect(await send()).toBe(0)
    campus.now = campus.now.add({ seconds: 2 })
    expect(await send()).toBe(1)
    expect(await rows()).toMatchObject([{ tries: 2, last_error: null }])
    expect(service.arrived).toHaveLength(1)
  })

  it('is away is asked again, and no device ends; after two days it is given up', async () => {
    const { service, tell, send } = await opened()
    await tell('two', '/phone')
    await activate(campus, 2)
    await service.close()
    letGo.shift()
    expect(await send()).toBe(0)
    expect(await rows()).toMatchObject([{ tries: 1, last_error: 'ECONNREFUSED' }])
    expect(await devices()).toMatchObject([{ ended_because: null }])
    campus.now = campus.now.add({ hours: 48 })
    expect(await send()).toBe(0)
    expect(await rows()).toMatchObject([{ tries: 1 }])
  })

  it('holds up nobody else’s push', async () => {
    const { service, tell, send } = await opened(path => (path === '/slow' ? { status: 500 } : null))
    await tell('one', '/slow')
    await tell('two', '/phone')
    await activate(campus, 1)
    await activate(campus, 2)
    expect([await send(), service.arrived.map(each => each.path)]).toEqual([1, ['/phone']])
  })

  it('is no longer allowed is not spoken to', async () => {
    const { service, tell } = await opened()
    await tell('two', '/phone')
    await activate(campus, 2)
    const pusher = openPusher({ key, hosts: [] })
    expect(await pushDue({ database: chores, clock: campus.clock }, pusher)).toBe(0)
    expect(service.asked).toEqual([])
    expect(await rows()).toMatchObject([{ last_error: 'push service not allowed' }])
  })
})

describe('processes', () => {
  it('two that push at once send each push once', async () => {
    const { service, tell, push } = await opened()
    for (let n = 0; n < 5; n += 1) await tell('two', `/${n}`)
    await activate(campus, 2)
    await campus.register.act(system, act => act.note({ act: 'card handed over', personId: 2, cardId: 4 }))
    const both = await Promise.all(
      [1, 2].map(() => pushDue({ database: chores, clock: campus.clock }, openPusher(push))),
    )
    expect(both[0]! + both[1]!).toBe(10)
    expect(service.asked).toHaveLength(10)
    expect(new Set(service.arrived.map(each => each.path + each.topic)).size).toBe(10)
  })

  it('one that dies after the push service’s yes: sent again, in the place of the first', async () => {
    let kill = () => {}
    const { service, tell, send } = await opened(() => {
      kill()
      return null
    })
    await tell('two', '/phone')
    await activate(campus, 2)
    const url = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)
    const script = `
      const { openDatabase } = await import(${url('../server/database.ts')})
      const { openPusher } = await import(${url('pusher.ts')})
      const { openPushKey } = await import(${url('push-seal.ts')})
      const { pushDue } = await import(${url('push-outgoing.ts')})
      const now = async () => Temporal.Instant.from(process.argv[3])
      const outbox = { database: openDatabase(process.argv[1], 'chores'), clock: { now, actMoment: now } }
      const key = openPushKey(Buffer.from(process.argv[4], 'hex'), 'mailto:cards@example.org')
      await pushDue(outbox, openPusher({ key, hosts: JSON.parse(process.argv[2]) }))`
    const values = [campus.url, JSON.stringify(service.hosts), campus.now.toString(), secret.toString('hex')]
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...values], {
      stdio: 'inherit',
    })
    kill = () => child.kill('SIGKILL')
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect(signal).toBe('SIGKILL')
    kill = () => {}
    expect(await rows()).toMatchObject([{ sent_at: null, tries: 0 }])
    // The dead process's lock goes with its connection, which the database notices in a moment.
    await vi.waitUntil(async () => (await send()) === 1, { timeout: 10_000, interval: 100 })
    expect(service.arrived).toHaveLength(2)
    expect(service.arrived[0]!.topic).toBe(service.arrived[1]!.topic)
    expect(service.arrived[0]!.said).toEqual(service.arrived[1]!.said)
  })

  it('the running one pushes what is written', async () => {
    const { service, tell, push } = await opened()
    await tell('two', '/phone')
    const log: string[] = []
    const pushing = startPushing({
      databaseUrl: campus.url,
      push,
      clock: campus.clock,
      log: line => log.push(line),
    })
    letGo.push(() => pushing.stop())
    await activate(campus, 2)
    await vi.waitUntil(() => service.arrived.length > 0, { timeout: 15_000 })
    await vi.waitUntil(() => log.length > 0, { timeout: 15_000 })
    expect(log).toEqual(['push: 1 sent'])
  })
})

describe('a device', () => {
  it('told of twice is one, and nothing happens the second time', async () => {
    const { server, tell } = await opened()
    const { device } = await tell('two', '/phone')
    expect((await tell('two', '/phone', device)).reply).toMatchObject({ status: 200, again: true })
    expect(await devicesOf(server, 'two')).toMatchObject([{ service: '127.0.0.1' }])
  })

  it('is ended by its holder, and told no more; its address is erased', async () => {
    const { server, service, tell, send } = await opened()
    await tell('two', '/phone')
    await activate(campus, 2)
    const [device] = await devicesOf(server, 'two')
    expect((await ask(server, 'two', 'DELETE', `/devices/${device!.id}`)).status).toBe(200)
    expect([await send(), service.asked]).toEqual([0, []])
    expect(await devices()).toMatchObject([{ endpoint: null, ended_because: 'holder' }])
  })

  it('of somebody else is not ended', async () => {
    const { server, tell } = await opened()
    await tell('two', '/phone')
    const [device] = await devicesOf(server, 'two')
    expect((await ask(server, 'one', 'DELETE', `/devices/${device!.id}`)).status).toBe(200)
    expect(await devicesOf(server, 'two')).toHaveLength(1)
    expect(await devicesOf(server, 'one')).toEqual([])
  })

  it('of somebody else is not taken over by its address alone', async () => {
    const { server, tell, service } = await opened()
    const { told, device } = await tell('two', '/phone')
    const reply = await ask(server, 'one', 'POST', '/devices', { ...told, keys: toldKeys(trialDevice()) })
    expect(reply).toMatchObject({ status: 409, refusal: 'someone-elses-device' })
    expect(service.subscribe('/phone', device)).toBe(told.endpoint)
    expect(await devicesOf(server, 'two')).toHaveLength(1)
  })

  it('that another person holds now tells that person', async () => {
    const { server, tell, service, send } = await opened()
    const { device } = await tell('two', '/phone')
    expect((await tell('one', '/phone', device)).reply).toMatchObject({ status: 200, again: false })
    expect(await devicesOf(server, 'two')).toEqual([])
    await activate(campus, 2)
    expect([await send(), service.asked]).toEqual([0, []])
  })

  it('with new keys takes the place of itself', async () => {
    const { server, tell } = await opened()
    await tell('two', '/phone')
    await tell('two', '/phone')
    expect(await devicesOf(server, 'two')).toHaveLength(1)
    expect(await devices()).toMatchObject([{ ended_because: 'renewed' }, { ended_because: null }])
  })

  it('beyond five is refused, two at once too; one that ended makes room', async () => {
    const { server, tell } = await opened()
    const replies = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(n => tell('two', `/${n}`)))
    const refused = replies.filter(({ reply }) => reply.status === 409)
    expect(refused.map(({ reply }) => reply.message)).toEqual(
      Array(2).fill('At most 5 devices are told. Stop one of them below, then try again.'),
    )
    const [first] = await devicesOf(server, 'two')
    await ask(server, 'two', 'DELETE', `/devices/${first!.id}`)
    expect((await tell('two', '/8')).reply.status).toBe(200)
  })

  it.each([
    ['http://127.0.0.1:5432/', 'service-not-allowed'],
    ['https://intranet.example.org/', 'service-not-allowed'],
    ['push', 'not-a-device'],
  ])('at %s is refused, and nothing is spoken to', async (endpoint, refusal) => {
    const { server } = await opened()
    const reply = await ask(server, 'two', 'POST', '/devices', { endpoint, keys: toldKeys(trialDevice()) })
    expect(reply).toMatchObject({ status: 409, refusal })
    if (refusal === 'service-not-allowed') expect(reply.message).toContain(new URL(endpoint).hostname)
    expect(await devices()).toEqual([])
  })

  it('whose keys are none is refused', async () => {
    const { server, service } = await opened()
    const endpoint = service.subscribe('/x', trialDevice())
    const keys = { ...toldKeys(trialDevice()), p256dh: 'AAAA' }
    expect(await ask(server, 'two', 'POST', '/devices', { endpoint, keys })).toMatchObject({
      refusal: 'not-a-device',
    })
  })

  it('is told of where phones are told alone', async () => {
    const server = await serverWith(null)
    const told = { endpoint: 'https://fcm.googleapis.com/x', keys: toldKeys(trialDevice()) }
    expect(await ask(server, 'two', 'POST', '/devices', told)).toMatchObject({
      status: 409,
      message: 'Phones are not told at present.',
    })
    expect((await ask(server, 'office', 'POST', '/devices', told)).status).toBe(404)
  })
})
