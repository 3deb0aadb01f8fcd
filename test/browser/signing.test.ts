import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { people, type Student } from '../people.ts'
import { openDesk, says, tap, type } from './at-desk.ts'
import { expectAccessible, expectNoSideScroll, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { lead, onPhone, stop } from './story.ts'

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  campus = site.campus
}, 120_000)
afterAll(() => site.close())

const signatureOf = ({ number }: Student) =>
  campus.owner.db
    .selectFrom('signature')
    .innerJoin('handover', 'handover.card_id', 'signature.card_id')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .select(['place', 'manner', 'picture', 'text'])
    .where('student_number', '=', number)
    .execute()

/** The code that a phone shows, as the desk's scanner types it. */
const codeOn = async ({ page }: Visit): Promise<string> =>
  (await page.locator('[data-desk-code-text]').textContent())!

/** A stop at which two screens are looked at. */
async function look({ page, troubles }: Visit, name: string): Promise<void> {
  await screenshot(page, name)
  await expectAccessible(page)
  await expectNoSideScroll(page)
  expect(troubles).toEqual([])
}

describe('on the student’s own phone', () => {
  it.each([
    ['zh-TW', people.aEarly, '等待學生在手機上簽收', '我已領取', /已交付/u],
    [
      'en',
      people.bOnTheStroke,
      'Waiting for the signature on their phone',
      'I have received it',
      /Handed over/u,
    ],
  ] as const)('phone and desk at once: neither has anything else to press (%s)', async (...told) => {
    const [language, student, waits, received, done] = told
    const phone = await onPhone(site, student.number, language)
    const desk = await openDesk(site, 'desk-csie', { language, theme: language === 'en' ? 'dark' : 'light' })
    await type(desk.page, await codeOn(phone))
    await says(desk.page, /^(May collect|可領取)$/u)
    await tap(desk.page, student.new)
    await says(desk.page, waits)
    await look(desk, `signing-desk-waits-${language}`)

    // The open page learns of it, and shows at its top what is signed for.
    const button = phone.page.getByRole('button', { name: received })
    await button.waitFor()
    await stop(phone, `signing-phone-${language}`)
    expect(await phone.page.content()).not.toContain(student.digits)
    await button.click()

    await says(desk.page, done)
    expect(await signatureOf(student)).toMatchObject([
      { place: 'phone', manner: 'confirmed', text: expect.stringMatching(/^(本人已領取|I have received)/u) },
    ])
    // And goes on to what comes next.
    await phone.page.locator('#activate').waitFor()
    expect(await lead(phone)).toMatch(language === 'en' ? /^You have your new card/u : /^您已/u)
    expect([...desk.troubles, ...phone.troubles]).toEqual([])
    await desk.close()
    await phone.close()
  })

  it('drawn with a finger, asked by one key where the old card was shown', async () => {
    const { cDuringTheRun: student } = people
    const phone = await onPhone(site, student.number, 'en')
    const desk = await openDesk(site, 'desk-csie')
    await tap(desk.page, student.old)
    await says(desk.page, 'May collect')
    await tap(desk.page, student.new)
    await says(desk.page, 'The student signs')
    await desk.page.keyboard.press('F1')
    await says(desk.page, 'Waiting for the signature on their phone')
    await phone.page.getByText('Sign with your name or by hand instead').click()
    const pad = phone.page.getByRole('img', { name: 'Sign in this field' })
    await pad.scrollIntoViewIfNeeded()
    const box = (await pad.boundingBox())!
    await phone.page.mouse.move(box.x + 20, box.y + 40)
    await phone.page.mouse.down()
    for (let step = 0; step <= 12; step += 1)
      await phone.page.mouse.move(box.x + 20 + step * 15, box.y + 40 + 20 * Math.sin(step))
    await phone.page.mouse.up()
    await stop(phone, 'signing-phone-drawn')
    await phone.page.getByRole('button', { name: 'Sign by hand' }).click()
    await says(desk.page, /Handed over/u)
    const [kept] = await signatureOf(student)
    expect(kept).toMatchObject({ place: 'phone', manner: 'drawn' })
    expect(kept!.picture).toMatch(/^M\d+ \d+(L\d+ \d+){8,}$/u)
    await desk.close()
    await phone.close()
  })

  it('without scripts, with the name; a wrong name is told at the field', async () => {
    const { dLosesCard: student } = people
    const desk = await openDesk(site, 'desk-csie')
    await tap(desk.page, student.old)
    await tap(desk.page, student.new)
    await says(desk.page, 'The student signs')
    await desk.page.keyboard.press('F1')
    await says(desk.page, 'Waiting for the signature on their phone')
    const phone = await site.as(student.number, { width: 360, scripts: false })
    await phone.page.goto('/my-card')
    await phone.page.getByText('Sign with your name or by hand instead').click()
    expect(await phone.page.getByRole('img', { name: 'Sign in this field' }).isVisible()).toBe(false)
    await phone.page.getByLabel('Your name').fill('Somebody Else')
    await phone.page.getByRole('button', { name: 'Sign with my name' }).click()
    await phone.page.getByText(/^That is not the name on file/u).waitFor()
    await screenshot(phone.page, 'signing-phone-wrong-name')
    await phone.page.getByLabel('Your name').fill('sample student')
    await phone.page.getByRole('button', { name: 'Sign with my name' }).click()
    await says(desk.page, /Handed over/u)
    await phone.page.goto('/my-card')
    expect(await phone.page.locator('#activate').count()).toBe(1)
    await desk.close()
    await phone.close()
  })

  it('“this is not my card” stops the desk; asked anew it goes on', async () => {
    const { eLastEvening: student } = people
    const phone = await onPhone(site, student.number, 'en')
    const desk = await openDesk(site, 'desk-csie')
    await type(desk.page, await codeOn(phone))
    await tap(desk.page, student.new)
    await says(desk.page, 'Waiting for the signature on their phone')
    await phone.page.getByRole('button', { name: 'This is not my card' }).click()
    await says(desk.page, /^Do not hand over: “This is not my card”/u)
    await look(desk, 'signing-desk-refused')
    await stop(phone, 'signing-phone-refused')
    await desk.page.keyboard.press('F8')
    await says(desk.page, 'Not accepted')
    expect(await signatureOf(student)).toEqual([])
    await desk.page.keyboard.press('F1')
    await phone.page.getByRole('button', { name: 'I have received it' }).click()
    await says(desk.page, /Handed over/u)
    await desk.close()
    await phone.close()
  })

  it('what the desk asks no longer, the phone shows no longer', async () => {
    const { fNeverCame: student } = people
    const phone = await onPhone(site, student.number, 'en')
    const desk = await openDesk(site, 'desk-csie')
    await type(desk.page, await codeOn(phone))
    await tap(desk.page, student.new)
    const button = phone.page.getByRole('button', { name: 'I have received it' })
    await button.waitFor()
    await desk.page.keyboard.press('Escape')
    await button.waitFor({ state: 'detached' })
    await says(desk.page, 'Scan')
    await desk.close()
    await phone.close()
  })
})
