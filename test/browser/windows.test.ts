import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../src/lib/words.ts'
import type { TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, openPage, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { switches } from './switching.ts'

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ doors: '127.66.1', from: '2023-10-18T09:48' })
  campus = site.campus
})

afterAll(() => site.close())

async function asKeeper(look: Parameters<typeof openPage>[0] = {}): Promise<Visit> {
  const visit = await site.as('access', look)
  return visit
}

async function eachController(faults: { serviceMs?: number; silent?: boolean }, only?: number) {
  const all = await campus.emulator!.controllers()
  for (const { serial } of all.filter(each => only === undefined || each.serial === only))
    await campus.emulator!.faults(serial, faults)
}

async function get(path: string, who: string | null) {
  const headers = who === null ? {} : { cookie: await campus.signIn(who) }
  return campus.gatehouse.server.inject({ method: 'GET', url: `/api/v1${path}`, headers })
}

describe('the access keeper watches the 10:00 update', () => {
  it('which is announced with its changes, runs before their eyes, and ends', async () => {
    const { page, troubles, close } = await asKeeper()
    await page.goto('/staff/windows')
    await page.getByText('next: begins in 0 h 12 min').waitFor()
    await page.getByText(/\d changes planned \(\d+ people\)/u).waitFor()
    await page.getByText('No update has run yet').waitFor()

    await eachController({ serviceMs: 6 })
    await campus.moveTo('2023-10-18T10:00')
    const settled = campus.settle()
    const bar = page.getByRole('progressbar', { name: 'All controllers' })
    await page.getByRole('heading', { name: /Update under way/u }).waitFor()
    await screenshot(page, 'windows-running')
    const seen = new Set<number>()
    while ((await page.getByRole('heading', { name: /Update under way/u }).count()) > 0) {
      seen.add(Number(await bar.getAttribute('value')))
      await page.waitForTimeout(300)
    }
    await page.getByRole('heading', { name: /The latest update/u }).waitFor()
    expect([...seen]).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.size).toBeGreaterThan(3)
    expect(await bar.getAttribute('value')).toBe(await bar.getAttribute('max'))
    await page.getByRole('listitem').filter({ hasText: '10:00' }).getByText('Done').waitFor()
    await settled
    expect(troubles).toEqual([])
    await close()
  })
})

describe('what the next update will change', () => {
  it('is listed by person, with its cause, and every reading of it is in the journal', async () => {
    await switches(campus, people.aEarly)
    await switches(campus, people.bOnTheStroke)
    const { page, close } = await asKeeper()
    await page.goto('/staff/windows')
    await page.getByText(/changes planned \(2 people\)/u).waitFor()
    const row = page.getByRole('row').filter({ hasText: people.aEarly.number })
    await row.getByText('New card activated').waitFor()
    expect(await row.getByRole('cell').nth(1).innerText()).toMatch(/^\+\d+ controllers?$/u)
    const more = row.locator('xpath=following-sibling::tr[1]')
    await more.getByText('Doors and numbers').click()
    const [given, taken] = await more.locator('details > div').allInnerTexts()
    expect(given).toMatch(/^Card number: \d+ \(.+\), \d+ \(.+\)/u)
    expect(given).toMatch(/\+ Campus gates: .+ sent as \d+, valid until \d{4}-\d\d-\d\d/u)
    expect(taken).toMatch(/− Campus gates: .+ sent as \d+$/mu)
    expect(await row.getByRole('cell').nth(3).innerText()).toMatch(/^−\d+ controllers?$/u)
    await screenshot(page, 'windows-difference')
    await expectAccessible(page)
    await close()
    const { rows } = await campus.owner.pool.query(
      `select count(*)::int as reads from journal j join person p on p.id = j.person_id
       where j.act = 'planned door changes read' and j.actor = 'access:access' and p.student_number = $1`,
      [people.aEarly.number],
    )
    expect(rows[0].reads).toBeGreaterThan(0)
  })

  it('is nobody’s business but the keepers’', async () => {
    for (const path of ['/windows', '/windows/current', '/windows/next', '/controllers']) {
      expect((await get(path, null)).statusCode).toBe(401)
      expect((await get(path, people.aEarly.number)).statusCode).toBe(404)
      expect((await get(path, 'desk-csie')).statusCode).toBe(404)
      expect((await get(path, 'office')).statusCode).toBe(200)
    }
  })
})

describe('a controller that is silent', () => {
  it('is named, with the time since when, and the update says that it is not done', async () => {
    await eachController({ silent: true }, 423_100_001)
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    const { page, close } = await asKeeper()
    await page.goto('/staff/windows')
    await page.getByRole('listitem').filter({ hasText: '15:00' }).getByText('Partly done').waitFor()
    await page.getByText(/1 of \d+ controllers: not everything is done/u).waitFor()
    await page.getByRole('progressbar', { name: 'Campus gates' }).first().waitFor()
    await page.getByRole('row').filter({ hasText: 'Campus gates' }).getByText('silent since 15:00').waitFor()
    await close()
  })

  it.each(looks)('can be read about at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await asKeeper(look)
    await page.goto('/staff/windows')
    await page.getByRole('table').last().waitFor()
    await screenshot(page, `windows-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })
})

describe('the demo’s clock', () => {
  it.each(looks)('can be read at $width px, $theme, in $language', async look => {
    const { page, close } = await openPage({ ...look, scripts: true, origin: site.origin })
    await page.goto('/demo')
    await screenshot(page, `demo-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await close()
  })

  it('goes on to the next update without scripts, and a day further, by whatever lies between', async () => {
    await eachController({ silent: false, serviceMs: 0 })
    await campus.rested()
    const ways: Record<Language, string> = { 'zh-TW': '到下一個更新時段', en: 'To the next update' }
    const { page, close } = await openPage({ language: 'zh-TW', scripts: false, origin: site.origin })
    await page.goto('/demo')
    await page.getByRole('button', { name: ways['zh-TW'] }).click()
    await campus.gatehouse.demoClock!.arrive()
    await page.goto('/demo')
    await page
      .getByText(/10月19日（四）\s*01:00/u)
      .first()
      .waitFor()
    await close()

    const moved = await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/api/v1/demo/clock',
      payload: { to: 'next-day' },
    })
    expect(moved.statusCode).toBe(202)
    await campus.gatehouse.demoClock!.arrive()
    const windows = await campus.owner.db
      .selectFrom('update_window')
      .selectAll()
      .orderBy('starts_at')
      .execute()
    expect(windows.map(({ at_time }) => at_time.toString())).toEqual([
      '10:00:00',
      '15:00:00',
      '01:00:00',
      '10:00:00',
      '15:00:00',
      '01:00:00',
    ])
    expect(windows.filter(({ finished_at }) => finished_at === null)).toEqual([])
    const clocks = (await campus.emulator!.controllers()).map(({ clock }) => clock.slice(0, 16))
    expect([...new Set(clocks)]).toEqual(['2023-10-20T01:00'])
  })

  it('refuses a way that it does not know', async () => {
    const answer = await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/api/v1/demo/clock',
      payload: { to: 'yesterday' },
    })
    expect(answer.statusCode).toBe(400)
  })
})
