import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../src/lib/words.ts'
import type { TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { phone, stop } from './story.ts'
import { switches } from './switching.ts'

const { aEarly } = people

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ doors: '127.63.21', from: '2023-10-18T10:05' })
  campus = site.campus
  await campus.settle()
}, 120_000)

afterAll(() => site.close())

const extras = async (look: Parameters<Site['as']>[1] = {}): Promise<Visit> => {
  const visit = await site.as(aEarly.number, look)
  await visit.page.goto('/my-card/extras')
  return visit
}

const passWords = {
  'zh-TW': {
    refunds: [
      ['退票日', '可退金額'],
      ['第 1 天', 'NT$880'],
      ['第 2 天', 'NT$580'],
      ['第 3 天', 'NT$280'],
      ['第 4 天起', '無款可退'],
    ],
    waitFor: '月票到期前請繼續使用舊卡，下一期再買在新卡上。',
    lastDay: '月票用到哪一天',
    save: '儲存',
    noDate: '這不是日期。',
    keep: '請把舊卡留在錢包裡直到 11月5日（日），下一期月票買在新卡上。',
    warning: '掛失前也請先確認已記名',
  },
  en: {
    refunds: [
      ['Returned on', 'You get back'],
      ['day 1', 'NT$880'],
      ['day 2', 'NT$580'],
      ['day 3', 'NT$280'],
      ['day 4 and later', 'nothing'],
    ],
    waitFor: 'Keep using the old card until the pass ends and buy the next one on the new card.',
    lastDay: 'Last day of your pass',
    save: 'Save',
    noDate: 'This is no date.',
    keep: 'Keep the old card in your wallet until Sun 5 Nov, and buy the next pass on the new card.',
    warning: 'before you report it lost',
  },
} satisfies Record<Language, unknown>

describe('what does not move, on a phone (scripts: off)', () => {
  it.each(['zh-TW', 'en'] as const)(
    'the commuter pass: its true refund, and the advice to keep the old card until it ends (%s)',
    async language => {
      const w = passWords[language]
      const { page, close } = await extras({ ...phone(language), scripts: false })
      const pass = page.locator('#extra-commuter-pass')
      expect(await pass.getByRole('row').allInnerTexts()).toEqual(w.refunds.map(cells => cells.join('\t')))
      expect(await pass.innerText()).toContain(w.waitFor)
      await pass.getByLabel(w.lastDay).fill('2023-02-30')
      await pass.getByRole('button', { name: w.save }).click()
      await page.getByText(w.noDate).waitFor()
      await pass.getByLabel(w.lastDay).fill('2023-11-05')
      await pass.getByRole('button', { name: w.save }).click()
      await pass.getByText(w.keep).waitFor()
      expect(await pass.innerText()).toContain(w.warning)
      await close()
      const withScripts = await extras(phone(language))
      await stop(withScripts, `story-pass-${language}`)
      await withScripts.close()
    },
  )

  it('a thing is ticked off, goes to the end, and the tick is taken back', async () => {
    const { page, close } = await extras({ width: 360, scripts: false })
    const library = page.locator('#extra-national-library')
    const last = () => page.locator('section.panel').last().getAttribute('id')
    await library.getByRole('button', { name: /^I have done this/ }).click()
    await page.waitForURL('**/my-card/extras#extra-national-library')
    expect(await library.innerText()).toContain('set up on the new card')
    expect(await last()).toBe('extra-national-library')
    await library.getByRole('button', { name: /^Take this back/ }).click()
    await library.getByRole('button', { name: /^I do not use this/ }).waitFor()
    await close()
  })
})

describe('a door of the old card', () => {
  const door = (visit: Visit): Promise<string> => visit.page.locator('.extra-doors').innerText()

  it('is asked for when the new card is switched on, opened by its owner, and told as working once read back', async () => {
    const visit = await extras({ width: 360, scripts: false })
    expect(await door(visit)).toContain('its owner is asked once you activate')
    await switches(campus, aEarly)
    await visit.page.reload()
    expect(await door(visit)).toMatch(
      /its owner was asked[\s\S]*was asked at \d\d:\d\d and has not answered yet/,
    )

    const keeper = await site.as('access')
    await keeper.page.goto('/staff/door-tasks')
    await keeper.page.getByRole('heading', { name: 'Cards that changed' }).waitFor()
    await keeper.page.getByRole('button', { name: /^Open for the new card: .*Systems laboratory/ }).click()
    await keeper.page.getByText('1 door opens with the update at 15:00.').waitFor()
    await keeper.page.getByText('Nothing to do').waitFor()
    expect(keeper.troubles).toEqual([])
    await keeper.close()

    await visit.page.reload()
    expect(await door(visit)).toMatch(
      /waits for the update[\s\S]*update at 15:00 tells this door; it opens from 16:00/,
    )
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    await visit.page.reload()
    expect(await door(visit)).toMatch(/the new card opens it[\s\S]*Read back at the door at 15:/)
    await visit.close()
  })
})

describe('looked at', () => {
  it('the student’s list, in every size, colour and language', async () => {
    for (const look of looks) {
      const { page, troubles, close } = await extras(look)
      await screenshot(page, `extras-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
      expect(troubles).toEqual([])
      await close()
    }
  })

  it('the owners’ screen with a task, opened to decline it', async () => {
    await switches(campus, people.bOnTheStroke)
    for (const look of looks) {
      const { page, troubles, close } = await site.as('access', look)
      await page.goto('/staff/door-tasks')
      await page.getByRole('button', { name: look.language === 'en' ? /^Decline:/ : /^不開通：/ }).click()
      await page.getByRole('textbox').waitFor()
      await screenshot(page, `door-tasks-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
      expect(troubles).toEqual([])
      await close()
    }
  })
})
