import { afterAll, beforeAll, expect, it } from 'vitest'
import { openProvided, type Provided } from '../provided.ts'

/* Tokens that name keys which nobody has: the provider is not asked for its keys once a token, but once in a while. */

let at: Provided
beforeAll(async () => {
  at = await openProvided({ keysRestMs: 60_000 })
}, 60_000)
afterAll(() => at.close())

it('two hundred tokens with unknown keys ask for the keys once', async () => {
  const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'unknown', typ: 'logout+jwt' }))
  const token = `${header.toString('base64url')}.${Buffer.from('{}').toString('base64url')}.AAAA`
  for (let sent = 0; sent < 200; sent += 1) {
    const { status } = await fetch(`${at.origin}/sign-in/ended`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    })
    expect(status).toBe(400)
  }
  expect(await at.provider.fetchedKeys()).toBe(1)
})
