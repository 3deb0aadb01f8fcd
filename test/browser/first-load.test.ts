import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { people } from '../people.ts'
import { openSite, type Site } from './site.ts'

/** What the first look at My card may cost, in bytes. */
const most = 30_000
/** The same with the copy of the page that the worker then brings for when there is no signal. */
const mostWithCopy = 32_000

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T10:05' })
}, 120_000)
afterAll(() => site.close())

it.each(['zh-TW', 'en'] as const)(
  'the first look at My card is small, with all that it brings, headers too (%s)',
  async language => {
    const sockets = new Set<Socket>()
    const { server } = site.campus.gatehouse.server
    const met = (socket: Socket): void => void sockets.add(socket)
    const visit = await site.as(people.aEarly.number, { width: 360, language })
    server.on('connection', met)
    const answer = await visit.page.goto('/my-card')
    // The last thing that a first look brings is the page as the worker keeps it.
    await visit.page.evaluate(async () => {
      await navigator.serviceWorker.ready
      for (let tries = 0; tries < 100 && !(await caches.match('/my-card')); tries++)
        await new Promise(resolve => setTimeout(resolve, 100))
      if (!(await caches.match('/my-card'))) throw new Error('the worker has kept nothing')
    })
    // A phone asks for what names the page on its home screen too; this browser has none. The page carries its icon itself.
    expect(await visit.page.getAttribute('link[rel=icon]', 'href')).toMatch(/^data:/)
    await visit.page.evaluate(async () => {
      await (await fetch('/manifest.webmanifest')).text()
    })
    await visit.page.waitForLoadState('networkidle')
    server.off('connection', met)
    const bytes = [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0)
    // Nothing was counted beside the browser: what it brought is of some size.
    expect(bytes).toBeGreaterThan(10_000)
    const copy = await answer!.request().sizes()
    expect(bytes - copy.responseBodySize - copy.responseHeadersSize).toBeLessThanOrEqual(most)
    expect(bytes).toBeLessThanOrEqual(mostWithCopy)
    await visit.close()
  },
)
