import { request as askByTls } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hostLiesIn, parseNetworks } from '../../src/access/networks.ts'
import { call } from '../../src/access/trial.ts'
import { openUhppoteDriver } from '../../src/controller/uhppote/driver.ts'
import { realNetwork } from '../../src/controller/uhppote/sockets.ts'
import { within } from '../../src/controller/uhppote/within.ts'
import { type PushHost, parsePushHosts } from '../../src/message/push-hosts.ts'
import { isPublic, publicLookup, type Resolve } from '../../src/message/push-reach.ts'
import { newPushSecret, openPushKey } from '../../src/message/push-seal.ts'
import { openPusher } from '../../src/message/pusher.ts'
import { toldKeys, trialDevice } from '../../src/message/trial-device.ts'
import { openCampus, type TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { type Inside, openAnswering, openInside } from './listeners.ts'

/*
 * Every address that somebody can hand in and Gatehouse would speak to: those of controllers, and of push services. (The
 * provider, the mail server and the payment page are named by the operator alone.) Somebody inside listens and counts.
 */
const key = openPushKey(newPushSecret(), 'mailto:cards@example.org')
const name = 'push.example.org'
let inside: Inside
let campus: TestCampus
let allowed: readonly PushHost[]
const hostsOf = (text: string) => {
  const read = parsePushHosts(text)
  if (!read.ok) throw new Error(read.wrong)
  return read.hosts
}
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  inside = await openInside('127.0.0.1', '127.0.0.2', '::1')
  allowed = hostsOf(`${name}, ${name}:${inside.port}`)
  campus = await openCampus({ from: '2023-10-18T11:00', push: { key, hosts: allowed } })
}, 60_000)
afterAll(async () => {
  await campus.close()
  await inside.close()
})
beforeEach(() => inside.forget())
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Ways to write an address of this machine, of a cloud's own secrets, or of nobody, so that it is taken for another. */
const hostile = [
  'localhost',
  'localhost.',
  'localhost.localdomain',
  '0.0.0.0',
  '0',
  '127.1',
  '127.0.0.1.',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1%00.example.org',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[fe80::1%25eth0]',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '[fd00:ec2::254]',
  '224.0.0.1',
  '255.255.255.255',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  'ⅼocalhost',
  `${name}.`,
  `${name}@127.0.0.1`,
  `127.0.0.1#@${name}`,
  `127.0.0.1\\@${name}`,
  `${name}.127.0.0.1.nip.io`,
  'xn--push-.example.org',
  'metadata.google.internal',
] as const

describe('an address of a controller', () => {
  let serial = 423_180_000
  function board(host: string) {
    serial += 1
    return {
      serial,
      host,
      port: inside.port,
      capacity: 2000,
      numberFormat: 'w34-reversed-last4',
      building: { 'zh-TW': '音樂館', en: 'Music' },
      doors: [{ id: `music-${serial}`, number: 1, name: { 'zh-TW': '大門', en: 'Entrance' } }],
    }
  }

  it.each(hostile)('%s is refused, and nobody is asked', async host => {
    const { status, body } = await call(campus, 'POST', '/controllers', board(host))
    expect(status).toBe(409)
    expect(body.refusal).toBeOneOf(['host-not-an-address', 'host-not-allowed'])
    expect(inside.reached()).toBe(0)
  })

  it('nor is one moved there', async () => {
    const said = board('10.3.0.77')
    expect((await call(campus, 'POST', '/controllers', said)).status).toBe(200)
    for (const host of hostile) {
      const moved = await call(campus, 'PATCH', `/controllers/${said.serial}`, { host })
      expect(moved.status).toBe(409)
    }
    expect(inside.reached()).toBe(0)
  })

  it('outside of the networks that is in the register all the same: no datagram leaves', async () => {
    const networks = parseNetworks('10.3.0.0/16')
    if (!networks.ok) throw new Error(networks.wrong)
    const ask = async (network: typeof realNetwork) => {
      const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
      const driver = await openUhppoteDriver({ monotonicMs, network, tries: 1, shortestWaitMs: 50 })
      await driver.count({ serial: 423_190_001, host: '127.0.0.2', port: inside.port, capacity: 2000 })
      await driver.close()
      return inside.reached()
    }
    const mayBeAt = (host: string) => hostLiesIn(host, networks.networks)
    expect(await ask(within(realNetwork, mayBeAt))).toBe(0)
    // The control: without the networks the same is asked, and whoever listens counts it.
    expect(await ask(realNetwork)).toBeGreaterThan(0)
  })
})

describe('an address of a push service', () => {
  const push = (endpoint: string, hosts = allowed, resolve?: Resolve) =>
    openPusher({ key, hosts }, resolve).send({
      endpoint,
      text: '{}',
      keptSeconds: 60,
      urgency: 'normal',
      topic: 'a',
      at: Temporal.Now.instant(),
      ...keysOf(),
    })
  const keysOf = () => {
    const { p256dh, auth } = trialDevice().keys
    return { p256dh, auth }
  }
  const leadsTo =
    (...addresses: string[]): Resolve =>
    (_, __, found) =>
      found(
        null,
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      )

  it.each(hostile)('%s is refused when a phone hands it in, and when it is in the register', async host => {
    for (const scheme of ['https', 'http']) {
      const endpoint = `${scheme}://${host}:${inside.port}/x`
      const reply = await campus.gatehouse.server.inject({
        method: 'POST',
        url: '/api/v1/me/devices',
        payload: { endpoint, keys: toldKeys(trialDevice()) },
        headers: { cookie: await campus.signIn(people.aEarly.number) },
      })
      expect([reply.statusCode, reply.json<{ refusal: string }>().refusal]).toEqual([
        409,
        expect.stringMatching(/^(service-not-allowed|not-a-device)$/),
      ])
      expect(await push(endpoint)).toMatchObject({ why: 'push service not allowed' })
    }
    expect(inside.reached()).toBe(0)
  })

  it.each([
    ['127.0.0.2'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:2'],
    ['64:ff9b::7f00:2'],
    ['fd00::1'],
    ['fe80::1'],
    ['2002:7f00:1::'],
    ['127.0.0.1', '127.0.0.2', '::1'],
  ])('whose allowed name leads to %s: no connection is opened', async (...addresses) => {
    const outcome = await push(`https://${name}:${inside.port}/x`, allowed, leadsTo(...addresses))
    expect([outcome, inside.reached()]).toEqual([
      { is: 'failed', why: 'push service at no public address', restSeconds: null },
      0,
    ])
  })

  it('control: who does not look at where a name leads reaches whoever is inside', async () => {
    const asked = askByTls(`https://${name}:${inside.port}/x`, {
      lookup: (_, options, found) =>
        options.all ? found(null, [{ address: '127.0.0.2', family: 4 }]) : found(null, '127.0.0.2', 4),
    })
    await new Promise<void>(done => asked.on('error', () => done()).end())
    expect(inside.reached()).toBe(1)
  })

  it('of several addresses the public ones are left, and a name that is not found is said so', async () => {
    const look = (resolve: Resolve) =>
      new Promise(done => publicLookup(resolve)(name, { all: true }, (...said) => done(said)))
    expect(await look(leadsTo('10.0.0.1', '8.8.8.8', '::1', '2620:fe::fe'))).toEqual([
      null,
      [
        { address: '8.8.8.8', family: 4 },
        { address: '2620:fe::fe', family: 6 },
      ],
    ])
    const lost = Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
    expect(
      await push(`https://${name}:${inside.port}/x`, allowed, (_, __, found) => found(lost, [])),
    ).toMatchObject({ why: 'ENOTFOUND' })
    expect(['172.32.0.1', '1.1.1.1'].map(address => isPublic({ address, family: 4 }))).toEqual([true, true])
  })

  it.each([301, 302, 303, 307, 308])('that leads elsewhere (%i) is not followed', async status => {
    const service = await openAnswering((_, reply) =>
      reply.writeHead(status, { location: `http://127.0.0.1:${inside.port}/latest/meta-data` }).end(),
    )
    closing.push(service.close)
    const hosts = hostsOf(`127.0.0.1:${service.port}`)
    expect(await push(`${service.origin}/x`, hosts)).toMatchObject({ is: 'failed', why: `HTTP ${status}` })
    expect([service.asked, inside.reached()]).toEqual([['/x'], 0])
    // The control: who follows does reach it.
    await fetch(`${service.origin}/x`).catch(() => {})
    expect(inside.reached()).toBe(1)
  })

  it('that never ends its answer is let go', async () => {
    const left = Promise.withResolvers<string>()
    const service = await openAnswering((_, reply) => {
      reply.writeHead(201).flushHeaders()
      const more = setInterval(() => reply.write('x'.repeat(1000)), 20)
      reply.on('close', () => {
        left.resolve('let go')
        clearInterval(more)
      })
    })
    closing.push(service.close)
    expect(await push(`${service.origin}/x`, hostsOf(`127.0.0.1:${service.port}`))).toEqual({ is: 'taken' })
    expect(await Promise.race([left.promise, wait(12_000, 'held')])).toBe('let go')
  })
})
