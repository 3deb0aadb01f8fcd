import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { looksWords } from '../../src/app/looks-words.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/* "Who looked at my record", as its person reads it: when, which office, what and what for, and no clerk's name. */

let site: Site
const { aEarly, fNeverCame } = people
const path = '/my-card/looks'

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
  const id = await site.campus.personId(aEarly.number)
  const desk = { studentNumber: aEarly.number }
  await ask('desk-registry', 'POST', '/desk/people/card', desk)
  await ask('office', 'POST', '/people/search', { text: aEarly.number })
  await ask('office', 'GET', `/people/${id}/timeline`)
  await ask('office', 'GET', `/people/export?format=csv&ids=${id}`)
}, 120_000)
afterAll(() => site.close())

async function ask(who: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await site.campus.gatehouse.server.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie: await site.campus.signIn(who) },
    ...(payload && { payload }),
  })
  expect(answer.statusCode, answer.body).toBe(200)
}

describe('who looked at my record', () => {
  it.each(looks)('is reached from My card and read, $width $theme $language', async look => {
    const w = looksWords[look.language]
    const { page, troubles, close } = await site.as(aEarly.number, look)
    await page.goto('/my-card')
    await page.locator(`a[href="${path}"]`).click()
    await page.waitForURL(`**${path}`)
    const entries = await page.locator('main ol > li').allInnerTexts()
    expect(entries).toHaveLength(4)
    const [file, story, found, desk] = entries as [string, string, string, string]
    const said =
      look.language === 'en'
        ? {
            file: /18 Oct.*10:\d\d.*Card office\s+Saw: A list taken out as a file\s+For: Answering a question/s,
            story: /Saw: The whole history/,
            found: /Saw: A search result/,
            desk: /Desk clerk, .*Saw: Name, student number.*For: Service at a desk/s,
          }
        : {
            file: /10月18日.*10:\d\d.*卡務辦公室\s+看到：下載的名單檔案\s+目的：回覆詢問/s,
            story: /看到：完整歷程/,
            found: /看到：搜尋結果/,
            desk: /領卡櫃檯・.*看到：姓名、學號、卡片狀態.*目的：在櫃檯服務/s,
          }
    expect(file).toMatch(said.file)
    expect(story).toMatch(said.story)
    expect(found).toMatch(said.found)
    expect(desk).toMatch(said.desk)
    // No account and no clerk's name, in either language.
    const { rows } = await site.campus.owner.pool.query<{ said: string }>(
      `select unnest(array[name_zh, name_en]) as said from staff where id in ('desk-registry', 'office')`,
    )
    const main = await page.locator('main').innerText()
    for (const name of [...rows.map(row => row.said), 'desk-registry']) expect(main).not.toContain(name)
    await screenshot(page, `looks-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(await page.getByRole('link', { name: w.back }).getAttribute('href')).toBe('/my-card')
    expect(troubles).toEqual([])
    await close()
  })

  it('says so where nobody has looked', async () => {
    const { page, troubles, close } = await site.as(fNeverCame.number, { width: 360 })
    await page.goto(path)
    expect(await page.locator('main').innerText()).toContain('Nobody has looked yet')
    await screenshot(page, 'looks-none')
    await expectAccessible(page)
    expect(troubles).toEqual([])
    await close()
  })

  it('goes through many by pages, with the keyboard alone', async () => {
    const id = await site.campus.personId(fNeverCame.number)
    for (let times = 0; times < 65; times++) await ask('office', 'GET', `/people/${id}/timeline`)
    const { page, troubles, close } = await site.as(fNeverCame.number, { width: 360 })
    await page.goto(path)
    const counts: number[] = []
    for (;;) {
      counts.push(await page.locator('main ol > li').count())
      const older = page.getByRole('link', { name: 'Earlier' })
      if ((await older.count()) === 0 || counts.length > 5) break
      const to = (await older.getAttribute('href'))!
      await older.focus()
      await Promise.all([page.waitForURL(url => url.href.endsWith(to)), page.keyboard.press('Enter')])
    }
    expect(counts).toEqual([30, 30, 5])
    await page.getByRole('link', { name: 'The newest' }).focus()
    await Promise.all([page.waitForURL(`**${path}`), page.keyboard.press('Enter')])
    expect(await page.locator('main ol > li').count()).toBe(30)
    expect(troubles).toEqual([])
    await close()
  })
})
