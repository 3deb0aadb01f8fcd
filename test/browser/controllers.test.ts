import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoardCard } from '../../src/controller/emulator/settings.ts'
import type { TestCampus } from '../campus.ts'
import { Doors, type ForeignCard, foreignCardsHeld, plantForeignCards } from '../doors.ts'
import { people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, openPage, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { switches } from './switching.ts'

/*
 * The campus begins with controllers that are full of its old cards. The access keeper reads what stands there, sees
 * what adopting it would do, and does it; later a lecturer's card has the number of a student's new one.
 */
let campus: TestCampus
let site: Site
let staffCards: ForeignCard[]
const gates = 423_100_001
/** Cards of two graduates that nobody took off the campus gates. */
const leftOver: number[] = []
/** An old card that opens other doors there than the register wants. */
let otherDoors: number

beforeAll(async () => {
  site = await openSite({ doors: '127.66.7', from: '2023-10-18T09:40' })
  campus = site.campus
  staffCards = await plantForeignCards(campus.emulator!)
  await plantOldCards()
}, 60_000)

afterAll(() => site.close())

/** What the system before Gatehouse had put there: the old cards, and those of two graduates. */
async function plantOldCards(): Promise<void> {
  const { rows } = await campus.owner.pool.query<BoardCard & { serial: number }>(
    `select w.controller_id as serial, w.number, w.doors, w.valid_from::text as "from", w.valid_to::text as "to", 0 as pin
     from wanted w where w.doors <> '{0,0,0,0}'`,
  )
  const graduates = await campus.owner.pool.query<{ number: number }>(
    `select n.number from person p join handover h on h.person_id = p.id join card_number n on n.card_id = h.card_id
     join controller c on c.id = $1 and c.number_format = n.format
     where p.status = 'graduated' order by p.id limit 2`,
    [gates],
  )
  leftOver.push(...graduates.rows.map(row => row.number))
  const like = rows.find(row => row.serial === gates)!
  otherDoors = like.number
  const graduated = leftOver.map(number => ({ ...like, number }))
  const all: typeof rows = [...rows, ...graduated, { ...like, doors: [1, 29, 0, 0] }]
  for (const [serial, cards] of Map.groupBy(all, card => card.serial))
    await campus.emulator!.plant(
      serial,
      cards.map(({ serial: _serial, ...card }) => card),
    )
}

async function asKeeper(look: Parameters<typeof openPage>[0] = {}): Promise<Visit> {
  const visit = await site.as('access', look)
  return visit
}

async function slow(serviceMs: number) {
  for (const { serial } of await campus.emulator!.controllers())
    await campus.emulator!.faults(serial, { serviceMs })
}
const inMemory = async (number: number) =>
  (await campus.emulator!.cards(gates)).find(card => card.number === number)

describe('the access keeper of a campus with full controllers', () => {
  it('reads all lists and watches how far that has come', async () => {
    const { page, troubles, close } = await asKeeper()
    await page.goto('/staff/controllers')
    await page.getByText('not read yet').first().waitFor()
    await slow(2)
    await page.getByRole('button', { name: 'Read all controllers' }).click()
    const bar = page.getByRole('progressbar', { name: 'Campus gates' })
    await bar.waitFor()
    await screenshot(page, 'controllers-waiting')
    const settled = campus.settle()
    await expect
      .poll(async () => Number(await bar.getAttribute('value')), { timeout: 15_000 })
      .toBeGreaterThan(0)
    await screenshot(page, 'controllers-reading')
    await settled
    await slow(0)
    await page.getByText('12 of 12').waitFor()
    const row = page.getByRole('row').filter({ hasText: 'Campus gates' })
    const cells = await row.getByRole('cell').allInnerTexts()
    const others = staffCards.filter(card => card.controller === gates).length
    expect(cells.slice(3, 7)).toEqual(['1', '0', String(leftOver.length), String(others)])
    expect(troubles).toEqual([])
    await close()
  })

  it('sees what adopting would do, does it, and is told what becomes of it', async () => {
    const { page, troubles, close } = await asKeeper()
    await page.goto('/staff/controllers')
    await page.getByRole('button', { name: 'Show the cards of Campus gates' }).click()
    await page.getByRole('cell', { name: String(leftOver[0]) }).waitFor()
    await page.getByRole('button', { name: 'Preview the adoption' }).click()
    await page.getByText('2 cards that should not be there').waitFor()
    await page.getByRole('columnheader', { name: 'Becomes' }).waitFor()
    await screenshot(page, 'controllers-preview')
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Adopt [\d,]+ cards$/u }).click()
    await page.getByText('2 cards left over will be removed by the update of 10:00').waitFor()
    await screenshot(page, 'controllers-adopted')
    await campus.emulator!.resetLog()
    await campus.settle()
    await campus.moveTo('2023-10-18T10:00')
    await campus.settle()
    const log = (await campus.emulator!.log()).filter(entry => entry.serial === gates)
    expect(log.filter(entry => entry.code === 0x50).map(entry => entry.card)).toEqual([otherDoors])
    const removed = log.filter(entry => entry.code === 0x52).map(entry => entry.card)
    expect(new Set(removed)).toEqual(new Set(leftOver))
    expect(removed.length).toBe(leftOver.length)
    expect(await foreignCardsHeld(campus.emulator!, staffCards)).toEqual(staffCards)
    const { rows } = await campus.owner.pool.query(
      `select count(*)::int as reads from journal where act = 'cards on a controller read' and actor = 'access:access'`,
    )
    expect(rows[0].reads).toBe(leftOver.length + 1)
    expect(troubles).toEqual([])
    await close()
  })
})

describe('a number that another’s card holds', () => {
  it('is named, and resolved by adopting it', async () => {
    const doors = await Doors.of(campus.owner, campus.emulator!)
    const number = doors.numberAt('gate-main', people.aEarly.new)
    const lecturers = { from: '2020-01-01', to: '2029-12-31', doors: [1, 1, 29, 0], pin: 1234 } as const
    await campus.emulator!.plant(gates, [{ number, ...lecturers, doors: [...lecturers.doors] }])
    await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/api/v1/surveys',
      headers: { cookie: await campus.signIn('access') },
      payload: { controllers: [gates] },
    })
    await campus.settle()
    await switches(campus, people.aEarly)
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    expect(await inMemory(number)).toMatchObject({ pin: 1234 })

    const { page, troubles, close } = await asKeeper()
    await page.goto('/staff/controllers')
    const row = page.getByRole('row').filter({ hasText: 'Campus gates' })
    await row.getByText('Number taken').waitFor()
    await page.getByRole('button', { name: 'Show the cards of Campus gates' }).click()
    await page.getByText('number taken, since 15:00').waitFor()
    await screenshot(page, 'controllers-taken')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Adopt this number' }).click()
    await page.getByText('1 number is ours now').waitFor()
    await campus.rested()
    await campus.settle()
    expect(await inMemory(number)).toMatchObject({ pin: 0 })
    expect(await inMemory(doors.numberAt('gate-main', people.aEarly.old))).toBeUndefined()
    expect(troubles).toEqual([])
    await close()
  })
})

describe('the screen', () => {
  it.each(looks)('can be read at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await asKeeper(look)
    await page.goto('/staff/controllers')
    await page.getByRole('row').nth(1).waitFor()
    await page.getByRole('button', { name: /Show the cards of Campus gates|查看「校門」的卡片/u }).click()
    await page.getByRole('table').nth(1).waitFor()
    await screenshot(page, `controllers-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it('tells office and auditor, and lets nobody but the access keeper act', async () => {
    const { page, context, close } = await openPage({ language: 'en', origin: site.origin })
    const office = (await campus.signIn('office')).replace('session=', '')
    await context.addCookies([{ name: 'session', value: office, url: site.origin }])
    await page.goto('/staff/controllers')
    await page.getByText('12 of 12').waitFor()
    expect(await page.getByRole('button', { name: /Read/u }).count()).toBe(0)
    await close()
  })
})
