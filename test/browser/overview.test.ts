import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activateCard } from '../../src/activation/activate.ts'
import type { TestCampus } from '../campus.ts'
import { csie, freshmanOf, handingOverTo, people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  campus = site.campus
  const { register } = campus.gatehouse
  for (const who of [people.aEarly, people.bOnTheStroke, people.cDuringTheRun])
    await register.act(csie, handingOverTo(who))
  for (const number of ['41200001E', '41200002E', '41200003E']) {
    const { actor, personId, lastDigits } = await freshmanOf(campus, number)
    await register.act(actor, act => activateCard(act, { personId, lastDigits }))
  }
  await keepPhotoOf(people.aEarly.number)
  await campus.moveTo('2023-10-19T11:00')
})
afterAll(() => site.close())

/** The office has a photo of somebody: a plain one, of the size that is kept. */
async function keepPhotoOf(studentNumber: string): Promise<void> {
  const picture = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#c96' } })
    .jpeg()
    .toBuffer()
  await campus.owner.pool.query(
    `insert into photo (person_id, picture, width, height, file_hash, sent_by, taken_in_at, taken_in_by, accepted, answered_at,
       answered_by)
     select id, $2, 600, 800, sha256($2), 'office', campus_now(), 'office:office', true, campus_now(), 'office:office'
     from person where student_number = $1`,
    [studentNumber, picture],
  )
}

const dictionary = {
  en: {
    chart: 'Three lines',
    open: 'Open the list: Card made, not collected',
    write: 'Write to these people',
    search: 'Search',
    label: 'Name, student number or card number',
    story: 'Everything that happened, the newest first',
    uncollected: 'Cards that nobody collected',
    export: 'Export',
    photo: 'Show the photo',
    photoOf: /^Photo of /,
  },
  'zh-TW': {
    chart: '三條線',
    open: '開啟名單：卡片已製好、還沒領的人',
    write: '寫信給這些人',
    search: '查詢',
    label: '姓名、學號或卡號',
    story: '完整紀錄，最新的在前',
    uncollected: '逾期未領的卡片',
    export: '匯出',
    photo: '顯示照片',
    photoOf: /的照片$/,
  },
}

describe('the overview', () => {
  it.each(looks)('is read at $width in $theme, $language', async look => {
    const w = dictionary[look.language]
    const { page, troubles, close } = await site.as('office', look)
    const shot = async (name: string) => {
      await expectAccessible(page)
      await expectNoSideScroll(page)
      await screenshot(page, `${name}-${look.width}-${look.theme}-${look.language}`)
    }
    await page.goto('/staff/overview')
    await page.getByRole('img', { name: w.chart }).waitFor()
    await page.locator('.chart .recharts-line').first().waitFor({ state: 'attached' })
    await page.locator('.stuck > li').first().waitFor()
    expect(await page.locator('.chart .recharts-line').count()).toBe(3)
    await shot('overview')

    await page.getByRole('link', { name: w.open }).first().click()
    await page.getByRole('button', { name: w.write }).click()
    await page.getByRole('button', { name: w.export }).waitFor()
    await shot('overview-list')

    await page.goto('/staff/people')
    await page.getByLabel(w.label).fill('41047001S')
    await page.getByRole('button', { name: w.search }).click()
    await page.getByRole('link', { name: /41047001S/ }).waitFor()
    await shot('people')
    await page.getByRole('link', { name: /41047001S/ }).click()
    await page.getByRole('heading', { name: w.story }).waitFor()
    await shot('timeline')

    await page.goto('/staff/uncollected')
    await page.getByRole('heading', { name: w.uncollected }).waitFor()
    await page.getByRole('table').first().waitFor()
    await shot('uncollected')
    expect(troubles).toEqual([])
    await close()
  })

  it('is walked with the keyboard alone: from a number to its people, a letter, and that it was sent', async () => {
    const { page, troubles, close } = await site.as('office')
    await page.goto('/staff/overview/not-activated.counter.dept-csie')
    const write = page.getByRole('button', { name: 'Write to these people' })
    await write.focus()
    await page.keyboard.press('Enter')
    for (const [label, text] of [
      ['Subject (Chinese)', '請啟用新卡'],
      ['Subject (English)', 'Please activate'],
      ['Text (Chinese)', '{name}，請在 {deadline} 前啟用。'],
    ] as const) {
      await page.getByLabel(label).focus()
      await page.keyboard.type(text)
    }
    await page.getByRole('button', { name: 'Preview', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('The text in English is empty').waitFor()
    await page.getByLabel('Text (English)').focus()
    await page.keyboard.type('Dear {name}, activate it before {deadline}.')
    await page.getByRole('button', { name: 'Preview', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('It goes to 3 people, once each.').waitFor()
    await expectAccessible(page)
    await screenshot(page, 'letter-preview')
    await page.getByRole('button', { name: 'Send to 3 people' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Written to 3 people').waitFor()
    const { rows } = await campus.owner.pool.query(
      `select count(*)::int as many from message where kind = 'office-letter'`,
    )
    expect(rows[0]!.many).toBe(3)
    expect(troubles.filter(trouble => !trouble.includes('409'))).toEqual([])
    await close()
  })

  it.each(looks.slice(0, 2))(
    'shows a photo when it is asked for, at $width in $theme, $language',
    async look => {
      const w = dictionary[look.language]
      const { page, troubles, close } = await site.as('office', look)
      const seen = async () =>
        (await campus.owner.pool.query(`select 1 from journal where act = 'photo seen'`)).rowCount!
      const before = await seen()
      await page.goto(`/staff/people/${await campus.personId(people.aEarly.number)}`)
      await page.getByRole('button', { name: w.photo }).click()
      const picture = page.getByRole('img', { name: w.photoOf })
      await expect.poll(() => picture.evaluate(img => (img as HTMLImageElement).naturalWidth)).toBe(600)
      expect(await seen()).toBe(before + 1)
      await expectAccessible(page)
      await expectNoSideScroll(page)
      await screenshot(page, `timeline-photo-${look.width}-${look.theme}-${look.language}`)
      expect(troubles).toEqual([])
      await close()
    },
  )

  it('has every list as a file, and what it would lose in Big5 beforehand', async () => {
    const { page, troubles, close } = await site.as('office')
    const exported = async (format: RegExp) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByRole('button', { name: 'Export', exact: true })
          .click()
          .then(() => page.getByRole('menuitem', { name: format }).click()),
      ])
      return download.suggestedFilename()
    }
    await page.goto('/staff/overview/not-collected.department.math')
    expect(await exported(/xlsx/)).toBe('not-collected-2023-10-19.xlsx')
    await page.goto('/staff/uncollected')
    expect(await exported(/CSV \(UTF-8/)).toBe('uncollected-cards-2023-10-19.csv')
    await page.goto('/staff/people')
    await page.getByLabel('Name, student number or card number').fill('41047001S')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /41047001S/ }).waitFor()
    expect(await exported(/xlsx/)).toBe('people-found-2023-10-19.xlsx')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: /Big5/ }).click()
    await page.getByRole('dialog').getByText(/row/).first().waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: /41047001S/ }).click()
    // The list that was left has a file, too.
    await page.getByRole('button', { name: 'Copy as an answer' }).waitFor()
    expect(await exported(/xlsx/)).toBe('timeline-2023-10-19.xlsx')
    expect(troubles).toEqual([])
    await close()
  })

  it('copies what holds now, and finds people without their name in the address', async () => {
    const { page, context, troubles, close } = await site.as('office')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto('/staff/people')
    await page.getByLabel('Name, student number or card number').fill('41047001s')
    await page.getByLabel('What for (optional)').fill('電話詢問')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /41047001S/ }).waitFor()
    await screenshot(page, 'people-with-a-reason')
    await expectAccessible(page)
    await page.getByRole('link', { name: /41047001S/ }).click()
    await page.getByRole('button', { name: 'Copy as an answer' }).click()
    const { rows } = await site.campus.owner.pool.query(
      'select shown, reason from look order by id desc limit 2',
    )
    expect(rows).toEqual([
      { shown: 'story', reason: '電話詢問' },
      { shown: 'found', reason: '電話詢問' },
    ])
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('campus access')
    expect(page.url()).toMatch(/\/staff\/people\/\d+$/)
    expect(troubles).toEqual([])
    await close()
  })
})
