import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apply, rosterFile, upload } from '../../src/roster/trial-uploads.ts'
import type { TestCampus } from '../campus.ts'
import { Doors } from '../doors.ts'
import { people } from '../people.ts'
import { openDesk, says, tap, type } from './at-desk.ts'
import { openSite, type Site } from './site.ts'
import { goTo, lead, onPhone, phone, said, stop } from './story.ts'

/*
 * What the registrar's file brings: who is on leave is told the day and the place, and collects when it has come; who
 * leaves is told what each of the card's four lives does, is offered nothing that is refused, and whom to call for a loss.
 */
let site: Site
let campus: TestCampus
let doors: Doors

beforeAll(async () => {
  site = await openSite({ doors: '127.63.33', from: '2023-10-18T09:55' })
  campus = site.campus
  doors = await Doors.of(campus.owner, campus.emulator!)
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
}, 120_000)
afterAll(() => site.close())

type Cells = Readonly<Record<string, string>>

/** A roster, with some students' cells as they are given. */
async function roster(name: 'roster.csv' | 'roster-2024-02.csv', changed: Readonly<Record<string, Cells>>) {
  const [header = '', ...rows] = (await rosterFile(name)).toString().trimEnd().split('\n')
  const names = header.split(',')
  const lines = rows.map(row => {
    const cells = row.split(',')
    const own = changed[cells[0]!] ?? {}
    return names.map((column, at) => own[column] ?? cells[at]).join(',')
  })
  const { body } = await upload(campus, [header, ...lines].join('\n'))
  expect((await apply(campus, body)).status).toBe(200)
}

async function newest(number: string): Promise<{ kind: string; body: string }> {
  const reply = await campus.gatehouse.server.inject({
    url: '/api/v1/me/messages',
    headers: { cookie: await campus.signIn(number) },
  })
  return reply.json<{ messages: { kind: string; body: string }[] }>().messages[0]!
}

const leavers = {
  'zh-TW': {
    number: people.aEarly.number,
    to: 'graduated',
    lead: '您已離校，這張卡不再能開校園的門。它現在是一般的無記名卡：儲值金仍可使用，學生優待票不再適用。',
    lives: ['校園門禁：在', '卡片：留在您身邊，不必繳回', '儲值金：不受影響', '學生優待票：不再適用'],
    edition: '舊版學生證悠遊卡',
    lost: '找不到卡片',
    loss: '離校後學校不能掛失',
    call: '請直接致電悠遊卡公司',
    report: '看完整費用，下一步確認',
    reissue: '申請補換發',
    hidden: ['卡片損壞、改名或補發', '不會轉移的功能'],
    noReissue: '目前不能申請補換發',
  },
  en: {
    number: people.bOnTheStroke.number,
    to: 'withdrawn',
    lead: 'You have left the university, and this card no longer opens doors on campus. It is an ordinary anonymous card now: its stored value can still be used, the student fare no longer.',
    lives: [
      'Campus access: ends with the door update of',
      'The card: you keep it; it is not asked back.',
      'Stored value: not touched',
      'Student fare: no longer yours',
    ],
    edition: 'Old student ID EasyCard',
    lost: 'I cannot find my card',
    loss: 'After leaving, the university cannot report a card lost',
    call: 'To have the stored value locked sooner, call EasyCard Corporation',
    report: 'See the whole cost and confirm',
    reissue: 'Apply',
    hidden: ['Damaged card, new name, reissue', 'What does not move'],
    noReissue: 'You cannot apply for a reissue now',
  },
} as const

describe('leaving, by a roster', () => {
  it('the doors let both cards go with the next update, and the leavers only', async () => {
    await campus.moveTo('2023-10-18T11:30')
    for (const { old } of [people.aEarly, people.bOnTheStroke, people.cDuringTheRun])
      expect(await doors.opens('gate-main', old)).toBe(true)
    await roster('roster.csv', {
      [people.aEarly.number]: { status: leavers['zh-TW'].to },
      [people.bOnTheStroke.number]: { status: leavers.en.to, language: 'en' },
    })
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    for (const { old } of [people.aEarly, people.bOnTheStroke])
      expect(await doors.opens('gate-main', old)).toBe(false)
    expect(await doors.opens('gate-main', people.cDuringTheRun.old)).toBe(true)
  }, 60_000)

  it.each(['zh-TW', 'en'] as const)(
    'what each life does, and no act that is refused (%s)',
    async language => {
      const { number, ...w } = leavers[language]
      const letter = await newest(number)
      expect(letter.kind).toBe('status-changed')
      for (const life of w.lives) expect(letter.body).toContain(life)
      expect(letter.body).toContain('412-8880')

      const visit = await onPhone(site, number, language)
      expect(await lead(visit)).toBe(w.lead)
      for (const name of w.hidden) expect(await visit.page.getByRole('link', { name }).count()).toBe(0)
      await stop(visit, `leaving-1-my-card-${language}`)
      await goTo(visit, '/my-card/loss')
      expect(await said(visit)).toContain(w.loss)
      expect(await said(visit)).toContain(w.call)
      expect(await visit.page.locator('a[href^="tel:"]').count()).toBeGreaterThan(0)
      expect(await visit.page.getByRole('button', { name: w.report }).count()).toBe(0)
      await stop(visit, `leaving-2-loss-${language}`)
      await goTo(visit, '/my-card/reissue')
      expect(await visit.page.getByRole('button', { name: w.reissue }).count()).toBe(0)
      expect(await said(visit)).toContain(w.noReissue)
      await stop(visit, `leaving-3-reissue-${language}`)
      await goTo(visit, '/my-card/refund')
      await stop(visit, `leaving-4-refund-${language}`)
      await visit.close()
    },
  )
})

const onLeave = {
  'zh-TW': {
    student: people.onLeaveGongguan,
    clerk: 'desk-gongguan',
    why: /休學[\s\S]*新卡自 2024年3月1日（五） ?起可領取。$/,
    where: /公館/,
    open: /^舊卡的校園門禁已於 3月1日（五）00:00 終止。您的新卡在公館校區教務組，現在開放，至 12:00。$/,
    may: '可領取',
    seen: '請查驗身分',
    signs: '請學生簽名',
    handed: '已交付',
    activate: '啟用新卡',
    digits: '新卡卡號末四碼',
    pending: '新卡已啟用，最晚 16:00 起能開校園的門。',
    works: /^校園的門自 15:\d\d 起改用新卡/,
  },
  en: {
    student: people.onLeaveHeping,
    clerk: 'desk-registry',
    why: /leave[\s\S]*You can collect your new card from Fri 1 Mar 2024\.$/,
    where: /Registration Division/,
    open: /^The campus access of your old card ended on Fri 1 Mar 00:00\. Your new card is at the Registration Division, open now/,
    may: 'May collect',
    seen: 'Check the identity',
    signs: 'The student signs',
    handed: 'Handed over',
    activate: 'Activate the new card',
    digits: 'Last four digits of the new card',
    pending: 'Your new card is activated and opens doors from 16:00 at the latest.',
    works: /^The doors use your new card since 15:\d\d/,
  },
} as const

describe('on leave until 1 March', () => {
  it.each(['zh-TW', 'en'] as const)(
    'why not, from which day and where; the calendar has the day (%s)',
    async language => {
      const { student, ...w } = onLeave[language]
      const visit = await onPhone(site, student.number, language)
      expect(await lead(visit)).toMatch(w.why)
      expect(await said(visit)).toMatch(w.where)
      expect(await visit.page.locator('[data-desk-code-text]').count()).toBe(0)
      await stop(visit, `leave-1-not-yet-${language}`)
      const file = await visit.context.request.get('/my-card/calendar.ics')
      expect(await file.text()).toContain('DTSTART;VALUE=DATE:20240301')
      expect(await doors.opens('gate-main', student.old)).toBe(false)
      await visit.close()
    },
  )

  it('back by the new roster, they collect on a day of March, activate, and enter after the next update', async () => {
    await campus.moveTo('2024-03-04T09:30')
    await campus.gatehouse.dates.look()
    await roster('roster-2024-02.csv', { [people.onLeaveHeping.number]: { language: 'en' } })
    await campus.moveTo('2024-03-04T10:00')
    await campus.settle()
    await campus.moveTo('2024-03-04T10:30')
    for (const language of ['zh-TW', 'en'] as const) {
      const { student, ...w } = onLeave[language]
      const visit = await onPhone(site, student.number, language)
      expect(await lead(visit)).toMatch(w.open)
      await stop(visit, `leave-2-back-${language}`)
      const code = await visit.page.locator('[data-desk-code-text]').textContent()
      const desk = await openDesk(site, w.clerk, phone(language))
      await type(desk.page, code!)
      await says(desk.page, w.may)
      await tap(desk.page, student.new)
      await says(desk.page, w.signs)
      await desk.page.keyboard.press('F8')
      await says(desk.page, new RegExp(w.handed))
      await stop(desk, `leave-3-desk-${language}`)
      await desk.close()
      await visit.page.reload()
      await visit.page.getByLabel(w.digits).fill(student.digits)
      await visit.page.getByRole('button', { name: w.activate }).click()
      await expect.poll(() => lead(visit)).toBe(w.pending)
      await stop(visit, `leave-4-pending-${language}`)
      await visit.close()
    }
    await campus.moveTo('2024-03-04T15:00')
    await campus.settle()
    for (const language of ['zh-TW', 'en'] as const) {
      const { student, ...w } = onLeave[language]
      const visit = await onPhone(site, student.number, language)
      expect(await lead(visit)).toMatch(w.works)
      await stop(visit, `leave-5-works-${language}`)
      expect(await doors.opens('gate-main', student.new)).toBe(true)
      expect(await doors.opens('gate-main', student.old)).toBe(false)
      await visit.close()
    }
  }, 120_000)
})
