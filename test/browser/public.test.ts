import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectNoSideScroll, looks, openPage, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
})

afterAll(() => site.close())

describe('the public pages can be read by everybody', () => {
  it.each(looks)('at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await openPage({ ...look, origin: site.origin })
    for (const [name, path] of [
      ['notice', '/'],
      ['faq', '/faq'],
      ['privacy', '/privacy'],
      ['sign-in', '/sign-in'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await screenshot(page, `${name}-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    expect(troubles).toEqual([])
    await close()
  })
})

describe('the notice, without scripts', () => {
  it.each([
    {
      language: 'zh-TW',
      says: ['2024年3月1日 00:00', '01:00、10:00 及 15:00', '系所領取', '國家圖書館', '尚待卡務單位確認'],
      open: '開放中',
    },
    {
      language: 'en',
      says: ['1 March 2024', '01:00, 10:00 and 15:00', 'own department', 'National Library', 'not confirmed'],
      open: 'Open now',
    },
  ] as const)('says in $language what the programme says', async ({ language, says, open }) => {
    const { page, close } = await openPage({ language, scripts: false, origin: site.origin })
    await page.goto('/')
    const text = (await page.locator('main').innerText())
      .replaceAll(/※|\s*\n\s*/g, ' ')
      .replaceAll(/ +/g, ' ')
    for (const said of says) expect(text.replaceAll(' ', '')).toContain(said.replaceAll(' ', ''))
    expect(await page.locator('.points > li').count()).toBe(10)
    // Wednesday at 11:00: the counters are open until noon.
    expect(await page.getByText(open).count()).toBe(7)
    expect(await page.locator('main').getByText('12:00').count()).toBeGreaterThan(0)
    await close()
  })

  it('leads to the questions and back, and to the language of one’s choice', async () => {
    const { page, close } = await openPage({ language: 'en', scripts: false, origin: site.origin })
    await page.goto('/')
    await page.getByRole('link', { name: 'Do I hand in my old card?' }).click()
    expect(page.url()).toBe(`${site.origin}/faq#old-card-back`)
    await page.getByRole('link', { name: '中文' }).click()
    await page.getByRole('heading', { name: '舊卡要繳回嗎？' }).waitFor()
    await page.getByRole('link', { name: '回到公告' }).click()
    await page.getByRole('heading', { level: 1, name: '換發 4K 學生證悠遊卡' }).waitFor()
    await close()
  })
})
