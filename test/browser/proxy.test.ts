import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { openDesk, says, tap, type } from './at-desk.ts'
import { expectAccessible, expectNoSideScroll, type Look, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00', mails: true })
  campus = site.campus
}, 120_000)
afterAll(() => site.close())

const said = {
  'zh-TW': {
    link: '請他人代領',
    name: '代領人姓名',
    email: '代領人的電子郵件',
    submit: '指定代領人',
    withdraw: '取消這次指定',
    live: '您已指定示例代理代領',
    collected: '示例代理已於',
    proxy: '示例代理',
  },
  en: {
    link: 'Have somebody else collect it',
    name: 'Their name',
    email: 'Their e-mail address',
    submit: 'Name this person',
    withdraw: 'Withdraw this',
    live: 'You named Example Proxy to collect it',
    collected: 'Example Proxy collected it for you at',
    proxy: 'Example Proxy',
  },
} as const

const stories = [
  { student: people.aEarly, look: { language: 'zh-TW', theme: 'light' } },
  { student: people.eLastEvening, look: { language: 'en', theme: 'dark' } },
] as const

describe.each(stories)('somebody else collects ($look.language, $look.theme)', ({ student, look }) => {
  const w = said[look.language]
  const phone: Look = { width: 360, scripts: false, ...look }
  const shot = (page: Parameters<typeof screenshot>[0], name: string) =>
    screenshot(page, `proxy-${name}-360-${look.theme}-${look.language}`)

  it('is named on the phone, collects at the desk, and My card tells of it', async () => {
    const { page, troubles, close } = await site.as(student.number, phone)
    const looked = async (name: string) => {
      await expectNoSideScroll(page)
      await shot(page, name)
    }
    await page.goto('/my-card')
    await page.getByRole('link', { name: w.link }).click()
    await page.getByLabel(w.name).fill('<Proxy>')
    await looked('form')
    await page.getByRole('button', { name: w.submit }).click()
    await page.locator('#name[aria-invalid=true]').waitFor()
    expect(await page.getByLabel(w.name).inputValue()).toBe('<Proxy>')
    expect(page.url()).toMatch(/\/my-card\/proxy$/)
    await looked('refused')
    await page.getByLabel(w.name).fill(w.proxy)
    await page.getByLabel(w.email).fill('proxy@example.org')
    await page.getByRole('button', { name: w.submit }).click()
    await page.getByRole('button', { name: w.withdraw }).waitFor()
    const code = await page.locator('.proxy-code').innerText()
    await looked('code')
    await page.goto('/my-card')
    await page.getByText(w.live).waitFor()
    await looked('named')

    const desk = await openDesk(site, 'desk-csie')
    await type(desk.page, code)
    await says(desk.page, 'May collect')
    await tap(desk.page, student.new)
    await says(desk.page, `A proxy: ${w.proxy}`)
    await desk.page.keyboard.press('F6')
    await says(desk.page, /^Still missing: the proxy's own original ID and the student's proof of identity\./)
    await desk.page.keyboard.press('F7')
    await says(desk.page, /^Still missing: the proxy's own original ID\./)
    // The third in the order in which they are offered, whatever was seen before.
    await desk.page.getByRole('button', { name: "F3 The proxy's own original ID" }).waitFor()
    await desk.page.keyboard.press('F3')
    await desk.page.getByRole('group', { name: /which kind\?$/ }).waitFor()
    await desk.page.keyboard.press('ArrowUp')
    await desk.page.keyboard.press('Enter')
    await desk.page.getByText("Seen: the proxy's own original ID: passport").waitFor()
    await says(desk.page, `The proxy signs: ${w.proxy}`)
    await shot(desk.page, 'desk')
    await desk.page.keyboard.press('F8')
    await says(desk.page, /^Handed over/)
    expect(desk.troubles).toEqual([])
    await desk.close()

    await page.reload()
    await page.getByText(w.collected).waitFor()
    await looked('collected')
    expect(troubles).toEqual([])
    await close()
    const letters = await campus.owner.db
      .selectFrom('message')
      .select(['kind', 'recipient'])
      .where('kind', 'in', ['proxy-collected', 'proxy-used'])
      .orderBy('id', 'desc')
      .limit(2)
      .execute()
    expect(letters.map(({ kind }) => kind).toSorted()).toEqual(['proxy-collected', 'proxy-used'])
  })

  it('reads as well with assistive technology', async () => {
    const { page, close } = await site.as(people.cDuringTheRun.number, { width: 360, ...look })
    await page.goto('/my-card/proxy')
    await expectAccessible(page)
    if (await page.getByLabel(w.name).isVisible()) {
      await page.getByLabel(w.name).fill(w.proxy)
      await page.getByRole('button', { name: w.submit }).click()
    }
    await page.getByRole('button', { name: w.withdraw }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: w.withdraw }).click()
    await page.getByLabel(w.name).waitFor()
    await close()
  })
})
