import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellWhatDoorsConfirmed } from '../../src/app/confirmations.ts'
import type { Language } from '../../src/lib/words.ts'
import type { TestCampus } from '../campus.ts'
import { Doors } from '../doors.ts'
import { people, type Student } from '../people.ts'
import { openDesk, says, tap, type } from './at-desk.ts'
import { openSite, type Site } from './site.ts'
import { goTo, lead, onPhone, phone, said, stop } from './story.ts'

/*
 * From the code on the phone to the day on which the new card opens every door: collected at the desk, activated, promised,
 * told to the doors (one of which does not answer at first), and read back. Once in each language, on a day of its own.
 */
let site: Site
let campus: TestCampus
let doors: Doors

beforeAll(async () => {
  site = await openSite({ doors: '127.63.31', from: '2023-10-18T09:55' })
  campus = site.campus
  doors = await Doors.of(campus.owner, campus.emulator!)
  await campus.owner.db
    .updateTable('person')
    .set({ language: 'en' })
    .where('student_number', '=', people.bOnTheStroke.number)
    .execute()
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
}, 120_000)
afterAll(() => site.close())

/** Which of a student's two cards stand on the board of the main gate, by the board's own list. */
async function atTheGate({ old, new: fresh }: Student): Promise<string[]> {
  const numbers = await doors.numbersAt('gate-main')
  const stands = (chip: string) => numbers.has(doors.numberAt('gate-main', chip))
  return [...(stands(old) ? ['old'] : []), ...(stands(fresh) ? ['new'] : [])]
}

/** A student's own messages, the oldest first, as the university's app asks for them. */
async function mail(student: Student): Promise<{ kind: string; subject: string; body: string }[]> {
  const reply = await campus.gatehouse.server.inject({
    url: '/api/v1/me/messages',
    headers: { cookie: await campus.signIn(student.number) },
  })
  return reply.json<{ messages: { kind: string; subject: string; body: string }[] }>().messages.toReversed()
}

const words = {
  'zh-TW': {
    mayCollect: '可領取',
    signs: '請學生簽名',
    handedOver: '已交付：示例生甲零一',
    waits: /^您的新卡在資訊工程學系系辦公室，現在開放，至 12:00。$/,
    collected: /^您已領取新卡。啟用前，校園的門仍由舊卡開（至 2024年3月1日（五）00:00）。$/,
    before: '如果您現在啟用',
    from: '15:00 起，最晚 16:00',
    carry: '兩張卡都帶著',
    until: '到 16:00 為止，每扇門都有其中一張能開，但不一定是同一張。',
    digits: '新卡卡號末四碼',
    activate: '啟用新卡',
    after: '換卡時程',
    pending: '新卡已啟用。舊卡開門到 15:00，新卡最晚 16:00 起開門。',
    begins: /^門禁正在換成新卡，最晚 16:00 完成。0\/(\d+) 個門禁控制器已確認。$/,
    counted:
      /^新卡在 (\d+)\/(\d+) 個門禁控制器可用，還在等：校門。校門的控制器沒有回應，一恢復連線就會更新。$/,
    silent: /校門[\s\S]*自 15:\d\d 起沒有回應[\s\S]*連不上/,
    works: /^校園的門自 15:\d\d 起改用新卡，(\d+) 個門禁控制器全部確認。$/,
    removed: '舊卡的移除',
    ended: '舊卡校園門禁已終止',
    toldOfSilent: '校門的門禁控制器沒有回應',
    told: /^各門已自 10月18日（三）15:\d\d 起使用您的新卡$/,
  },
  en: {
    mayCollect: 'May collect',
    signs: 'The student signs',
    handedOver: 'Handed over: Sample Student A17',
    waits: /^Your new card is at the Department of Computer Science office, open now until 12:00\.$/,
    collected:
      /^You have your new card\. Until you activate it, your old card opens the doors on campus \(until Fri 1 Mar 2024 00:00\)\.$/,
    before: 'If you activate now',
    from: 'from 15:00, at the latest 16:00',
    carry: 'Carry both cards',
    until: 'Until 16:00 one of the two opens each door, and not always the same one.',
    digits: 'Last four digits of the new card',
    activate: 'Activate the new card',
    after: 'When your cards change places',
    pending:
      'Your new card is activated. Your old card opens doors until 15:00, your new card from 16:00 at the latest.',
    begins:
      /^The doors are changing to your new card, by 16:00 at the latest\. 0 of (\d+) door controllers have confirmed it\.$/,
    counted:
      /^Your new card works at (\d+) of (\d+) door controllers; waiting for Campus gates\. The controllers of Campus gates do not answer and follow as soon as they do\.$/,
    silent: /Campus gates[\s\S]*silent since 15:\d\d[\s\S]*not reached/,
    works: /^The doors use your new card since 15:\d\d: all (\d+) door controllers have confirmed it\.$/,
    removed: 'Removal of the old card',
    ended: "Old card's campus access ended",
    toldOfSilent: 'Campus gates',
    told: /^Doors use your new card since 15:\d\d on Thu 19 October$/,
  },
} satisfies Record<Language, unknown>

const days = [
  { language: 'zh-TW', day: '2023-10-18', student: people.aEarly },
  { language: 'en', day: '2023-10-19', student: people.bOnTheStroke },
] as const

describe.each(days)(
  'a card is collected, activated and switched ($language)',
  ({ language, day, student }) => {
    const w = words[language]
    const shot = (at: string) => `switch-${at}-${language}`

    it('collected: the desk scans the code that the phone shows', async () => {
      await campus.moveTo(`${day}T10:30`)
      await campus.settle()
      const visit = await onPhone(site, student.number, language)
      expect(await lead(visit)).toMatch(w.waits)
      await stop(visit, shot('1-collectable'))
      const code = await visit.page.locator('[data-desk-code-text]').textContent()

      const desk = await openDesk(site, 'desk-csie', { language })
      await type(desk.page, code!)
      await says(desk.page, w.mayCollect)
      await tap(desk.page, student.new)
      await says(desk.page, w.signs)
      await desk.page.keyboard.press('F8')
      await says(desk.page, w.handedOver)
      await stop(desk, shot('2-desk'))
      await desk.close()

      await visit.page.reload()
      expect(await lead(visit)).toMatch(w.collected)
      expect(await visit.page.locator('[data-desk-code-text]').count()).toBe(0)
      const table = await visit.page.getByRole('table', { name: w.before }).innerText()
      expect(table).toContain(w.from)
      expect(await said(visit)).toContain(w.carry)
      expect(await said(visit)).toContain(w.until)
      await stop(visit, shot('3-collected'))
      expect(await atTheGate(student)).toEqual(['old'])
      await visit.close()
    })

    it('activated by the last digits: promised, and nothing changed at the doors', async () => {
      const visit = await onPhone(site, student.number, language)
      await visit.page.getByLabel(w.digits).fill(student.digits)
      await visit.page.getByRole('button', { name: w.activate }).click()
      await visit.page.getByRole('table', { name: w.after }).waitFor()
      expect(await lead(visit)).toBe(w.pending)
      await stop(visit, shot('4-pending'))
      await campus.settle()
      expect(await atTheGate(student)).toEqual(['old'])
      await visit.close()
    })

    it('the update: counted while one board is silent, and "works since" only after the last was read back', async () => {
      await campus.emulator!.faults(423100001, { silent: true })
      await campus.moveTo(`${day}T15:00`)
      const visit = await onPhone(site, student.number, language)
      expect(await lead(visit)).toMatch(w.begins)
      await campus.settle()
      await visit.page.reload()
      expect(await lead(visit)).toMatch(w.counted)
      const [done = 0, all = 0] = w.counted
        .exec(await lead(visit))!
        .slice(1)
        .map(Number)
      expect(done).toBe(all - 1)
      expect(await said(visit)).toMatch(w.silent)
      await stop(visit, shot('5-switching'))
      expect(await atTheGate(student)).toEqual(['old'])
      await tellWhatDoorsConfirmed(campus.gatehouse.register)
      expect((await mail(student)).at(-1)).toMatchObject({
        kind: 'doors-waiting',
        body: expect.stringContaining(w.toldOfSilent),
      })

      await campus.emulator!.faults(423100001, { silent: false })
      await campus.rested()
      await campus.settle()
      await tellWhatDoorsConfirmed(campus.gatehouse.register)
      await tellWhatDoorsConfirmed(campus.gatehouse.register)
      await visit.page.reload()
      expect(await lead(visit)).toMatch(w.works)
      expect(Number(w.works.exec(await lead(visit))![1])).toBe(all)
      expect(await said(visit)).toContain(w.ended)
      expect(await visit.page.locator('summary').filter({ hasText: w.removed }).innerText()).toMatch(
        /(\d+)\D+\1/,
      )
      await stop(visit, shot('6-works'))
      expect(await atTheGate(student)).toEqual(['new'])
      expect(await doors.opens('gate-main', student.new)).toBe(true)
      expect(await doors.opens('gate-main', student.old)).toBe(false)
      await visit.close()
    })

    it('each fact was written once, after it, to its reader', async () => {
      const messages = await mail(student)
      expect(messages.map(({ kind }) => kind)).toEqual([
        'card-handed-over',
        'card-activated',
        'doors-waiting',
        'doors-confirmed',
      ])
      expect(messages.at(-1)?.subject).toMatch(w.told)
      const office = await site.as('office', phone(language))
      await goTo(office, '/staff/outbox')
      await office.page.getByText(student.number).first().waitFor()
      expect(await said(office)).toContain(messages.at(-1)!.subject)
      await stop(office, shot('7-outbox'))
      await office.close()
    })
  },
)
