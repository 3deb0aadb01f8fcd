import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { edited, programmeText, propose } from '../../src/programme/trial-publishing.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { field, fill, part } from './in-editor.ts'
import { openSite, type Site } from './site.ts'

/* What an office sees of a draft before anybody publishes it. */

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
})
afterAll(() => site.close())

describe('before it is published', () => {
  it.each(looks)(
    'a draft says whom its rules are of, and why not of somebody, at $width px, $theme, in $language',
    async look => {
      const { page, troubles, close } = await site.as('office', look)
      await page.goto('/staff/programme/edit')
      await page.locator('button', { hasText: /^Begin from version|^從現行的第/ }).click()
      const zh = look.language === 'zh-TW'
      await page.getByRole('button', { name: zh ? '身分別' : 'Groups of people' }).click()
      await page.getByRole('button', { name: zh ? '計算人數' : 'Count the people' }).click()
      await page.getByRole('textbox', { name: zh ? '學號' : 'Student number' }).fill('41047007S')
      await page.getByRole('button', { name: zh ? '查詢' : 'Ask' }).click()
      await page
        .getByRole('alert')
        .getByText(zh ? '決定' : 'decides')
        .waitFor()
      await page
        .getByRole('button', { name: zh ? /^看名單/ : /^Show people/ })
        .first()
        .click()
      await screenshot(page, `editor-groups-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
      await page.goto('/staff/rehearsal')
      await page.getByText(zh ? '將失去校園門禁' : 'would lose campus access and').waitFor()
      await page.getByRole('button', { name: zh ? '計算' : 'Work it out' }).click()
      await page.getByText(zh ? '延後終止' : 'ends later').waitFor()
      await screenshot(page, `rehearsal-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
      expect(troubles).toEqual([])
      await close()
    },
  )
})

describe('a draft that is being changed', () => {
  it('counts its groups again by itself, says whom a change moves, and keeps what was typed', async () => {
    const { page, troubles, close } = await site.as('office')
    await page.goto('/staff/programme/edit')
    await page.locator('button', { hasText: /^Begin from version/ }).click()
    await part(page, 'Groups of people')
    await page.getByRole('button', { name: 'Count the people' }).click()
    const freshmen = page.getByRole('row').filter({ hasText: 'Newly admitted in 2023' })
    await freshmen.getByText('the same').waitFor()
    await page.getByRole('textbox', { name: 'Student number' }).fill('41047007S')
    await field(page, '/cohorts/6').locator(':scope > summary').click()
    await fill(page, { '/cohorts/6/when/enteredFrom': '2022' })
    await freshmen.getByText(/adds \d+/u).waitFor()
    const left = page
      .getByRole('row')
      .filter({ hasText: /removes \d+/u })
      .first()
    await left.waitFor()
    await page.getByRole('button', { name: /^Who comes: Newly admitted in 2023/u }).click()
    await page.getByRole('columnheader', { name: 'Group by the other version' }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Student number' }).inputValue()).toBe('41047007S')
    // While the text has a problem, the counts of before stand there and say so.
    await fill(page, { '/cohorts/6/when/enteredFrom': '2024' })
    await page.getByText('This is of the text before its last change').waitFor()
    await fill(page, { '/cohorts/6/when/enteredFrom': '2023' })
    await freshmen.getByText('the same').waitFor()
    expect(await page.getByText('This is of the text before').count()).toBe(0)
    expect(troubles.filter(each => !each.includes('409'))).toEqual([])
    await close()
  })

  it.each(looks)(
    'shows its notice in both languages, as a student reads it, at $width px, $theme, in $language',
    async look => {
      const { page, troubles, close } = await site.as('office', look)
      const zh = look.language === 'zh-TW'
      await page.goto('/staff/programme/edit')
      await page.locator('button', { hasText: /^Begin from version|^從現行的第/ }).click()
      await page
        .locator('.editor-parts nav button', { hasText: zh ? '公告與問答' : 'Notice and questions' })
        .click()
      await page.getByRole('textbox', { name: zh ? /^學號/ : /^Student number/ }).fill('41047007S')
      await page.getByRole('button', { name: zh ? '預覽' : 'Preview' }).click()
      const preview = page.getByRole('region', { name: zh ? '公告預覽' : 'Preview of the notice' })
      await preview.locator('td [lang="zh-TW"]').first().waitFor()
      await preview.locator('td [lang="en"]').first().waitFor()
      await preview
        .getByText(zh ? '與他有關' : 'concerns them', { exact: true })
        .first()
        .waitFor()
      await preview.getByText(zh ? /公告已被閱讀 \d+ 次，常見問題 \d+ 次/u : /questions \d+ times/u).waitFor()
      await screenshot(page, `editor-notice-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
      expect(troubles).toEqual([])
      await close()
    },
  )
})

describe('a proposal that waits', () => {
  beforeAll(async () => {
    const source = edited(await programmeText('ntnu-2023'), 'mapCode: H101', 'mapCode: H210')
    await propose(site.campus, source)
  })

  it.each(looks)('is told to the other officer at once, at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await site.as('office-2', look)
    const zh = look.language === 'zh-TW'
    await page.goto('/staff')
    const answer = page.getByRole('link', { name: zh ? '看差異並答覆' : 'See the difference and answer' })
    await answer.waitFor()
    await screenshot(page, `proposal-waits-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await answer.click()
    await page.getByText('H210').first().waitFor()
    expect(await answer.count()).toBe(0)
    expect(troubles).toEqual([])
    await close()
  })

  it('is not told to who proposed it', async () => {
    const { page, close } = await site.as('office')
    await page.goto('/staff')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByRole('link', { name: 'See the difference and answer' }).count()).toBe(0)
    await close()
  })
})
