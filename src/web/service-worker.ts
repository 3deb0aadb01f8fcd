/**
 * Keeps the last "my card" on the phone, so that it can be read without signal, with a line that says of when it is. The
 * network always goes first: what is kept is shown only where no answer comes. Served at /service-worker.js, built alone.
 * Shows what is pushed to this phone, in the language it is written in.
 */

// The library of types for pages has no service workers; this is what is used of them.
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asked extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Heard extends Waiting {
  readonly data: { json(): unknown } | null
}
interface Tapped extends Waiting {
  readonly notification: Notification
}
interface Window {
  readonly url: string
  focus(): Promise<unknown>
  navigate(path: string): Promise<unknown>
}
interface Worker {
  skipWaiting(): Promise<void>
  registration: { showNotification(title: string, options: NotificationOptions): Promise<void> }
  clients: {
    claim(): Promise<void>
    matchAll(of: { type: 'window' }): Promise<readonly Window[]>
    openWindow(path: string): Promise<unknown>
  }
  addEventListener(kind: 'push', heard: (event: Heard) => void): void
  addEventListener(kind: 'notificationclick', heard: (event: Tapped) => void): void
  addEventListener(kind: 'install' | 'activate', heard: (event: Waiting) => void): void
  addEventListener(kind: 'fetch', heard: (event: Asked) => void): void
}
const worker = self as unknown as Worker

const shelf = 'gatehouse-1'
const home = '/my-card'
/** Pages of the phone's owner, and what everybody may read. */
const kept: readonly string[] = [home, `${home}/messages`, '/', '/faq']
/** After this a bad line counts as none, where there is something to show instead. */
const patienceMs = 6_000

const open = (): Promise<Cache> => caches.open(shelf)

async function keep(path: string, answer: Response): Promise<void> {
  const html = answer.headers.get('content-type')?.startsWith('text/html')
  if (answer.ok && !answer.redirected && html) await (await open()).put(path, answer)
}

/** The page as it was kept, with the lines shown that say so: never as if it were of now. */
async function keptPage(path: string, lines: readonly string[]): Promise<Response | null> {
  const found = await (await open()).match(path)
  if (!found) return null
  let html = await found.text()
  for (const line of lines) html = html.replace(`data-${line}="" hidden=""`, `data-${line}=""`)
  const headers = new Headers(found.headers)
  headers.delete('content-encoding')
  headers.delete('content-length')
  return new Response(html, { headers })
}

async function page(request: Request, path: string): Promise<Response> {
  const answering = fetch(request).then(async answer => {
    if (kept.includes(path) && request.url.endsWith(path)) await keep(path, answer.clone()).catch(() => {})
    return answer
  })
  const late = new Promise<null>(done => setTimeout(done, patienceMs, null))
  const answer = await Promise.race([answering.catch(() => null), late])
  return answer ?? (await keptPage(path, ['offline'])) ?? answering
}

/** A form that got no answer: the page as it was kept, with the line that nobody knows whether it arrived. */
async function sent(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const shown = await keptPage(home, ['offline', 'unsent'])
    if (shown) return shown
    throw error
  }
}

async function asset(request: Request): Promise<Response> {
  const cache = await open()
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

worker.addEventListener('install', event => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', event => {
  const tidy = caches
    .keys()
    .then(names => Promise.all(names.filter(n => n !== shelf).map(n => caches.delete(n))))
  const first = fetch(home, { headers: { accept: 'text/html' } }).then(answer => keep(home, answer))
  event.waitUntil(Promise.all([tidy, worker.clients.claim(), first.catch(() => {})]))
})
worker.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (request.method === 'GET') event.respondWith(page(request, pathname))
    else if (pathname.startsWith(home)) event.respondWith(sent(request))
  } else if (pathname.startsWith('/assets/') && request.method === 'GET') event.respondWith(asset(request))
})

/** What is pushed, as src/message/push-rules.ts writes it. */
interface Told {
  title: string
  body: string
  lang: string
  tag: string
}
worker.addEventListener('push', event => {
  if (!event.data) return
  const { title, body, lang, tag } = event.data.json() as Told
  // The same one again takes the first one's place.
  event.waitUntil(
    worker.registration.showNotification(title, { body, lang, tag, dir: 'ltr', icon: '/icon-192.png' }),
  )
})

/** Opens "my card" as it is now, in the window that shows it already where there is one. */
async function openHome(): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window' })
  const shown = windows.find(each => new URL(each.url).pathname === home)
  if (!shown) await worker.clients.openWindow(home)
  else await Promise.all([shown.focus(), shown.navigate(home)])
}
worker.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(openHome())
})
