import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holderOf, lose, post, receipt, standing, stockFor } from '../../src/reissue/trial-reissue.ts'
import type { TestCampus } from '../campus.ts'
import { expectAccessible, expectNoSideScroll, type Look, looks, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
  campus = site.campus
}, 120_000)
afterAll(() => site.close())

const path = '/my-card/reissue'
async function opened(number: string, look: Look = {}): Promise<Visit> {
  const visit = await site.as(number, look)
  await visit.page.goto(path)
  return visit
}
const lead = (visit: Visit): Promise<string> => visit.page.locator('.lead').innerText()
const press = (visit: Visit, name: string | RegExp) => visit.page.getByRole('button', { name }).click()

async function lookedAt(number: string, name: string): Promise<void> {
  for (const look of looks) {
    const { page, troubles, close } = await opened(number, look)
    await screenshot(page, `reissue-${name}-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  }
}

describe('a lost card is issued anew (scripts: off)', () => {
  it('applied for with the cost and dates in sight, paid online, made, and where to collect it', async () => {
    const number = '41200001E'
    await lose(campus, await holderOf(campus, number))
    await lookedAt(number, 'apply')
    const visit = await opened(number, { width: 360, scripts: false })
    const { page } = visit
    expect(await page.locator('main').innerText()).toMatch(/NT\$200[\s\S]*Sat 18 Nov[\s\S]*Apply, NT\$200/)
    await press(visit, 'Apply, NT$200')
    await page.getByText('If the photo is right, tick the box').waitFor()
    await page.getByRole('radio', { name: 'Lost', exact: true }).check()
    await page.getByLabel('I have looked at my photo on record').check()
    await press(visit, 'Apply, NT$200')
    expect(await lead(visit)).toBe(
      'Please pay the fee of NT$200 by Sat 18 Nov. Unpaid, the application is cancelled after that day.',
    )
    await lookedAt(number, 'due')

    await press(visit, 'Pay NT$200 online')
    await page.getByText('This stands for a payment service').waitFor()
    const withScripts = await opened(number, { width: 360 })
    await press(withScripts, 'Pay NT$200 online')
    await withScripts.page.getByText('This stands for a payment service').waitFor()
    await expectAccessible(withScripts.page)
    await expectNoSideScroll(withScripts.page)
    await screenshot(withScripts.page, 'reissue-payment-page-360')
    expect(withScripts.troubles).toEqual([])
    await withScripts.close()
    await press(visit, 'Cancel')
    await page.getByText('The payment was cancelled and nothing was taken').waitFor()
    await press(visit, 'Pay NT$200 online')
    await press(visit, 'Pay NT$200')
    await page.getByText('Your payment is confirmed').waitFor()
    expect(await lead(visit)).toBe(
      'The fee is settled and the card is being made. You will be told when to collect it.',
    )
    await stockFor(campus, [{ number, chip: '04CC11BB22CC33', printed: '9900888877771111' }])
    await page.reload()
    expect(await lead(visit)).toBe(
      'Your card is made and lies at the Registration Division. Activate it when you have it.',
    )
    await lookedAt(number, 'made')
    await visit.close()
  })

  it('in Chinese, with a kiosk’s receipt that the kiosk tells of later', async () => {
    const number = '41200002E'
    await lose(campus, await holderOf(campus, number))
    const visit = await opened(number, { width: 360, scripts: false, language: 'zh-TW' })
    const { page } = visit
    await page.getByRole('radio', { name: '遺失', exact: true }).check()
    await page.getByLabel('我看過檔案照片').check()
    await press(visit, '申請補換發，NT$200')
    const field = page.getByLabel('收據的申請編號')
    await field.fill('壞')
    await press(visit, '用這張收據繳費')
    await page.getByText('這不是收據號碼').waitFor()
    await field.fill('ｋｓ 2023-1018')
    await press(visit, '用這張收據繳費')
    await page.getByText('收據 KS20231018 已記下').waitFor()
    await lookedAt(number, 'waits')
    expect(
      await post(campus, '/api/v1/kiosk/receipts', await receipt(campus, { number: 'KS20231018' })),
    ).toMatchObject({
      body: { matched: true },
    })
    await page.reload()
    expect(await lead(visit)).toBe('工本費已處理，卡片製作中。製好會通知您領取。')
    await visit.close()
  })

  it('a damaged one is disputed, and taken back', async () => {
    const number = '41200003E'
    const visit = await opened(number, { width: 360, scripts: false })
    const { page } = visit
    await page.getByLabel('Damaged').check()
    await page.getByLabel('I have looked at my photo on record').check()
    await press(visit, 'Apply, NT$200')
    await page.getByText('I think the fee is not due').click()
    await page.getByRole('textbox', { name: 'Why' }).fill('It is not cracked.\nIt failed by itself.')
    await press(visit, 'Send')
    expect(await lead(visit)).toContain('Until it decides, the application is not cancelled')
    await page.getByText('Not needed any more?').click()
    await press(visit, 'Take the application back')
    await page.getByText('You took your last application back').waitFor()
    expect(await standing(campus, await holderOf(campus, number))).toMatchObject({ ended: 'withdrawn' })
    await visit.close()
  })

  it('who has a free new card to collect is sent there', async () => {
    const visit = await opened('41047001S', { width: 360, scripts: false })
    await visit.page.getByText('A free new card is due to you').waitFor()
    await visit.close()
  })
})
