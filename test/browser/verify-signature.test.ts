import { afterAll, beforeAll, expect, it } from 'vitest'
import { csie, people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

const { aEarly, bOnTheStroke } = people
let site: Site
let personId: number
let number: string

const posted = async (path: string, payload: object) => {
  const reply = await site.campus.gatehouse.server.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    headers: { cookie: await site.campus.signIn(csie.id) },
    payload,
  })
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<{ cardId: number; at: string }>()
}
const drawn = { manner: 'drawn', picture: 'M20 120L60 40L100 120L140 40L300 90', language: 'en' }

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  personId = await site.campus.personId(aEarly.number)
  const given = await posted('/desk/handovers', {
    studentNumber: aEarly.number,
    chip: aEarly.new,
    evidence: [{ kind: 'old-card', chip: aEarly.old }],
    signature: drawn,
  })
  number = String(given.cardId)
}, 120_000)
afterAll(() => site.close())

it.each(looks)('a signature is verified from the story, at $width in $theme, $language', async seen => {
  const { page, troubles, close } = await site.as('office', seen)
  const zh = seen.language === 'zh-TW'
  await page.goto(`/staff/people/${personId}`)
  await page.getByRole('link', { name: zh ? /^查驗簽收/u : /^Verify what was signed/ }).press('Enter')
  await page
    .getByRole('status')
    .getByText(zh ? '與簽收時相同' : 'It is what was signed')
    .waitFor()
  await page.getByText('I have received').waitFor()
  await page.getByRole('img', { name: zh ? '手寫簽名' : 'The drawn signature' }).waitFor()
  await expectAccessible(page)
  await expectNoSideScroll(page)
  await screenshot(page, `verify-signature-${seen.width}-${seen.theme}-${seen.language}`)
  expect(troubles).toEqual([])
  await close()
})

it.each(looks)('of an undone handover it says so, at $width in $theme, $language', async seen => {
  const zh = seen.language === 'zh-TW'
  const done = await posted('/desk/handovers', {
    studentNumber: bOnTheStroke.number,
    chip: bOnTheStroke.new,
    evidence: [{ kind: 'old-card', chip: bOnTheStroke.old }],
    signature: drawn,
  })
  const { cardId, at } = done
  await posted('/desk/undone-handovers', { cardId, at, why: 'wrong-person' })
  const { page, troubles, close } = await site.as('office', seen)
  await page.goto(`/staff/people/${await site.campus.personId(bOnTheStroke.number)}`)
  const line = page.locator('li', { hasText: zh ? '交付卡片' : 'Card handed over' }).first()
  await line.getByText(zh ? '交給了別人' : 'Given to somebody else').waitFor()
  await screenshot(page, `undone-in-story-${seen.width}-${seen.theme}-${seen.language}`)
  await line.getByRole('link').press('Enter')
  await page.getByText(zh ? '這次交付已經撤銷' : 'This handover was undone').waitFor()
  await page.getByText(zh ? '交給了別人' : 'Given to somebody else').waitFor()
  await page.getByText(zh ? '與簽收時相同' : 'It is what was signed', { exact: true }).waitFor()
  await expectAccessible(page)
  await expectNoSideScroll(page)
  await screenshot(page, `undone-signature-${seen.width}-${seen.theme}-${seen.language}`)
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
