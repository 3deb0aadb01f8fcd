import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { letRepresentativesFetch } from '../../src/programme/trial-publishing.ts'
import { ownPage } from '../as-browser.ts'
import { people } from '../people.ts'
import { tap } from './at-desk.ts'
import { expectAccessible, expectNoSideScroll, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  expect(await letRepresentativesFetch(site.campus, 30)).toMatchObject({ status: 200 })
}, 120_000)
afterAll(() => site.close())

const said = {
  'zh-TW': {
    who: '班代的學號或學生證',
    checked: '如何查驗身分',
    begin: '開始',
    own: '這是班代自己的卡',
    remove: /移除 .* 的卡片/,
    goes: '可交付',
    name: '或輸入班代姓名',
    typed: '示例生甲零一',
    give: '交付 2 張',
    done: '已交付 2 張',
    back: '班代送回',
    about: '把送回的卡片一張一張感應',
    tookBack: '這次收回 1 張',
    active: '持卡人已經啟用這張卡',
    lead: '您的新卡在班代示例生甲零一那裡',
  },
  en: {
    who: 'The representative’s student number or card',
    checked: 'How you saw who it is',
    begin: 'Begin',
    own: 'This is the representative’s own card',
    remove: /Take off the card of/,
    goes: 'can go',
    name: 'Or type the representative’s name',
    typed: 'Sample Student',
    give: 'Give 2 cards',
    done: '2 cards were given',
    back: 'Brought back',
    about: 'Tap the cards that came back one by one',
    tookBack: '1 came back now',
    active: 'Its holder has activated this card',
    lead: 'Your new card is with your class representative Sample Student',
  },
} as const

const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard, eLastEvening, fNeverCame } = people
const stories = [
  {
    rep: aEarly,
    cards: [bOnTheStroke, cDuringTheRun],
    look: { language: 'zh-TW', theme: 'light', width: 1280 },
  },
  {
    rep: dLosesCard,
    cards: [eLastEvening, fNeverCame],
    look: { language: 'en', theme: 'dark', width: 1280 },
  },
] as const

describe.each(stories)('a class representative ($look.language, $look.theme)', ({ rep, cards, look }) => {
  const w = said[look.language]
  const stop = async ({ page, troubles }: Visit, name: string) => {
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 })
      await expectNoSideScroll(page)
      await screenshot(page, `batch-${name}-${width}-${look.theme}-${look.language}`)
    }
    await expectAccessible(page)
    expect(troubles.filter(each => !each.includes('409'))).toEqual([])
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  it('fetches cards by scans and one signature; one is activated, one comes back', async () => {
    const desk = await site.as('desk-csie', look)
    const { page } = desk
    await page.goto('/staff/batches')
    await page.getByLabel(w.who).fill(rep.number)
    await page.getByLabel(w.checked).selectOption('old-card')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: w.begin }).press('Enter')
    await page.locator('.desk-scan input').waitFor()
    for (const card of [...cards, rep]) await tap(page, card.new)
    await page.getByText(w.own).waitFor()
    await stop(desk, 'own-card')
    // The newest stands first: the card that does not go.
    await page.getByRole('button', { name: w.remove }).first().click()
    await page.getByText(w.own).waitFor({ state: 'detached' })
    await page.getByLabel(w.name).fill(w.typed)
    await stop(desk, 'to-sign')
    await page.getByRole('button', { name: w.give }).click()
    await page.getByText(w.done).waitFor()

    const [first, second] = cards
    const holder = await site.as(second.number, { ...look, width: 360 })
    await holder.page.goto('/my-card')
    expect(await holder.page.locator('.lead').innerText()).toContain(w.lead)
    await screenshot(holder.page, `batch-holder-360-${look.theme}-${look.language}`)
    await expectAccessible(holder.page)
    await holder.close()
    const active = await fetch(`${site.origin}/api/v1/me/card/activation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...ownPage(await site.campus.signIn(first.number)) },
      body: JSON.stringify({ lastDigits: first.digits }),
    })
    expect(active.status).toBe(200)

    await page.getByText(w.back, { exact: true }).first().click()
    await page.getByText(w.about).waitFor()
    for (const card of cards) await tap(page, card.new)
    await page.getByText(w.tookBack).waitFor()
    await page.getByText(w.active).waitFor()
    await stop(desk, 'brought-back')
    await desk.close()
  })
})
