import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { switches } from './switching.ts'

/*
 * The board of the campus gates breaks, and somebody puts in another one; a second controller's replies come from elsewhere.
 * Later the database is said to be an older copy. The access keeper sees both, and settles them.
 */
let campus: TestCampus
let site: Site
const gates = 423_100_001
const spare = { serial: 499_000_001, mac: '0066aa000001' }
let before: number[]

const numbers = async () =>
  (await campus.emulator!.cards(gates)).map(card => card.number).toSorted((a, b) => a - b)

beforeAll(async () => {
  site = await openSite({ doors: '127.68.3', from: '2023-10-18T09:40' })
  campus = site.campus
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
  before = await numbers()
  await campus.emulator!.faults(gates, { becomes: spare, wipe: true })
  const [, other] = await campus.emulator!.controllers()
  await campus.emulator!.faults(other!.serial, { replies: 'other address' })
  await switches(campus, people.aEarly)
  await campus.moveTo('2023-10-18T15:00')
  await campus.settle()
}, 60_000)
afterAll(() => site.close())

describe('the screen of the controllers', () => {
  it.each(looks)('names boards that are not expected: $width px, $theme, $language', async look => {
    const { page, troubles, close } = await site.as('access', look)
    await page.goto('/staff/controllers')
    await page.getByText('499000001').first().waitFor()
    await screenshot(page, `strange-boards-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it('the unreachable and the windows say so, too', async () => {
    const { page, close } = await site.as('office')
    await page.goto('/staff/unreachable')
    await page.getByText('Another board answers at its address').waitFor()
    await page.goto('/staff/windows')
    await page.getByText('another board answers').waitFor()
    await page.goto('/staff/controllers')
    await page.getByText('499000001').first().waitFor()
    expect(await page.getByRole('button', { name: /replacement|looked at/u }).count()).toBe(0)
    await close()
  })

  it('takes the word of the access keeper, by keyboard, and the board is loaded', async () => {
    const { page, troubles, close } = await site.as('access')
    await page.goto('/staff/controllers')
    await page.getByRole('button', { name: 'Campus gates: this is the replacement' }).press('Enter')
    await page.getByText('Compare the serial number on its label first').waitFor()
    await screenshot(page, 'strange-boards-sure')
    await page.getByRole('button', { name: 'It was replaced' }).press('Enter')
    await page.getByText('its cards are being put again').waitFor()
    await campus.rested()
    await campus.settle()
    // The student who switched has the new card there by now: the count is the same.
    const after = await numbers()
    expect(after.length).toBe(before.length)
    expect(after.filter(number => !before.includes(number))).toHaveLength(1)
    const [, other] = await campus.emulator!.controllers()
    await campus.emulator!.faults(other!.serial, { replies: 'proper' })
    await page.getByRole('button', { name: 'Replies from 127.0.0.1 looked at' }).click()
    await page.getByText('It is not the expected board').waitFor({ state: 'detached' })
    expect(troubles).toEqual([])
    await close()
  })
})

describe('after the database was brought back', () => {
  it.each([looks[0]!, looks[2]!])('it says what waits: $width px, $theme, $language', async look => {
    if (look === looks[0]) {
      const asked = await campus.gatehouse.server.inject({
        method: 'POST',
        url: '/api/v1/restores',
        headers: { cookie: await campus.signIn('access') },
      })
      expect(asked.json()).toEqual({ controllers: 12 })
      // A card that was taken off a door since the copy, as far as the database knows.
      await campus.emulator!.faults(gates, { wipe: true })
      await campus.rested()
      await campus.settle()
    }
    const { page, troubles, close } = await site.as('access', look)
    await page.goto('/staff/controllers')
    await page.getByRole('button', { name: /Show whose cards|查看是誰的卡片/u }).click()
    await page
      .getByText(/Would be put again|將重新寫入/u)
      .first()
      .waitFor()
    await screenshot(page, `restored-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it('lets the controllers go with a reason, and only then are they written to', async () => {
    expect(await numbers()).toEqual([])
    const { page, troubles, close } = await site.as('access')
    await page.goto('/staff/controllers')
    await page.getByRole('button', { name: 'Let 12 controllers go' }).click()
    await page.getByLabel('Reason').fill('Lists compared with the journal of the doors')
    await page.getByLabel('Reason').press('Enter')
    await page.getByText('Let go; the others go on waiting.').waitFor()
    await campus.rested()
    await campus.settle()
    expect((await numbers()).length).toBe(before.length)
    expect(troubles).toEqual([])
    await close()
  })
})
