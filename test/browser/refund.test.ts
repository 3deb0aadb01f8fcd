import { afterAll, beforeAll, expect, it } from 'vitest'
import { beginDate } from '../../src/app/boundaries.ts'
import type { Language } from '../../src/lib/words.ts'
import { answer, type Holder, holderOf, numberOf, send } from '../../src/refund/trial-refunds.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { lead, said } from './story.ts'

let site: Site
let holder: Holder
let number: string
const student = people.aEarly.number
const path = '/my-card/refund'

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  holder = await holderOf(site.campus, student)
}, 120_000)
afterAll(() => site.close())

/** Looks at the page as it stands, in every size, colour and language; it says the same in both. */
async function lookedAt(name: string, sentence: Record<Language, string>): Promise<void> {
  for (const look of looks) {
    const visit = await site.as(student, look)
    const { page, troubles, close } = visit
    await page.goto(path)
    expect(await said(visit)).toContain(sentence[look.language])
    await screenshot(page, `refund-${name}-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  }
}

it('who still uses the old card is told to go on spending', async () => {
  const visit = await site.as(people.bOnTheStroke.number, { width: 360, scripts: false })
  await visit.page.goto(path)
  expect(await visit.page.getByText('This card is still in use.').count()).toBe(1)
  expect(await visit.page.locator('main form').count()).toBe(0)
  await visit.close()
})

it('a wrong number is told at its field, with what was typed, and in no address (scripts: off)', async () => {
  const visit = await site.as(student, { width: 360, scripts: false })
  const { page } = visit
  await page.goto(path)
  await lookedAt('choose', {
    'zh-TW': '卡內的儲值金由悠遊卡公司保管，也由悠遊卡公司付款',
    en: 'EasyCard Corporation',
  })
  expect(await page.getByText('Is a commuter pass on the card?').count()).toBe(1)
  expect(await page.getByText('from the fourth day nothing is paid back').count()).toBe(1)
  // The fields of the other way are not shown, and need no script for that.
  expect(await page.getByLabel('Postal address').isVisible()).toBe(false)
  await page.getByLabel('Registered letter').check()
  expect(await page.getByLabel('Postal address').isVisible()).toBe(true)
  expect(await page.getByLabel('Bank code').isVisible()).toBe(false)
  await page.getByLabel('Bank transfer').check()
  await page.getByLabel('Bank code').fill('4')
  await page.getByLabel('Branch code').fill('0037')
  await page.getByLabel('Your own account number').fill('１２３-４５６ 78901')
  await page.getByRole('button', { name: 'Ask for the refund' }).click()
  const field = page.getByLabel('Bank code')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByLabel('Your own account number').inputValue()).toBe('１２３-４５６ 78901')
  expect(page.url()).not.toContain('78901')
  await screenshot(page, 'refund-wrong-360')
  await field.fill('004')
  await page.getByRole('button', { name: 'Ask for the refund' }).click()
  expect(page.url()).toMatch(/\/my-card\/refund$/)
  expect(await lead(visit)).toBe('You asked for a refund; it waits to go to the issuer.')
  expect(await page.getByText('Bank transfer 004-…8901').count()).toBe(1)
  expect(await page.content()).not.toContain('12345678901')
  await visit.close()
  await lookedAt('asked', {
    'zh-TW': '已申請退費，等待送交發卡機構。',
    en: 'You asked for a refund; it waits to go to the issuer.',
  })
})

it('with scripts, numbers are filled to their length before they are sent', async () => {
  const { page, close } = await site.as(student, { width: 360 })
  await page.goto(path)
  await page.getByText('Change where it goes').first().click()
  const account = page.getByLabel('Your own account number')
  await page.getByLabel('Bank code').fill('12345')
  await page.getByRole('button', { name: 'Change where it goes' }).click()
  await page.getByText('Nothing was changed. Please correct this first.').waitFor()
  await expectAccessible(page)
  await account.fill('７６-５４ 321')
  await page.getByLabel('Branch code').fill('0037')
  expect(await account.inputValue()).toBe('00000007654321')
  await page.getByLabel('Bank code').fill('822')
  await page.getByRole('button', { name: 'Change where it goes' }).click()
  await page.getByText('Bank transfer 822-…4321').waitFor()
  await close()
})

it('withdrawn and asked for again, sent, received, and late in the end', async () => {
  const visit = await site.as(student, { width: 360, scripts: false })
  const { page } = visit
  await page.goto(path)
  await page.getByRole('button', { name: 'Withdraw it and go on spending' }).click()
  expect(await lead(visit)).toContain('You withdrew the refund.')
  await page.getByLabel('Registered letter').check()
  await page.getByLabel('Postal address').fill('106 臺北市大安區和平東路一段162號')
  await page.getByRole('button', { name: 'Ask for the refund' }).click()
  await send(site.campus)
  number = await numberOf(site.campus, holder)
  await page.reload()
  expect(await lead(visit)).toBe(
    'It went to EasyCard Corporation, which has yet to confirm it; payment is expected by Wed 15 Nov.',
  )
  await lookedAt('sent', {
    'zh-TW': '已送交悠遊卡公司，等待收件；預計 11月15日（三）前付款。',
    en: 'It went to EasyCard Corporation, which has yet to confirm it',
  })
  await site.campus.moveTo('2023-10-20T09:00')
  await answer(site.campus, `${number},received,2023-10-19,,,`)
  await page.reload()
  expect(await lead(visit)).toBe('EasyCard Corporation has your case and is to pay by Thu 16 Nov.')
  await lookedAt('received', {
    'zh-TW': '悠遊卡公司已收件，承諾最遲 11月16日（四）付款。',
    en: 'EasyCard Corporation has your case and is to pay by Thu 16 Nov.',
  })
  expect(await page.getByRole('listitem').filter({ hasText: 'by Thu 16 Nov' }).count()).toBe(1)
  await site.campus.moveTo('2023-11-17T09:00')
  await beginDate(site.campus.gatehouse.register, 'Asia/Taipei')
  await page.reload()
  expect(await lead(visit)).toContain('Your refund is late: it was to be paid by Thu 16 Nov.')
  expect(await page.locator('.verdict').filter({ hasText: 'Late' }).count()).toBe(1)
  await visit.close()
  await lookedAt('late', {
    'zh-TW': '退費逾期：原應最遲 11月16日（四）付款。',
    en: 'Your refund is late: it was to be paid by Thu 16 Nov.',
  })
})

it('paid: how much and when, as the issuer settled it, in both languages', async () => {
  await answer(site.campus, `${number},paid,2023-11-15,302,EC-1,`)
  const visit = await site.as(student, { width: 360, scripts: false })
  await visit.page.goto(path)
  expect(await lead(visit)).toBe('EasyCard Corporation paid NT$302 on Wed 15 Nov.')
  await visit.page.getByRole('link', { name: '中文' }).click()
  expect(await lead(visit)).toBe('悠遊卡公司已於 11月15日（三）付款 NT$302。')
  await visit.close()
  await lookedAt('paid', {
    'zh-TW': '悠遊卡公司已於 11月15日（三）付款 NT$302。',
    en: 'EasyCard Corporation paid NT$302 on Wed 15 Nov.',
  })
})
