import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, handOut, waitingStudents } from '../../src/access/trial.ts'
import { activateCard } from '../../src/activation/activate.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/* Who looks after some doors alone: the owner of a laboratory, and the keeper of a building. */
let site: Site
const lab = 'csie-systems-lab'

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  const { campus } = site
  const [student] = await waitingStudents(campus)
  const grant = { studentNumber: student!.number }
  expect((await call(campus, 'POST', `/doors/${lab}/grants`, grant, { who: 'lab-keeper' })).status).toBe(200)
  await handOut(campus, student!)
  await campus.gatehouse.register.act({ kind: 'system', id: 'test' }, act =>
    activateCard(act, { personId: student!.personId, lastDigits: student!.digits }),
  )
}, 120_000)
afterAll(() => site.close())

describe('a door owner’s screens', () => {
  it.each(looks)('at $width in $theme, $language', async look => {
    const { page, troubles, close } = await site.as('lab-keeper', look)
    for (const [name, path] of Object.entries({
      home: '/staff',
      doors: '/staff/my-doors',
      door: `/staff/my-doors/${lab}`,
      tasks: '/staff/door-tasks',
    })) {
      await page.goto(path)
      await page
        .locator(name === 'home' ? '.screens' : '.list-table')
        .first()
        .waitFor()
      await expectAccessible(page)
      await expectNoSideScroll(page)
      await screenshot(page, `owner-${name}-${look.width}-${look.theme}-${look.language}`)
    }
    expect(troubles).toEqual([])
    await close()
  })

  it('offer an owner their doors and nothing else', async () => {
    const { page, close } = await site.as('lab-keeper')
    await page.goto('/staff')
    expect(await page.locator('.screens strong').allTextContents()).toEqual([
      'Cards that changed',
      'My doors',
    ])
    for (const path of ['/staff/windows', '/staff/overview', '/staff/desk']) {
      await page.goto(path)
      await page.getByText('There is no such page or record').first().waitFor()
    }
    await close()
  })

  it('grant the door to a student and end it, by keyboard alone', async () => {
    const { page, close } = await site.as('lab-keeper')
    await page.goto(`/staff/my-doors/${lab}`)
    await page.getByRole('button', { name: 'Open this door for a student’s card' }).press('Enter')
    await page.getByLabel('Student number').fill('41047002S')
    await page.keyboard.press('Enter')
    const row = page.getByRole('row').filter({ hasText: '41047002S' })
    await row.waitFor()
    await row.getByRole('button', { name: 'End' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).press('Enter')
    await row.waitFor({ state: 'detached' })
    await close()
  })

  it('offer a building’s keeper what narrows to the building', async () => {
    const { page, close } = await site.as('access-library')
    await page.goto('/staff')
    expect(await page.locator('.screens strong').allTextContents()).toEqual([
      'Ask a door',
      'Door history',
      'Silent controllers',
      'Cards that changed',
      'My doors',
    ])
    await page.goto('/staff/my-doors')
    await page.getByRole('link', { name: 'Closed stacks' }).waitFor()
    expect(await page.locator('.list-table a').count()).toBe(4)
    await close()
  })
})
