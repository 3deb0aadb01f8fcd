import { expect } from 'vitest'
import type { Language } from '../../src/lib/words.ts'
import { expectAccessible, expectNoSideScroll, type Look, screenshot, type Visit } from './chromium.ts'
import type { Site } from './site.ts'

/** A phone in a story: Chinese ones are light, English ones dark, so that both are seen. */
export const phone = (language: Language): Look => ({
  width: 360,
  language,
  theme: language === 'en' ? 'dark' : 'light',
})

/** A student's page on a phone. */
export async function onPhone(
  site: Site,
  number: string,
  language: Language,
  path = '/my-card',
): Promise<Visit> {
  const visit = await site.as(number, phone(language))
  await visit.page.goto(path)
  return visit
}

/** The one sentence of a page. */
export const lead = ({ page }: Visit): Promise<string> => page.locator('.lead').innerText()

/** Everything a page says. */
export const said = ({ page }: Visit): Promise<string> => page.locator('main').innerText()

/** The page once more, as it is now. */
export async function goTo({ page }: Visit, path: string): Promise<void> {
  await page.goto(path)
}

/** A stop of a story: the page can be read by everybody, nothing sticks out, and nothing has gone wrong until here. */
export async function stop({ page, troubles }: Visit, name: string): Promise<void> {
  await screenshot(page, name)
  await expectAccessible(page)
  await expectNoSideScroll(page)
  expect(troubles).toEqual([])
}
