import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { recomputeAccess } from '../../src/access/recompute.ts'
import { call } from '../../src/access/trial.ts'
import { campusClock } from '../../src/app/clock.ts'
import { readSomeEvents } from '../../src/update/events.ts'
import type { TestCampus } from '../campus.ts'
import { projectFolder } from '../campus.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/*
 * The doors at a glance, and a controller's own page: two of them are dead since 15:00, one tells of its doors, one is
 * another system that takes files in Big5.
 */
let campus: TestCampus
let site: Site
const gates = 423_100_001
const dead = [423_100_003, 423_100_004]
const files = 900_001

async function record(): Promise<void> {
  const example = parse(await readFile(`${projectFolder}examples/library-gates/controller.yaml`, 'utf8'))
  expect((await call(campus, 'POST', '/controllers', example)).status).toBe(200)
  const [{ id }] = (
    (await campus.owner.pool.query(
      `insert into access_group_door select id, 'library-gate-in' from access_group where members = 'campus' limit 1;
       update person set name_zh = '示例生堃' where student_number = '${people.aEarly.number}' returning id`,
    )) as unknown as { rows: { id: number }[] }[]
  ).at(-1)!.rows as [{ id: number }]
  await campus.gatehouse.register.act({ kind: 'system', id: 'test' }, act => recomputeAccess(act, [id]))
}

/** Somebody holds a card of theirs to the main gate, somebody else one that nobody knows; and the events are read. */
async function happenings(): Promise<void> {
  const { rows } = await campus.owner.pool.query<{ number: number }>(
    `select number from held where controller_id = $1 and doors <> '{0,0,0,0}' and number in (
       select n.number from card_number n join handover h on h.card_id = n.card_id
       join person p on p.id = h.person_id where p.student_number = $2)`,
    [gates, people.aEarly.number],
  )
  expect(await campus.emulator!.swipe(gates, rows[0]!.number, 1)).toMatchObject({ granted: true })
  expect(await campus.emulator!.swipe(gates, 4_000_000_001, 2)).toMatchObject({ granted: false })
  const { doors, driver } = campus.gatehouse
  const zone = async () => 'Asia/Taipei'
  await readSomeEvents({ database: doors, clock: campusClock, driver, leaseSeconds: 10, zone, log: () => {} })
  await campus.owner.pool.query(
    `insert into tap (controller_id, epoch, event_index, stored_at, lost)
     select $1, 2, 1, max(stored_at), 40 from tap where controller_id = $1`,
    [gates],
  )
}

beforeAll(async () => {
  site = await openSite({ doors: '127.69.33', from: '2023-10-18T09:48' })
  campus = site.campus
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
  await record()
  await happenings()
  for (const serial of dead) await campus.emulator!.faults(serial, { silent: true })
  await campus.owner.pool.query(
    `insert into clock_reading (controller_id, read_at, drift_seconds, is_set)
     select $1, '2023-10-18 10:00+8'::timestamptz - n * interval '8 hours', 3 - 20 * n, n <> 2 from generate_series(1, 9) n`,
    [gates],
  )
  await campus.owner.pool.query(
    `insert into doors_check (on_date, began_at, people, differed, numbers, ended_at) values
       ('2023-10-18', '2023-10-18 01:00+8', 1211, 1, 2, '2023-10-18 01:02+8'),
       ('2023-10-17', '2023-10-17 01:00+8', 1211, 0, 0, '2023-10-17 01:02+8')`,
  )
  await campus.owner.pool.query(
    `insert into doors_check_person select '2023-10-18', id, 2, array[$2::bigint] from person where student_number = $1`,
    [people.aEarly.number, gates],
  )
  await campus.moveTo('2023-10-18T15:00')
  await campus.settle()
}, 240_000)
afterAll(() => site.close())

const labels = {
  en: { events: /^Show the events/u, names: /^See who \(/u, who: 'See who' },
  'zh-TW': { events: /^顯示事件/u, names: /^查看是哪些人（/u, who: '查看是哪些人' },
} as const

async function expectGood(page: Page, name: string): Promise<void> {
  await screenshot(page, name)
  await expectAccessible(page)
  await expectNoSideScroll(page)
}

describe('a keeper of doors', () => {
  it('goes from the doors at a glance to a controller, by keyboard, and opens its events: written down', async () => {
    const { page, troubles, close } = await site.as('access')
    await page.goto('/staff/doors')
    await page.getByText('silent since 15:00').nth(1).waitFor()
    await page.getByRole('link', { name: `Campus gates ${gates}` }).press('Enter')
    await page.getByRole('heading', { level: 1, name: `Campus gates ${gates}` }).waitFor()
    await page.getByText('This clock was off by 60 s or more').waitFor()
    const before = await campus.owner.pool.query(`select from journal where act = 'door events read'`)
    expect(before.rowCount).toBe(0)
    await page.getByRole('button', { name: labels.en.events }).press('Enter')
    const known = page.getByRole('row').filter({ hasText: people.aEarly.number })
    await known.getByText('opened', { exact: true }).waitFor()
    await known.getByText('Main gate').waitFor()
    await page
      .getByRole('row')
      .filter({ hasText: '4000000001' })
      .getByText('refused: card not known to it')
      .waitFor()
    await page.getByText(/40 events are missing \(numbers 1 to 40\)/u).waitFor()
    expect(page.url()).not.toContain(people.aEarly.number)
    const noted = await campus.owner.pool.query(`select from journal where act = 'door events read'`)
    expect(noted.rowCount).toBe(2)
    await page.getByLabel(/^Month/u).selectOption('2023-10')
    await known.waitFor()
    await page.getByRole('link', { name: 'Back to all doors' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Doors at a glance' }).waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it('sees of whom the daily check found a difference, and how long things are kept', async () => {
    const { page, close } = await site.as('access')
    await page.goto('/staff/doors')
    await page.getByText('1 person differed (2 card numbers)').waitFor()
    await page.getByRole('button', { name: labels.en.who }).press('Enter')
    await page.getByRole('row').filter({ hasText: people.aEarly.number }).waitFor()
    await page.getByText('nothing was forgotten yet').first().waitFor()
    await close()
  })

  it('sees which names a system’s files cannot write', async () => {
    const { page, close } = await site.as('access')
    await page.goto(`/staff/doors/${files}`)
    await page.getByRole('button', { name: labels.en.names }).press('Enter')
    await page.getByText('1 name does not survive').waitFor()
    await page.getByRole('row').filter({ hasText: people.aEarly.number }).getByText('堃').waitFor()
    await close()
  })

  it('has themselves told by mail, and is told what is no address', async () => {
    const { page, close } = await site.as('access')
    await page.goto('/staff/mail')
    await page.getByText('Nobody is told by mail').waitFor()
    await page.getByLabel('Send to').fill('doors')
    await page.getByLabel('Send to').press('Enter')
    await page.getByText(/This is no e-mail address/u).waitFor()
    await page.getByLabel('Send to').fill('doors@school.example')
    await page.getByLabel('Send to').press('Enter')
    await page.getByText('Kept. From now on').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Access Keeper F' }).waitFor()
    await close()
  })
})

describe.each(looks)('in $language, $theme, $width wide', look => {
  it('the screens are whole and accessible', async () => {
    const said = labels[look.language]
    const kept = `${look.language}-${look.theme}-${look.width}`
    const { page, troubles, close } = await site.as('access', look)
    await page.goto('/staff/doors')
    await page.getByRole('button', { name: said.who }).click()
    await page.getByRole('row').filter({ hasText: people.aEarly.number }).waitFor()
    await expectGood(page, `doors-${kept}`)
    await page.goto(`/staff/doors/${gates}`)
    await page.getByRole('button', { name: said.events }).click()
    await page.getByRole('row').filter({ hasText: people.aEarly.number }).waitFor()
    await expectGood(page, `controller-${kept}`)
    await page.goto(`/staff/doors/${files}`)
    await page.getByRole('button', { name: said.names }).click()
    await page.getByRole('row').filter({ hasText: people.aEarly.number }).waitFor()
    await expectGood(page, `files-${kept}`)
    await page.goto('/staff/mail')
    await page.getByRole('textbox').waitFor()
    await expectGood(page, `mail-${kept}`)
    expect(troubles).toEqual([])
    await close()
  })

  it('an administrator is asked for an address, and for no doors', async () => {
    const { page, troubles, close } = await site.as('admin', look)
    await page.goto('/staff/mail')
    await page.getByRole('textbox').waitFor()
    expect(await page.getByRole('combobox').count()).toBe(1)
    await expectGood(page, `mail-admin-${look.language}-${look.theme}-${look.width}`)
    expect(troubles).toEqual([])
    await close()
  })
})
