import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correctionWords } from '../../src/privacy/correction-words.ts'
import { correctionsWords } from '../../src/privacy/corrections-words.ts'
import { ownWords } from '../../src/privacy/words.ts'
import { post } from '../../src/reissue/trial-reissue.ts'
import { people } from '../people.ts'
import { employ } from '../staff.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/* A student says on "What is kept of me" that something is wrong; the office answers on its list, and the student reads it. */

let site: Site
const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard } = people
const path = '/my-card/data'

const ask = async (who: string, part: string, wrong: string): Promise<number> => {
  const asked = await post(site.campus, '/api/v1/me/corrections', { part, wrong }, { who })
  expect(asked.status).toBe(200)
  return Number(asked.body.id)
}

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
  const { campus } = site
  await employ(campus.owner.db, {
    id: 'auditor',
    nameZh: '稽核示例',
    nameEn: 'Auditor Sample',
    role: 'auditor',
  })
  await ask(bOnTheStroke.number, 'doors', '系館三樓實驗室的門沒有列出來')
  const answered = await ask(bOnTheStroke.number, 'you', '英文姓名應為 Sample Hsiao-Ming')
  const notChanged = { answer: 'passed-on', reason: '教務處註冊組' }
  await post(campus, `/api/v1/corrections/${answered}/answer`, notChanged, { who: 'office' })
  await ask(cDuringTheRun.number, 'money', 'The fee of 9 October stands there twice')
  await campus.owner.pool.query(`update correction_request set due_on = '2023-10-17' where person_id = $1`, [
    await campus.personId(cDuringTheRun.number),
  ])
}, 120_000)
afterAll(() => site.close())

describe('a correction', () => {
  it('is asked for and taken back with the keyboard alone; what is refused stays in the form', async () => {
    const w = correctionWords.en
    const { page, troubles, close } = await site.as(aEarly.number, { width: 360 })
    await page.goto(path)
    await page.getByText(ownWords.en.mistakes).focus()
    await page.keyboard.press('Enter')
    const part = page.getByLabel(w.part)
    await part.focus()
    await page.keyboard.type('Doors')
    await page.getByLabel(w.wrong).focus()
    const long = `The lab ${'x'.repeat(500)}`
    await page.keyboard.insertText(long)
    await page.getByRole('button', { name: w.ask }).focus()
    await page.keyboard.press('Enter')
    const alert = page.getByRole('alert')
    expect(await alert.innerText()).toContain('at most 500 letters; you wrote 508')
    expect(await page.getByLabel(w.wrong).inputValue()).toBe(long)
    expect(await part.inputValue()).toBe('doors')
    await screenshot(page, 'corrections-refused')
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await page.getByLabel(w.wrong).fill('My lab is missing')
    await page.getByRole('button', { name: w.ask }).focus()
    await page.keyboard.press('Enter')
    const back = page.getByRole('button', { name: w.takeBackOf('Doors') })
    await back.waitFor()
    expect(await page.locator('main').innerText()).toContain('waits for an answer, by Fri 17 Nov')
    expect(await part.locator('option').allInnerTexts()).not.toContain('Doors')
    await back.focus()
    await page.keyboard.press('Enter')
    await back.waitFor({ state: 'detached' })
    expect(await page.locator('main').innerText()).toContain(w.ended['taken-back'])
    expect(troubles.filter(trouble => !trouble.includes('409'))).toEqual([])
    await close()
  })

  it.each(looks)('is read by who asked, $width $theme $language', async look => {
    const w = correctionWords[look.language]
    const { page, troubles, close } = await site.as(bOnTheStroke.number, look)
    await page.goto(`${path}#corrections`)
    const text = await page.locator('#corrections').innerText()
    for (const said of [w.asked, w.ended['passed-on'], '教務處註冊組', '系館三樓實驗室的門沒有列出來'])
      expect(text).toContain(said)
    await screenshot(page, `corrections-own-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it.each(looks)('stands on the office’s list, $width $theme $language', async look => {
    const w = correctionsWords[look.language]
    const { page, troubles, close } = await site.as('office', look)
    await page.goto('/staff/corrections')
    await page.getByRole('heading', { name: w.waiting(2) }).waitFor()
    const rows = await page.getByRole('row').allInnerTexts()
    // The nearest last day first.
    expect(rows[1]).toContain(cDuringTheRun.number)
    expect(rows[1]).toContain(w.overdue)
    expect(rows[2]).toContain(bOnTheStroke.number)
    expect(rows[2]).not.toContain(w.overdue)
    await screenshot(page, `corrections-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it('is answered by the office with the keyboard alone, and the student reads it', async () => {
    await ask(dLosesCard.number, 'cards', 'A card is listed that I never had')
    const w = correctionsWords.en
    const { page, troubles, close } = await site.as('office', { width: 1280 })
    await page.goto('/staff/corrections')
    const row = page.getByRole('row').filter({ hasText: dLosesCard.number })
    await row.getByRole('button', { name: w.notChanged }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('It was collected for you on 9 October')
    await screenshot(page, 'corrections-answer')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: w.answer, exact: true }).focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: w.waiting(2) }).waitFor()
    expect(troubles).toEqual([])
    await close()
    const student = await site.as(dLosesCard.number, { width: 360 })
    await student.page.goto(path)
    const text = await student.page.locator('#corrections').innerText()
    expect(text).toContain('It was collected for you on 9 October')
    await student.close()
  })

  it('takes longer, which the office says with the keyboard alone, and the student reads why', async () => {
    const w = correctionsWords.en
    const { page, troubles, close } = await site.as('office', { width: 1280 })
    await page.goto('/staff/corrections')
    const row = page.getByRole('row').filter({ hasText: bOnTheStroke.number })
    await row.first().getByRole('button', { name: w.prolong }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(w.daysLonger).fill('45')
    await dialog.getByRole('textbox').last().fill('The department is asked which doors it has')
    await dialog.getByRole('button', { name: w.prolong, exact: true }).focus()
    await page.keyboard.press('Enter')
    expect(await dialog.getByRole('alert').innerText()).toContain('Say from 1 to 30 days')
    await screenshot(page, 'corrections-prolong')
    await expectAccessible(page)
    await dialog.getByLabel(w.daysLonger).fill('20')
    await dialog.getByRole('button', { name: w.prolong, exact: true }).focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await row.first().getByText('prolonged: The department').waitFor()
    expect(await row.first().getByRole('button', { name: w.prolong }).count()).toBe(0)
    await screenshot(page, 'corrections-prolonged')
    await expectAccessible(page)
    expect(troubles.filter(trouble => !trouble.includes('409'))).toEqual([])
    await close()
    const student = await site.as(bOnTheStroke.number, { width: 360 })
    await student.page.goto(`${path}#corrections`)
    const text = await student.page.locator('#corrections').innerText()
    expect(text).toContain('waits for an answer, by Thu 7 Dec')
    expect(text).toContain('The department is asked which doors it has')
    await screenshot(student.page, 'corrections-own-prolonged')
    await expectNoSideScroll(student.page)
    await student.close()
  })

  it('is read by an auditor, who answers nothing', async () => {
    const { page, close } = await site.as('auditor', { width: 1280 })
    await page.goto('/staff/corrections')
    await page.getByRole('row').filter({ hasText: cDuringTheRun.number }).waitFor()
    expect(await page.getByRole('button', { name: correctionsWords.en.notChanged }).count()).toBe(0)
    await expectAccessible(page)
    await close()
  })
})
