import { afterAll, beforeAll, expect, it } from 'vitest'
import { sendDueReports } from '../../src/app/boundaries.ts'
import type { TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/*
 * An evening on which a card is nowhere to be found, on a phone that runs no scripts: paused, given back, reported lost in
 * two steps, taken back, reported again, sent in the morning, found at last. Each test goes on from the one before.
 */
let campus: TestCampus
let site: Site
let visit: Visit
const { bOnTheStroke: student } = people

beforeAll(async () => {
  site = await openSite({ doors: '127.63.6', from: '2023-10-18T10:05' })
  campus = site.campus
  await campus.settle()
  await campus.moveTo('2023-10-18T22:05')
  visit = await site.as(student.number, { width: 360, scripts: false })
}, 120_000)
afterAll(() => site.close())

const press = (name: string) => visit.page.getByRole('button', { name }).click()
const shows = (text: string | RegExp) => visit.page.getByText(text).first().waitFor()

/** Looks at a page in every size, colour and language. */
async function lookedAt(name: string, path = '/my-card/loss'): Promise<void> {
  for (const look of looks) {
    const { page, troubles, close } = await site.as(student.number, look)
    await page.goto(path)
    await screenshot(page, `${name}-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  }
}

it('two switches: the calm one first, and what the red one costs before its button', async () => {
  await visit.page.goto('/my-card/loss')
  expect(await visit.page.getByRole('button').allInnerTexts()).toEqual(
    expect.arrayContaining(['Pause campus access', 'See the whole cost and confirm']),
  )
  const red = await visit.page.locator('.notice.tone-no').innerText()
  for (const said of [
    'NT$20, taken from the balance',
    '20 working days',
    'Thu 19 Oct 06:00',
    '3 hours after',
  ])
    expect(red).toContain(said)
  await lookedAt('missing')
})

it('paused and resumed, each with one tap', async () => {
  await press('Pause campus access')
  await shows('Campus access is paused since 22:05')
  await lookedAt('paused')
  await press('Resume campus access')
  await shows('Every door that can be reached stops opening')
})

it('nothing irreversible is one tap: the whole cost once more, and a way back', async () => {
  await press('See the whole cost and confirm')
  await visit.page.getByRole('heading', { name: 'Report this card lost?' }).waitFor()
  await lookedAt('confirm-loss', new URL(visit.page.url()).pathname + new URL(visit.page.url()).search)
  await visit.page.getByRole('link', { name: 'Not yet' }).click()
  await visit.page.getByRole('heading', { name: 'I can’t find my card' }).waitFor()
  await visit.page.getByLabel('At this time, unless I find it').check()
  await visit.page.getByLabel('Time of sending').selectOption({ index: 1 })
  await press('See the whole cost and confirm')
  await shows('Fri 20 Oct 06:00')
  await press('Report this card lost')
  await shows('Reported lost at 22:05')
  await shows('It goes to the issuer at Fri 20 Oct 06:00')
  await lookedAt('reported')
})

it('found before it is sent: taken back, and everything is as before', async () => {
  await campus.settle()
  await press('I found it: take the report back')
  await shows('Every door that can be reached stops opening')
})

it('sent in the morning it cannot be taken back, and found after that it opens doors again', async () => {
  await press('See the whole cost and confirm')
  await press('Report this card lost')
  await campus.moveTo('2023-10-19T06:00')
  await sendDueReports(campus.gatehouse.register)
  await visit.page.reload()
  await shows('It went to the issuer at 06:00')
  expect(await visit.page.getByRole('button', { name: 'take the report back' }).count()).toBe(0)
  await lookedAt('sent')
  await press('I found it: give campus access back')
  await shows('Pause campus access')
  await shows('Locked for good before; the issuer is not told a second time')
  await lookedAt('found')
})

it('who has left is told whom to call, and has no button', async () => {
  const { page, close } = await site.as('40700001E', { width: 360, scripts: false })
  await page.goto('/my-card/loss')
  await page.getByText('You have left the university').waitFor()
  expect(await page.getByRole('button', { name: 'See the whole cost' }).count()).toBe(0)
  await close()
})
