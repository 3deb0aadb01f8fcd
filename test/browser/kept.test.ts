import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusClock } from '../../src/app/clock.ts'
import { forgetPeople } from '../../src/privacy/forget.ts'
import { keptScreenWords } from '../../src/privacy/kept-screen-words.ts'
import { plans } from '../../src/privacy/plans.ts'
import { openDatabase } from '../../src/server/database.ts'
import { forgetOld } from '../../src/update/retention.ts'
import { campusTime } from '../campus.ts'
import { people } from '../people.ts'
import { employ } from '../staff.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

/* What is kept and for how long, with what the last night forgot, as the auditor and the office read it. */

let site: Site

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
  const { campus } = site
  const auditor = { nameZh: '稽核示例', nameEn: 'Auditor Sample', role: 'auditor' } as const
  await employ(campus.owner.db, { id: 'auditor', ...auditor })
  await campus.owner.pool.query(
    `insert into wrong_try (person_id, what, at) select $1, 'activation', timestamptz '2023-08-01 12:00+8' + i * interval '1 minute'
     from generate_series(1, 1234) i`,
    [await campus.personId(people.aEarly.number)],
  )
  const chores = openDatabase(campus.url, 'chores', { connections: 1 })
  const clock = { ...campusClock, now: async () => campusTime('2023-10-18T04:00') }
  await forgetPeople({ database: chores, clock })
  await forgetOld({ database: chores, clock, log: () => {} })
  await chores.close()
}, 120_000)
afterAll(() => site.close())

describe('what is kept, and for how long', () => {
  it.each(looks)('is reached from the start and read, $width $theme $language', async look => {
    const { language } = look
    const w = keptScreenWords[language]
    const { page, troubles, close } = await site.as('auditor', look)
    await page.goto('/staff')
    await page.getByRole('link', { name: w.title }).click()
    const tries = plans.find(({ what }) => what === 'wrong-tries')!.says[language]
    const row = await page.getByRole('row').filter({ hasText: tries }).innerText()
    for (const said of [w.units.days(30), w.counted.rows(1234), w.states.done]) expect(row).toContain(said)
    await screenshot(page, `kept-${look.width}-${look.theme}-${language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  })

  it.each(looks)('tells the office first what is late, $width $theme $language', async look => {
    const w = keptScreenWords[look.language]
    const late = `update forgetting set ended_at = null where what = 'messages'`
    await site.campus.owner.pool.query(late)
    const { page, troubles, close } = await site.as('office', look)
    await page.goto('/staff/kept')
    await page.getByText(w.late(1)).waitFor()
    const [, first] = await page.getByRole('row').allInnerTexts()
    expect(first).toContain(plans.find(({ what }) => what === 'messages')!.says[look.language])
    for (const said of [w.states.late, w.notOver]) expect(first).toContain(said)
    expect(first).not.toContain(w.nothing)
    await screenshot(page, `kept-late-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
    await site.campus.owner.pool.query(late.replace('null', 'began_at'))
  })
})
