import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { areDeviceKeys, newPushSecret, openPushKey, sealedBytes, sealPush } from './push-seal.ts'
import { openSealed, trialDevice } from './trial-device.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')

/** RFC 8291, section 5 and appendix A. */
const rfc = {
  text: 'When I grow up, I want to be a watermelon',
  device: {
    p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
    auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
  },
  chance: {
    privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  },
  sealed:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

describe('a sealed push', () => {
  it('of RFC 8291’s example is that of the RFC, byte for byte', () => {
    const text = Buffer.from(rfc.text)
    const sealed = sealPush(text, rfc.device, { filledTo: text.length, chance: rfc.chance })
    expect(sealed.toString('base64url')).toBe(rfc.sealed)
  })

  it('is opened by the device’s own key, and has the same length whatever it says', () => {
    const device = trialDevice()
    const [short, long] = ['', '卡'.repeat(300)].map(text => sealPush(Buffer.from(text), device.keys))
    expect(openSealed(device, long!).toString()).toBe('卡'.repeat(300))
    expect(openSealed(device, short!).toString()).toBe('')
    expect(short).toHaveLength(long!.length)
    expect(() => openSealed(trialDevice(), long!)).toThrow('authenticate')
  })

  it('is never the same twice', () => {
    const { keys } = trialDevice()
    const sealed = [1, 2].map(() => sealPush(Buffer.from('x'), keys).toString('base64url'))
    expect(sealed[0]).not.toBe(sealed[1])
  })

  it('is never too long for a push service', () => {
    const { keys } = trialDevice()
    expect(sealPush(Buffer.alloc(sealedBytes), keys).length).toBeLessThanOrEqual(4096)
    expect(() => sealPush(Buffer.alloc(sealedBytes + 1), keys)).toThrow('1024')
  })
})

describe('keys of a device', () => {
  const { keys } = trialDevice()
  const off = Buffer.from(keys.p256dh)
  off[64]! ^= 1
  it.each([
    ['as a browser gives them', keys, true],
    ['of a point that is not on the curve', { ...keys, p256dh: off }, false],
    [
      'of a compressed point',
      { ...keys, p256dh: Buffer.concat([Buffer.from([2]), keys.p256dh.subarray(1, 33)]) },
      false,
    ],
    ['with a secret too short', { ...keys, auth: keys.auth.subarray(1) }, false],
    ['of nothing', { p256dh: Buffer.alloc(0), auth: Buffer.alloc(0) }, false],
  ])('%s', (_, given, good) => {
    expect(areDeviceKeys(given)).toBe(good)
  })
})

it('the proof of who sends is signed by the key that browsers were told, and ends (RFC 8292)', () => {
  const key = openPushKey(newPushSecret(), 'mailto:cards@example.org')
  const proof = key.proofFor('https://push.example.org', Temporal.Instant.from('2023-10-18T03:00:00Z'))
  const [, said = '', signature = '', k = ''] = /^vapid t=(.+)\.([\w-]+), k=([\w-]+)$/.exec(proof) ?? []
  expect(k).toBe(key.publicKey)
  const [head, claims] = said.split('.').map(part => JSON.parse(bytes(part).toString()) as object)
  expect(head).toEqual({ typ: 'JWT', alg: 'ES256' })
  expect(claims).toEqual({
    aud: 'https://push.example.org',
    exp: Date.parse('2023-10-18T15:00:00Z') / 1000,
    sub: 'mailto:cards@example.org',
  })
  const point = bytes(k)
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const publicKey = createPublicKey({ format: 'jwk', key: jwk })
  const as = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  expect(verify('sha256', Buffer.from(said), as, bytes(signature))).toBe(true)
  expect(verify('sha256', Buffer.from(`${said}x`), as, bytes(signature))).toBe(false)
})
