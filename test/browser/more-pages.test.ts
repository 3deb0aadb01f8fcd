import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, openPage, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
}, 120_000)

afterAll(() => site.close())

const pages = [
  {
    name: 'sign-in',
    path: '/sign-in',
    heading: { 'zh-TW': '登入示範校園', en: 'Sign in to the demo campus' },
  },
  { name: 'demo', path: '/demo', heading: { 'zh-TW': '示範時鐘', en: 'Demo clock' } },
  { name: 'loss', path: '/my-card/loss', heading: { 'zh-TW': '我找不到卡片', en: 'I can’t find my card' } },
] as const

describe.each(pages)('the page $path', ({ name, path, heading }) => {
  it.each(looks)('reads and fits, at $width in $theme, $language', async look => {
    const { page, troubles, close } =
      name === 'loss'
        ? await site.as(people.aEarly.number, look)
        : await openPage({ ...look, origin: site.origin })
    await page.goto(path)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading[look.language])
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await screenshot(page, `${name}-${look.width}-${look.theme}-${look.language}`)
    expect(troubles).toEqual([])
    await close()
  })
})

describe('the head of a page', () => {
  it('on a phone breaks the campus’s name between words only', async () => {
    const { page, close } = await openPage({ width: 360, language: 'en', origin: site.origin })
    await page.goto('/')
    const broken = await page.locator('.brand-name').evaluate(name => {
      const text = name.firstChild!
      return [...text.textContent!.matchAll(/\S+/g)]
        .filter(({ index, 0: word }) => {
          const range = document.createRange()
          range.setStart(text, index)
          range.setEnd(text, index + word.length)
          return range.getClientRects().length > 1
        })
        .map(([word]) => word)
    })
    expect(broken).toEqual([])
    await close()
  })

  it('on a page below a way shows that way as the one the reader is on', async () => {
    const { page, close } = await site.as(people.aEarly.number, { language: 'en' })
    await page.goto('/my-card/loss')
    expect(await page.locator('.ways [aria-current]').allInnerTexts()).toEqual(['My card'])
    await close()
  })
})

describe('a phone number', () => {
  it('can be called with a tap', async () => {
    const { page, close } = await site.as(people.aEarly.number, { language: 'en', width: 360 })
    await page.goto('/my-card/loss')
    expect(await page.getByRole('link', { name: '02-412-8880' }).getAttribute('href')).toBe('tel:024128880')
    await close()
  })
})

describe('the API’s own page', () => {
  it('is shown under the policy for scripts and styles, with every call under its subject', async () => {
    const { page, troubles, close } = await openPage({ origin: site.origin })
    const reply = await page.goto('/api/docs')
    await page.getByText('/api/v1/me/card/activation').waitFor()
    expect(await page.locator('.opblock-tag').allInnerTexts()).not.toContain('default')
    expect(reply!.headers()['content-security-policy']).not.toContain('unsafe')
    expect(troubles).toEqual([])
    await close()
  })
})
