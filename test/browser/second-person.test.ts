import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { openDesk, says, tap, type } from './at-desk.ts'
import { expectAccessible, expectNoSideScroll, type Look, looks, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site
/** Students whose card waits at Computer Science, one for each look. */
let waiting: string[]

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  campus = site.campus
  const rows = await campus.owner.db
    .selectFrom('card')
    .innerJoin('person', 'person.id', 'card.made_for')
    .select('student_number')
    .where('counter', '=', 'dept-csie')
    .where('status', '=', 'enrolled')
    .where('entry_year', '=', 2020)
    .orderBy('student_number')
    .limit(looks.length)
    .execute()
  waiting = rows.map(row => row.student_number)
})

afterAll(() => site.close())

type Page = Visit['page']

/** The chip of the new card that lies for a student. */
async function newCardOf(number: string): Promise<string> {
  const { chip } = await campus.owner.db
    .selectFrom('card')
    .innerJoin('person', 'person.id', 'card.made_for')
    .select('chip')
    .where('student_number', '=', number)
    .executeTakeFirstOrThrow()
  return chip.toString('hex').toUpperCase()
}

const handovers = (number: string) =>
  campus.owner.db
    .selectFrom('handover')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .leftJoin('identity_confirmation as asked', 'asked.id', 'handover.confirmation_id')
    .select(['evidence', 'clerk', 'answered_by'])
    .where('student_number', '=', number)
    .where('how', '=', 'desk')
    .execute()

async function confirmations(who: string, look: Look = {}): Promise<Visit> {
  const visit = await site.as(who, look)
  await visit.page.goto('/staff/confirmations')
  return visit
}

const kindsOf = (page: Page) => page.getByRole('group', { name: /(which kind\?|是哪一種？)$/u })

/** Until the desk has everything but the second person: number, card, and a passport chosen by keys alone. */
async function showsPassport(page: Page, number: string): Promise<void> {
  await type(page, number)
  await says(page, /^(May collect|可領取)$/u)
  await tap(page, await newCardOf(number))
  await says(page, /^(Check the identity|請查驗身分)$/u)
  await page.keyboard.press('F6')
  await kindsOf(page).waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await says(page, /^(A second person has to confirm|需要第二人確認)$/u)
}

describe('the freshman who missed the health examination', () => {
  it('is served with an identity document and the health proof, by keys alone', async () => {
    const { page, troubles, close } = await openDesk(site, 'desk-registry')
    await type(page, '41200037E')
    await says(page, 'May collect')
    await tap(page, await newCardOf('41200037E'))
    await says(page, 'Check the identity')
    await says(page, /^Ask for an original identity document with a photo and the proof of the health/u)
    expect(await page.getByRole('button', { name: 'F2 old card seen' }).count()).toBe(0)
    await page.keyboard.press('F7')
    await says(page, /^Still missing: an original identity document with a photo\./u)
    await page.keyboard.press('F6')
    await kindsOf(page).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await says(page, 'The student signs')
    await page.getByText('Seen: health insurance card with photo').waitFor()
    await page.keyboard.press('F8')
    await says(page, /^Handed over/u)
    expect(await handovers('41200037E')).toEqual([
      {
        evidence: { 'id-document': 'health-insurance-card', 'health-proof': null },
        clerk: 'desk-registry',
        answered_by: null,
      },
    ])
    expect(troubles).toEqual([])
    await close()
  })
})

describe('who has neither the old card nor a phone', () => {
  it('is served when a second clerk has confirmed on a screen of their own', async () => {
    const number = '41047026S'
    const { page, troubles, close } = await openDesk(site, 'desk-csie')
    const second = await confirmations('office')
    await second.page.getByText('Nobody waits for your confirmation').waitFor()
    await showsPassport(page, number)
    await page.keyboard.press('F10')
    await says(page, 'Waiting for a second person')

    // It comes by itself on the other screen, and is answered there with the keyboard.
    await second.page.getByText(number).waitFor()
    expect(await second.page.getByRole('main').innerText()).toMatch(/\(passport\).*Desk Clerk A/su)
    const confirm = second.page.getByRole('button', { name: /confirm$/u })
    await confirm.focus()
    await second.page.keyboard.press('Enter')
    await second.page.getByText(/^Confirmed: .* The desk goes on by itself\./u).waitFor()

    // The desk goes on without a key.
    await says(page, 'The student signs')
    await page.getByText('A second person confirmed').waitFor()
    await page.keyboard.press('F8')
    await says(page, /^Handed over/u)
    expect(await handovers(number)).toEqual([
      { evidence: { 'id-document': 'passport' }, clerk: 'desk-csie', answered_by: 'office' },
    ])
    expect([...troubles, ...second.troubles]).toEqual([])
    await second.close()
    await close()
  })

  it('is not served when the second clerk declines; the desk says why, and the old card still helps', async () => {
    const number = '41047027S'
    const { page, close } = await openDesk(site, 'desk-csie')
    await showsPassport(page, number)
    await page.keyboard.press('F10')
    await says(page, 'Waiting for a second person')
    const second = await confirmations('office')
    await second.page.getByRole('button', { name: 'Decline' }).click()
    await second.page.getByLabel(/^Why you decline/u).fill('The photo shows another face.')
    await second.page.keyboard.press('Enter')
    await second.page.getByText(/^Declined: /u).waitFor()
    await says(page, 'Do not hand over')
    await says(page, /“The photo shows another face\.”/u)
    await page.keyboard.press('F2')
    await says(page, 'The student signs')
    expect(await handovers(number)).toEqual([])
    await second.close()
    await close()
  })

  it('a document recorded by mistake is taken back, a scan is never swallowed, and Escape leaves only the choice', async () => {
    const number = '41047028S'
    const { page, close } = await openDesk(site, 'desk-csie')
    await showsPassport(page, number)
    await page.getByRole('button', { name: 'Take back: Seen: passport' }).click()
    await says(page, 'Check the identity')
    await page.keyboard.press('F6')
    const kinds = kindsOf(page)
    await kinds.waitFor()
    await page.keyboard.press('Escape')
    await kinds.waitFor({ state: 'detached' })
    await page.getByText(number).first().waitFor()
    await page.keyboard.press('F6')
    await kinds.waitFor()
    const { chip } = await campus.owner.db
      .selectFrom('card')
      .innerJoin('handover', 'handover.card_id', 'card.id')
      .innerJoin('person', 'person.id', 'handover.person_id')
      .select('chip')
      .where('student_number', '=', number)
      .executeTakeFirstOrThrow()
    await tap(page, chip.toString('hex').toUpperCase())
    await says(page, 'The student signs')
    await close()
  })
})

describe('both screens can be read by everybody', () => {
  it.each(looks)('at $width px, $theme, in $language', async look => {
    const number = waiting[looks.indexOf(look)]!
    const desk = await openDesk(site, 'desk-csie', look)
    const second = await confirmations('office', look)
    const name = (step: string) => `second-${step}-${look.width}-${look.theme}-${look.language}`
    const check = async ({ page }: Visit, step: string) => {
      await screenshot(page, name(step))
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    await second.page.getByText(/^(Nobody waits|目前沒有待確認)/u).waitFor()
    await check(second, 'empty')
    await type(desk.page, number)
    await says(desk.page, /^(May collect|可領取)$/u)
    await desk.page.keyboard.press('F6')
    await kindsOf(desk.page).waitFor()
    await check(desk, 'kinds')
    await desk.page.keyboard.press('Escape')
    await desk.page.keyboard.press('Escape')
    await showsPassport(desk.page, number)
    await check(desk, 'ask')
    await desk.page.keyboard.press('F10')
    await says(desk.page, /^(Waiting for a second person|等待第二人確認)$/u)
    await check(desk, 'waits')
    await second.page.getByText(number).waitFor()
    await check(second, 'waiting')
    await second.page.getByRole('button', { name: /^(Decline|不確認)$/u }).click()
    await second.page.getByRole('textbox').fill(look.language === 'en' ? 'Another face.' : '照片與本人不符。')
    await check(second, 'decline')
    await second.page.keyboard.press('Enter')
    await second.page.getByText(/^(Declined|已回覆不確認)/u).waitFor()
    await says(desk.page, /^(Do not hand over|不可交付)$/u)
    await check(desk, 'declined')
    expect([...desk.troubles, ...second.troubles]).toEqual([])
    await second.close()
    await desk.close()
  })
})
