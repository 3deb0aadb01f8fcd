import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { ownWords } from '../../src/privacy/words.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/* "What is kept of me", as its person reads it and takes it along; and the office's button for who has no phone. */

let site: Site
const { aEarly, fNeverCame } = people
const path = '/my-card/data'

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
}, 120_000)
afterAll(() => site.close())

describe('what is kept of me', () => {
  it.each(looks)('is reached beside who looked, and read, $width $theme $language', async look => {
    const w = ownWords[look.language]
    const { page, troubles, close } = await site.as(aEarly.number, look)
    await page.goto('/my-card/looks')
    await page.locator(`a[href="${path}"]`).click()
    await page.waitForURL(`**${path}`)
    const main = page.locator('main')
    // Who they are stands open; the rest opens.
    expect(await main.innerText()).toContain(aEarly.number)
    const closed = main.locator('details:not([open]) > summary')
    const count = await closed.count()
    expect(count).toBeGreaterThan(8)
    for (let opened = 0; opened < count; opened++) await closed.first().click()
    const text = await main.innerText()
    for (const said of look.language === 'en'
      ? ['Enrolled', 'Cards handed over', 'Before Gatehouse', 'Secrets that sign in']
      : ['在學', '領取', '使用本系統之前領取', '可用來登入'])
      expect(text).toContain(said)
    // Words, and no names of columns.
    expect(text).not.toMatch(/\b(student_number|person_id|card_id|before-gatehouse)\b/)
    await screenshot(page, `own-data-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(await page.getByRole('link', { name: w.back }).getAttribute('href')).toBe('/my-card')
    expect(troubles).toEqual([])
    await close()
  })

  it('is taken along with the keyboard alone, so many times a day', async () => {
    const { page, troubles, close } = await site.as(fNeverCame.number, { width: 360 })
    await page.goto(path)
    const link = page.getByRole('link', { name: ownWords.en.take })
    for (let times = 0; times < 5; times++) {
      await link.focus()
      const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
      expect(download.suggestedFilename()).toBe('my-data.zip')
      const zip = await fromBufferPromise(await readFile(await download.path()))
      const names: string[] = []
      for await (const entry of zip.eachEntry()) names.push(entry.fileName)
      expect(names).toContain('data.json')
    }
    await link.focus()
    await Promise.all([page.waitForURL('**/my-card/data.zip'), page.keyboard.press('Enter')])
    expect(await page.getByRole('alert').innerText()).toContain('The next one may be made after')
    await screenshot(page, 'own-data-refused')
    await expectAccessible(page)
    expect(troubles.filter(trouble => !trouble.includes('429'))).toEqual([])
    await close()
  })

  it('the office hands it over to who asks there', async () => {
    const { page, troubles, close } = await site.as('office', { width: 1280 })
    await page.goto(`/staff/people/${await site.campus.personId(aEarly.number)}`)
    const button = page.getByRole('button', { name: 'Everything that is kept, for the person' })
    await button.focus()
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    expect(download.suggestedFilename()).toMatch(/^data-of-person-\d+\.zip$/)
    await screenshot(page, 'own-data-office')
    await expectAccessible(page)
    expect(troubles).toEqual([])
    await close()
  })
})
