import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stockPool } from '../../src/loan/trial-pool.ts'
import { ask, holderOf as oldHolderOf, send as sendRefunds } from '../../src/refund/trial-refunds.ts'
import { applied, begin, callback, freshNumber, post, receipt } from '../../src/reissue/trial-reissue.ts'
import type { TestCampus } from '../campus.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site
let damaged: Awaited<ReturnType<typeof applied>>
let paidOften: Awaited<ReturnType<typeof applied>>

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  campus = site.campus
  const paying = await applied(campus, freshNumber())
  await campus.owner.pool.query(`update person set kind = 'exchange' where id = $1`, [paying.personId])
  await post(campus, `/api/v1/reissues/${paying.reissueId}/payment`, undefined, { who: 'desk-registry' })
  await callback(campus, { id: await begin(campus, await applied(campus, freshNumber())) })
  await post(
    campus,
    '/api/v1/kiosk/receipts',
    await receipt(campus, { number: 'AB123456', studentNumber: '41299999X' }),
  )
  damaged = await applied(campus, freshNumber(), { reason: 'damaged' })
  await callback(campus, { id: await begin(campus, damaged) })
  await post(
    campus,
    '/api/v1/me/reissue/dispute',
    { said: 'The chip died by itself' },
    { who: damaged.number },
  )
  await campus.owner.pool.query(
    `insert into programme_version (programme_id, document, source, published_at, published_by, replaces, replaced_asks)
     select programme_id, jsonb_set(document, '{repayments,aloneAtMost}', '300'), source, published_at, 'set-up', version, asks_second_person
     from programme_version order by version desc limit 1`,
  )
  paidOften = await owedTwice()
  for (const who of ['office-2', 'office', 'cashier']) {
    const { reissueId } = await owedTwice()
    const asked = await post(
      campus,
      `/api/v1/reissues/${reissueId}/repayment/question`,
      { reason: 'It was paid three times online' },
      { who },
    )
    const declined = { letGo: false, reason: 'The bank has sent one of them back already' }
    if (who === 'cashier')
      await post(campus, `/api/v1/repayments/${Number(asked.body.id)}/answer`, declined, { who: 'office-2' })
  }
  for (const number of ['41047001S', '41047002S', '41047003S'])
    await ask(campus, await oldHolderOf(campus, number))
  await sendRefunds(campus)
  await ask(campus, await oldHolderOf(campus, '41047004S'))
  await stockPool(campus)
  await campus.owner.pool.query(
    `insert into card_loan (card_id, person_id, reason, evidence, lent_at, lent_by, counter, last_day)
     select c.id, $1, 'forgotten', '{"old-card": null}', campus_now() - interval '9 days', 'desk-csie', 'dept-csie', '2023-10-12'
     from card c where c.edition = 'temporary' order by c.id limit 1`,
    [damaged.personId],
  )
}, 120_000)
afterAll(() => site.close())

/** Somebody whose fee came three times: two of them are owed back. */
async function owedTwice() {
  const holder = await applied(campus, freshNumber())
  const tries = [await begin(campus, holder), await begin(campus, holder), await begin(campus, holder)]
  for (const id of tries) await callback(campus, { id })
  return holder
}

const screens = {
  second: '/staff/reissues?state=second-person',
  reissues: '/staff/reissues?state=disputed',
  receipts: '/staff/reissues?state=receipts',
  refunds: '/staff/refunds?stage=sent',
  losses: '/staff/losses',
  cashier: '/staff/cashier',
  loans: '/staff/loans?state=overdue',
}

describe('the office’s screens for money', () => {
  it.each(looks)('at $width in $theme, $language', async look => {
    const { page, troubles, close } = await site.as('office', look)
    for (const [name, path] of Object.entries({
      ...screens,
      case: `/staff/reissues?application=${damaged.reissueId}`,
      often: `/staff/reissues?application=${paidOften.reissueId}`,
    })) {
      await page.goto(path)
      await page.locator('.list-table').first().waitFor()
      await expectAccessible(page)
      await expectNoSideScroll(page)
      await screenshot(page, `office-${name}-${look.width}-${look.theme}-${look.language}`)
    }
    expect(troubles).toEqual([])
    await close()
  })
})

it('what is too much for one is asked of another, who lets it go by keyboard alone', async () => {
  const asking = await site.as('office-2')
  await asking.page.goto(`/staff/reissues?application=${paidOften.reissueId}`)
  await asking.page.getByRole('button', { name: 'Ask a second person' }).click()
  const question = asking.page.getByRole('dialog')
  await question.getByText('NT$400 is more than one person pays back alone').waitFor()
  await question.getByLabel('Reason').fill('Paid three times by mistake')
  await question.getByRole('button', { name: 'Ask a second person' }).click()
  await asking.page.getByText('Nothing has been paid.').waitFor()
  await asking.page.goto(screens.second)
  const own = asking.page.getByRole('row').filter({ hasText: 'Paid three times by mistake' })
  await own.getByText('You asked; somebody else answers').waitFor()
  expect(await own.getByRole('button').allTextContents()).toEqual(['Take back'])

  const { page, troubles, close } = await site.as('cashier')
  await page.goto(screens.second)
  const row = page.getByRole('row').filter({ hasText: 'Paid three times by mistake' })
  await row.getByRole('button', { name: 'Let it go' }).focus()
  await page.keyboard.press('Enter')
  const confirm = page.getByRole('button', { name: 'Let it go and record it' })
  await confirm.waitFor()
  await confirm.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('row').filter({ hasText: paidOften.number }).getByText('let go, paid back').waitFor()
  await page.goto(`/staff/reissues?application=${paidOften.reissueId}`)
  await page.getByText('paid back: paid back → owed back').waitFor()
  expect([...troubles, ...asking.troubles]).toEqual([])
  await Promise.all([close(), asking.close()])
})

it('a dispute is decided by keyboard alone, and the money that was paid is owed and paid back', async () => {
  const { page, troubles, close } = await site.as('office')
  await page.goto(screens.reissues)
  await page.getByRole('button', { name: `Open the application of ${damaged.number}` }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('The chip died by itself').waitFor()
  await page.getByRole('button', { name: 'Grant it: no fee' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Grant it: no fee' }).click()
  await dialog.getByText('Fill this in.').waitFor()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Tested by the maker: the chip failed by itself')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Record a repayment' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Paid back' }).click()
  await page.getByText('Nothing is to be done for this application now.').waitFor()
  await page.reload()
  await page.getByText('granted').first().waitFor()
  expect(page.url()).toContain(`application=${damaged.reissueId}`)
  expect(troubles).toEqual([])
  await close()
})

it('a wrong answer counts for nothing; a drawer is counted once; what was sent is exported, and what Big5 would lose is named first', async () => {
  const { page, close } = await site.as('office')
  await page.goto(screens.refunds)
  const bad = 'case,outcome,date,amount,reference,reason\nR1-1,paid,2023-10-18,much,P1,'
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.locator('button', { hasText: 'Choose a file' }).click(),
  ])
  await chooser.setFiles({ name: 'answer.csv', mimeType: 'text/csv', buffer: Buffer.from(bad) })
  await page.getByText('1 line is wrong, so no line was applied').waitFor()
  await page.getByText('This is not an amount').waitFor()
  await page.goto(screens.cashier)
  await page.getByRole('button', { name: 'Count', exact: true }).click()
  await page.getByLabel('Counted amount (TWD)').fill('150')
  await page.getByRole('button', { name: 'Take it down' }).click()
  await page.getByText('differs from the ledger').waitFor()
  await page.getByLabel('Note (needed where it differs)').fill('50 is missing')
  await page.getByRole('button', { name: 'Take it down' }).click()
  await page.getByText('NT$50 short').waitFor()
  expect(await page.getByRole('button', { name: 'Count', exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Export' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Excel (.xlsx)' }).click()
  expect((await downloading).suggestedFilename()).toBe('cashier-day-2023-10-18.xlsx')
  await campus.owner.pool.query(`update person set name_zh = '林峯' where id = $1`, [damaged.personId])
  await page.goto(screens.loans)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV for old systems (Big5)' }).click()
  await page.getByText('1 cell will be damaged in this file').waitFor()
  await expectAccessible(page)
  await screenshot(page, 'office-export-damaged')
  const old = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download anyway' }).click()
  expect((await old).suggestedFilename()).toBe('temporary-cards-2023-10-18-big5.csv')
  await close()
})
