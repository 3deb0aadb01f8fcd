import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  campus = site.campus
  const { printed_number: printed } = await campus.owner.db
    .selectFrom('card')
    .innerJoin('handover', 'handover.card_id', 'card.id')
    .select('printed_number')
    .where('handover.person_id', '=', await campus.personId('41200001E'))
    .executeTakeFirstOrThrow()
  const activated = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/me/card/activation',
    headers: { cookie: await campus.signIn('41200001E') },
    payload: { lastDigits: printed!.slice(-4) },
  })
  expect(activated.statusCode).toBe(200)
})
afterAll(() => site.close())

describe('the outbox', () => {
  it.each(looks)('shows what a student was told, at $width in $theme, $language', async look => {
    const { page, troubles, close } = await site.as('office', look)
    await page.goto('/staff/outbox')
    await page.getByText('41200001E').waitFor()
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await screenshot(page, `outbox-${look.width}-${look.theme}-${look.language}`)
    expect(troubles).toEqual([])
    await close()
  })
})
