import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBundles } from '../../src/server/bundles.ts'
import { makeServer, type Server } from '../../src/server/http.ts'
import { servePages } from '../../src/server/pages.ts'
import type { Surroundings } from '../../src/web/shell.ts'
import {
  closeBrowser,
  expectAccessible,
  expectNoSideScroll,
  looks,
  openPage,
  screenshot,
} from './chromium.ts'

const campus: Surroundings = {
  campusName: { 'zh-TW': '示例大學', en: 'Example University' },
  zone: 'Asia/Taipei',
  begun: true,
  today: '2024-02-29',
  reader: { name: { 'zh-TW': '櫃檯甲', en: 'Desk Clerk A' }, roles: ['desk'], role: null },
  helpHref: '/help',
  ways: [
    { href: '/gallery', text: { 'zh-TW': '我的卡片', en: 'My card' } },
    { href: '/notice', text: { 'zh-TW': '換發公告', en: 'Notice' } },
  ],
  signInHref: '/sign-in',
  signOutHref: '/sign-out',
  changeRoleHref: '/sign-in/as',
}

let server: Server
let origin: string

beforeAll(async () => {
  const bundles = await ensureBundles({ projectFolder: join(import.meta.dirname, '../..'), log: () => {} })
  server = await makeServer({ whoIs: async () => null, demo: true, logLevel: 'silent' })
  await servePages(server, { bundles, surroundings: () => campus, staffPolicy: 'public' })
  server.get('/gallery', { config: { policy: 'public' } }, (_, reply) => reply.page('gallery', {}))
  // What every screen asks for: whether somebody came in by an emergency code.
  server.get('/api/v1/break-glass', { config: { policy: 'public' } }, async () => ({
    usedAt: [],
    left: 0,
    until: null,
    guessed: false,
  }))
  origin = await server.listen({ host: '127.0.0.1', port: 0 })
})

afterAll(async () => {
  await closeBrowser()
  await server.close()
})

describe('every component, and the staff home, can be read by everybody', () => {
  it.each(looks)('at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await openPage({ ...look, origin })
    for (const path of ['gallery', 'staff', 'staff/gallery']) {
      await page.goto(`/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await screenshot(page, `${path.replace('/', '-')}-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    await page.getByRole('button').first().click()
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    expect(troubles).toEqual([])
    await close()
  })

  it('and the reader that says so would say otherwise (a button without a name, a page too wide)', async () => {
    const { page, close } = await openPage({ width: 360, origin })
    await page.goto('/gallery')
    await page.evaluate(() => {
      document.querySelector('main')!.append(document.createElement('button'))
    })
    await expect(expectAccessible(page)).rejects.toThrow(/button-name/u)
    await page.evaluate(() => {
      const bar = document.createElement('canvas')
      bar.width = 500
      document.body.append(bar)
    })
    await expect(expectNoSideScroll(page)).rejects.toThrow(/canvas/u)
    await close()
  })
})

describe('choices made in the head', () => {
  it.each([{ scripts: true }, { scripts: false }])(
    'keep the page (scripts: $scripts)',
    async ({ scripts }) => {
      const { page, close } = await openPage({ width: 360, language: 'en', scripts, origin })
      await page.goto('/gallery?part=1')
      await page.getByRole('link', { name: '中文' }).click()
      await page.getByRole('heading', { level: 1, name: '元件一覽' }).waitFor()
      await page.locator('summary').first().click()
      await page.getByRole('link', { name: '深色' }).click()
      expect(page.url()).toBe(`${origin}/gallery?part=1`)
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-TW')
      await close()
    },
  )

  it.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example/',
    'javascript:alert(1)',
    '',
  ])('never lead to another site (%s)', async to => {
    const answer = await server.inject(`/preferences?${new URLSearchParams({ language: 'en', to })}`)
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/')
  })
})

describe('what a browser is told', () => {
  it('keeps built files for a year, and pages not at all', async () => {
    const page = await server.inject('/gallery')
    expect(page.headers['cache-control']).toBe('no-store')
    const script = /src="(\/assets\/[^"]+\.js)"/u.exec(page.body)?.[1]
    const file = await server.inject({ url: script!, headers: { 'accept-encoding': 'br' } })
    expect(file.statusCode).toBe(200)
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(file.headers['content-encoding']).toBe('br')
  })

  it.each(['/gallery', '/staff', '/nowhere', '/assets/none.js'])(
    'is strict about scripts on %s',
    async url => {
      const { headers } = await server.inject({ url, headers: { accept: 'text/html' } })
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
    },
  )

  it('has no inline script on a server-rendered page, and one style, which the policy names', async () => {
    const { body, headers } = await server.inject('/gallery')
    const [before = '', style = '', after = ''] = body.split(/<\/?style>/u)
    expect(body.split('<style')).toHaveLength(2)
    const hash = createHash('sha256').update(style).digest('base64')
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}' 'self'`)
    expect(before + after).not.toMatch(/\sstyle=|\son[a-z]+=/u)
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/u)
  })
})

describe('an address that is not there', () => {
  it('is a page for people and a problem for programs', async () => {
    const person = await server.inject({
      url: '/nowhere',
      headers: { accept: 'text/html', 'accept-language': 'en' },
    })
    expect(person.statusCode).toBe(404)
    expect(person.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(person.body).toContain('There is no such page')
    const program = await server.inject({ url: '/nowhere', headers: { accept: 'application/json' } })
    expect(program.headers['content-type']).toMatch(/^application\/problem\+json/u)
  })
})
