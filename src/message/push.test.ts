import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { startPushing } from './push.ts'
import { pushDue } from './push-outgoing.ts'
import { openPusher } from './pusher.ts'
import type { MyMessage } from './routes.ts'
import { activate, system } from './trial-campus.ts'
import {
  ask,
  campus,
  chores,
  devices,
  devicesOf,
  key,
  letGo,
  opened,
  openPhones,
  rows,
  secret,
} from './trial-phones.ts'

openPhones()

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
    const given = { ended_at: campus.now, sent_at: null, tries: 1, last_error: 'ECONNREFUSED' }
    expect(await rows()).toMatchObject([given])
  })

  it('is never asked for a device that ended before: what was on its way there ends, the others arrive', async () => {
    const { service, server, tell, send } = await opened()
    await tell('two', '/ended')
    await tell('two', '/phone')
    await activate(campus, 2)
    const [first] = await devicesOf(server, 'two')
    await ask(server, 'two', 'DELETE', `/devices/${first!.id}`)
    expect([await send(), service.asked]).toEqual([1, ['/phone']])
    const ended = { sent_at: null, ended_at: campus.now, tries: 0, last_error: 'the device has ended' }
    expect(await rows()).toMatchObject([ended, { ended_at: null, sent_at: campus.now }])
    const told = campus.now
    campus.now = campus.now.add({ hours: 49 })
    expect([await send(), (await rows())[0]!.ended_at]).toEqual([0, told])
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
