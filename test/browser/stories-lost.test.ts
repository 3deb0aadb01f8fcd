import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendDueReports } from '../../src/app/boundaries.ts'
import type { Language } from '../../src/lib/words.ts'
import type { TestCampus } from '../campus.ts'
import { Doors } from '../doors.ts'
import { people } from '../people.ts'
import { openSite, type Site } from './site.ts'
import { lead, onPhone, said, stop } from './story.ts'

/*
 * Nine in the evening, the card is gone, and the controller of one building is dead: the page says which doors no longer
 * open to it and which could not be reached, until the last one has removed it too. Once in each language.
 */
const gymnasium = 423100007

let site: Site
let campus: TestCampus
let doors: Doors

beforeAll(async () => {
  site = await openSite({ doors: '127.63.32', from: '2023-10-18T14:55' })
  campus = site.campus
  doors = await Doors.of(campus.owner, campus.emulator!)
  await campus.moveTo('2023-10-18T15:00')
  await campus.settle()
}, 120_000)
afterAll(() => site.close())

const words = {
  'zh-TW': {
    see: '看完整費用，下一步確認',
    cost: [
      '校園門禁\n確認後立即終止，不等更新時段',
      '10月20日（五）06:00；在那之前取消，一切照舊',
      '餘額約 20 個工作天退還',
      'NT$20，由餘額扣除',
      '從悠遊卡公司收到掛失起算 3 小時內由您負擔（收到之前也是）',
    ],
    later: '到這個時間再送出，除非我找到',
    time: '送出時間',
    title: '確認掛失',
    confirm: '確定掛失這張卡',
    reported: '已於 21:00 掛失',
    leaves: '將於 10月20日（五）06:00 送給發卡機構',
    partly: /舊卡已掛失/,
    silentThere: /體育館\s*自 \d\d:\d\d 起沒有回應\s*連不上/,
    goneThere: /圖書館總館\s*已移除/,
    about: '連不上的門一恢復連線就會移除。在此之前，撿到卡的人可能還開得了',
    none: '連不上',
    list: '掛失卡的移除',
    waits: '儲值金還沒有鎖住，也還可以取消掛失',
    sent: '掛失資料已於 06:00 送給悠遊卡公司，儲值金由它鎖住，不能復原。',
  },
  en: {
    see: 'See the whole cost and confirm',
    cost: [
      'Campus access\nEnds at once when you confirm; it does not wait for an update',
      'Until Sun 22 Oct 06:00; until then taking it back leaves everything as it was',
      'the balance is paid back in about 20 working days',
      'NT$20, taken from the balance',
      'Your loss until 3 hours after EasyCard Corporation receives the report, and before it does',
    ],
    later: 'At this time, unless I find it',
    time: 'Time of sending',
    title: 'Report this card lost?',
    confirm: 'Report this card lost',
    reported: 'Reported lost at 21:00',
    leaves: 'It goes to the issuer at Sun 22 Oct 06:00',
    partly: /Your old card is reported lost/,
    silentThere: /Gymnasium\s*silent since \d\d:\d\d\s*not reached/,
    goneThere: /Main Library\s*removed/,
    about:
      'A door that cannot be reached removes it as soon as it answers again. Until then a finder may still open it',
    none: 'not reached',
    list: 'Removal of the lost card',
    waits: 'Until then the stored value is not locked, and you can take the report back.',
    sent: 'EasyCard Corporation was told at 06:00 and locks the stored value. That cannot be undone.',
  },
} satisfies Record<Language, unknown>

const evenings = [
  { language: 'zh-TW', day: '2023-10-18', sent: '2023-10-20T06:00', student: people.aEarly },
  { language: 'en', day: '2023-10-20', sent: '2023-10-22T06:00', student: people.bOnTheStroke },
] as const

describe.each(evenings)('lost in the evening, one controller dead ($language)', story => {
  const { language, day, sent, student } = story
  const w = words[language]
  const shot = (at: string) => `lost-${at}-${language}`

  it('the whole cost stands before the button, and the report is put off to the next sending time', async () => {
    await campus.moveTo(`${day}T21:00`)
    await campus.emulator!.faults(gymnasium, { silent: true })
    const visit = await onPhone(site, student.number, language, '/my-card/loss')
    const { page } = visit
    await stop(visit, shot('1-missing'))
    await page.getByLabel(w.later).check()
    const times = page.getByLabel(w.time)
    const at = await times
      .locator('option')
      .evaluateAll(
        (options, utc) => options.map(each => each.getAttribute('value')).indexOf(utc),
        new Date(`${sent}+08:00`).toISOString().replace('.000', ''),
      )
    await times.selectOption({ index: at })
    await page.getByRole('button', { name: w.see }).click()
    await page.getByRole('heading', { name: w.title }).waitFor()
    const cost = await said(visit)
    for (const line of w.cost) expect(cost).toContain(line)
    await stop(visit, shot('2-whole-cost'))
    await page.getByRole('button', { name: w.confirm }).click()
    await page.getByText(w.reported).waitFor()
    expect(await said(visit)).toContain(w.leaves)
    await stop(visit, shot('3-reported'))
    await visit.close()
  })

  it('the urgent path: where it opens nothing any more, and the building that could not be reached', async () => {
    expect(await doors.opens('gym-entrance', student.old)).toBe(true)
    await campus.settle()
    const visit = await onPhone(site, student.number, language)
    expect(await lead(visit)).toMatch(w.partly)
    const list = visit.page.locator('section.panel', { hasText: w.list })
    expect(await list.innerText()).toMatch(w.silentThere)
    expect(await list.innerText()).toMatch(w.goneThere)
    expect(await list.innerText()).toContain(w.about)
    expect(await said(visit)).toContain(w.waits)
    await stop(visit, shot('4-not-reached'))
    expect(await doors.opens('gate-main', student.old)).toBe(false)
    await visit.close()
  })

  it('the controller is back: removed everywhere; sent in the morning, and not to be taken back', async () => {
    await campus.emulator!.faults(gymnasium, { silent: false })
    await campus.rested()
    await campus.settle()
    const visit = await onPhone(site, student.number, language)
    expect(await doors.opens('gym-entrance', student.old)).toBe(false)
    const list = visit.page.locator('details', { hasText: w.list })
    expect(await list.locator('summary').innerText()).toMatch(/(\d+)\D+\1/)
    expect(await said(visit)).not.toContain(w.none)
    await stop(visit, shot('5-removed'))
    await campus.moveTo(sent)
    await sendDueReports(campus.gatehouse.register)
    await visit.page.reload()
    expect(await said(visit)).toContain(w.sent)
    await stop(visit, shot('6-sent'))
    await visit.close()
  })
})
