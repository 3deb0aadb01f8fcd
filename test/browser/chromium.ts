import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import type { AxeResults, RunOptions } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Language } from '../../src/lib/words.ts'

const ownFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** A Chromium's path: `CHROMIUM_PATH`, Playwright's own, one on PATH, or the one inside npm; else a clear error. */
export async function findChromium(): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`CHROMIUM_PATH says ${given}, and there is no such file`)
  }
  const playwrights = chromium.executablePath()
  if (playwrights && existsSync(playwrights)) return playwrights
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name)
  if (process.platform === 'linux' && process.arch === 'x64') {
    // Read when the package is imported: it then unpacks the libraries it needs along with itself.
    process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
    // It would look for fonts in its own folder, which has no Chinese ones; this machine's may.
    if (existsSync('/etc/fonts')) process.env.FONTCONFIG_PATH ??= '/etc/fonts'
    const { default: packed } = await import('@sparticuz/chromium')
    return packed.executablePath()
  }
  throw new Error(
    'The browser tests need a Chromium: set CHROMIUM_PATH, or put chromium or chrome on PATH, ' +
      'or run "npx playwright-core install chromium".',
  )
}

let starting: Promise<Browser> | undefined

/** The one browser of a test file, started with the first page. */
function browser(): Promise<Browser> {
  starting ??= findChromium().then(executablePath =>
    chromium.launch({ executablePath, headless: true, args: ownFlags }),
  )
  return starting
}

/** Ends the browser: `afterAll(closeBrowser)`. */
export async function closeBrowser(): Promise<void> {
  const running = await starting
  starting = undefined
  await running?.close()
}

/** How a page is looked at. */
export interface Look {
  width?: 360 | 1280
  theme?: 'light' | 'dark'
  language?: Language
  /** Off: the page as those see it whose browser runs no scripts. */
  scripts?: boolean
  /** The server's address, so that `page.goto('/card')` works. */
  origin?: string
}

const everyLook = ([360, 1280] as const).flatMap(width =>
  (['light', 'dark'] as const).flatMap(theme =>
    (['zh-TW', 'en'] as const).map(language => ({ width, theme, language })),
  ),
)

/**
 * The ways in which each page is looked at: four of the eight, in which every pair of a width, a theme and a language
 * comes up. `LOOKS=all` takes all eight, for who changes a page.
 */
export const looks =
  process.env.LOOKS === 'all'
    ? everyLook
    : everyLook.filter(
        ({ width, theme, language }) =>
          [width === 360, theme === 'dark', language === 'en'].filter(Boolean).length % 2 === 0,
      )

/** A page of a fresh visitor, and what went wrong on it so far: errors in scripts, refused or failed requests. */
export interface Visit {
  page: Page
  context: BrowserContext
  /** Empty when nothing went wrong; a breach of the content security policy is in here too. */
  troubles: string[]
  close: () => Promise<void>
}

/** Opens a page of a fresh visitor: no cookies, the system's theme and language as asked. */
export async function openPage(look: Look = {}): Promise<Visit> {
  const { width = 1280, theme = 'light', language = 'zh-TW', scripts = true, origin } = look
  const context = await (await browser()).newContext({
    viewport: { width, height: width === 360 ? 740 : 800 },
    colorScheme: theme,
    // What is looked at stands still.
    reducedMotion: 'reduce',
    locale: language,
    javaScriptEnabled: scripts,
    baseURL: origin,
    deviceScaleFactor: width === 360 ? 2 : 1,
    hasTouch: width === 360,
  })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', error => troubles.push(`error: ${error.message}`))
  page.on('console', said => {
    if (said.type() === 'error' || said.type() === 'warning') troubles.push(`${said.type()}: ${said.text()}`)
  })
  page.on('requestfailed', request => {
    const why = request.failure()?.errorText
    // What the page itself gives up, because what asked is no longer shown, is no trouble.
    if (why !== 'net::ERR_ABORTED') troubles.push(`failed: ${request.method()} ${request.url()} ${why}`)
  })
  return { page, context, troubles, close: () => context.close() }
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const axeOptions: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
}

/** Fails with a readable list when axe finds a breach of WCAG 2.2 AA on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated through the browser's debugger, which the page's own policy for scripts does not concern.
  await page.evaluate(await readFile(axeFile, 'utf8'))
  const { violations } = await page.evaluate(
    options => (globalThis as unknown as { axe: { run(o: unknown): Promise<AxeResults> } }).axe.run(options),
    axeOptions,
  )
  if (violations.length === 0) return
  const list = violations.flatMap(({ id, help, nodes }) => [
    `${id}: ${help}`,
    ...nodes.map(
      node => `    ${node.target.join(' ')}\n      ${node.failureSummary?.replaceAll('\n', '\n      ')}`,
    ),
  ])
  throw new Error(`axe finds on ${page.url()}:\n${list.join('\n')}`)
}

/** Fails when the page is wider than its window, naming what sticks out. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('body *')]
      .filter(element => !element.closest('svg *') && element.getBoundingClientRect().right > width + 0.5)
      .slice(0, 8)
      .map(element => element.outerHTML.slice(0, 120))
  })
  if (wide.length > 0)
    throw new Error(`${page.url()} is wider than its window because of:\n${wide.join('\n')}`)
}

/** Keeps a picture of the whole page in the folder that `SCREENSHOTS` names; does nothing without one. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
