import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openNewInstallation } from '../../src/programme/trial-installation.ts'
import { checkAndPublish, edited, programmeText } from '../../src/programme/trial-publishing.ts'
import { sayTime } from '../../src/web/when.ts'
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
    // The campus has a name and a zone from now on: the page knows them without being loaded anew.
    await page.getByRole('link', { name: 'Harbour Point College (fictional)' }).waitFor()
    const [version] = await page.getByRole('row', { name: 'Version 1' }).allInnerTexts()
    const [{ publishedAt }] = (await (await page.request.get(`${address}/api/v1/programme/versions`)).json())
      .versions
    expect(version).toContain(sayTime(publishedAt, { zone: 'America/New_York' }))
    expect(troubles).toEqual([])
    await close()
    await installation.close()
  })
})
