import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendDueReports } from '../../src/app/boundaries.ts'
import type { Language } from '../../src/lib/words.ts'
import { begin, callback, type Holder, holderOf, stockFor } from '../../src/reissue/trial-reissue.ts'
import type { TestCampus } from '../campus.ts'
import type { Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { goTo, lead, onPhone, said, stop } from './story.ts'

/*
 * A card reported lost, another one applied for, and then the first is found: before the new one was made it opens doors
 * again, its purse stays locked, and the application ends; afterwards it is refused, with the reason.
 */
let site: Site
let campus: TestCampus

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
  campus = site.campus
}, 120_000)
afterAll(() => site.close())

const words = {
  'zh-TW': {
    see: '看完整費用，下一步確認',
    confirm: '確定掛失這張卡',
    takeBack: '在那之前可以取消',
    lost: '遺失',
    photo: '我看過檔案照片',
    apply: '申請補換發，NT$200',
    unpaid: /^補發已申請，還沒繳費：請在 11月18日（六） ?以前繳清。$/,
    making: '補發已受理，新卡製作中。',
    dead: '掛失已送出：找到卡片時，校園門禁可以恢復，儲值金永久鎖住、不能恢復。',
    found: '我找到卡片了，恢復校園門禁',
    pause: '暫停校園門禁',
    locked: '先前已永久鎖住，不會再送一次',
    ended: '您的卡片已找回，上一次的申請已取消。',
    nothingToPay: '不需繳工本費。',
    kept: '已繳的工本費 NT$200 依規定不退還。',
    refused: '補發的新卡已經製作，這張卡不能再恢復校園門禁',
    collect: /^補發的新卡在教務處註冊組/,
    mails: ['尋獲的卡片：校園門禁已恢復，儲值金不能恢復', '補換發申請已取消'],
  },
  en: {
    see: 'See the whole cost and confirm',
    confirm: 'Report this card lost',
    takeBack: 'until then you can take it back',
    lost: 'Lost',
    photo: 'I have looked at my photo on record',
    apply: 'Apply, NT$200',
    unpaid: /^You have applied for a reissue and not paid yet: please pay by Sun 19 Nov\.$/,
    making: 'Your reissue is accepted, and the new card is being made.',
    dead: 'If you have found the card, its campus access can come back; its stored value is locked for good.',
    found: 'I found it: give campus access back',
    pause: 'Pause campus access',
    locked: 'Locked for good before; the issuer is not told a second time',
    ended: 'Your card was found again, and your last application is cancelled.',
    nothingToPay: 'There is nothing to pay.',
    kept: 'The fee of NT$200 that you paid is not paid back, as the rules say.',
    refused: 'Your replacement has been made, so this card does not get its campus access back',
    collect: /^Your reissued card is at the Registration Division/,
    mails: [
      'Your card was found: campus access is back, stored value is not',
      'Your reissue application was cancelled',
    ],
  },
} satisfies Record<Language, unknown>

/** A freshman whose card is in use, and who reads a language. */
async function active(number: string, language: Language): Promise<Holder> {
  const holder = await holderOf(campus, number)
  const { db } = campus.owner
  await db.updateTable('person').set({ language }).where('id', '=', holder.personId).execute()
  const done = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/me/card/activation',
    headers: { cookie: await campus.signIn(number) },
    payload: { lastDigits: holder.lastDigits },
  })
  expect(done.statusCode).toBe(200)
  return holder
}

const pays = async (holder: Holder): Promise<void> => {
  expect(await callback(campus, { id: await begin(campus, holder) })).toMatchObject({ status: 200 })
}

/** On the phone: the card is reported lost, another one is applied for, and in the morning the report has left. */
async function lostAndApplied(number: string, language: Language): Promise<Visit> {
  const w = words[language]
  const visit = await onPhone(site, number, language, '/my-card/loss')
  const { page } = visit
  await page.getByRole('button', { name: w.see }).click()
  await page.getByRole('button', { name: w.confirm }).click()
  await goTo(visit, '/my-card')
  expect(await lead(visit)).toContain(w.takeBack)
  await goTo(visit, '/my-card/reissue')
  await page.getByRole('radio', { name: w.lost, exact: true }).check()
  await page.getByLabel(w.photo).check()
  await page.getByRole('button', { name: w.apply }).click()
  await page.getByRole('button', { name: w.apply }).waitFor({ state: 'detached' })
  await goTo(visit, '/my-card')
  return visit
}

async function subjects(number: string): Promise<string[]> {
  const reply = await campus.gatehouse.server.inject({
    url: '/api/v1/me/messages',
    headers: { cookie: await campus.signIn(number) },
  })
  return reply.json<{ messages: { subject: string }[] }>().messages.map(({ subject }) => subject)
}

const mornings = [
  {
    language: 'zh-TW',
    day: '2023-10-18',
    unpaid: '41200001E',
    paid: '41200002E',
    made: '41200003E',
    chip: '04CC11BB22CC31',
  },
  {
    language: 'en',
    day: '2023-10-19',
    unpaid: '41200004E',
    paid: '41200005E',
    made: '41200006E',
    chip: '04CC11BB22CC32',
  },
] as const

describe.each(mornings)(
  'a lost card is found again ($language)',
  ({ language, day, unpaid, paid, made, chip }) => {
    const w = words[language]
    const shot = (at: string) => `found-${at}-${language}`
    let visits: { unpaid: Visit; paid: Visit; made: Visit }

    it('reported lost and applied for: unpaid, paid', async () => {
      await campus.moveTo(`${day}T11:00`)
      for (const number of [unpaid, made]) await active(number, language)
      const payer = await active(paid, language)
      visits = {
        unpaid: await lostAndApplied(unpaid, language),
        paid: await lostAndApplied(paid, language),
        made: await lostAndApplied(made, language),
      }
      expect(await lead(visits.unpaid)).toMatch(w.unpaid)
      await stop(visits.unpaid, shot('1-unpaid'))
      await pays(payer)
      await pays(await holderOf(campus, made))
      await visits.paid.page.reload()
      expect(await lead(visits.paid)).toBe(w.making)
      await stop(visits.paid, shot('2-making'))
      await campus.moveTo(`${day}T23:59`)
      await campus.moveTo(`${Temporal.PlainDate.from(day).add({ days: 1 }).toString()}T06:00`)
      await sendDueReports(campus.gatehouse.register)
    })

    it.each(['unpaid', 'paid'] as const)(
      'before the new one is made, %s: access comes back, the purse does not',
      async which => {
        const visit = visits[which]
        const { page } = visit
        await goTo(visit, '/my-card/loss')
        expect(await said(visit)).toContain(w.dead)
        await stop(visit, shot(`3-${which}-may-be-found`))
        await page.getByRole('button', { name: w.found }).click()
        await page.getByRole('button', { name: w.pause }).waitFor()
        expect(await said(visit)).toContain(w.locked)
        await stop(visit, shot(`4-${which}-found`))
        await goTo(visit, '/my-card/reissue')
        expect(await said(visit)).toContain(w.ended)
        expect((await said(visit)).includes(w.nothingToPay)).toBe(which === 'unpaid')
        expect((await said(visit)).includes(w.kept)).toBe(which === 'paid')
        await stop(visit, shot(`5-${which}-ended`))
        await goTo(visit, '/my-card')
        await stop(visit, shot(`6-${which}-my-card`))
        expect((await subjects(which === 'paid' ? paid : unpaid)).slice(0, 2).toSorted()).toEqual(
          w.mails.toSorted(),
        )
        await visit.close()
      },
    )

    it('after the new one was made it is refused, with the reason; also from a page that was open before', async () => {
      const visit = visits.made
      const { page } = visit
      await goTo(visit, '/my-card/loss')
      await stockFor(campus, [{ number: made, chip, printed: `99008888777711${chip.slice(-2)}` }])
      await page.getByRole('button', { name: w.found }).click()
      await page.getByRole('alert').getByText(w.refused).waitFor()
      expect(await page.getByRole('button', { name: w.found }).count()).toBe(0)
      await stop(visit, shot('7-refused'))
      await goTo(visit, '/my-card/loss')
      expect(await said(visit)).toContain(w.refused)
      await goTo(visit, '/my-card')
      expect(await lead(visit)).toMatch(w.collect)
      await stop(visit, shot('8-collect'))
      await visit.close()
    })
  },
)
