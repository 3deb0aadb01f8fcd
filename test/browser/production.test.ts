import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPhoto, addStudents } from '../../src/production/trial-production.ts'
import { expectAccessible, expectNoSideScroll, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
}, 120_000)
afterAll(() => site.close())

const said = {
  'zh-TW': {
    show: '顯示名單',
    except: (number: string) => `${number} 不送製`,
    order: '送製 1 張',
    batch: /^批次 \d+$/,
    out: '1 張中還有 1 張沒有送回',
    download: /下載名單與照片/,
    making: /製作中/,
    apply: '套用：登錄 1 張',
    applied: '這些卡片已可在所列櫃檯領取。',
    closed: '全部送回或取消，這個批次已結束',
    collect: /資訊工程學系/,
    find: /感應卡片/u,
    retire: '註銷',
    retireNow: '註銷（不可復原）',
    faulty: /印錯或損壞，重製/,
    kind: '檔案內容',
    numbers: '卡號對照（內碼與外觀卡號）',
    place: '放到櫃檯',
    registered: /號碼已登錄/,
    cancelWhy: '原因',
    cancel: '取消 1 張',
    onItsWay: /已送回，還沒有放到櫃檯/,
  },
  en: {
    show: 'Show the people',
    except: (number: string) => `Leave out ${number}`,
    order: 'Order 1 card',
    batch: /^Batch \d+$/,
    out: 'Not back: 1 of 1',
    download: /Download list and photos/,
    making: /being made/,
    apply: 'Apply: register 1',
    applied: 'These cards can be collected at their counters now.',
    closed: 'All are back or cancelled: this batch is done',
    collect: /Department of Computer Science/,
    find: /Tap a card/u,
    retire: 'Retire',
    retireNow: 'Retire for good',
    faulty: /Faulty, to make again/,
    kind: 'What the file tells',
    numbers: 'Numbers of cards (chip and printed)',
    place: 'Put them there',
    registered: /The numbers are registered/,
    cancelWhy: 'Why',
    cancel: 'Cancel 1 card',
    onItsWay: /Cards that came back and lie at no counter yet/,
  },
} as const

const stories = [
  { students: ['41147201S', '41147202S'], at: 41, look: { language: 'zh-TW', theme: 'light' } },
  { students: ['41147203S', '41147204S'], at: 42, look: { language: 'en', theme: 'dark' } },
] as const

describe.each(stories)(
  'cards out to the maker and back ($look.language, $look.theme)',
  ({ students, at, look }) => {
    const w = said[look.language]
    const [student, other] = students
    const seen = async ({ page, troubles }: Visit, name: string) => {
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 })
        await expectNoSideScroll(page)
        await screenshot(page, `production-${name}-${width}-${look.theme}-${look.language}`)
      }
      await page.setViewportSize({ width: 1280, height: 800 })
      await expectAccessible(page)
      expect(troubles).toEqual([])
    }
    const reads = async (text: RegExp, name: string) => {
      const visit = await site.as(student, { width: 360, ...look })
      await visit.page.goto('/my-card')
      await visit.page.getByText(text).first().waitFor()
      await screenshot(visit.page, `production-student-${name}-360-${look.theme}-${look.language}`)
      await visit.close()
    }
    const file = (name: string, ...rows: string[]) => ({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.join('\n')),
    })

    it('are ordered, downloaded and taken in', async () => {
      await addStudents(site.campus, students, { name: '示例生' })
      await addPhoto(site.campus, student)
      const visit = await site.as('office', { width: 1280, ...look })
      const { page } = visit
      await page.goto('/staff/production')
      await page.getByRole('button', { name: w.show }).click()
      await page.getByRole('checkbox', { name: w.except(other) }).check()
      await seen(visit, 'list')
      await page.getByRole('button', { name: w.order }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: w.batch }).waitFor()
      await page.getByText(w.out).waitFor()
      await seen(visit, 'batch')
      const [zip] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: w.download }).click(),
      ])
      expect(zip.suggestedFilename()).toMatch(/^cards-\d+-2023-10-18\.zip$/)
      const batch = page.url()
      await reads(w.making, 'making')

      await page.goto('/staff/stock')
      await page
        .locator('input[type=file]')
        .setInputFiles(
          file(
            'made.csv',
            'chip_number,printed_number,edition,student_number,counter,box',
            `C200${at}01,99000000000${at}001,4k-centenary,${student},dept-csie,C-90`,
          ),
        )
      await page.getByRole('button', { name: w.apply }).click()
      await page.getByText(w.applied).waitFor()
      await page.goto(batch)
      await page.getByText(w.closed).waitFor()
      await seen(visit, 'back')
      await reads(w.collect, 'collect')
      await visit.close()
    }, 120_000)

    it('are made again when misprinted, and come in by their numbers first', async () => {
      const visit = await site.as('office', { width: 1280, ...look })
      const { page } = visit

      await page.goto('/staff/stock')
      await page.getByRole('textbox', { name: w.find }).fill(student)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: w.retire, exact: true }).click()
      await page.getByRole('button', { name: w.retireNow }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.goto('/staff/production')
      await page.getByRole('button', { name: w.faulty }).click()
      await page.getByRole('button', { name: w.show }).click()
      await page.getByRole('checkbox', { name: w.except(student) }).waitFor()
      await seen(visit, 'misprint')
      await page.getByRole('button', { name: w.order }).click()
      await page.getByText(w.out).waitFor()
      await reads(w.making, 'making-again')

      // The maker sends the numbers by the batch’s items, and boxes without a counter.
      const reference = await page.getByRole('cell', { name: /^\d+-0001$/ }).innerText()
      const again = page.url()
      await page.goto('/staff/stock')
      await page.getByRole('combobox', { name: w.kind }).click()
      await page.getByRole('option', { name: w.numbers }).click()
      await page
        .locator('input[type=file]')
        .setInputFiles(
          file(
            'numbers.csv',
            'chip_number,printed_number,item',
            `C200${at}02,99000000000${at}002,${reference.trim()}`,
            `4587F160,99000000000${at}003,`,
          ),
        )
      await page.getByRole('button', { name: w.apply }).waitFor()
      await page.getByRole('tab').nth(1).click()
      await seen(visit, 'numbers')
      await page.getByRole('button', { name: w.apply }).click()
      await page.getByText(w.registered).waitFor()
      await page.goto(again)
      await page.getByText(w.onItsWay).waitFor()
      await seen(visit, 'without-place')
      await page.getByRole('button', { name: w.place }).click()
      await page.getByText(w.onItsWay).waitFor({ state: 'detached' })
      await reads(w.collect, 'collect-again')
      await visit.close()
    }, 120_000)

    it('are cancelled when they never come', async () => {
      const visit = await site.as('office', { width: 1280, ...look })
      const { page } = visit
      await page.goto('/staff/production')
      await page.getByRole('button', { name: w.order }).click()
      await page.getByText(w.out).waitFor()
      await page.getByRole('textbox', { name: w.cancelWhy }).fill('示例原因')
      await page.getByRole('radio').last().check()
      await page.getByRole('button', { name: w.cancel }).click()
      await page.getByText(w.closed).waitFor()
      await seen(visit, 'cancelled')
      await visit.close()
    }, 120_000)
  },
)
