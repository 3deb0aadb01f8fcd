import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../people.ts'
import { openDesk, says, tap } from './at-desk.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/* A faulty card that was handed over: taking it back retires it for good, so the clerk is asked once more before that. */

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
})
afterAll(() => site.close())

const { aEarly } = people

/** How many of the cards that were taken back are retired. */
async function retired(): Promise<number> {
  const { rows } = await site.campus.owner.pool.query<{ retired: number }>(
    `select count(*)::int as retired from card
     where retired_at is not null and id in (select card_id from undone_handover)`,
  )
  return rows[0]!.retired
}

const words = {
  'zh-TW': {
    may: '可領取',
    signs: '請學生簽名',
    handed: /已交付/u,
    faulty: '卡片有瑕疵（永久註銷）',
    asked: '要永久註銷示例生甲零一的卡（0141）嗎？',
    back: '回上一步',
    notTaken: '學生沒有帶走',
    undone: /^已撤銷$/u,
  },
  en: {
    may: 'May collect',
    signs: 'The student signs',
    handed: /Handed over/u,
    faulty: 'The card is faulty (retired for good)',
    asked: 'Retire the card of Sample Student A01 (0141) for good?',
    back: 'Back',
    notTaken: 'The student did not take it',
    undone: /^Undone$/u,
  },
}

describe('a card that is undone as faulty', () => {
  const handedOver = async (look: (typeof looks)[number]) => {
    const w = words[look.language]
    const visit = await openDesk(site, 'desk-csie', look)
    const { page } = visit
    await tap(page, aEarly.old)
    await says(page, w.may)
    await tap(page, aEarly.new)
    await says(page, w.signs)
    await page.keyboard.press('F8')
    await says(page, w.handed)
    await page.keyboard.press('z')
    const faulty = page.getByRole('button', { name: w.faulty })
    await faulty.click()
    await page.getByText(w.asked).waitFor()
    return { ...visit, w, faulty }
  }

  it.each(looks)('is asked about once more at $width px, $theme, in $language', async look => {
    const { page, troubles, close, w, faulty } = await handedOver(look)
    await screenshot(page, `desk-retire-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    // Whoever is wrong goes back, and the card is fetched once more.
    await page.getByRole('button', { name: w.back, exact: true }).click()
    await faulty.waitFor()
    await page.getByRole('button', { name: w.notTaken }).click()
    await says(page, w.undone)
    expect(await retired()).toBe(0)
    expect(troubles).toEqual([])
    await close()
  })

  it('is retired by keyboard alone, and the clerk is told to put it aside', async () => {
    const { page, troubles, close } = await handedOver({ width: 1280, theme: 'light', language: 'en' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await says(page, /the faulty card retired\. Put it aside for the card office/u)
    expect(await retired()).toBe(1)
    await screenshot(page, 'desk-retired')
    expect(troubles).toEqual([])
    await close()
  })
})
