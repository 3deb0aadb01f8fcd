import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { people, type Student } from '../people.ts'
import { openDesk, says, tap, type } from './at-desk.ts'
import { expectAccessible, expectNoSideScroll, type Look, screenshot, type Visit } from './chromium.ts'
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
async function look({ page, troubles }: Visit, name: string, known: string[] = []): Promise<void> {
  await screenshot(page, name)
  await expectAccessible(page)
  await expectNoSideScroll(page)
  expect(troubles).toEqual(known)
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

describe('on a tablet', () => {
  /** A tablet at the desk of Computer Science, made one by its clerk. */
  async function layTablet(look: Look): Promise<Visit> {
    const visit = await site.as('desk-csie', look)
    await visit.page.goto('/staff/tablet')
    await visit.page.getByRole('button', { name: /^(Use as signing tablet|當作簽收平板)$/u }).click()
    await visit.page.getByRole('heading', { name: 'One moment, please' }).waitFor()
    return visit
  }
  /** The desk has everything but the signature, and asks for it on the tablet. */
  async function asks(desk: Visit, student: Student): Promise<void> {
    await tap(desk.page, student.old)
    await tap(desk.page, student.new)
    await says(desk.page, /^(The student signs|請學生簽名)$/u)
    await desk.page.keyboard.press('t')
    await says(desk.page, /^(Waiting for the signature on the tablet|等待在平板上簽收)$/u)
  }

  it('tablet and desk at once: drawn on one, handed over on the other, by nobody’s key', async () => {
    const { gOnTheSecond: student } = people
    const tablet = await layTablet({ width: 1280, language: 'en' })
    await look(tablet, 'signing-tablet-idle')
    expect(await tablet.page.getByRole('link').count(), 'nothing leads elsewhere').toBe(0)
    const desk = await openDesk(site, 'desk-csie')
    await asks(desk, student)
    const { page } = tablet
    // The sentence is in the signer's language, with the other one at hand.
    await page.getByRole('heading', { name: '請閱讀後簽收' }).waitFor()
    await look(tablet, 'signing-tablet-zh-TW')
    const shown = await page.locator('main').innerText()
    for (const secret of [student.number, student.digits, '示例生', 'Sample Student'])
      expect(shown).not.toContain(secret)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText(/^I have received the 4K/u).waitFor()
    const box = (await page.getByRole('img', { name: 'Sign in this field' }).boundingBox())!
    await page.mouse.move(box.x + 60, box.y + 60)
    await page.mouse.down()
    for (let step = 0; step <= 15; step += 1)
      await page.mouse.move(box.x + 60 + step * 20, box.y + 70 + 30 * Math.sin(step))
    await page.mouse.up()
    await page.getByRole('button', { name: 'Done signing' }).click()
    await page.getByRole('heading', { name: 'Thank you, it is signed' }).waitFor()
    await screenshot(page, 'signing-tablet-thanks')
    await says(desk.page, /Handed over/u)
    // It clears itself.
    await page.getByRole('heading', { name: 'One moment, please' }).waitFor()
    expect(await signatureOf(student)).toMatchObject([{ place: 'tablet', manner: 'drawn' }])
    expect((await page.goto('/staff/desk'))!.status(), 'and reaches nothing else').toBe(404)
    expect(desk.troubles).toEqual([])
    await desk.close()
    await tablet.close()
  })

  it.each([
    { width: 360, theme: 'dark', language: 'zh-TW', student: people.fNeverCame },
    { width: 1280, theme: 'dark', language: 'en', student: people.hNeither },
  ] as const)(
    'with the keyboard alone, and the clerk as witness ($width px)',
    async ({ student, ...seen }) => {
      const tablet = await layTablet(seen)
      const desk = await openDesk(site, 'desk-csie', { language: seen.language })
      await asks(desk, student)
      const { page } = tablet
      await page.getByRole('heading', { name: '請閱讀後簽收' }).waitFor()
      await look(tablet, `signing-tablet-${seen.width}`)
      const typed = page.getByRole('button', { name: '改為輸入姓名' })
      await typed.focus()
      await page.keyboard.press('Enter')
      await page.keyboard.type('Somebody Else')
      await page.keyboard.press('Enter')
      await page
        .getByRole('alert')
        .getByText(/^輸入的姓名與登記的不同/u)
        .waitFor()
      await look(tablet, `signing-tablet-name-${seen.width}`, [
        'error: Failed to load resource: the server responded with a status of 409 (Conflict)',
      ])
      await page.getByRole('button', { name: '我已領取' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Thank you, it is signed' }).waitFor()
      await says(desk.page, /^(“I have received it” was pressed on the tablet|已在平板上按「我已領取」)$/u)
      await look(desk, `signing-desk-witness-${seen.language}`)
      await desk.page.keyboard.press('F9')
      await says(desk.page, /^(Handed over|已交付)/u)
      expect(await signatureOf(student)).toMatchObject([{ place: 'tablet', manner: 'witnessed' }])
      await desk.close()
      await tablet.close()
    },
  )
})
