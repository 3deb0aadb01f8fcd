import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookUp } from '../../src/desk/look-up.ts'
import { proofKeys } from '../campus.ts'
import { csie, people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
}, 120_000)
afterAll(() => site.close())

const shownCode = async ({ page }: Visit): Promise<string> =>
  (await page.locator('[data-desk-code-text]').textContent())!

/** What a desk makes of a code that a phone shows. */
const scanned = (code: string) =>
  site.campus.gatehouse.register.look(csie, act =>
    lookUp(
      act,
      { scan: code, readerFormat: 'le-dec-10', beside: { studentNumber: null, chip: null, evidence: [] } },
      { proofKeys, receiptHolder: async () => null },
    ),
  )

/** My card, kept on the phone: the worker is there, and has it. */
async function keptOnPhone(number: string, language: 'zh-TW' | 'en'): Promise<Visit> {
  const visit = await site.as(number, { width: 360, language })
  await visit.page.goto('/my-card')
  await visit.page.evaluate(async () => {
    await navigator.serviceWorker.ready
    for (let tries = 0; tries < 100 && !(await caches.match('/my-card')); tries++)
      await new Promise(resolve => setTimeout(resolve, 100))
  })
  return visit
}

describe('a queue in a hall without signal', () => {
  it.each([
    ['en', /^No connection: this is from Wed 18 Oct 10:05/],
    ['zh-TW', /^目前沒有連線，以下是 10月18日（三）10:05 的內容/],
  ] as const)(
    'the kept page says of when it is, and its code goes on and is taken by the desk (%s)',
    async (language, line) => {
      const visit = await keptOnPhone(people.aEarly.number, language)
      const { page } = visit
      const before = await page.locator('.lead').innerText()
      await visit.context.setOffline(true)
      await page.reload()
      const notice = page.locator('[data-offline]')
      await notice.waitFor()
      expect(await notice.innerText()).toMatch(line)
      expect(await page.locator('.lead').innerText()).toBe(before)
      const code = await shownCode(visit)
      expect(code).toMatch(/^GH1\./)
      expect(await scanned(code)).toMatchObject({
        ok: true,
        view: { person: { studentNumber: people.aEarly.number } },
      })
      await page.reload()
      await notice.waitFor()
      expect(await shownCode(visit)).not.toBe(code)
      await expectAccessible(page)
      await expectNoSideScroll(page)
      await screenshot(page, `without-signal-360-${language}`)
      await visit.context.setOffline(false)
      // The emulation of a lost connection does not tell a page that came from a worker that it is over: the page asks.
      await notice.waitFor({ state: 'hidden' })
      await visit.close()
    },
  )

  it('a phone that had no signal for too long says so, and shows no code that a desk would refuse', async () => {
    const visit = await keptOnPhone(people.aEarly.number, 'en')
    await visit.context.setOffline(true)
    // Thirteen hours pass on the phone.
    await visit.page.clock.install()
    await visit.page.clock.fastForward('13:00:00')
    await visit.page.getByText('This phone has had no signal for too long').waitFor()
    expect(await visit.page.locator('.desk-code.over').count()).toBe(1)
    await visit.close()
  })
})
