import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encode } from '../../src/card/formats.ts'
import { people } from '../people.ts'
import { openDesk, says, tap, type } from './at-desk.ts'
import type { Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
})
afterAll(() => site.close())

type Page = Visit['page']
const { aEarly, bOnTheStroke, cDuringTheRun } = people
const decimal = (chip: string) => encode(Uint8Array.fromHex(chip), 'le-dec-10')!
const field = (page: Page) => page.getByLabel('Tap a card, scan a pickup code, or type a student number')

/** Where a sign lies on the keyboard that readers pretend to be. */
function placeOf(sign: string) {
  if (/[0-9]/.test(sign)) return { code: `Digit${sign}`, virtual: sign.charCodeAt(0) }
  return { code: `Key${sign.toUpperCase()}`, virtual: sign.toUpperCase().charCodeAt(0) }
}

/**
 * Key events as a device sends them, each so many milliseconds after the one before by the events' own clock, however slow this
 * machine is. With an input method on, Chromium tells a page `Process` and 229 in place of the sign.
 */
async function keys(
  cdp: CDPSession,
  text: string,
  { gapMs, from, composed = false }: { gapMs: number; from: number; composed?: boolean },
): Promise<void> {
  for (const [at, sign] of Array.from(text).entries()) {
    const { code, virtual } = placeOf(sign)
    const timestamp = from + (at * gapMs) / 1000
    const common = { code, timestamp }
    if (composed) {
      await cdp.send('Input.dispatchKeyEvent', {
        ...common,
        type: 'rawKeyDown',
        key: 'Process',
        windowsVirtualKeyCode: 229,
      })
      await cdp.send('Input.imeSetComposition', {
        text: 'ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏ'.slice(0, at + 1),
        selectionStart: at + 1,
        selectionEnd: at + 1,
      })
    } else {
      await cdp.send('Input.dispatchKeyEvent', {
        ...common,
        type: 'keyDown',
        key: sign,
        text: sign,
        windowsVirtualKeyCode: virtual,
      })
    }
    await cdp.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp', key: composed ? 'Process' : sign })
  }
}

async function deskWithDevice() {
  const visit = await openDesk(site, 'desk-csie')
  await says(visit.page, 'Scan')
  const cdp = await visit.context.newCDPSession(visit.page)
  // The events' clock in seconds, as Chromium's devices tell it.
  const seconds = await visit.page.evaluate(() => (performance.timeOrigin + performance.now()) / 1000)
  return { ...visit, cdp, seconds }
}

describe('a reader', () => {
  it('with a Chinese input method on: what its keys are arrives, and nothing is left in the field', async () => {
    const { page, cdp, seconds, troubles, close } = await deskWithDevice()
    await keys(cdp, decimal(aEarly.old), { gapMs: 8, from: seconds, composed: true })
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Process',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
      timestamp: seconds + 0.1,
    })
    await says(page, 'May collect')
    expect(await field(page).inputValue()).toBe('')
    // The method brings what it had composed all the same.
    await cdp.send('Input.insertText', { text: 'ㄅㄆㄇ' })
    expect(await field(page).inputValue()).toBe('')
    await tap(page, aEarly.new)
    await says(page, 'The student signs')
    expect(troubles).toEqual([])
    await close()
  })

  it('whose digits come full-width, or as one text without keys, is read as well', async () => {
    const { page, cdp, close } = await deskWithDevice()
    await cdp.send('Input.insertText', { text: '４１０４７００２Ｓ' })
    await page.keyboard.press('Enter')
    await says(page, 'May collect')
    expect(await page.getByRole('region', { name: 'Student' }).innerText()).toContain(bOnTheStroke.number)
    await close()
  })

  it('that sends nothing behind a scan is read once that is set, and a fast typist is never cut', async () => {
    const { page, cdp, seconds, close } = await deskWithDevice()
    await page.getByLabel('After a scan the reader sends').selectOption('nothing')
    await keys(cdp, '41047', { gapMs: 70, from: seconds })
    await keys(cdp, '003S', { gapMs: 70, from: seconds + 0.35 })
    // Nothing was sent for them: what was typed waits for its Enter.
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('.desk-scan input')?.value === '41047003S',
    )
    await says(page, 'Scan')
    await page.keyboard.press('Enter')
    await says(page, 'May collect')
    await page.getByText(cDuringTheRun.number).first().waitFor()
    await keys(cdp, decimal(cDuringTheRun.new), { gapMs: 6, from: seconds + 60 })
    await says(page, 'Check the identity')
    // What a hand had begun stays where it was.
    await keys(cdp, '41', { gapMs: 200, from: seconds + 120 })
    await keys(cdp, decimal(cDuringTheRun.old), { gapMs: 6, from: seconds + 122 })
    await says(page, 'The student signs')
    expect(await field(page).inputValue()).toBe('41')
    await close()
  })

  it('that ends with Tab is read; one that is silent for long is asked about, quietly', async () => {
    const { page, close } = await deskWithDevice()
    await page.keyboard.type(decimal(aEarly.old))
    await page.keyboard.press('Tab')
    await says(page, 'May collect')
    expect(await page.getByText('No scan for a while').count()).toBe(0)
    for (const { number } of [aEarly, bOnTheStroke, cDuringTheRun]) {
      await field(page).fill(number)
      await page.keyboard.press('Enter')
      await page.getByText(number).first().waitFor()
    }
    await page.getByText('No scan for a while').waitFor()
    await tap(page, cDuringTheRun.old)
    await page.getByText('No scan for a while').waitFor({ state: 'detached' })
    await close()
  })

  it.each([
    ['ten thousand signs', 'A'.repeat(10_240), /More than 64/u],
    ['a link of somebody else’s QR code', 'https://example.org/pay?to=1&amount=100', /./u],
    ['control characters', '4104\u001b[2J', /./u],
  ])('of %s is refused with words, and the desk goes on', async (_, text, words) => {
    const { page, cdp, troubles, close } = await deskWithDevice()
    await cdp.send('Input.insertText', { text })
    await page.keyboard.press('Enter')
    await says(page, 'Not accepted')
    expect(await page.locator('.desk-verdict [role=status]').innerText()).toMatch(words)
    await type(page, aEarly.number)
    await says(page, 'May collect')
    expect(troubles.filter(each => !each.includes('409'))).toEqual([])
    await close()
  })
})

describe('the keys of a computer', () => {
  it('are changed by pressing the one that is wanted, kept, and set back; a conflict is refused with words', async () => {
    const { page, close } = await deskWithDevice()
    await page.getByText('Change the keys').click()
    const change = (act: string) => page.getByRole('button', { name: `Change the key for “${act}”` })
    await change('Old card seen').click()
    await page.keyboard.press('F9')
    await page.getByText('F9 is in use: “Hand over”').waitFor()
    await change('Old card seen').click()
    await page.keyboard.press('7')
    await page.getByText('“7” cannot be used').waitFor()
    await change('Old card seen').click()
    await page.keyboard.press('q')
    await page.getByText('Q now does this: Old card seen.').waitFor()
    await change('Start over').click()
    await page.keyboard.press('F2')
    await page.reload()
    await says(page, 'Scan')
    await type(page, bOnTheStroke.number)
    await says(page, 'May collect')
    await page.getByRole('button', { name: 'Q old card seen' }).waitFor()
    await page.keyboard.press('q')
    await page.getByText('Old card seen', { exact: true }).first().waitFor()
    expect(await field(page).inputValue()).toBe('')
    await page.keyboard.press('Escape')
    await page.getByText(bOnTheStroke.number).first().waitFor()
    await page.keyboard.press('F2')
    await says(page, 'Scan')
    await page.getByText('Change the keys').click()
    await page.getByRole('button', { name: 'Usual keys again' }).click()
    await page.getByRole('button', { name: 'Esc start over' }).waitFor()
    await close()
  })
})
