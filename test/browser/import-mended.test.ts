import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openFile } from '../../src/roster/open-file.ts'
import { workbookOf } from '../../src/roster/trial-workbooks.ts'
import { projectFolder } from '../campus.ts'
import type { Look, Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { stop } from './story.ts'

/* A roster of which a tenth is bad: downloaded, mended, dropped again; and one by which many leave, let go by another. */

let site: Site
let rows: string[]
beforeAll(async () => {
  site = await openSite({ from: '2024-02-19T09:00' })
  rows = (await readFile(join(projectFolder, 'examples/campus/roster.csv'), 'utf8')).trimEnd().split('\n')
})
afterAll(() => site.close())

async function atImport(who: string, look: Look): Promise<Visit> {
  const visit = await site.as(who, look)
  await visit.page.goto('/staff/import')
  await visit.page.getByRole('heading', { level: 1 }).waitFor()
  return visit
}
const drop = ({ page }: Visit, name: string, buffer: Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer })

it('bad rows of a workbook are downloaded, mended and dropped again', async () => {
  const visit = await atImport('office', { width: 1280, theme: 'light', language: 'en' })
  const { page } = visit
  const cells = rows.map((row, at) => {
    const changed = row.replace('Sample Student', 'Example Student')
    return (at > 0 && at % 10 === 0 ? changed.replace(/,(heping|gongguan),/u, ',atlantis,') : changed).split(
      ',',
    )
  })
  const bad = Math.floor((rows.length - 1) / 10)
  const strange = cells.with(0, cells[0]!.with(0, 'Matriculation'))
  await drop(visit, 'roster.xlsx', workbookOf(...strange))
  await page.getByText('The file lacks these columns').waitFor()
  await page.getByRole('combobox', { name: 'student number' }).click()
  await page.getByRole('option', { name: 'Matriculation' }).click()
  // The browser notes the refusal as an error; it is one that was expected.
  expect(visit.troubles.splice(0)).toEqual([expect.stringContaining('409')])
  await stop(visit, 'mended-header-1280-light-en')
  await page.getByRole('button', { name: 'Remember this and read again' }).click()
  await page.getByRole('tab', { name: `Bad rows ${bad}` }).click()
  await page.getByText('Columns', { exact: true }).click()
  await page.getByText('as said before').waitFor()
  await stop(visit, 'mended-columns-1280-light-en')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the bad rows (Excel)' }).click(),
  ])
  const opened = await openFile(await readFile(await download.path()))
  if (!opened.ok) throw new Error(opened.refusal)
  await page.getByRole('button', { name: /^Apply: change/u }).click()
  await page.getByText('Applied', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Upload another file' }).click()
  const mended = Array.from(opened.opened.rows, row =>
    row.cells.map(cell => (cell === 'atlantis' ? 'heping' : cell)),
  )
  await drop(visit, 'bad-rows.xlsx', workbookOf(...mended))
  await page.getByText('This is a file of bad rows that were corrected').waitFor()
  await page.getByText(`changes ${bad} people`).waitFor()
  await stop(visit, 'mended-again-1280-light-en')
  await page.getByRole('button', { name: `Apply: change ${bad}` }).click()
  await page.getByText('Applied', { exact: true }).waitFor()
  expect(visit.troubles).toEqual([])
  await visit.close()
})

it('a roster by which many leave is let go by another officer, on a phone in the dark, in Chinese', async () => {
  const left = rows.map((row, at) => (at > 0 && at < 61 ? row.replace(',enrolled,', ',withdrawn,') : row))
  const look: Look = { width: 360, theme: 'dark', language: 'zh-TW' }
  const first = await atImport('office', look)
  await drop(first, '名冊.csv', Buffer.from(left.join('\n')))
  await first.page.getByRole('button', { name: '請第二人確認' }).waitFor()
  await stop(first, 'second-needed-360-dark-zh-TW')
  await first.page.getByRole('button', { name: '請第二人確認' }).click()
  await first.page.getByRole('button', { name: '收回請求' }).waitFor()
  await stop(first, 'second-waits-360-dark-zh-TW')

  const second = await atImport('office-2', look)
  await second.page.getByText('等候第二人確認').first().waitFor()
  await second.page.getByRole('button', { name: '檢視 名冊.csv' }).click()
  await second.page.getByRole('button', { name: '同意並套用' }).waitFor()
  await stop(second, 'second-answers-360-dark-zh-TW')
  await second.page.getByRole('button', { name: '同意並套用' }).click()
  await second.page.getByText('已套用', { exact: true }).waitFor()
  await first.page.reload()
  await first.page.getByText('這個檔案已經套用過。').waitFor()
  await first.close()
  await second.close()
})
