import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/server/register.ts'
import type { TestCampus } from '../campus.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ doors: '127.66.11', from: '2023-10-18T09:48' })
  campus = site.campus
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
}, 120_000)

afterAll(() => site.close())

const office: Actor = { kind: 'office', id: 'office' }

const focused = (place: Locator) =>
  expect.poll(() => place.evaluate(node => node === document.activeElement)).toBe(true)

/** The office takes a file in by which sixty people have left. */
async function sixtyLeave() {
  const { rows } = await campus.owner.pool.query<{ id: number }>(
    `update person set status = 'withdrawn' where id in (
       select distinct p.id from person p join wanted w on w.person_id = p.id
       join held h on h.controller_id = w.controller_id and h.number = w.number
       where p.status = 'enrolled' and h.doors <> '{0,0,0,0}' order by 1 limit 60) returning id`,
  )
  await campus.gatehouse.register.act(office, act =>
    act.note(...rows.map(({ id }) => ({ act: 'person changed', personId: id }))),
  )
}

describe('an access keeper governs the updates, by keyboard', () => {
  it('sees in a dry run who would lose access, and holds a building', async () => {
    await sixtyLeave()
    const { page, troubles, close } = await site.as('access')
    await page.goto('/staff/windows')
    await page.getByRole('button', { name: 'Dry run' }).press('Enter')
    await page.getByText('Would wait for a second person: 60 people would lose access.').waitFor()
    await page.getByRole('button', { name: 'See who, and which doors' }).press('Enter')
    await page.getByRole('columnheader', { name: 'Doors that would be lost' }).waitFor()
    await page.getByRole('button', { name: 'More people' }).first().waitFor()
    await screenshot(page, 'govern-dry-run')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Export', exact: true }).press('Enter')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV (UTF-8)' }).press('Enter'),
    ])
    expect(download.suggestedFilename()).toMatch(/^next-update-.*\.csv$/)
    await page.getByRole('button', { name: 'Close the dry run' }).press('Enter')
    // What is closed gives the keyboard back to the button that opened it.
    await focused(page.getByRole('button', { name: 'Dry run' }))

    await page.getByRole('button', { name: 'Hold a building' }).press('Enter')
    await focused(page.getByLabel('Where'))
    await page.getByLabel('Reason').fill('new cabling')
    expect(await page.getByRole('button', { name: 'Do it' }).isDisabled()).toBe(true)
    await page.getByLabel('Where').selectOption({ label: 'Gymnasium' })
    await page.getByLabel('Reason').fill('new cabling')
    await page.getByLabel('Reason').press('Enter')
    await page.getByText('Held.', { exact: true }).waitFor()
    await focused(page.locator('[tabindex="-1"]').filter({ hasText: /^Held\.$/u }))
    await page.getByRole('heading', { name: 'Updates that are held' }).waitFor()
    await page.getByRole('button', { name: 'Run now' }).press('Enter')
    await page.getByLabel('Reason').fill('an exam')
    await page.getByLabel('Reason').press('Enter')
    await page.getByText('No card waits to be put there').waitFor()
    await page.getByRole('button', { name: 'Back' }).press('Enter')
    // The browser says that running now was refused; nothing else is wrong.
    expect(troubles).toEqual([expect.stringContaining('409')])
    await close()
  })

  it('is called when the update stops them, and agrees as the second person', async () => {
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    const officer = await site.as('office')
    await officer.page.goto('/staff/windows')
    await officer.page.getByText('Your own change caused this: somebody else must answer.').waitFor()
    await officer.close()

    const { page, close } = await site.as('access')
    await page.goto('/staff/windows')
    await page.getByRole('heading', { name: /Waits for a second person/u }).waitFor()
    await page.getByText('stopped the changes of 60 people').waitFor()
    await page.getByText('Changed by: Card Officer E').waitFor()
    await screenshot(page, 'govern-guard')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Agree, and send' }).press('Enter')
    await page.getByLabel('Reason').fill('checked with the registrar')
    await page.getByRole('button', { name: 'Agree, and send' }).press('Enter')
    await page.getByText(/^Agreed: \d+ card numbers are being sent now\.$/u).waitFor()
    await page.getByRole('heading', { name: /Waits for a second person/u }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Lift the hold: Gymnasium' }).press('Enter')
    await page.getByText('Lifted: what waited is being sent now.').waitFor()
    await close()
  })
})

describe('the screen with a guard and a hold', () => {
  beforeAll(async () => {
    await sixtyLeave()
    await campus.gatehouse.register.act(office, async act => {
      await act.statement(
        'trial_hold',
        `insert into update_hold (controller_id, held_at, held_by, reason) values (null, $1, 'access:access', 'a trial')`,
        [act.now],
      )
    })
    await campus.moveTo('2023-10-19T01:00')
    await campus.settle()
  }, 120_000)

  it.each(looks)('can be read at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await site.as('access', look)
    await page.goto('/staff/windows')
    await page.getByRole('table').last().waitFor()
    await page.getByRole('button', { name: look.language === 'en' ? 'Dry run' : '預演下一次更新' }).waitFor()
    await screenshot(page, `govern-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it('says that somebody takes care of it, and the keyboard goes on from there', async () => {
    const { page, close } = await site.as('access')
    await page.goto('/staff/windows')
    await page.getByRole('button', { name: 'I take care of it' }).first().press('Enter')
    await focused(page.locator('[tabindex="-1"]').filter({ hasText: /^Noted: you take care of it\.$/u }))
    await close()
  })
})
