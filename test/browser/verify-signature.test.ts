import { afterAll, beforeAll, expect, it } from 'vitest'
import { csie, people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

const { aEarly } = people
let site: Site
let personId: number
let number: string

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  personId = await site.campus.personId(aEarly.number)
  const given = await site.campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/desk/handovers',
    headers: { cookie: await site.campus.signIn(csie.id) },
    payload: {
      studentNumber: aEarly.number,
      chip: aEarly.new,
      evidence: [{ kind: 'old-card', chip: aEarly.old }],
      signature: { manner: 'drawn', picture: 'M20 120L60 40L100 120L140 40L300 90', language: 'en' },
    },
  })
  expect(given.statusCode, given.body).toBe(200)
  number = String(given.json<{ cardId: number }>().cardId)
}, 120_000)
afterAll(() => site.close())

it.each(looks)('a signature is verified from the story, at $width in $theme, $language', async seen => {
  const { page, troubles, close } = await site.as('office', seen)
  const zh = seen.language === 'zh-TW'
  await page.goto(`/staff/people/${personId}`)
  await page.getByRole('link', { name: zh ? /^查驗簽收/u : /^Verify what was signed/ }).press('Enter')
  await page.getByText(zh ? '與簽收時相同' : 'It is what was signed').waitFor()
  await page.getByText('I have received').waitFor()
  await page.getByRole('img', { name: zh ? '手寫簽名' : 'The drawn signature' }).waitFor()
  await expectAccessible(page)
  await expectNoSideScroll(page)
  await screenshot(page, `verify-signature-${seen.width}-${seen.theme}-${seen.language}`)
  expect(troubles).toEqual([])
  await close()
})

it('it is found by its number with keys alone, and said when it was changed, is not there, or is no number', async () => {
  const { page, close } = await site.as('office')
  await site.campus.owner.pool.query(
    `update signature set text = text || ' and its cover' where card_id = $1`,
    [number],
  )
  await page.goto('/staff/signatures')
  const field = page.getByLabel('Number of the handover')
  await expect.poll(() => field.evaluate(element => element === document.activeElement)).toBe(true)
  await page.keyboard.type('twelve')
  await page.keyboard.press('Enter')
  await page.getByText('digits alone').waitFor()
  await field.fill('')
  await page.keyboard.type(number)
  await page.keyboard.press('Enter')
  await page.getByText('It is not what was signed').waitFor()
  await screenshot(page, 'verify-signature-changed')
  await page.goto('/staff/signatures/999999')
  await page.getByText('There is no signature to verify under this number').waitFor()
  const read = await site.campus.owner.db
    .selectFrom('journal')
    .select('facts')
    .where('act', '=', 'signature read')
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .execute()
  expect(read[0]?.facts).toEqual({ fits: false })
  await close()
})
