import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../people.ts'
import { openDesk, type } from './at-desk.ts'
import { expectAccessible, expectNoSideScroll, type Look, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
}, 120_000)
afterAll(() => site.close())

const said = {
  'zh-TW': {
    link: '我的照片',
    file: '照片檔案',
    submit: '送出照片',
    small: '照片太小',
    waits: '正等卡務承辦查看',
    counts: '櫃檯與卡片使用這張照片',
    choose: '選擇檔案',
    results: '收錄 1 張，未收 2 張',
    accept: /採用 .* 的照片/,
    nothing: '沒有等待查看的照片',
  },
  en: {
    link: 'My photo',
    file: 'The photo’s file',
    submit: 'Send the photo',
    small: 'The photo is too small',
    waits: 'The card office will look at it.',
    counts: 'This photo is used at the desk',
    choose: 'Choose a file',
    results: '1 taken in, 2 not',
    accept: /Accept the photo of/,
    nothing: 'No photo waits',
  },
} as const

const stories = [
  { student: people.aEarly, other: people.cDuringTheRun, look: { language: 'zh-TW', theme: 'light' } },
  { student: people.bOnTheStroke, other: people.dLosesCard, look: { language: 'en', theme: 'dark' } },
] as const

/** A face as a child draws one, of so many pixels. */
const face = (seed: number, width = 700, height = 900) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 70 90"><rect width="70" height="90" fill="#dde"/><circle cx="35" cy="40" r="${18 + seed}" fill="#c96"/><circle cx="28" cy="36" r="2"/><circle cx="42" cy="36" r="2"/><path d="M26 50q9 8 18 0" fill="none" stroke="#000"/></svg>`,
    ),
  )
    .jpeg()
    .toBuffer()

describe.each(stories)('a photo ($look.language, $look.theme)', ({ student, other, look }) => {
  const w = said[look.language]
  const seed = look.language === 'en' ? 3 : 1
  const at = async ({ page, troubles }: Visit, name: string, width: number) => {
    await expectNoSideScroll(page)
    await screenshot(page, `photo-${name}-${width}-${look.theme}-${look.language}`)
    // A refused file is a 409, which the browser's console tells of, too.
    expect(troubles.filter(each => !each.includes('409'))).toEqual([])
  }

  it('is sent from the phone without scripts, refused with why, then waits', async () => {
    const phone: Look = { width: 360, scripts: false, ...look }
    const visit = await site.as(student.number, phone)
    const { page } = visit
    await page.goto('/my-card/photo')
    await page.getByRole('heading', { name: w.link }).waitFor()
    const send = async (buffer: Buffer) => {
      await page.getByLabel(w.file).setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer })
      await page.getByRole('button', { name: w.submit }).click()
    }
    await send(await face(seed, 70, 90))
    await page.getByText(w.small).waitFor()
    await at(visit, 'refused', 360)
    await send(await face(seed))
    await page.getByText(w.waits).waitFor()
    expect(page.url()).toMatch(/\/my-card\/photo$/)
    await at(visit, 'waits', 360)
    await visit.close()
  })

  it('is accepted by the office beside files of its own, and then compared at the desk', async () => {
    const visit = await site.as('office', { width: 1280, ...look })
    const { page } = visit
    await page.goto('/staff/photos')
    await page.getByRole('button', { name: w.accept }).waitFor()
    await expectAccessible(page)
    const jpeg = async (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })
    await page
      .locator('input[type=file]')
      .setInputFiles([
        await jpeg(`${other.number}.jpg`, await face(seed + 4)),
        await jpeg('somebody.jpg', await face(seed + 5)),
        await jpeg('41999999S.jpg', Buffer.from('no picture')),
      ])
    await page.getByText(w.results).waitFor()
    await at(visit, 'office', 1280)
    await page.setViewportSize({ width: 360, height: 800 })
    await at(visit, 'office', 360)
    await page.getByRole('button', { name: w.accept }).click()
    await page.getByText(w.nothing).waitFor()
    await visit.close()

    const own = await site.as(student.number, { width: 360, ...look })
    await own.page.goto('/my-card/photo')
    await own.page.getByText(w.counts).waitFor()
    await expectAccessible(own.page)
    await at(own, 'counts', 360)
    await own.close()

    const desk = await openDesk(site, 'desk-csie', { width: 1280, ...look })
    await type(desk.page, student.number)
    await desk.page.locator('figure.desk-photo img').waitFor()
    await expectAccessible(desk.page)
    await at(desk, 'desk', 1280)
    await desk.page.setViewportSize({ width: 360, height: 800 })
    await at(desk, 'desk', 360)
    await desk.close()
  })
})
