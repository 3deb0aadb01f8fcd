import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewInstallation } from '../../src/programme/trial-installation.ts'
import {
  closeBrowser,
  expectAccessible,
  expectNoSideScroll,
  type Look,
  looks,
  screenshot,
} from './chromium.ts'
import { add, both, field, fill, openForTwo, part, tick, visitAt } from './in-editor.ts'

let installation: NewInstallation
let address: string
let second: string
beforeAll(async () => {
  ;({ installation, address, second } = await openForTwo())
})
afterAll(async () => {
  await closeBrowser()
  await installation.close()
})

const visit = (token: string, look?: Look) => visitAt(address, token, look)

describe('a programme from nothing', () => {
  it('is led through part by part, published, and its notice stands on the public page', {
    timeout: 120_000,
  }, async () => {
    const { page, troubles, close } = await visit(installation.token)
    await page.goto('/staff/programme/edit')
    await page.getByText('There are no drafts').waitFor()
    await screenshot(page, 'editor-none')
    await page.getByRole('button', { name: 'Begin from nothing' }).click()
    await page.getByRole('heading', { name: 'Campus and dates' }).waitFor()
    await page
      .getByText(/to fill in or mend|problem/u)
      .first()
      .waitFor()
    await screenshot(page, 'editor-nothing')
    await expectAccessible(page)

    await fill(page, {
      '/id': 'lakeside-2024',
      ...both('/title', '換發湖畔卡', 'Changing to the Lakeside Card'),
      '/startsOn': '2024-09-02',
      '/campus/id': 'lakeside',
      ...both('/campus/name', '湖畔學院（虛構）', 'Lakeside College (fictional)'),
      '/campus/zone': 'America/New_York',
      '/campus/language': 'en',
      '/campus/studentNumber': 'A999999',
      '/campus/currency/code': 'USD',
      '/campus/currency/minorDigits': '2',
    })
    await add(page, '/campus/sites', 'Main')
    await fill(page, both('/campus/sites/0/name', '主校區', 'Main Campus'))

    await part(page, 'Editions')
    await add(page, '/editions', 'Old')
    await fill(page, { ...both('/editions/0/name', '舊卡', 'Old Card'), '/editions/0/generation': '1' })
    await add(page, '/editions', 'Lakeside')
    await fill(page, {
      ...both('/editions/1/name', '湖畔卡', 'Lakeside Card'),
      '/editions/1/generation': '2',
    })
    await add(page, '/issued')
    await fill(page, { '/issued/0/edition': 'lakeside', '/issued/0/from': '2024-09-02' })

    await part(page, 'Counters and hours')
    await add(page, '/counters', 'Card Office')
    await fill(page, {
      ...both('/counters/0/name', '卡務中心', 'Card Office'),
      ...both('/counters/0/place', '學生中心 1 樓', 'Student Center, 1F'),
      '/counters/0/site': 'main',
    })
    await add(page, '/counters/0/hours')
    await tick(page, ...['mon', 'tue', 'wed'].map(day => `/counters/0/hours/0/days/${day}`))
    // It would close before it opens: the sentence stands at its place.
    await fill(page, { '/counters/0/hours/0/from': '17:00', '/counters/0/hours/0/until': '09:00' })
    await tick(page, '/askAt/card-office')

    await part(page, 'Faculties and departments')
    await add(page, '/faculties', 'Arts')
    await fill(page, both('/faculties/0/name', '文學院', 'Arts'))
    await add(page, '/departments', 'History')
    await fill(page, {
      ...both('/departments/0/name', '歷史系', 'History'),
      '/departments/0/faculty': 'arts',
      '/departments/0/site': 'main',
      '/departments/0/counter': 'card-office',
    })

    await part(page, 'Deadline and reminders')
    await fill(page, {
      '/deadline/on': '2025-03-10',
      ...both('/deadline/reason', '舊讀卡機停用', 'the old readers go'),
    })
    await tick(page, '/deadline/editions/old')

    await part(page, 'Door updates')
    await add(page, '/timetable/windows')
    await fill(page, {
      '/timetable/windows/0/at': '02:30',
      '/timetable/windows/0/usuallyMinutes': '20',
      '/timetable/windows/0/atMostMinutes': '45',
    })

    await part(page, 'What does not move')
    await fill(page, {
      '/studentFare/years': '4',
      '/studentFare/endsMonth': '6',
      '/studentFare/endsDay': '30',
    })

    await part(page, 'Fees and issuer')
    await add(page, '/fees', 'Exchange')
    await fill(page, { '/fees/0/for': 'exchange', '/fees/0/amount': '0', '/fees/0/from': '2024-09-02' })
    await add(page, '/fees', 'Reissue')
    await fill(page, { '/fees/1/for': 'reissue', '/fees/1/amount': '2500', '/fees/1/from': '2024-09-02' })
    await fill(page, both('/issuer/name', '湖畔銀行', 'Lakeside Bank'))

    await part(page, 'Reissue and loss')
    await tick(page, '/reissue/at/card-office')

    await part(page, 'Notice and questions')
    await add(page, '/notice')
    await fill(page, {
      '/notice/0/id': 'until-when',
      ...both(
        '/notice/0/text',
        '舊卡可用至{deadline.lastDay}。',
        'The old card opens doors until {deadlin}.',
      ),
    })
    // First the hours, which are refused with their sentence; then the sentence of the notice that would have a hole.
    await page.getByRole('button', { name: /^Next: Counters and hours \(1 / }).click()
    await page.locator('.editor-item > summary', { hasText: 'Card Office' }).click()
    await page.locator('[id="/counters/0/hours/0"] > summary').click()
    await page.getByText('opens at 17:00 and closes at 09:00', { exact: false }).first().waitFor()
    await screenshot(page, 'editor-closes-before-opens')
    await fill(page, { '/counters/0/hours/0/until': '18:00', '/counters/0/hours/0/from': '09:00' })
    await page.getByRole('button', { name: /^Next: Notice and questions \(1 / }).click()
    await page.locator('[id="/notice/0"] > summary').click()
    await page.getByText('{deadlin}', { exact: false }).first().waitFor()
    await fill(page, { '/notice/0/text/en': 'The old card opens doors until {deadline.lastDay}.' })
    await page.getByText('Everything is filled in').waitFor()
    await page.getByText('Kept', { exact: true }).waitFor()
    await screenshot(page, 'editor-done')
    await expectAccessible(page)

    // The first programme of an installation is published alone.
    await page.getByRole('button', { name: 'Publish this version' }).click()
    await page.getByRole('heading', { name: 'In force: version 1' }).waitFor()
    await page.goto('/')
    await page.getByText('The old card opens doors until 9 March 2025.').waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it('its next version is written by one, and published by another who sees exactly that', async () => {
    const mine = await visit(installation.token)
    await mine.page.goto('/staff/programme/edit')
    await mine.page.getByRole('button', { name: 'Begin from version 1, in force' }).click()
    await part(mine.page, 'Fees and issuer')
    // By keyboard alone: a list goes up and down, and an item opens.
    await mine.page
      .getByRole('button', { name: 'Move Reissue up', exact: false })
      .or(mine.page.getByRole('button', { name: /Move .*2500 up/ }))
      .focus()
    await mine.page.keyboard.press('Enter')
    await mine.page.locator('[id="/fees/0"] > summary').focus()
    await mine.page.keyboard.press('Enter')
    await field(mine.page, '/fees/0/amount').focus()
    await mine.page.keyboard.press('Control+A')
    await mine.page.keyboard.type('3000')
    await mine.page.keyboard.press('Tab')
    await mine.page.getByRole('cell', { name: '/fees/reissue/amount' }).waitFor()
    await mine.page.getByText('Kept', { exact: true }).waitFor()
    await mine.page.getByRole('button', { name: 'Propose it to a second person' }).click()
    await mine.page.getByText('You proposed this yourself').waitFor()
    const theirs = await visit(second)
    // They are told above whatever screen they are on; who proposed it is not.
    await theirs.page.goto('/staff')
    await theirs.page.getByText(/^A proposal of .* waits for you: Version 1/u).waitFor()
    await screenshot(theirs.page, 'editor-proposal-waits')
    await expectAccessible(theirs.page)
    expect(await mine.page.getByText('waits for you').count()).toBe(0)
    await theirs.page.getByRole('link', { name: 'See the difference and answer' }).click()
    await theirs.page.getByText('waits for you').waitFor({ state: 'detached' })
    await theirs.page.getByRole('row').filter({ hasText: '30.00' }).waitFor()
    await screenshot(theirs.page, 'editor-proposal')
    await expectAccessible(theirs.page)
    await theirs.page.getByRole('button', { name: 'Publish', exact: true }).click()
    await theirs.page.getByRole('heading', { name: 'In force: version 2' }).waitFor()
    await theirs.page.getByText(/^Version 2 is published and in force since \d\d:\d\d$/u).waitFor()
    expect([...mine.troubles, ...theirs.troubles]).toEqual([])
    await mine.close()
    await theirs.close()
  })

  it('of two who write one draft the second is told, and keeps theirs as another one', async () => {
    const [mine, theirs] = [await visit(installation.token), await visit(second)]
    await mine.page.goto('/staff/programme/edit')
    await mine.page.getByRole('button', { name: 'Begin from version 2, in force' }).click()
    await mine.page.getByRole('heading', { name: 'Campus and dates' }).waitFor()
    await theirs.page.goto(mine.page.url())
    await theirs.page.getByRole('heading', { name: 'Campus and dates' }).waitFor()
    await fill(theirs.page, { '/startsOn': '2024-09-03' })
    await theirs.page.getByText('Kept', { exact: true }).waitFor()
    await fill(mine.page, { '/startsOn': '2024-09-04' })
    await mine.page.getByText('Somebody else changed this draft').waitFor()
    await mine.page.getByRole('button', { name: 'Keep mine as a draft of its own' }).click()
    await mine.page.getByRole('heading', { name: 'Version 2 (2)', level: 1 }).waitFor()
    expect(await field(mine.page, '/startsOn').inputValue()).toBe('2024-09-04')
    await mine.close()
    await theirs.close()
  })

  it('who leaves while they type loses nothing, and writes on when they come back', async () => {
    const { page, troubles, close } = await visit(installation.token)
    await page.goto('/staff/programme/edit')
    await page.getByLabel('Name of the draft').fill('Left and taken up')
    await page.getByRole('button', { name: 'Begin from version 2, in force' }).click()
    await field(page, '/title/en').fill('Written last')
    await page.getByRole('link', { name: 'All drafts' }).click()
    await page.getByRole('link', { name: 'Left and taken up' }).click()
    await page.getByRole('heading', { name: 'Campus and dates' }).waitFor()
    expect(await field(page, '/title/en').inputValue()).toBe('Written last')
    await fill(page, { '/title/en': 'Written on' })
    await page.getByText('Kept', { exact: true }).waitFor()
    // The tab is closed while a field is being typed in.
    await field(page, '/title/en').fill('Not handed over')
    const asked = page.waitForEvent('dialog')
    const closing = page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await Promise.all([dialog.dismiss(), closing])
    await page.getByText('Kept', { exact: true }).waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it('a draft that is proposed while another writes leaves them what they wrote, which undoes nothing unseen', async () => {
    const [mine, theirs] = [await visit(installation.token), await visit(second)]
    await mine.page.goto('/staff/programme/edit')
    await mine.page.getByRole('button', { name: 'Begin from version 2, in force' }).click()
    await mine.page.getByRole('heading', { name: 'Campus and dates' }).waitFor()
    await theirs.page.goto(mine.page.url())
    await fill(theirs.page, { '/title/en': 'Their title' })
    await theirs.page.getByText('Kept', { exact: true }).waitFor()
    await theirs.page.getByRole('button', { name: 'Propose it to a second person' }).click()
    await theirs.page.getByText('You proposed this yourself').waitFor()
    await fill(mine.page, { '/title/en': 'My title' })
    await mine.page.getByRole('button', { name: 'Keep mine as a draft of its own' }).waitFor()
    const looking = mine.page.getByRole('link', { name: 'Look at the proposal' })
    await expect
      .poll(async () => {
        await mine.page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
        return looking.isVisible()
      })
      .toBe(true)
    await screenshot(mine.page, 'editor-proposed-meanwhile')
    await expectAccessible(mine.page)
    expect(await field(mine.page, '/title/en').inputValue()).toBe('My title')
    await mine.page.getByRole('button', { name: 'Keep mine as a draft of its own' }).click()
    await mine.page.getByRole('heading', { name: 'Version 2 (2)', level: 1 }).waitFor()
    const own = mine.page.url()
    expect(await field(mine.page, '/title/en').inputValue()).toBe('My title')
    await mine.page.goto(theirs.page.url())
    await mine.page.getByRole('button', { name: 'Publish', exact: true }).click()
    await mine.page.getByRole('heading', { name: 'In force: version 3' }).waitFor()
    await mine.page.goto(own)
    await mine.page.getByText('Version 3 was published after this draft was begun').waitFor()
    await mine.close()
    await theirs.close()
  })
})

describe('the editor', () => {
  it.each(looks)('can be used by everybody at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await visit(installation.token, look)
    await page.goto('/staff/programme/edit')
    await page.getByRole('table').waitFor()
    const check = async (step: string) => {
      await screenshot(page, `editor-${step}-${look.width}-${look.theme}-${look.language}`)
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    await check('drafts')
    await page.locator('table a').first().click()
    await page.locator('[id="/id"]').waitFor()
    await check('campus')
    await page.locator('.editor-parts nav button').nth(2).click()
    await page.locator('[id="/counters/0"] > summary').click()
    await check('counters')
    expect(troubles).toEqual([])
    await close()
  })
})
