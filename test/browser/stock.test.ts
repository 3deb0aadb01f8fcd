import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, type Look, looks, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
})

afterAll(() => site.close())

async function atStock(look: Look = {}): Promise<Visit> {
  const visit = await site.as('office', look)
  await visit.page.goto('/staff/stock')
  await visit.page.getByRole('heading', { level: 1 }).waitFor()
  return visit
}

const file = (name: string, ...rows: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(['chip_number,printed_number,edition,student_number,counter,box', ...rows].join('\n')),
})

/** A pack, a blank, a card that is there already, and four bad rows; one of them collides at the doors. */
const mixed = (at: number) =>
  file(
    'cards.csv',
    `A1B2C${at}1,990077770000${at}01,4k-centenary,${people.freshman.number},registry,R-77`,
    `A1B2C${at}2,990077770000${at}02,4k-centenary,,registry,R-77`,
    `F187F160,990077770000${at}03,4k-centenary,,registry,R-77`,
    `A1B2C${at}4,990077770000${at}04,5k,40000000X,atlantis,R-77`,
    `1.23E+09,990077770000${at}05,4k-centenary,,registry,R-77`,
    `A1B2C${at}6,990077770000${at}06,4k-centenary,${people.aEarly.number},registry,R-77`,
  )

describe('a file with bad rows, and a card that is found', () => {
  it.each(looks)('can be read by everybody at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await atStock(look)
    const name = (step: string) => `stock-${step}-${look.width}-${look.theme}-${look.language}`
    const check = async (step: string) => {
      await screenshot(page, name(step))
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    const zh = look.language === 'zh-TW'
    await page
      .getByRole('textbox', { name: zh ? /感應卡片/u : /Tap a card/u })
      .fill(people.bOnTheStroke.number)
    await page.keyboard.press('Enter')
    await page.getByText('044D941DD5D525').waitFor()
    await check('found')
    await page.getByRole('button', { name: zh ? '註銷' : 'Retire' }).click()
    await page.getByRole('dialog').waitFor()
    await check('retire')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('input[type=file]').setInputFiles(mixed(31))
    await page.getByRole('tab', { selected: true }).waitFor()
    await check('good')
    await page.getByRole('tab').nth(1).click()
    await page.getByRole('cell', { name: '1.23E+09' }).first().waitFor()
    await check('bad')
    expect(troubles).toEqual([])
    await close()
  })
})

describe('the office', () => {
  it('takes cards in, finds them again, and can look at the file later', async () => {
    const { page, troubles, close } = await atStock()
    await page.locator('input[type=file]').setInputFiles(mixed(32))
    await page.getByText('registers new cards at their counters: 2').waitFor()
    await page.getByText('leaves out bad rows: 4').waitFor()
    await page.getByRole('tab', { name: 'Bad rows 4' }).click()
    await page.getByText(/cannot tell this card from card 4587F160 of the register/u).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the bad rows (CSV)' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^bad-cards-\d+\.csv$/u)
    await page.getByRole('button', { name: 'Upload another file' }).click()
    await page.getByRole('button', { name: 'Look at cards.csv' }).first().click()
    await page.getByRole('button', { name: 'Apply: register 2' }).click()
    await page.getByText('These cards can be collected at their counters now.').waitFor()
    await screenshot(page, 'stock-applied')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Upload another file' }).click()
    await page.getByText('Applied: 2 registered').waitFor()
    await page.getByRole('textbox', { name: /Tap a card/u }).fill('A1B2C3299')
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    await page.getByRole('alert').getByText('Not found').waitFor()
    await page.getByRole('textbox', { name: /Tap a card/u }).fill('A1B2C329')
    await page.keyboard.press('Enter')
    await page
      .getByRole('alert')
      .getByText(/is not in the register/u)
      .waitFor()
    expect(troubles.filter(each => !each.includes('409'))).toEqual([])
    await close()
  })

  it('chooses what a file tells and how it writes numbers; a wrong file says so', async () => {
    const { page, close } = await atStock({ language: 'zh-TW' })
    await page.getByRole('combobox', { name: '檔案中的卡號格式' }).click()
    await page.getByRole('option', { name: '十進位 10 碼（7 位元組卡為 17 碼），原順序' }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles(file('十進位.csv', '2712847233,9900777700000901,4k-centenary,,registry,'))
    await page.getByRole('cell', { name: 'A1B2C381' }).waitFor()
    await page.getByRole('button', { name: '上傳另一個檔案' }).click()
    await page.getByRole('combobox', { name: '檔案內容' }).click()
    await page.getByRole('option', { name: '舊卡（學生已持有）' }).click()
    await page
      .locator('input[type=file]')
      .setInputFiles(file('新卡.csv', 'A1B2C381,9900777700000901,4k-centenary,,registry,'))
    await page.getByRole('alert').getByText('缺少欄位：領取日期 (held_since)。').waitFor()
    await screenshot(page, 'stock-refused')
    await close()
  })

  it('moves a card by the keyboard alone, and retires another for good', async () => {
    const { page, troubles, close } = await atStock()
    await page.getByRole('textbox', { name: /Tap a card/u }).fill(people.fNeverCame.new)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Move elsewhere' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Box' }).fill('Z-01')
    await screenshot(page, 'stock-move')
    await dialog.getByRole('button', { name: 'Move', exact: true }).press('Enter')
    await page.getByText('Moved.').waitFor()
    await page.getByText(/box Z-01/u).waitFor()
    await page.getByRole('button', { name: 'Retire' }).click()
    await dialog.getByRole('button', { name: 'Retire for good' }).click()
    await page.getByText(/Retired for good on 2023-10-18/u).waitFor()
    expect(await page.getByRole('button', { name: 'Retire' }).count()).toBe(0)
    await screenshot(page, 'stock-retired')
    await expectAccessible(page)
    expect(troubles).toEqual([])
    await close()
  })
})
