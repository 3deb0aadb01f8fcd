import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProvided, type Provided } from '../provided.ts'
import { providerPassword } from '../provider-people.ts'
import {
  closeBrowser,
  expectAccessible,
  expectNoSideScroll,
  looks,
  openPage,
  screenshot,
} from './chromium.ts'

/* Signing in through the provider in a real browser: as a student, a clerk and a door owner, who sees nothing else. */

let at: Provided
beforeAll(async () => {
  at = await openProvided()
}, 60_000)
afterAll(async () => {
  await closeBrowser()
  await at.close()
})

async function atProvider(page: Page, username: string): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password').fill(providerPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Signs in from the first page, by the link that everybody sees. */
async function signIn(page: Page, username: string, language: 'en' | 'zh-TW' = 'en'): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: language === 'en' ? 'Sign in' : '登入', exact: true }).click()
  await atProvider(page, username)
}

const menu = (page: Page) => page.getByLabel(/^(Signed in|已登入)/)
const open = (look: object = {}) => openPage({ language: 'en', width: 1280, ...look, origin: at.origin })

describe('through the provider', () => {
  it('a student comes to their own card', async () => {
    const { page, troubles, close } = await open()
    await signIn(page, 's41047001s')
    await page.waitForURL('**/my-card')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBeTruthy()
    await screenshot(page, 'sign-in-student')
    expect(troubles).toEqual([])
    await close()
  })

  it('a clerk comes to the screens of a desk', async () => {
    const { page, troubles, close } = await open()
    await signIn(page, 'clerk.csie')
    await page.waitForURL('**/staff')
    await page.getByRole('link', { name: /Desk/ }).first().waitFor()
    await screenshot(page, 'sign-in-clerk')
    expect(troubles).toEqual([])
    await close()
  })

  it('a door owner comes to their doors, and reaches nothing else', async () => {
    const { page, context, close } = await open()
    await signIn(page, 'lab.owner')
    await page.waitForURL('**/staff')
    await page.getByRole('heading', { level: 1 }).waitFor()
    const offered = await page
      .locator('main a[href^="/staff/"]')
      .evaluateAll(links => links.map(link => link.getAttribute('href')))
    await screenshot(page, 'sign-in-door-owner')
    for (const path of ['/overview', '/accounts', '/sign-in', '/reissues', '/photos', '/desk'])
      expect(offered).not.toContain(`/staff${path}`)
    for (const path of [
      '/api/v1/overview',
      '/api/v1/accounts',
      '/api/v1/sign-in-settings',
      '/api/v1/desk',
      '/my-card',
    ])
      expect([path, (await context.request.get(`${at.origin}${path}`)).status()]).toEqual([path, 404])
    await close()
  })

  it('who has several roles chooses one by the keyboard alone, changes it from the header, and signs out', async () => {
    const { page, troubles, close } = await open()
    await signIn(page, 'several')
    await page.waitForURL('**/sign-in/as**')
    await expectAccessible(page)
    await page.getByRole('button', { name: /Door owner/ }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/staff')
    await menu(page).click()
    await page.getByText('Door owner', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Change role' }).click()
    await page.getByRole('button', { name: /Student/ }).click()
    await page.waitForURL('**/my-card')
    await menu(page).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    // Here, and then at the university, which asks and leads back.
    await page.getByRole('heading', { name: 'Sign out of the university' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${at.origin}/`)
    await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  it('choosing works without scripts', async () => {
    const { page, close } = await open({ scripts: false, width: 360 })
    await signIn(page, 'several')
    await page.getByRole('button', { name: /Student/ }).click()
    await page.waitForURL('**/my-card')
    await close()
  })
})

describe.each(looks)('at $width in $theme, $language', look => {
  const name = (of: string) => `${of}-${look.width}-${look.theme}-${look.language}`
  const lookAt = async (page: Page, of: string) => {
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await screenshot(page, name(of))
  }

  it('the pages around signing in', async () => {
    const { page, close } = await open(look)
    await page.goto('/sign-in/break-glass')
    await lookAt(page, 'sign-in-emergency')
    await page.locator('input[name=code]').fill('WRONG')
    await page.locator('form.emergency button').click()
    await page.locator('[aria-invalid=true]').waitFor()
    await lookAt(page, 'sign-in-emergency-wrong')
    await signIn(page, 'guest', look.language)
    await page.waitForURL('**/sign-in/back**')
    await lookAt(page, 'sign-in-nobody')
    await close()
    const several = await open(look)
    await signIn(several.page, 'several', look.language)
    await several.page.waitForURL('**/sign-in/as**')
    await lookAt(several.page, 'sign-in-roles')
    await several.close()
  })

  it('an administrator’s screens', async () => {
    const { page, troubles, close } = await open(look)
    await signIn(page, 'admin', look.language)
    await page.waitForURL('**/staff')
    await page.goto('/staff/accounts')
    await page.getByText('lab-keeper').first().waitFor()
    await lookAt(page, 'admin-accounts')
    await page.goto('/staff/sign-in')
    await page.getByRole('group').first().waitFor()
    const claims = page.getByLabel('Claims')
    await claims
      .last()
      .fill('{"preferred_username":"amy","groups":["systems-lab-keepers","door-access-library"]}')
    await page.getByRole('button', { name: look.language === 'en' ? 'See what they give' : '試算' }).click()
    await page.locator('dl.facts').waitFor()
    await lookAt(page, 'admin-sign-in')
    expect(troubles).toEqual([])
    await close()
  })
})

it('an administrator gives a role, which holds at the next sign-in, and takes it', async () => {
  const { page, close } = await open()
  await signIn(page, 'admin')
  await page.waitForURL('**/staff')
  await page.goto('/staff/accounts')
  await page.getByLabel('Account name').fill('gardener')
  await page.getByLabel('Chinese name').fill('園丁')
  await page.getByLabel('English name').fill('Gardener')
  await page.getByRole('button', { name: 'Add an account' }).click()
  await page.getByText('“gardener” was added.').waitFor()
  const row = page.getByRole('row', { name: /^gardener/ })
  await row.getByRole('button', { name: 'Give a role' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Role').selectOption({ label: 'Card office' })
  await dialog.getByRole('button', { name: 'Give a role' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect((await at.signIn('gardener')).location).toBe('/staff')
  await row.getByRole('button', { name: 'Take “Card office”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take a role' }).click()
  await row.getByText('No role').waitFor()
  expect((await at.signIn('gardener')).status).toBe(403)
  // Their own account has no buttons at all.
  await page
    .getByRole('row', { name: /^admin\b/ })
    .first()
    .getByText('Your own account')
    .waitFor()
  await close()
})
