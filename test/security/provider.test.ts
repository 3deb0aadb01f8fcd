import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiAudience, CookieJar, openProvider, otherAudience, type Provider } from '../provider.ts'

/* The provider that other tests sign in at is a real one: its tokens verify, and it refuses what it must. */

let provider: Provider
beforeAll(async () => {
  provider = await openProvider()
})
afterAll(() => provider.close())

const verify = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${provider.issuer}/jwks`)), {
    issuer: provider.issuer,
    audience: apiAudience,
  })

it('gives the university’s app a token of a student for the API, which names the student', async () => {
  const { payload } = await verify(await provider.delegatedToken('s41047001s'))
  expect(payload).toMatchObject({
    sub: 's41047001s',
    client_id: 'campus-app',
    scope: 'card:read card:activate',
    student_number: '41047001S',
  })
})

it('gives a token for another audience that does not verify for ours', async () => {
  const token = await provider.delegatedToken('s41047001s', { audience: otherAudience })
  await expect(verify(token)).rejects.toThrow('"aud"')
})

it('gives systems their own scopes and no others', async () => {
  const { payload } = await verify(await provider.clientToken('registrar'))
  expect(payload).toMatchObject({ sub: 'registrar', scope: 'roster:write' })
  const asked = await verify(await provider.clientToken('archive', { scope: 'roster:write' }))
  expect(asked.payload.scope).toBeUndefined()
})

it('refuses a code flow without PKCE', async () => {
  const asking = new URLSearchParams({
    client_id: 'campus-app',
    response_type: 'code',
    redirect_uri: 'https://app.university.example/back',
    scope: 'openid',
  })
  const back = await provider.signIn('officer', `${provider.issuer}/auth?${asking}`, new CookieJar())
  expect(new URL(back).searchParams.get('error')).toBe('invalid_request')
})

it('signs with a new key after a rotation, with its own clock, and is down when it is told to be', async () => {
  const kid = async () => decodeProtectedHeader(await provider.clientToken('registrar')).kid
  const before = await kid()
  await provider.rotateKeys()
  expect(await kid()).not.toBe(before)
  await provider.setClock(-3_600_000)
  await expect(verify(await provider.clientToken('registrar'))).rejects.toThrow('"exp"')
  await provider.setClock(0)
  await provider.stop()
  await expect(provider.clientToken('registrar')).rejects.toThrow()
  await provider.start()
  await verify(await provider.clientToken('registrar'))
})
