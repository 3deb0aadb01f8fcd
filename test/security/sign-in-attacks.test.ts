import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { whoIs } from '../../src/server/sessions.ts'
import { type Browser, openProvided, type Provided } from '../provided.ts'
import { gatehouseClient } from '../provider.ts'
import type { Forgery } from '../provider-forgery.ts'

/*
 * Signing in against who would do it as somebody else: each attack is tried at the real provider, and the same way without
 * the attack lets in, so that a refusal is the attack's and not the test's.
 */

let at: Provided
beforeAll(async () => {
  at = await openProvided()
}, 240_000)
afterAll(() => at.close())
afterEach(async () => {
  await at.provider.forge(null)
  await at.provider.setClock(0)
})

/** Somebody on their way: what the provider sends them back with, and the browser in which they began. */
async function onTheWay(username = 'officer'): Promise<{ back: URL; browser: Browser }> {
  const browser = at.browser()
  const { location } = await browser.get('/sign-in')
  return { back: new URL(await at.provider.signIn(username, location!, browser.atProvider)), browser }
}

const arrives = async (back: URL, browser: Browser) => {
  const seen = await browser.get(back.href)
  return { status: seen.status, html: seen.html, in: browser.token() !== undefined }
}

it('the control: nothing changed on the way, and they are in', async () => {
  const { back, browser } = await onTheWay()
  expect(await arrives(back, browser)).toMatchObject({ status: 303, in: true })
})

describe('what comes back is changed', () => {
  it.each<[string, (back: URL) => void]>([
    ['another state', back => back.searchParams.set('state', 'x'.repeat(43))],
    ['no state', back => back.searchParams.delete('state')],
    ['two states', back => back.searchParams.append('state', 'x')],
    ['another code', back => back.searchParams.set('code', `${back.searchParams.get('code')}x`)],
    ['no code', back => back.searchParams.delete('code')],
    ['another issuer (mix-up)', back => back.searchParams.set('iss', 'https://evil.example')],
    ['no issuer', back => back.searchParams.delete('iss')],
    ['an error in place of a code', back => back.searchParams.set('error', 'access_denied')],
    ['a token in the address', back => back.searchParams.set('id_token', 'x.y.z')],
  ])('%s: nobody is in', async (_, change) => {
    const { back, browser } = await onTheWay()
    change(back)
    const answer = await arrives(back, browser)
    expect(answer.in).toBe(false)
    expect(answer.status).toBeOneOf([400, 403])
    expect(answer.html).toContain('Sign in again')
  })

  it('the same once more: nobody is in by it', async () => {
    const { back, browser } = await onTheWay()
    expect(await arrives(back, browser)).toMatchObject({ in: true })
    const other = at.browser()
    for (const line of browser.atGatehouse.header.split('; ').filter(each => !each.startsWith('session=')))
      other.atGatehouse.keep(new Response(null, { headers: { 'set-cookie': `${line}; Path=/` } }))
    expect(await arrives(back, other)).toMatchObject({ status: 400, in: false })
  })

  it('in another browser (login CSRF): nobody is in there, and who began can still go on', async () => {
    const { back, browser } = await onTheWay()
    const victim = at.browser()
    expect(await arrives(back, victim)).toMatchObject({ status: 400, in: false })
    // Nor in a browser that is on its own way.
    await victim.get('/sign-in')
    expect(await arrives(back, victim)).toMatchObject({ status: 400, in: false })
    expect(await arrives(back, browser)).toMatchObject({ in: true })
  })

  it('the code of one attempt with the state of another: nobody is in', async () => {
    const [one, other] = [await onTheWay('officer'), await onTheWay('admin')]
    one.back.searchParams.set('code', other.back.searchParams.get('code')!)
    expect(await arrives(one.back, one.browser)).toMatchObject({ status: 400, in: false })
  })

  it('after ten minutes: nobody is in', async () => {
    const { back, browser } = await onTheWay()
    await at.campus.owner.pool.query(`update sign_in_attempt set ends_at = ends_at - interval '10 minutes'`)
    expect(await arrives(back, browser)).toMatchObject({ status: 400, in: false })
  })

  it('with another verifier (a stolen code): the provider gives nothing for it', async () => {
    const { back, browser } = await onTheWay()
    await at.campus.owner.pool.query(`update sign_in_attempt set verifier = repeat('a', 43)`)
    expect(await arrives(back, browser)).toMatchObject({ status: 400, in: false })
  })
})

describe('an identity token that nobody may believe', () => {
  const now = () => Math.floor(Date.now() / 1000)
  it.each<[string, () => Forgery]>([
    ['of another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['for somebody else', () => ({ claims: { aud: 'another-client' } })],
    [
      'for us and somebody else, who asked for it',
      () => ({ claims: { aud: ['gatehouse', 'other'], azp: 'other' } }),
    ],
    ['with another nonce', () => ({ claims: { nonce: 'another' } })],
    ['without a nonce', () => ({ claims: { nonce: null } })],
    ['that is over', () => ({ claims: { exp: now() - 120, iat: now() - 400 } })],
    ['that never ends', () => ({ claims: { exp: null } })],
    ['from the day before yesterday', () => ({ claims: { iat: now() - 172_800 } })],
    ['from the future', () => ({ claims: { iat: now() + 3_600 } })],
    ['of nobody', () => ({ claims: { sub: null } })],
    ['of somebody else than its access token', () => ({ claims: { sub: 'admin' } })],
    ['signed by a stranger under the provider’s key id', () => ({ signedBy: 'stranger' })],
    ['signed by a stranger with a key of their own', () => ({ signedBy: 'stranger-own-key' })],
    ['signed by nobody (alg none)', () => ({ signedBy: 'nobody' })],
    ['signed with our own secret (HS256)', () => ({ signedBy: 'secret', secret: gatehouseClient.secret })],
  ])('%s: nobody is in', async (_, forgery) => {
    await at.provider.forge(forgery())
    const { back, browser } = await onTheWay()
    const answer = await arrives(back, browser)
    expect(answer).toMatchObject({ status: 400, in: false })
    expect(answer.html).toContain('could not be confirmed')
  })

  it('the control: forged with nothing changed, and they are in', async () => {
    await at.provider.forge({ claims: {} })
    const { back, browser } = await onTheWay()
    expect(await arrives(back, browser)).toMatchObject({ in: true })
  })
})

describe('clocks and keys', () => {
  it.each([
    { aheadSeconds: 45, in: true },
    { aheadSeconds: -45, in: true },
    { aheadSeconds: 300, in: false },
    { aheadSeconds: -900, in: false },
  ])('a provider whose clock is $aheadSeconds s ahead: in is $in', async ({ aheadSeconds, in: expected }) => {
    await at.provider.setClock(aheadSeconds * 1000)
    const { back, browser } = await onTheWay()
    expect((await arrives(back, browser)).in).toBe(expected)
  })

  it.each([{ keepOld: true }, { keepOld: false }])(
    'new keys (the old one kept: $keepOld) are asked for',
    async keys => {
      await at.provider.rotateKeys(keys)
      const { back, browser } = await onTheWay()
      expect(await arrives(back, browser)).toMatchObject({ in: true })
    },
  )
})

describe('a provider that is down', () => {
  it('mid-way: one clear page, and later they sign in anew', async () => {
    const { back, browser } = await onTheWay()
    await at.provider.stop()
    const answer = await arrives(back, browser)
    expect(answer).toMatchObject({ status: 503, in: false })
    expect(answer.html).toContain('does not answer')
    await at.provider.start()
    expect((await at.signIn('officer', browser)).location).toBe('/staff')
  })

  it('from the start: 503 in both languages with the emergency way in, and who is signed in goes on', async () => {
    const { browser } = await at.signIn('officer')
    await at.provider.stop()
    // A process that has not heard of it yet: the other one knows for ten minutes where to send people.
    const other = await at.another()
    try {
      for (const [language, words] of [
        ['en', ['does not answer', 'Administrators can use an emergency code']],
        ['zh-TW', ['登入系統目前沒有回應', '系統管理員可以用緊急代碼登入']],
      ] as const) {
        const seen = await other.server.inject({
          url: '/sign-in',
          headers: { accept: 'text/html', 'accept-language': language },
        })
        expect([seen.statusCode, seen.headers['retry-after']]).toEqual([503, '120'])
        for (const said of [...words, '/sign-in/break-glass']) expect(seen.body).toContain(said)
      }
      const cookie = browser.atGatehouse.header
      const own = await other.server.inject({ url: '/api/v1/overview', headers: { cookie } })
      expect(own.statusCode).toBe(200)
      expect((await other.server.inject({ url: '/sign-in/break-glass' })).statusCode).toBe(200)
    } finally {
      await other.close()
      await at.provider.start()
    }
  })
})

describe('where somebody is led afterwards', () => {
  it.each([
    ['/staff/overview?list=waits', '/staff/overview?list=waits'],
    ['https://evil.example/', '/staff'],
    ['//evil.example/', '/staff'],
    ['/\\evil.example', '/staff'],
    ['/%5Cevil.example', '/%5Cevil.example'],
    ['javascript:alert(1)', '/staff'],
    ['/\t/evil.example', '/staff'],
    [`/${'x'.repeat(600)}`, '/staff'],
  ])('%j leads to %j', async (asked, leads) => {
    const browser = at.browser()
    const begun = await browser.get(`/sign-in?${new URLSearchParams({ return_to: asked })}`)
    const back = await at.provider.signIn('officer', begun.location!, browser.atProvider)
    const seen = await browser.get(back)
    expect(seen.location).toBe(leads)
    expect(new URL(seen.location!, at.origin).origin).toBe(at.origin)
  })
})

it('a session that was there before is over: nobody puts theirs under somebody else (fixation)', async () => {
  const { browser } = await at.signIn('officer')
  const before = browser.token()!
  await at.signIn('officer', browser)
  expect(browser.token()).not.toBe(before)
  expect(await whoIs(at.campus.gatehouse.database, before)).toBeNull()
  const victim = at.browser()
  const planted = 'planted-by-somebody-else'
  victim.atGatehouse.keep(new Response(null, { headers: { 'set-cookie': `session=${planted}; Path=/` } }))
  await at.signIn('officer.two', victim)
  expect(victim.token()).not.toBe(planted)
  expect(await whoIs(at.campus.gatehouse.database, planted)).toBeNull()
})

describe('a logout that the provider did not send', () => {
  const ended = async (token: string) => {
    const response = await fetch(`${at.origin}/sign-in/ended`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    })
    return response.status
  }
  it('ends nothing: an access token, nonsense', async () => {
    const { browser } = await at.signIn('officer')
    const access = await at.provider.clientToken('registrar')
    for (const token of [access, 'x.y.z', '', 'x'.repeat(30_000)]) expect(await ended(token)).toBe(400)
    expect(await whoIs(at.campus.gatehouse.database, browser.token()!)).not.toBeNull()
  })
})

it('nothing of a token, a code, a state or a secret is in the log', async () => {
  const { back, browser } = await onTheWay()
  const code = back.searchParams.get('code')!
  await at.provider.forge({ signedBy: 'stranger' })
  await arrives(back, browser)
  const log = at.log.join('\n')
  expect(log).toContain('not believed')
  for (const secret of [code, back.searchParams.get('state')!, gatehouseClient.secret, 'eyJ'])
    expect(log).not.toContain(secret)
})
