import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { looksListWords } from '../../src/app/looks-list-words.ts'
import { purposes } from '../../src/lib/looks.ts'
import { people } from '../people.ts'
import { employ } from '../staff.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/* The auditor's list of who looked at whom, as it is read, narrowed and followed to a look at many. */

let site: Site
const { aEarly, bOnTheStroke } = people

async function ask(who: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await site.campus.gatehouse.server.inject({
    method,
    url: `/api/v1${url}`,
    headers: {
      cookie: await site.campus.signIn(who),
      'look-reason': encodeURIComponent('電話詢問：卡片在哪裡'),
    },
    ...(payload && { payload }),
  })
  expect(answer.statusCode, answer.body).toBe(200)
}

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
  const { campus } = site
  const auditor = { nameZh: '稽核示例', nameEn: 'Auditor Sample', role: 'auditor' } as const
  await employ(campus.owner.db, { id: 'auditor', ...auditor })
  const id = await campus.personId(aEarly.number)
  await ask('desk-registry', 'POST', '/desk/people/card', { studentNumber: bOnTheStroke.number })
  await ask('office', 'GET', `/people/${id}/timeline`)
  await ask('office', 'GET', '/overview/list/export?format=csv&list=not-collected')
}, 120_000)
afterAll(() => site.close())

describe('who looked at whom', () => {
  it.each(looks)('is reached from the start and read, $width $theme $language', async look => {
    const w = looksListWords[look.language]
    const { page, troubles, close } = await site.as('auditor', look)
    await page.goto('/staff')
    await page.getByRole('link', { name: w.title }).click()
    await page.getByRole('row').filter({ hasText: aEarly.number }).first().waitFor()
    await page.getByLabel(w.account).fill('desk-registry')
    await page.getByRole('button', { name: w.search }).click()
    await page.getByRole('row').filter({ hasText: aEarly.number }).first().waitFor({ state: 'detached' })
    expect(await page.getByRole('row').filter({ hasText: bOnTheStroke.number }).innerText()).toContain(
      purposes.desk[look.language],
    )
    await page.getByLabel(w.account).fill('')
    await page.getByRole('button', { name: w.search }).click()
    const story = page.getByRole('row').filter({ hasText: aEarly.number }).last()
    await story.waitFor()
    expect(await story.innerText()).toContain('電話詢問：卡片在哪裡')
    await screenshot(page, `looks-list-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it.each(looks)('leads to whom a look at many showed, $width $theme $language', async look => {
    const w = looksListWords[look.language]
    const { page, troubles, close } = await site.as('auditor', look)
    await page.goto('/staff/looks')
    await page.getByLabel(w.account).fill('office')
    await page.getByRole('button', { name: w.search }).click()
    await page.getByRole('row').filter({ hasText: 'auditor' }).first().waitFor({ state: 'detached' })
    const many = page.locator('a[href^="/staff/looks/"]')
    await many.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: w.one }).waitFor()
    await page.getByRole('row').nth(1).waitFor()
    await screenshot(page, `looks-one-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(await page.getByRole('row').count()).toBe(51)
    await page.getByRole('button', { name: w.more }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: w.first }).waitFor()
    await page.getByRole('link', { name: w.back }).click()
    await page.getByRole('heading', { name: w.title, exact: true }).waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it('is narrowed with the keyboard alone; what is refused stays in the form', async () => {
    const w = looksListWords.en
    const { page, troubles, close } = await site.as('auditor', { width: 360 })
    await page.goto('/staff/looks')
    const number = page.getByLabel(w.number)
    await number.focus()
    await page.keyboard.insertText('40000000S')
    await page.keyboard.press('Enter')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toContain('Nobody in the register has this student number')
    expect(await number.inputValue()).toBe('40000000S')
    await screenshot(page, 'looks-list-refused')
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await number.fill(bOnTheStroke.number)
    await page.getByLabel(w.purpose).focus()
    await page.keyboard.type(purposes.desk.en)
    await page.getByRole('button', { name: w.search }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2 }).filter({ hasText: bOnTheStroke.number }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    expect(page.url()).not.toContain(bOnTheStroke.number)
    expect(troubles.filter(trouble => !trouble.includes('409'))).toEqual([])
    await close()
  })

  it('counts a reading once, however often its window comes to the front', async () => {
    const w = looksListWords.en
    const own = async () => {
      const sql = `select count(*)::int as many from look where actor = 'auditor:auditor' and shown = 'looks'`
      return (await site.campus.owner.pool.query<{ many: number }>(sql)).rows[0]!.many
    }
    const { page, close } = await site.as('auditor', { width: 1280 })
    await page.goto('/staff/looks')
    await page.getByRole('row').nth(1).waitFor()
    const before = await own()
    await page.evaluate(() => {
      window.dispatchEvent(new Event('focus'))
      document.dispatchEvent(new Event('visibilitychange'))
      window.dispatchEvent(new Event('online'))
    })
    const answered = page.waitForResponse(response => response.url().endsWith('/looks/search'))
    await page.getByRole('button', { name: w.search }).click()
    await answered
    expect(await own()).toBe(before + 1)
    await close()
  })

  it('says so where no look is like that', async () => {
    const w = looksListWords.en
    const { page, troubles, close } = await site.as('auditor', { width: 360 })
    await page.goto('/staff/looks')
    await page.getByLabel(w.account).fill('nobody-known')
    await page.getByRole('button', { name: w.search }).click()
    await page.getByText(w.none).waitFor()
    await screenshot(page, 'looks-list-none')
    await page.goto('/staff/looks/999999999')
    await page.getByText(w.noLook).waitFor()
    await expectAccessible(page)
    expect(troubles.filter(trouble => !trouble.includes('404'))).toEqual([])
    await close()
  })
})
