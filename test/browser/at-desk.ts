import { encode } from '../../src/card/formats.ts'
import { type Look, openPage, type Visit } from './chromium.ts'

type Page = Visit['page']

/** Every way a page is looked at: narrow and wide, light and dark, in both languages. */
export const looks = ([360, 1280] as const).flatMap(width =>
  (['light', 'dark'] as const).flatMap(theme =>
    (['zh-TW', 'en'] as const).map(language => ({ width, theme, language })),
  ),
)

/** A screen of somebody of the staff, signed in by the cookie of `campus.signIn`. */
export async function openStaff(
  origin: string,
  cookie: string,
  path: string,
  look: Look = {},
): Promise<Visit> {
  const visit = await openPage({ language: 'en', ...look, origin })
  await visit.context.addCookies([{ name: 'session', value: cookie.replace('session=', ''), url: origin }])
  await visit.page.goto(path)
  return visit
}

/** The desk's screen, ready for its first scan. */
export async function openDesk(origin: string, cookie: string, look: Look = {}): Promise<Visit> {
  const visit = await openStaff(origin, cookie, '/staff/desk', look)
  await visit.page.getByRole('status').waitFor()
  return visit
}

/** What the desk's reader types for a card, wherever the focus is: the chip in decimal, bytes reversed, and Enter. */
export const tap = (page: Page, chip: string): Promise<void> =>
  type(page, encode(Uint8Array.fromHex(chip), 'le-dec-10')!)

/** Types at the desk, wherever the focus is, with Enter behind it. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** Until the bar at the bottom says this. */
export const says = (page: Page, word: string | RegExp): Promise<void> =>
  page.getByRole('status').getByText(word).waitFor()
