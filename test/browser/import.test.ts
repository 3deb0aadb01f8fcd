import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectFolder, type TestCampus } from '../campus.ts'
import { expectAccessible, expectNoSideScroll, type Look, looks, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

const spring = join(projectFolder, 'examples/campus/roster-2024-02.csv')

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2024-02-19T09:00' })
  campus = site.campus
})

afterAll(() => site.close())

async function atImport(look: Look = {}): Promise<Visit> {
  const visit = await site.as('office', look)
  await visit.page.goto('/staff/import')
  await visit.page.getByRole('heading', { level: 1 }).waitFor()
  return visit
}

/** Eight students whose rows are changed, three of them badly. */
const mixed = (rows: string[]) =>
  [
    rows[0],
    ...rows.slice(1, 6).map(row => row.replace('Sample Student', 'Example Student')),
    ...rows.slice(6, 9).map(row => row.replace(/,(heping|gongguan),/u, ',=1+1,')),
  ].join('\n')

async function fallRows(): Promise<string[]> {
  return (await readFile(join(projectFolder, 'examples/campus/roster.csv'), 'utf8')).trimEnd().split('\n')
}

describe('a file with bad rows', () => {
  it.each(looks)('can be read by everybody at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await atImport(look)
    const name = (step: string) => `import-${step}-${look.width}-${look.theme}-${look.language}`
    const check = async (step: string) => {
      await screenshot(page, name(step))
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    await check('start')
    const file = { name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(mixed(await fallRows())) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('tab', { selected: true }).waitFor()
    await check('changed')
    await page.getByRole('tab').nth(2).click()
    await page.getByRole('cell', { name: '=1+1' }).first().waitFor()
    await check('bad')
    await page.getByRole('tab').nth(3).click()
    await check('missing')
    expect(troubles).toEqual([])
    await close()
  })

  it('is handed back to be corrected', async () => {
    const { page, close } = await atImport()
    const file = { name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(mixed(await fallRows())) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('tab', { name: 'Bad rows 3' }).click()
    await page.getByText('There is no such campus.').first().waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the bad rows (CSV)' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^bad-rows-\d+\.csv$/u)
    await close()
  })
})

describe('a file that is no roster', () => {
  it('is refused with what to do, and nothing changes', async () => {
    const { page, close } = await atImport({ language: 'zh-TW' })
    const workbook = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(64, 1)])
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '名冊.xlsx', mimeType: '', buffer: workbook })
    await page.getByRole('alert').getByText('活頁簿已損壞').waitFor()
    await page.getByRole('alert').getByText('名冊沒有任何變更。').waitFor()
    await screenshot(page, 'import-refused')
    await close()
  })
})

describe('the office imports the spring roster', () => {
  it('sees the difference first, applies it, and finds it again', async () => {
    const { page, troubles, close } = await atImport()
    await page.locator('input[type=file]').setInputFiles(spring)
    await page.getByText('adds 3 people').waitFor()
    await page.getByText('changes 18 people').waitFor()
    await page.getByText(/5 of them are no longer enrolled/u).waitFor()
    const row = page.getByRole('row').filter({ hasText: '40800003E' })
    await row.getByText('on leave', { exact: true }).waitFor()
    expect(await row.locator('del').first().innerText()).toBe('enrolled')
    await page.getByRole('tab', { name: 'Added 3' }).click()
    await page.getByRole('cell', { name: '41200991E' }).waitFor()
    await screenshot(page, 'import-spring')
    const status = () =>
      campus.owner.db
        .selectFrom('person')
        .select('status')
        .where('student_number', '=', '40800003E')
        .executeTakeFirst()
    expect(await status()).toEqual({ status: 'enrolled' })

    // It can be left and found again.
    await page.getByRole('button', { name: 'Upload another file' }).click()
    await page.getByRole('button', { name: 'Look at roster-2024-02.csv' }).click()
    await page.getByRole('button', { name: 'Apply: add 3, change 18' }).click()
    await page.getByText('Applied: 3 added, 18 changed').waitFor()
    expect(await status()).toEqual({ status: 'on-leave' })
    await screenshot(page, 'import-applied')
    await expectAccessible(page)

    await page.reload()
    await page.getByText('This file was applied before.').waitFor()
    await page.getByRole('button', { name: 'Upload another file' }).click()
    await page.locator('input[type=file]').setInputFiles(spring)
    await page.getByText('The same as the register: there is nothing to apply').waitFor()
    expect(troubles).toEqual([])
    await close()
  })
})
