import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestCampus } from '../campus.ts'
import { people } from '../people.ts'
import { openDesk, says, tap, type } from './at-desk.ts'
import { expectAccessible, expectNoSideScroll, type Look, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let campus: TestCampus
let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
  campus = site.campus
})

afterAll(() => site.close())

const atDesk = (look: Look = {}) => openDesk(site, 'desk-csie', look)

const handovers = async (number: string) =>
  campus.owner.db
    .selectFrom('handover')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .leftJoin('signature', 'signature.card_id', 'handover.card_id')
    .select(['evidence', 'clerk', 'manner', 'picture'])
    .where('student_number', '=', number)
    .where('how', '=', 'desk')
    .execute()

describe('a clerk with a reader and a keyboard', () => {
  it('hands a card over with two taps and one key, and is ready for the next', async () => {
    const { page, troubles, close } = await atDesk()
    const { aEarly, bOnTheStroke } = people
    await says(page, 'Scan')
    await tap(page, aEarly.old)
    await says(page, 'May collect')
    await page.getByText('示例生甲零一').first().waitFor()
    expect(await page.getByRole('region', { name: 'Student' }).innerText()).toContain('C-02')
    await tap(page, aEarly.new)
    await says(page, 'The student signs')
    await page.keyboard.press('F8')
    await says(page, 'Handed over: Sample Student A01')
    expect(await handovers(aEarly.number)).toEqual([
      { evidence: { 'old-card': 'read' }, clerk: 'desk-csie', manner: 'witnessed', picture: '' },
    ])
    await page.getByText('Nobody scanned yet').waitFor()

    // The next person, in another order, with the number typed and the name typed.
    await type(page, bOnTheStroke.number)
    await says(page, 'May collect')
    await tap(page, bOnTheStroke.new)
    await says(page, 'Check the identity')
    await page.keyboard.press('F2')
    await says(page, 'The student signs')
    await page.keyboard.press('F4')
    await page.getByLabel('The student types their own name').waitFor()
    await type(page, 'Sample Student A17')
    await says(page, 'Handed over: Sample Student A17')
    expect(await handovers(bOnTheStroke.number)).toMatchObject([
      { evidence: { 'old-card': 'seen' }, manner: 'typed' },
    ])
    await page.getByRole('listitem').filter({ hasText: aEarly.number }).waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it('lets the student draw, and with a live code from the app', async () => {
    const { page, close } = await atDesk()
    const { cDuringTheRun } = people
    const reply = await campus.gatehouse.server.inject({
      url: '/api/v1/me/proof',
      headers: { cookie: await campus.signIn(cDuringTheRun.number) },
    })
    await type(page, reply.json<{ proof: string }>().proof)
    await says(page, 'May collect')
    await page.getByText(/^1[01]\d s left$/u).waitFor()
    await tap(page, cDuringTheRun.new)
    // The desk asks the phone by itself; whoever stands there may sign here all the same.
    await says(page, 'Waiting for the signature on their phone')
    const pad = page.getByRole('img', { name: 'Sign in this field' })
    await pad.scrollIntoViewIfNeeded()
    const box = (await pad.boundingBox())!
    await page.mouse.move(box.x + 60, box.y + 60)
    await page.mouse.down()
    for (let step = 0; step <= 20; step += 1)
      await page.mouse.move(box.x + 60 + step * 12, box.y + 70 + 30 * Math.sin(step))
    await page.mouse.up()
    await screenshot(page, 'desk-signing')
    await page.keyboard.press('F9')
    await says(page, /Handed over/u)
    const [kept] = await handovers(cDuringTheRun.number)
    expect(kept).toMatchObject({ evidence: { 'app-proof': 'live' }, manner: 'drawn' })
    expect(kept!.picture).toMatch(/^M\d+ \d+(L\d+ \d+){10,}$/u)
    await close()
  })

  it('is told why a wrong card is refused, and goes on with the right one', async () => {
    const { page, close } = await atDesk()
    const { dLosesCard, eLastEvening } = people
    await type(page, dLosesCard.number)
    await says(page, 'May collect')
    await tap(page, eLastEvening.new)
    await says(page, 'Not accepted')
    await says(page, /was made for 41047005S, not for 41047004S/u)
    await screenshot(page, 'desk-refused')
    await tap(page, dLosesCard.new)
    await says(page, 'Check the identity')
    await tap(page, eLastEvening.old)
    await says(page, /somebody else’s old card/u)
    await page.keyboard.press('Escape')
    await says(page, 'Scan')
    expect(await handovers(dLosesCard.number)).toEqual([])
    await close()
  })

  it('tells a student on leave in both languages what to do, and serves the next without a key', async () => {
    const { page, close } = await atDesk()
    await type(page, people.onLeaveHeping.number)
    await says(page, 'Do not hand over')
    await says(page, /From 1 March 2024/u)
    await says(page, /2024年3月1日/u)
    await type(page, people.dLosesCard.number)
    await says(page, 'May collect')
    await close()
  })

  it('loses nothing while the network is gone', async () => {
    const { page, context, close } = await atDesk()
    const { fNeverCame } = people
    await tap(page, fNeverCame.old)
    await says(page, 'May collect')
    await context.setOffline(true)
    await tap(page, fNeverCame.new)
    await says(page, 'No network')
    await says(page, /^1 kept/u)
    await page.getByText('示例生').first().waitFor()
    // It goes on by itself as soon as the network is back.
    await context.setOffline(false)
    await says(page, 'The student signs')
    await context.setOffline(true)
    await page.keyboard.press('F8')
    await says(page, 'No network')
    await context.setOffline(false)
    await says(page, /Handed over/u)
    expect(await handovers(fNeverCame.number)).toHaveLength(1)
    await close()
  })
})

describe('the field is always listened to', () => {
  it('after a click on nothing, on a button, and with its keys switched off', async () => {
    const { page, close } = await atDesk()
    await page.getByRole('heading', { name: 'This computer' }).click()
    await type(page, people.gOnTheSecond.number)
    await says(page, 'May collect')
    await page.getByRole('button', { name: 'Esc start over' }).click()
    await says(page, 'Scan')
    await page.getByRole('switch', { name: 'Use shortcut keys' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Start over', exact: true }).waitFor()
    await type(page, people.gOnTheSecond.number)
    await says(page, 'May collect')
    await page.keyboard.press('Escape')
    await page.keyboard.press('F2')
    await page.getByText('示例生').first().waitFor()
    await close()
  })
})

describe('the desk can be read by everybody', () => {
  it.each(looks)('at $width px, $theme, in $language', async look => {
    const { page, troubles, close } = await atDesk(look)
    const { gOnTheSecond } = people
    const name = (step: string) => `desk-${step}-${look.width}-${look.theme}-${look.language}`
    const check = async (step: string) => {
      await screenshot(page, name(step))
      await expectAccessible(page)
      await expectNoSideScroll(page)
    }
    await check('empty')
    await type(page, gOnTheSecond.number)
    await says(page, look.language === 'en' ? 'May collect' : '可領取')
    await check('person')
    await tap(page, gOnTheSecond.new)
    await tap(page, gOnTheSecond.old)
    await says(page, look.language === 'en' ? 'The student signs' : '請學生簽名')
    await check('sign')
    expect(troubles).toEqual([])
    await type(page, people.onLeaveGongguan.number)
    await says(page, look.language === 'en' ? 'Do not hand over' : '不可交付')
    await check('stop')
    await close()
  })
})
