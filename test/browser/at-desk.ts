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

/**
 * Types at the desk, wherever the focus is, with Enter behind it: all keys at once, as a reader hands them to the computer. One
 * by one a busy machine may hold the first ones back for so long that they look like a hand's.
 */
export async function type(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const keys = [...Array.from(text, sign => ({ key: sign, text: sign })), { key: 'Enter', text: '\r' }]
  const strokes = keys.flatMap(key => [
    { ...key, type: 'keyDown' as const },
    { key: key.key, type: 'keyUp' as const },
  ])
  await Promise.all(strokes.map(stroke => session.send('Input.dispatchKeyEvent', stroke)))
  await session.detach()
}

/** Until the bar at the bottom says this. */
export const says = (page: Page, word: string | RegExp): Promise<void> =>
  page.getByRole('status').getByText(word).waitFor()
