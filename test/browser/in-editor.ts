import type { Page } from 'playwright-core'
import { openNewInstallation } from '../../src/programme/trial-installation.ts'
import { beginSession } from '../../src/server/sessions.ts'
import { employ } from '../staff.ts'
import { type Look, openPage, type Visit } from './chromium.ts'

/** A new installation that answers at an address, with a second officer signed in beside the first. */
export async function openForTwo() {
  const installation = await openNewInstallation()
  const { server, database } = installation.gatehouse
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  await employ(database.db, { id: 'second', nameZh: '第二承辦', nameEn: 'Second Officer', role: 'office' })
  const second = (await beginSession(database, { staffId: 'second' }))!
  return { installation, address, second }
}

/** A field of the form by its place in the programme. */
export const field = (page: Page, path: string) => page.locator(`[id="${path}"]`)

/** Goes to a part of the form. */
export async function part(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Parts' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
  await page.getByRole('heading', { name, level: 2 }).waitFor()
}

/** Fills fields in; what is written is kept when a field is left. */
export async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [path, value] of Object.entries(values)) {
    const input = field(page, path)
    const tag = await input.evaluate(element => element.tagName)
    if (tag === 'SELECT') await input.selectOption(value)
    else {
      await input.fill(value)
      await input.blur()
    }
  }
}

/** Ticks what may be chosen. */
export async function tick(page: Page, ...paths: string[]): Promise<void> {
  for (const path of paths) await field(page, path).check()
}

/** Adds an item to a list, named where items have names; it opens by itself, with the cursor in it. */
export async function add(page: Page, list: string, name?: string): Promise<void> {
  const frame = field(page, list)
  const before = await frame.locator(':scope > ol > li').count()
  if (name !== undefined) await field(page, `${list}/+`).fill(name)
  await frame.locator(':scope > .editor-add button').click()
  await frame.locator(':scope > ol > li').nth(before).locator(':scope > details[open] :focus').waitFor()
}

/** A text in both languages, by its fields. */
export const both = (path: string, zh: string, en: string) => ({ [`${path}/zh-TW`]: zh, [`${path}/en`]: en })

/** A page of whose session it is; in English unless asked otherwise. */
export async function visitAt(address: string, token: string, look: Look = {}): Promise<Visit> {
  const opened = await openPage({ language: 'en', ...look, origin: address })
  await opened.context.addCookies([{ name: 'session', value: token, url: address }])
  return opened
}
