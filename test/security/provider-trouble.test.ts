import type { ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NotBelieved, openProvider, ProviderDown } from '../../src/identity/provider.ts'
import { type Inside, openAnswering, openInside } from './listeners.ts'

/*
 * A provider in trouble, or one that leads elsewhere: what it publishes, and what stands in a token, never has us speak to
 * somebody else, and nobody waits for it without end. `inside` is whoever must not be spoken to, and counts.
 */
const audience = 'https://gatehouse.example/api'
/** The longest wait for one answer, and what a busy machine adds. */
const patienceMs = 5_000 + 2_500

let inside: Inside
let key: CryptoKey
let jwk: JWK
beforeAll(async () => {
  inside = await openInside('127.0.0.2')
  const pair = await generateKeyPair('RS256', { extractable: true })
  key = pair.privateKey
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'known', alg: 'RS256', use: 'sig' }
})
afterAll(() => inside.close())
beforeEach(() => inside.forget())

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const seconds = () => Math.floor(Date.now() / 1000)

type Says = (reply: ServerResponse, origin: string) => void
const json = (reply: ServerResponse, value: object) =>
  reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
const discovery: Says = (reply, origin) =>
  json(reply, {
    issuer: origin,
    authorization_endpoint: `${origin}/auth`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  })
const keysOf: Says = reply => json(reply, { keys: [jwk] })

/** A provider that answers so, as we open it, and a token of its own for our API. */
async function opened(says: { discovery?: Says; keys?: Says } = {}) {
  const server = await openAnswering((request, reply) => {
    const asked = request.url === '/jwks' ? (says.keys ?? keysOf) : (says.discovery ?? discovery)
    asked(reply, server.origin)
  })
  closing.push(server.close)
  const provider = openProvider({
    settings: {
      issuer: new URL(server.origin),
      clientId: 'gatehouse',
      clientSecret: 'secret-of-gatehouse-in-tests',
      scope: 'openid',
      audience,
      skewSeconds: 60,
    },
    pages: 'http://127.0.0.1:1',
    monotonicMs: () => performance.now(),
    keysRestMs: 0,
  })
  const token = (header: object = {}, claims: object = {}, signedBy = key) => {
    const at = seconds()
    const usual = { iss: server.origin, aud: audience, sub: 'somebody', iat: at, exp: at + 300 }
    return new SignJWT({ ...usual, client_id: 'campus-app', scope: 'card:read', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'known', typ: 'at+jwt', ...header })
      .sign(signedBy)
  }
  return { provider, token, asked: server.asked }
}
const elsewhere = () => `http://127.0.0.2:${inside.port}/latest/meta-data`
const timed = async (work: Promise<unknown>) => {
  const began = performance.now()
  const fault = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return { fault, ms: performance.now() - began }
}

it('the control: as it should be, its token is believed', async () => {
  const { provider, token } = await opened()
  expect(await provider.bears(await token())).toMatchObject({ client: 'campus-app', subject: 'somebody' })
})

describe('a provider that leads elsewhere', () => {
  it.each([301, 302, 303, 307, 308])(
    'with %i: it is not followed, for what it says of itself or for its keys',
    async status => {
      const leads: Says = reply => reply.writeHead(status, { location: elsewhere() }).end()
      for (const says of [{ discovery: leads }, { keys: leads }]) {
        const { provider, token } = await opened(says)
        await expect(provider.bears(await token())).rejects.toThrow(ProviderDown)
      }
      expect(inside.reached()).toBe(0)
      // The control: who follows does reach it.
      await fetch(elsewhere()).catch(() => {})
      expect(inside.reached()).toBe(1)
    },
  )

  it.each([
    ['jku', () => ({ jku: elsewhere() })],
    ['x5u', () => ({ x5u: elsewhere() })],
    ['its own key', () => ({ jwk })],
  ])('a token that brings %s where a key is to be had: not believed, nobody asked', async (_, header) => {
    const { provider, token } = await opened()
    const stranger = (await generateKeyPair('RS256')).privateKey
    await expect(provider.bears(await token(header(), {}, stranger))).rejects.toThrow(NotBelieved)
    expect(inside.reached()).toBe(0)
  })

  it('that says it is another issuer is not one', async () => {
    const { provider } = await opened({ discovery: reply => discovery(reply, 'http://127.0.0.2:1') })
    await expect(provider.bears('x.y.z')).rejects.toThrow(ProviderDown)
  })
})

describe('a provider that keeps us waiting', () => {
  const silent: Says = () => {}
  const slow: Says = reply => {
    reply.writeHead(200, { 'content-type': 'application/json' })
    const more = setInterval(() => reply.write(' '), 100)
    reply.on('close', () => clearInterval(more))
  }
  const endless: Says = reply => {
    reply.writeHead(200, { 'content-type': 'application/json' })
    const more = setInterval(() => reply.write(' '.repeat(200_000)), 5)
    reply.on('close', () => clearInterval(more))
  }
  it.each<[string, Says]>([
    ['that says nothing', silent],
    ['that says a byte at a time', slow],
    ['that never stops', endless],
  ])('%s: is let go after five seconds', { timeout: 30_000 }, async (_, says) => {
    const [first, second] = [await opened({ discovery: says }), await opened({ keys: says })]
    for (const { fault, ms } of await Promise.all([
      timed(first.provider.bears(await first.token())),
      timed(second.provider.bears(await second.token())),
    ])) {
      expect(fault).toBeInstanceOf(ProviderDown)
      expect(ms).toBeLessThan(patienceMs)
    }
  })

  it('and a hundred who sign in meanwhile ask it once', { timeout: 30_000 }, async () => {
    const { provider, asked } = await opened({ discovery: silent })
    const attempt = { state: 's', nonce: 'n', verifier: 'v'.repeat(43) }
    const all = await Promise.all(
      Array.from({ length: 100 }, () => timed(provider.authorizationUrl(attempt))),
    )
    expect(all.every(({ fault, ms }) => fault instanceof ProviderDown && ms < patienceMs)).toBe(true)
    expect(asked).toHaveLength(1)
  })
})

describe('a logout token', () => {
  const event = { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }
  it('of the provider, for us, is carried out (the control)', async () => {
    const { provider, token } = await opened()
    expect(await provider.endedBy(await token({}, { ...event, aud: 'gatehouse' }))).toMatchObject({
      session: null,
    })
  })

  it.each<[string, object]>([
    ['for another audience', { ...event, aud: 'another-client' }],
    ['that is an identity token', { aud: 'gatehouse' }],
    ['that is an identity token with the event in it', { ...event, aud: 'gatehouse', nonce: 'n' }],
    ['of another issuer', { ...event, aud: 'gatehouse', iss: 'https://evil.example' }],
    ['from further ahead than clocks may differ', { ...event, aud: 'gatehouse', iat: seconds() + 300 }],
    ['from longer ago than that', { ...event, aud: 'gatehouse', iat: seconds() - 900 }],
    ['of nobody', { ...event, aud: 'gatehouse', sub: '' }],
    ['with an event that is none', { events: { other: {} }, aud: 'gatehouse' }],
  ])('%s is not', async (_, claims) => {
    const { provider, token } = await opened()
    await expect(provider.endedBy(await token({}, claims))).rejects.toThrow(NotBelieved)
  })

  it('signed by a stranger is not', async () => {
    const { provider, token } = await opened()
    const stranger = (await generateKeyPair('RS256')).privateKey
    await expect(provider.endedBy(await token({}, { ...event, aud: 'gatehouse' }, stranger))).rejects.toThrow(
      NotBelieved,
    )
  })
})
