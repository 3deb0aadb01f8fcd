import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CheckReply } from '../../src/programme/publish-api.ts'
import { type NewInstallation, openNewInstallation } from '../../src/programme/trial-installation.ts'
import { programmeText } from '../../src/programme/trial-publishing.ts'
import { beginSession } from '../../src/server/sessions.ts'
import { asGatehouse } from '../staff.ts'
import {
  closeBrowser,
  expectAccessible,
  expectNoSideScroll,
  type Look,
  looks,
  openPage,
  screenshot,
  type Visit,
} from './chromium.ts'
import { field, fill, part } from './in-editor.ts'

/* The invented campus, two days into its change of cards and before its first wave: 80 people came in 2020, 45 in 2022. */

let installation: NewInstallation
let address: string
let older: string
let younger: string

async function publishSample(): Promise<void> {
  const { server } = installation.gatehouse
  const send = async <T>(path: string, payload: object): Promise<T> => {
    const cookie = `session=${installation.token}`
    const url = `/api/v1/programme/${path}`
    return (await server.inject({ method: 'POST', url, payload, headers: { cookie } })).json<T>()
  }
  const source = await programmeText('sample-dst')
  const { comparedWith, seal } = await send<CheckReply>('checks', { source })
  expect(await send('versions', { source, comparedWith, seal })).toEqual({ version: 1 })
}

beforeAll(async () => {
  const at = Temporal.ZonedDateTime.from('2024-09-05T10:00[America/New_York]').toInstant()
  installation = await openNewInstallation({ at })
  const { server, database } = installation.gatehouse
  address = await server.listen({ host: '127.0.0.1', port: 0 })
  await publishSample()
  const person = (at: number, entered: number) => ({
    student_number: `A${entered * 100 + at}`,
    name_zh: `港灣學生${at}`,
    name_en: `Harbour Student ${at}`,
    department: 'history',
    entry_year: entered,
    status: 'enrolled' as const,
    kind: 'regular' as const,
    degree: 'bachelor' as const,
    site: 'main',
    language: 'en' as const,
  })
  const people = await asGatehouse(database.db, trx =>
    trx
      .insertInto('person')
      .values([
        ...Array.from({ length: 80 }, (_, at) => person(at, 2020)),
        ...Array.from({ length: 45 }, (_, at) => person(at, 2022)),
      ])
      .returning('id')
      .execute(),
  )
  older = await beginSession(database, { personId: people[0]!.id })
  younger = await beginSession(database, { personId: people.at(-1)!.id })
})
afterAll(async () => {
  await closeBrowser()
  await installation.close()
})

async function visit(token: string, look: Look = {}): Promise<Visit> {
  const opened = await openPage({ language: 'en', ...look, origin: address })
  opened.page.setDefaultTimeout(8_000)
  await opened.context.addCookies([{ name: 'session', value: token, url: address }])
  return opened
}

/** Begins a draft of what is in force. */
async function draft(look: Look = {}): Promise<Visit> {
  const opened = await visit(installation.token, look)
  await opened.page.goto('/staff/programme/edit')
  await opened.page.locator('button', { hasText: /^Begin from version|^從現行的第/ }).click()
  await field(opened.page, '/id').waitFor()
  return opened
}

describe('waves', () => {
  it('are set against what the counters can do, and a slower desk is seen at once', async () => {
    const { page, troubles, close } = await draft()
    await part(page, 'Waves')
    await page.getByRole('button', { name: 'Work it out' }).click()
    const first = page.getByRole('row').filter({ hasText: 'admitted in 2021 or before' })
    await first.getByRole('cell', { name: '80', exact: true }).waitFor()
    await first.getByText('enough').waitFor()
    const then = page.getByRole('row').filter({ hasText: 'admitted in 2022 and 2023' })
    await then.getByRole('cell', { name: '45', exact: true }).waitFor()
    // One card an hour at each of two desks, in 36 open hours.
    await fill(page, { '/handoversPerHour': '1' })
    await first.getByText('8 people are not served within it').waitFor()
    expect(await first.textContent()).toMatch(/\d+ people, 2 desks: [1-9]\d* min wait/u)
    await then.getByText('enough').waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it.each(looks)('can be read by everybody at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await draft(look)
    const zh = look.language === 'zh-TW'
    await page.locator('.editor-parts nav button', { hasText: zh ? '梯次' : 'Waves' }).click()
    await page.locator('[id="/waves/0"] > summary').click()
    await page.getByRole('button', { name: zh ? '估算' : 'Work it out' }).click()
    await page
      .getByText(zh ? '逐日' : 'Day by day')
      .first()
      .waitFor()
    await screenshot(page, `waves-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it.each([
    [
      'waves that overlap',
      'Waves',
      { '/waves/1/who/enteredFrom': '2021', '/waves/1/from': '2024-09-12' },
      '/waves/1',
      'overlap at one counter from 2024-09-12 on',
      '- id: younger',
    ],
    [
      'a counter that closes before it opens',
      'Counters and hours',
      { '/counters/0/hours/1/from': '14:00' },
      '/counters/0/hours/1',
      'opens at 14:00 and closes at 13:00',
      '{ days:',
    ],
    [
      'a deadline before the first wave',
      'Deadline and reminders',
      { '/deadline/on': '2024-09-05' },
      '/deadline/on',
      'The deadline 2024-09-05 is not after the first wave',
      'on: 2024-09-05',
    ],
    [
      'days without a fee',
      'Fees and issuer',
      { '/fees/1/until': '2024-12-20' },
      '/fees/1',
      'no record from 2024-12-20 until 2025-01-01',
      '- { id: reissue, for',
    ],
  ])('%s: the sentence stands at the field, in its part and at its line', async (...row) => {
    const [, name, values, place, said, line] = row
    const { page, close } = await draft()
    await part(page, name)
    for (const path of Object.keys(values))
      for (const item of path.match(/^\/\w+\/\d+|(?<=^\/\w+\/\d+)\/\w+\/\d+/gu) ?? []) {
        const whole = path.slice(0, path.indexOf(item) + item.length)
        const opened = field(page, whole)
        if ((await opened.getAttribute('open')) === null) await opened.locator(':scope > summary').click()
      }
    await fill(page, values)
    // At its place in the form.
    const at = field(page, place)
    const told = page.locator('.editor-parts section').getByText(said)
    await told.first().waitFor()
    const near =
      (await at.evaluate(element => element.tagName)) === 'DETAILS' ? at : at.locator('xpath=../..')
    await near.getByText(said).first().waitFor()
    // In the list of the parts.
    await page
      .getByRole('navigation', { name: 'Parts' })
      .getByRole('button', { name: new RegExp(`^${name}.*one problem`) })
      .waitFor()
    // At its line of the text, which is the same thing.
    await page.locator('summary', { hasText: /^Text$/u }).click()
    const problem = page.getByRole('row').filter({ hasText: said })
    await problem.getByRole('button', { name: /^Go to line \d+$/u }).click()
    const selected = await page.evaluate(() => {
      const text = document.activeElement as HTMLTextAreaElement
      return text.value.slice(text.selectionStart, text.selectionEnd)
    })
    expect(selected.trim()).toContain(line)
    await screenshot(page, `refused-${place.slice(1).replaceAll('/', '-')}`)
    expect(await page.getByRole('button', { name: /Publish this version|Propose/u }).count()).toBe(0)
    await close()
  })
})

describe('a student', () => {
  it.each([
    ['who is longest here', () => older, 'Mon 9 Sept'],
    ['of the second wave', () => younger, 'Mon 16 Sept'],
  ])('%s reads from when the card can be collected, and where', async (_, token, from) => {
    const { page, troubles, close } = await visit(token())
    await page.goto('/my-card')
    await page.getByText(`You can collect your new card from ${from}.`).waitFor()
    await page.getByText('Card Office').first().waitFor()
    await screenshot(page, 'wave-student')
    await page.goto('/faq')
    const answer = await page.locator('#when').innerText()
    for (const day of ['9 September 2024', '13 September 2024', '16 September 2024', '20 September 2024'])
      expect(answer).toContain(day)
    expect(troubles).toEqual([])
    await close()
  })
})
