import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../campus.ts'
import { closeBrowser, expectAccessible, expectNoSideScroll, openPage, screenshot } from './chromium.ts'

let campus: TestCampus
let origin: string
let officer: string

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  origin = await campus.gatehouse.server.listen({ host: '127.0.0.1', port: 0 })
  officer = (await campus.signIn('office')).replace('session=', '')
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
afterAll(async () => {
  await closeBrowser()
  await campus.close()
})

const looks = ([360, 1280] as const).flatMap(width =>
  (['light', 'dark'] as const).flatMap(theme =>
    (['zh-TW', 'en'] as const).map(language => ({ width, theme, language })),
  ),
)

describe('the outbox', () => {
  it.each(looks)('shows what a student was told, at $width in $theme, $language', async look => {
    const { page, context, troubles, close } = await openPage({ ...look, origin })
    await context.addCookies([{ name: 'session', value: officer, url: origin }])
    await page.goto('/staff/outbox')
    await page.getByText('41200001E').waitFor()
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await screenshot(page, `outbox-${look.width}-${look.theme}-${look.language}`)
    expect(troubles).toEqual([])
    await close()
  })
})
