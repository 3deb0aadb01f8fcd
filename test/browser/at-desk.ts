import { encode } from '../../src/card/formats.ts'
import type { Look, Visit } from './chromium.ts'
import type { Site } from './site.ts'

type Page = Visit['page']

/** The desk's screen of a clerk, ready for its first scan. */
export async function openDesk(site: Site, clerk: string, look: Look = {}): Promise<Visit> {
  const visit = await site.as(clerk, look)
  await visit.page.goto('/staff/desk')
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
