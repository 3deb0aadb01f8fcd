import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginDate } from '../../src/app/boundaries.ts'
import type { TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, type Look, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { switches } from './switching.ts'

/*
 * The screens on which an access keeper asks: a door, what was, who is silent, what ends, what a number is. The campus has
 * two dead controllers since 15:00, and a student who switched before.
 */
let campus: TestCampus
let site: Site
const student = people.aEarly
const dead = [423_100_001, 423_100_002]

beforeAll(async () => {
  site = await openSite({ doors: '127.66.33', from: '2023-10-18T09:48' })
  campus = site.campus
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
  await switches(campus, student)
  for (const serial of dead) await campus.emulator!.faults(serial, { silent: true })
  await campus.moveTo('2023-10-18T15:00')
  await campus.settle()
}, 120_000)
afterAll(() => site.close())

/** Chooses an entry of a list by typing a part of its name, with the keyboard alone. */
async function choose(page: Page, label: string, part: string) {
  const box = page.locator('input').and(page.getByLabel(label, { exact: true }))
  await box.fill(part)
  await page.getByRole('option').first().waitFor()
  await box.press('ArrowDown')
  await box.press('Enter')
}

const labels = {
  en: {
    who: /^Student number/u,
    door: 'Door',
    ask: 'Ask why',
    gate: 'Main gate',
    lab: 'Systems laboratory',
    number: 'Number',
    look: 'Look up',
    show: /^Show/u,
  },
  'zh-TW': {
    who: /^學號/u,
    door: '門',
    ask: '查詢原因',
    gate: '正門',
    lab: '系統實驗室',
    number: '號碼',
    look: '查詢',
    show: /^查詢/u,
  },
} as const

async function askGate(page: Page, language: 'en' | 'zh-TW' = 'en') {
  const w = labels[language]
  await page.goto('/staff/ask')
  await page.getByLabel(w.who).fill(student.number)
  await choose(page, w.door, w.gate)
  await page.getByRole('button', { name: w.ask }).click()
  await page.getByRole('status').waitFor()
}

describe('the access keeper asks', () => {
  it('a door why it refuses somebody: one sentence, each card’s truth, and who opens it now', async () => {
    const { page, troubles, close } = await site.as('access')
    await askGate(page)
    await page
      .getByRole('status')
      .getByText(/controller is silent since/u)
      .waitFor()
    await page.getByText('Check this controller’s power and network').waitFor()
    await page.getByText('This is the old card').first().waitFor()
    expect(page.url()).not.toContain(student.number)
    await page.getByRole('button', { name: 'Who opens this door now' }).click()
    const row = page.getByRole('row').filter({ hasText: student.number })
    await row
      .filter({ hasText: 'should; not confirmed' })
      .getByText(/group “.+”/u)
      .waitFor()
    await row.filter({ hasText: 'did; should no longer' }).waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it('what was: who could open a door before the update, and what the controller held', async () => {
    const { page, close } = await site.as('access')
    await page.goto('/staff/history')
    await choose(page, 'Door', 'Library entrance')
    await page.getByLabel('Date').first().fill('2023-10-18')
    await page.getByLabel('Time').first().fill('14:59')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByText(/as decided and confirmed/u).waitFor()
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.getByText('Page 2 of').waitFor()
    await choose(page, 'Controller', 'Main Library')
    await page.getByRole('button', { name: 'Show (Now)' }).click()
    await page
      .getByRole('region', { name: 'Main Library' })
      .getByText(/1 decided and not confirmed/u)
      .waitFor()
    await close()
  })

  it('which controllers are silent, what waits there, and whom it concerns', async () => {
    const { page, close } = await site.as('office')
    await page.goto('/staff/unreachable')
    await page.getByText('Silent since 15:00').nth(1).waitFor()
    await page.getByRole('button', { name: 'Show who' }).first().click()
    await page.getByRole('row').filter({ hasText: student.number }).getByText('put or change').waitFor()
    await close()
  })

  it('what a number is, by what a reader typed', async () => {
    const { page, troubles, close } = await site.as('access')
    await page.goto('/staff/numbers')
    await page.getByLabel('Number').fill('gate')
    await page.getByLabel('Number').press('Enter')
    await page
      .getByRole('alert')
      .getByText(/This is no card number/u)
      .waitFor()
    await page.getByLabel('Number').fill(student.old.toLowerCase())
    await page.getByLabel('Number').press('Enter')
    await page
      .getByRole('region', { name: new RegExp(student.old, 'u') })
      .getByText(student.number)
      .waitFor()
    expect(page.url()).not.toContain(student.old.toLowerCase())
    expect(troubles.filter(said => !said.includes('409'))).toEqual([])
    await close()
  })

  it.each(looks)('and reads the answers at $width px, $theme, in $language', async look => {
    const { page, close } = await site.as('access', look)
    const { width, theme, language } = look as Required<Look>
    const w = labels[language]
    const seen = async (name: string) => {
      await screenshot(page, `${name}-${width}-${theme}-${language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    await askGate(page, language)
    await seen('ask')
    await page.goto('/staff/history')
    // Few may enter the laboratory: a short list is looked at faster.
    await choose(page, w.door, w.lab)
    await page.getByRole('button', { name: w.show }).first().click()
    await page.getByRole('table').waitFor()
    await seen('history')
    await page.goto('/staff/unreachable')
    await page.getByRole('heading', { level: 2 }).nth(1).waitFor()
    await seen('unreachable')
    await page.goto('/staff/numbers')
    await page.getByLabel(w.number, { exact: true }).fill(student.old)
    await page.getByRole('button', { name: w.look, exact: true }).click()
    await page.getByRole('table').first().waitFor()
    await seen('numbers')
    await close()
  })
})

describe('sixty days before all old cards end', () => {
  it('both roles are warned above every screen until they acknowledge it', async () => {
    await campus.moveTo('2023-12-31T09:00')
    await beginDate(campus.gatehouse.register, 'Asia/Taipei')
    const { page, troubles, close } = await site.as('access')
    await page.goto('/staff/ask')
    const notice = page.getByText(/Thu 29 Feb 2024 is the last day of/u)
    await notice.waitFor()
    await page.getByRole('button', { name: 'I have read this' }).click()
    await notice.waitFor({ state: 'detached' })
    await page.goto('/staff/expiry')
    await page.getByText('many at once').waitFor()
    await page.getByText('not read', { exact: true }).waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it.each(looks)('the calendar is read at $width px, $theme, in $language', async look => {
    const { page, close } = await site.as('office', look)
    await page.goto('/staff/expiry')
    await page.getByRole('table').nth(1).waitFor()
    await screenshot(page, `expiry-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await close()
  })
})
