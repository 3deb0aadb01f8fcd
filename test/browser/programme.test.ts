import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openNewInstallation } from '../../src/programme/trial-installation.ts'
import { checkAndPublish, edited, programmeText } from '../../src/programme/trial-publishing.ts'
import type { TestCampus } from '../campus.ts'
import {
  expectAccessible,
  expectNoSideScroll,
  type Look,
  looks,
  openPage,
  screenshot,
  type Visit,
} from './chromium.ts'
import { field, fill, part } from './in-editor.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site
let ntnu: string

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  campus = site.campus
  ntnu = await programmeText('ntnu-2023')
})

afterAll(() => site.close())

async function atProgramme(look: Look = {}): Promise<Visit> {
  const visit = await site.as('office', look)
  await visit.page.goto('/staff/programme')
  await visit.page.getByRole('heading', { level: 2 }).first().waitFor()
  return visit
}

const yaml = (text: string | Buffer, name = 'ntnu-2023.yaml') => ({
  name,
  mimeType: 'application/yaml',
  buffer: Buffer.from(text),
})

const withTypo = () =>
  edited(edited(ntnu, 'quietSeconds: 35', 'quietSecond: 35'), "{ at: '10:00',", "{ at: '25:00',")

const later = () =>
  edited(
    edited(
      edited(ntnu, '  on: 2024-03-01', '  on: 2024-03-08'),
      '{ id: csie, faculty: science,',
      '{ id: csie, faculty: education,',
    ),
    'mapCode: G102',
    'mapCode: G103',
  )

describe('the programme', () => {
  it.each(looks)('can be read by everybody at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await atProgramme(look)
    const check = async (step: string) => {
      await screenshot(page, `programme-${step}-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    await check('start')
    await page.locator('input[type=file]').setInputFiles(yaml(withTypo()))
    await page.getByRole('alert').waitFor()
    await check('problems')
    await page.locator('input[type=file]').setInputFiles(yaml(later()))
    await page.getByRole('cell', { name: '/deadline/on' }).waitFor()
    await check('difference')
    const noon = edited(
      ntnu,
      "    - { at: '15:00',",
      "    - { at: '13:00', usuallyMinutes: 30, atMostMinutes: 60 }\n    - { at: '15:00',",
    )
    await page.locator('input[type=file]').setInputFiles(yaml(noon))
    await page.getByRole('alert').waitFor()
    await check('refused')
    expect(troubles).toEqual([])
    await close()
  })

  it('leads from a problem to its line, where it can be mended and checked again', async () => {
    const { page, close } = await atProgramme()
    await page.locator('input[type=file]').setInputFiles(yaml(withTypo()))
    await page.getByRole('alert').getByText('3 problems to mend first').waitFor()
    const row = page.getByRole('row').filter({ hasText: '/quietSecond' })
    await row.getByText('Correct its spelling or remove it.').waitFor()
    await row.getByRole('button', { name: /^Go to line \d+$/ }).click()
    const selected = () =>
      page.evaluate(() => {
        const field = document.activeElement as HTMLTextAreaElement
        return field.value.slice(field.selectionStart, field.selectionEnd)
      })
    expect(await selected()).toBe('quietSecond: 35')
    await page.keyboard.type('quietSeconds: 36')
    await page.getByText('The text was changed after it was checked').waitFor()
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByRole('cell', { name: '/timetable/windows/1/at' }).waitFor()
    expect(await page.getByRole('row').filter({ hasText: '/quietSecond' }).count()).toBe(0)
    await close()
  })

  it.each<[string, () => Buffer, string]>([
    ['a file in Big5', () => Buffer.from('69643a20a7fda4a4', 'hex'), 'not text in UTF-8'],
    ['a file of two megabytes', () => Buffer.alloc(2_000_000, 'x'), 'too large to be a programme'],
    ['a file with one character too many', () => Buffer.alloc(500_001, 'x'), 'more than 500000 characters'],
  ])('%s is refused with what to do', async (_, file, said) => {
    const { page, close } = await atProgramme()
    await page.locator('input[type=file]').setInputFiles(yaml(file()))
    await page.getByText(said).waitFor()
    await page.getByText('Nothing was changed.').waitFor()
    await close()
  })

  it('is published after its consequences were read, and its file comes back with its comments', async () => {
    const { page, troubles, close } = await atProgramme()
    await page.getByRole('heading', { name: 'In force: version 1' }).waitFor()
    await page.locator('input[type=file]').setInputFiles(yaml(`# Moved by a week.\n${later()}`))
    await page
      .getByText(/^974 people with the old student ID EasyCard: campus access ends later, at/u)
      .waitFor()
    await page.getByText(/people’s department goes over to another faculty/u).waitFor()
    await page.getByRole('button', { name: 'Propose it to a second person' }).click()
    await page.getByText('You proposed this yourself').waitFor()
    const second = await site.as('office-2')
    await second.page.goto(page.url())
    await second.page.getByText(/^974 people with the old student ID EasyCard/u).waitFor()
    await screenshot(second.page, 'programme-proposed')
    await expectAccessible(second.page)
    await second.page.getByRole('button', { name: 'Publish', exact: true }).click()
    await second.page.getByRole('heading', { name: 'In force: version 2' }).waitFor()
    await second.close()
    await page.goto('/staff/programme')
    await page.getByRole('definition').getByText('Card Officer G').waitFor()
    await screenshot(page, 'programme-published')
    await expectAccessible(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the file (YAML)' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('ntnu-2023-version-2.yaml')
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toBe(`# Moved by a week.\n${later()}`)
    expect(troubles).toEqual([])
    await close()
  })

  it('of somebody who was faster is told, and the difference is looked at again', async () => {
    const { page, close } = await atProgramme()
    const mine = edited(later(), 'mapCode: H101', 'mapCode: H301')
    await page.locator('input[type=file]').setInputFiles(yaml(mine))
    await page.getByRole('cell', { name: '/counters/registry/mapCode' }).waitFor()
    const theirs = edited(later(), 'mapCode: H101', 'mapCode: H302')
    expect((await checkAndPublish(campus, theirs)).body).toEqual({ version: 3 })
    // What was looked at is proposed, or nothing: the other version would be undone unseen.
    await page.getByRole('button', { name: 'Propose it to a second person' }).click()
    await page.getByRole('alert').getByText('was published after this draft was begun').waitFor()
    await page.getByRole('alert').getByRole('button', { name: 'Check again' }).click()
    await page.getByRole('row').filter({ hasText: 'H302' }).filter({ hasText: 'H301' }).waitFor()
    await close()
  })
})

describe('all versions', () => {
  it('any two are compared by keyboard alone, and the address of that can be sent to somebody', async () => {
    const { page, troubles, close } = await atProgramme()
    await page.getByRole('heading', { name: 'Compare two versions' }).waitFor()
    await page.getByRole('combobox', { name: 'From' }).focus()
    await page.keyboard.type('Version 1')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Version 2')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'From version 1 to version 2 (3)' }).waitFor()
    expect(page.url()).toMatch(/\/staff\/programme\/differences\?from=1&to=2$/u)
    const deadline = page.getByRole('row').filter({ hasText: '/deadline/on' })
    expect(await deadline.getByRole('cell').allTextContents()).toEqual([
      'deadline, date/deadline/on',
      'changed',
      '1 March 2024',
      '8 March 2024',
    ])
    await page.getByRole('definition').getByText('Card Officer E').waitFor()
    await page.getByRole('definition').getByText('Card Officer G').waitFor()
    expect(troubles).toEqual([])
    const sent = await site.as('office-2', { language: 'zh-TW' })
    await sent.page.goto(page.url())
    await sent.page.getByRole('heading', { name: '第 1 版與第 2 版的差異（3 項）' }).waitFor()
    await sent.page.getByText('截止日／日期').waitFor()
    await sent.close()
    await close()
  })

  it('the list says who proposed each and who confirmed it, and leads to what it changed', async () => {
    const { page, close } = await atProgramme()
    const newest = page.getByRole('row').filter({ hasText: 'Version 3' })
    await newest.getByText('Card Officer E').waitFor()
    await newest.getByText('Card Officer G').waitFor()
    await newest.getByRole('link', { name: 'Difference to version 2' }).click()
    await page.getByRole('heading', { name: 'From version 2 to version 3 (1)' }).waitFor()
    await page.getByRole('row').filter({ hasText: 'H101' }).filter({ hasText: 'H302' }).waitFor()
    await close()
  })

  it.each([
    ['?from=2&to=2', 'These two versions say the same'],
    ['?from=1&to=4711', 'There is no version 4711.'],
    ['?from=one&to=2', 'Choose two versions above'],
    ['', 'Choose two versions above'],
  ])('an address with "%s" says what to do', async (search, said) => {
    const { page, close } = await site.as('office')
    await page.goto(`/staff/programme/differences${search}`)
    await page.getByText(said).waitFor()
    await page.getByRole('combobox', { name: 'To' }).waitFor()
    await close()
  })

  it.each(looks)('can be read by everybody at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await site.as('office', look)
    await page.goto('/staff/programme/differences?from=1&to=3')
    await page.getByRole('cell', { name: '/deadline/on' }).waitFor()
    const name = `${look.width}-${look.theme}-${look.language}`
    await screenshot(page, `programme-two-versions-${name}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await page.goto('/staff/programme')
    await page
      .getByRole('link', { name: look.language === 'en' ? 'Difference to version 2' : '與第 2 版的差異' })
      .waitFor()
    await screenshot(page, `programme-versions-${name}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })
})

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
      await preview.locator('td[lang="zh-TW"]').first().waitFor()
      await preview.locator('td[lang="en"]').first().waitFor()
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

describe('a new installation', () => {
  it('says what to do, and its first programme is pasted, checked and published by keyboard alone', async () => {
    const installation = await openNewInstallation()
    const { server } = installation.gatehouse
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const { page, context, troubles, close } = await openPage({ language: 'en', origin: address })
    await context.addCookies([{ name: 'session', value: installation.token, url: address }])
    await page.goto('/staff/programme')
    await page.getByText('No programme is published yet').waitFor()
    await screenshot(page, 'programme-none')
    await expectAccessible(page)
    await page.getByRole('textbox', { name: 'Text of the file' }).focus()
    await page.keyboard.insertText(await programmeText('sample-dst'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Publish this version' }).waitFor()
    await screenshot(page, 'programme-first')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Version 1 is published and in force').waitFor()
    await page.getByRole('heading', { name: 'In force: version 1' }).waitFor()
    expect(troubles).toEqual([])
    await close()
    await installation.close()
  })
})
