import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { collect, people } from '../people.ts'
import {
  expectAccessible,
  expectNoSideScroll,
  type Look,
  looks,
  openPage,
  screenshot,
  type Visit,
} from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ doors: '127.63.4', from: '2023-10-18T10:05' })
  campus = site.campus
  await campus.settle()
}, 120_000)

afterAll(() => site.close())

/** A visitor who is signed in as this person and sees the own card. */
async function signedIn(number: string, look: Look = {}, path = '/my-card'): Promise<Visit> {
  const visit = await site.as(number, look)
  await visit.page.goto(path)
  return visit
}

const lead = (visit: Visit): Promise<string> => visit.page.locator('.lead').innerText()

/** Looks at a page in every size, colour and language, as one signed-in student. */
async function lookedAt(number: string, name: string, path = '/my-card'): Promise<void> {
  for (const look of looks) {
    const { page, troubles, close } = await signedIn(number, look, path)
    await screenshot(page, `${name}-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  }
}

describe('one card, told on the student’s own page (scripts: off)', () => {
  const { aEarly } = people

  it('before pickup: where it is, that the counter is open, and a code for the desk', async () => {
    const visit = await openPage({ language: 'en', width: 360, scripts: false, origin: site.origin })
    await visit.page.goto('/my-card')
    // Nobody is signed in yet: the way in comes first, and leads back here.
    await visit.page.getByRole('button', { name: aEarly.number }).click()
    await visit.page.waitForURL('**/my-card')
    expect(await lead(visit)).toBe(
      'Your new card is at the Department of Computer Science office, open now until 12:00.',
    )
    expect(await visit.page.getByText('Good until 10:').count()).toBe(1)
    expect(await visit.page.locator('[data-desk-code-text]').textContent()).toMatch(/^GH1\./)
    await visit.close()
  })

  it('after pickup: the old card still opens doors, and what an activation now would change', async () => {
    expect(await collect(campus, aEarly)).toMatchObject({ ok: true })
    const visit = await signedIn(aEarly.number, { width: 360, scripts: false })
    expect(await lead(visit)).toContain(
      'your old card opens the doors on campus (until Fri 1 Mar 2024 00:00)',
    )
    const table = visit.page.getByRole('table', { name: 'If you activate now' })
    expect(await table.innerText()).toMatch(/from 15:00, at the latest 16:00/)
    expect(await visit.page.getByText('Systems laboratory').count()).toBe(1)
    // The digits that prove possession are asked, and nowhere to be read.
    expect(await visit.page.content()).not.toContain(aEarly.digits)
    await visit.close()
  })

  it('wrong digits are refused at the field, which has the focus', async () => {
    const visit = await signedIn(aEarly.number, { width: 360 })
    const field = visit.page.getByLabel('Last four digits of the new card')
    await field.fill('9999')
    await visit.page.getByRole('button', { name: 'Activate the new card' }).click()
    await visit.page.getByText('These are not the last four digits').waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await field.evaluate(input => input === input.ownerDocument.activeElement)).toBe(true)
    await expectAccessible(visit.page)
    await screenshot(visit.page, 'wrong-digits-360')
    await visit.close()
  })

  it('after activation: the exact promise, in both languages', async () => {
    const visit = await signedIn(aEarly.number, { width: 360, scripts: false })
    await visit.page.getByLabel('Last four digits').fill(aEarly.digits)
    await visit.page.getByRole('button', { name: 'Activate the new card' }).click()
    await visit.page.getByRole('table', { name: 'When your cards change places' }).waitFor()
    expect(await lead(visit)).toBe(
      'Your new card is activated. Your old card opens doors until 15:00, your new card from 16:00 at the latest.',
    )
    await visit.page.getByRole('link', { name: '中文' }).click()
    expect(await lead(visit)).toBe('新卡已啟用。舊卡開門到 15:00，新卡最晚 16:00 起開門。')
    await visit.close()
  })

  it('after the update: "works" only because every controller was read back', async () => {
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    await campus.moveTo('2023-10-18T15:24')
    const visit = await signedIn(aEarly.number, { width: 360, scripts: false })
    expect(await lead(visit)).toMatch(
      /^The doors use your new card since 15:00: all \d+ door controllers have confirmed it\.$/,
    )
    await screenshot(visit.page, 'works-360-light-en')
    await visit.close()
  })

  it('reported lost: asked once more, then which controllers have removed it', async () => {
    const visit = await signedIn(aEarly.number, { width: 360, scripts: false })
    await visit.page.getByRole('link', { name: 'I cannot find my card' }).click()
    // Of the two cards the new one, which was collected last, stands first.
    await visit.page.getByRole('button', { name: 'See the whole cost and confirm' }).first().click()
    await visit.page.getByRole('button', { name: 'Report this card lost' }).click()
    await visit.page.getByText('Reported lost at 15:24').waitFor()
    await visit.page.goto('/my-card')
    expect(await lead(visit)).toMatch(
      /^This card was reported lost at 15:24; 0 of \d+ door controllers confirm/,
    )
    await campus.settle()
    await visit.page.reload()
    expect(await lead(visit)).toMatch(
      /; (\d+) of \1 door controllers confirm that it is removed\. The report leaves at /,
    )
    await visit.page.getByText('Removal of the lost card').waitFor()
    await visit.close()
  })
})

describe('my card can be read by everybody', () => {
  it('who may collect', () => lookedAt(people.bOnTheStroke.number, 'collectable'))
  it('who is on leave', () => lookedAt(people.onLeaveGongguan.number, 'on-leave'))
  it('who has graduated', () => lookedAt('40700001E', 'graduated'))
  it('who reported the card lost', () => lookedAt(people.aEarly.number, 'lost'))
  it('who holds the card and has not activated it', async () => {
    expect(await collect(campus, people.cDuringTheRun)).toMatchObject({ ok: true })
    await lookedAt(people.cDuringTheRun.number, 'collected')
    await lookedAt(people.cDuringTheRun.number, 'loss', '/my-card/loss')
  })
  it('who waits for the doors', async () => {
    const visit = await signedIn(people.cDuringTheRun.number)
    await visit.page.getByLabel('Last four digits').fill(people.cDuringTheRun.digits)
    await visit.page.getByRole('button', { name: 'Activate the new card' }).click()
    await visit.close()
    await lookedAt(people.cDuringTheRun.number, 'pending')
  })
  it('whose doors are partly silent', async () => {
    await campus.emulator!.faults(423100007, { silent: true })
    await campus.moveTo('2023-10-19T01:00')
    await campus.settle()
    await campus.moveTo('2023-10-19T02:00')
    const visit = await signedIn(people.cDuringTheRun.number, { width: 360 })
    expect(await lead(visit)).toMatch(/^Your new card works at (\d+) of \d+ door controllers; waiting for /)
    expect(await visit.page.getByText('not reached').count()).toBeGreaterThan(0)
    await visit.close()
    await lookedAt(people.cDuringTheRun.number, 'waiting')
  })
})

describe('the code for the desk', () => {
  it('counts its seconds and is renewed by itself before they are over', async () => {
    const visit = await site.as(people.bOnTheStroke.number, { width: 360 })
    await visit.page.clock.install()
    await visit.page.goto('/my-card')
    const text = visit.page.locator('[data-desk-code-text]')
    const first = await text.textContent()
    await visit.page.getByText('seconds more').waitFor()
    await visit.page.clock.runFor(60_000)
    expect(await visit.page.locator('[data-desk-code-seconds]').textContent()).toMatch(/^(59|6[01])$/)
    expect(await text.textContent()).toBe(first)
    await visit.page.clock.runFor(51_000)
    await expect.poll(() => text.textContent()).not.toBe(first)
    expect(visit.troubles).toEqual([])
    await visit.close()
  })
})
