import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../src/lib/words.ts'
import type { TestCampus } from '../campus.ts'
import { collect, people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'
import { said } from './story.ts'

/*
 * A student without a phone, at the desk: the new card is activated, paused and reported lost there, on a page that runs no
 * scripts, and what My card says changes with it. Once in each language, each with a student of their own.
 */
let site: Site
let campus: TestCampus

beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
  campus = site.campus
}, 120_000)
afterAll(() => site.close())

/** The one sentence of My card; a part of the page may have a sentence of its own. */
const lead = ({ page }: Visit): Promise<string> => page.locator('.my-card > .lead').innerText()

/** Where each story is looked at, so that each stop is in one language; all of them where all looks are asked for. */
const stops: Record<Language, readonly string[]> = {
  'zh-TW': ['1-find', '2-found', '4-paused', '7-applied'],
  en: ['3-active', '5-whole-cost', '6-lost'],
}

const words = {
  'zh-TW': {
    title: '為現場的持卡人辦理',
    who: '學號，或感應、輸入卡片號碼',
    checked: '您如何查驗身分',
    passport: '護照',
    find: '找人',
    nobody: '沒有人符合這個學號或卡片。',
    here: '現場的持卡人',
    checkedBy: '已查驗：護照',
    before: '您已領取新卡。啟用前，校園的門仍由舊卡開',
    digits: '新卡卡號末四碼，或啟用碼',
    activate: '啟用新卡',
    wrong: '輸入的末四碼與您領取的新卡不符',
    after: '新卡已啟用。舊卡開門到 15:00，新卡最晚 16:00 起開門。',
    missing: '找不到卡片：暫停校園門禁、掛失、找到了',
    pause: '暫停校園門禁',
    paused: '校園門禁自 10:0',
    see: '看完整費用，下一步確認',
    confirmTitle: '確認掛失',
    notYet: '先不要',
    confirm: '確定掛失這張卡',
    lost: '門禁還沒有換到新卡，舊卡繼續開門',
    apply: '申請補換發',
    photoFirst: '照片正確時請勾選確認',
    photoRight: '我看過檔案照片',
    unpaid: '補發已申請，還沒繳費',
    notMine: '我沒有使用',
    doneToo: ['申請補發', '標記不會轉移的功能'],
    done: ['掛失卡片', '暫停校園門禁', '啟用新卡'],
  },
  en: {
    title: 'For a person who is here',
    who: 'Student number, or a card tapped or its number',
    checked: 'How you checked who it is',
    passport: 'Passport',
    find: 'Find the person',
    nobody: 'Nobody has this student number or card.',
    here: 'Present',
    checkedBy: 'Checked: Passport',
    before: 'You have your new card',
    digits: 'Last four digits of the new card, or its activation code',
    activate: 'Activate the new card',
    wrong: 'These are not the last four digits of the card you collected',
    after: 'Your new card is activated',
    missing: 'A card is missing',
    pause: 'Pause campus access',
    paused: 'paused since 10:0',
    see: 'See the whole cost and confirm',
    confirmTitle: 'Report this card lost?',
    notYet: 'Not yet',
    confirm: 'Report this card lost',
    lost: 'reported lost at 10:0',
    apply: 'Apply',
    photoFirst: 'If the photo is right, tick the box.',
    photoRight: 'I have looked at my photo on record',
    unpaid: 'applied for a reissue and not paid yet',
    notMine: 'I do not use this',
    doneToo: ['Reissue applied for', 'What does not move ticked off'],
    done: ['Card reported lost', 'Campus access paused', 'New card activated'],
  },
} satisfies Record<Language, unknown>

const stories = [
  { language: 'zh-TW', student: people.aEarly, width: 360 },
  { language: 'en', student: people.bOnTheStroke, width: 1280 },
] as const

describe.each(stories)(
  'a student without a phone at the desk ($language)',
  ({ language, student, width }) => {
    const w = words[language]
    let visit: Visit

    /** The page as it stands, looked at by a clerk whose browser runs scripts, in every size and colour. */
    async function lookedAt(name: string): Promise<void> {
      if (process.env.LOOKS !== 'all' && !stops[language].includes(name)) return
      const { pathname, search } = new URL(visit.page.url())
      for (const look of looks.filter(each => each.language === language)) {
        const { page, troubles, close } = await site.as('desk-csie', look)
        await page.goto(pathname + search)
        // What is folded away is looked at as well.
        await page.evaluate(() => {
          for (const folded of document.querySelectorAll('main details')) folded.setAttribute('open', '')
        })
        await screenshot(page, `present-${name}-${look.width}-${look.theme}-${language}`)
        await expectAccessible(page)
        await expectNoSideScroll(page)
        expect(troubles).toEqual([])
        await close()
      }
    }

    it('is found by number, and the page says what My card says to them', async () => {
      await collect(campus, student)
      visit = await site.as('desk-csie', { language, width, scripts: false })
      const { page } = visit
      await page.goto('/staff/present')
      await lookedAt('1-find')
      await page.getByLabel(w.who).fill('99999999X')
      await page.getByLabel(w.checked).selectOption({ label: w.passport })
      await page.getByRole('button', { name: w.find }).click()
      expect(await said(visit)).toContain(w.nobody)
      await page.getByLabel(w.who).fill(student.number.toLowerCase())
      await page.getByRole('button', { name: w.find }).click()
      expect(page.url()).not.toContain(student.number)
      const text = await said(visit)
      for (const line of [w.here, student.number, w.checkedBy]) expect(text).toContain(line)
      expect(await lead(visit)).toContain(w.before)
      await lookedAt('2-found')
    })

    it('activates with the digits on the card, after a wrong try that is told at the field', async () => {
      const { page } = visit
      const digits = () => page.getByLabel(w.digits)
      await digits().fill(student.digits === '0000' ? '1111' : '0000')
      await page.getByRole('button', { name: w.activate }).click()
      expect(await page.locator('.field.wrong').innerText()).toContain(w.wrong)
      expect(await lead(visit)).toContain(w.before)
      // With the keyboard alone.
      await digits().fill(student.digits)
      await page.keyboard.press('Enter')
      await page.locator('#done').waitFor()
      expect(await lead(visit)).toContain(w.after)
      await lookedAt('3-active')
    })

    it('pauses, and reports lost in two steps; the sentence changes with each', async () => {
      const { page } = visit
      const open = async () => {
        const part = page.locator('#missing')
        if ((await part.getAttribute('open')) === null) await part.locator('summary').press('Enter')
        return part
      }
      await (await open()).getByRole('button', { name: w.pause }).first().click()
      expect(await lead(visit)).toContain(w.paused)
      await lookedAt('4-paused')
      await (await open()).getByRole('button', { name: w.see }).first().click()
      await page.getByRole('heading', { name: w.confirmTitle }).waitFor()
      expect(await said(visit)).toContain(student.number)
      await lookedAt('5-whole-cost')
      await page.getByRole('button', { name: w.confirm }).click()
      expect(await lead(visit)).toContain(w.lost)
      const done = await page.locator('#done').innerText()
      for (const line of w.done) expect(done).toContain(line)
      await lookedAt('6-lost')
    })

    it('applies for another card, with the photo looked at first, and ticks off what does not move', async () => {
      const { page } = visit
      const part = async (id: string) => {
        const found = page.locator(`#${id}`)
        if ((await found.getAttribute('open')) === null) await found.locator('summary').first().click()
        return found
      }
      const apply = async () => (await part('reissue')).getByRole('button', { name: w.apply }).click()
      await apply()
      expect(await page.locator('#photo-error').innerText()).toContain(w.photoFirst)
      await (await part('reissue')).getByLabel(w.photoRight).check()
      await apply()
      expect(await lead(visit)).toContain(w.unpaid)
      await (await part('extras')).getByRole('button', { name: w.notMine }).first().click()
      expect(new URL(page.url()).searchParams.get('part')).toBe('extras')
      const done = await page.locator('#done').innerText()
      for (const line of w.doneToo) expect(done).toContain(line)
      await lookedAt('7-applied')
      await visit.close()
    })
  },
)

it('is one link away from the staff’s first screen and from the desk, for those who may', async () => {
  const { page, close } = await site.as('desk-csie')
  for (const path of ['/staff', '/staff/desk']) {
    await page.goto(path)
    await page.getByRole('link', { name: words.en.title }).click()
    await page.getByRole('heading', { name: words.en.title }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/staff/present')
  }
  await close()
  const keeper = await site.as('access')
  await keeper.page.goto('/staff')
  await keeper.page.getByRole('heading', { name: 'Screens' }).waitFor()
  expect(await keeper.page.getByRole('link', { name: words.en.title }).count()).toBe(0)
  await keeper.page.goto('/staff/present')
  expect(await keeper.page.locator('main').innerText()).toContain('There is no such page')
  await keeper.close()
})
