import { createServer } from 'node:http'
import { openPage, closeBrowser } from './test/browser/chromium.ts'
const sw = `self.addEventListener('push', e => { e.waitUntil((async()=>{ await self.registration.showNotification('t', {body: e.data ? e.data.text() : 'none', lang:'zh-TW', tag:'x'}) })().catch(err => { console.log('ERR', String(err)) })) });
self.addEventListener('notificationclick', e => console.log('clicked'))`
const server = createServer((q, r) => { r.setHeader('content-type', q.url === '/sw.js' ? 'text/javascript' : 'text/html'); r.end(q.url === '/sw.js' ? sw : '<!doctype html><title>x</title>') }).listen(3999, '127.0.0.1')
try {
  const v = await openPage({ origin: 'http://127.0.0.1:3999' })
  await v.page.goto('/')
  console.log(await v.page.evaluate(() => [navigator.userAgent, 'PushManager' in window, 'Notification' in window, typeof Notification !== 'undefined' && Notification.permission, !!navigator.serviceWorker]))
  for (const grant of [false, true]) {
    if (grant) await v.context.grantPermissions(['notifications'], { origin: 'http://127.0.0.1:3999' })
    console.log(grant, await v.page.evaluate(async () => {
      const out: unknown[] = [typeof Notification !== 'undefined' && Notification.permission]
      await navigator.serviceWorker.register('/sw.js'); const r = await navigator.serviceWorker.ready
      const limited = (p: Promise<unknown>) => Promise.race([p, new Promise(d => setTimeout(d, 4000, 'TIMEOUT'))]).catch(e => String(e))
      out.push(await limited(Notification.requestPermission()))
      out.push(String(r.pushManager))
      if (r.pushManager) out.push(await limited(r.pushManager.getSubscription()), await limited(r.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: 'BJwKz-test' })))
      out.push(await limited(r.showNotification('x', { body: 'y' }).then(async () => (await r.getNotifications()).length)))
      return out
    }).catch(e => String(e)))
  }
  const cdp = await v.context.newCDPSession(v.page)
  let id = ''
  cdp.on('ServiceWorker.workerRegistrationUpdated', (e: any) => { id = e.registrations.at(-1)?.registrationId ?? id })
  cdp.on('ServiceWorker.workerErrorReported', (e: any) => console.log('SWERR', JSON.stringify(e)))
  await cdp.send('ServiceWorker.enable')
  await new Promise(d => setTimeout(d, 500)); console.log('id', id)
  for (const w of v.context.serviceWorkers()) w.on('console', m => console.log('sw says', m.text()))
  await cdp.send('ServiceWorker.deliverPushMessage', { origin: 'http://127.0.0.1:3999', registrationId: id, data: 'hello' }).catch(e => console.log(String(e)))
  await new Promise(d => setTimeout(d, 1500))
  console.log(await v.page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(n => [n.title, n.body, n.lang, n.tag])))
  const [w] = v.context.serviceWorkers()
  console.log('workers', v.context.serviceWorkers().length)
  if (w) console.log(await w.evaluate(async () => { const r = (self as any).registration; const [n] = await r.getNotifications(); try { self.dispatchEvent(new (self as any).NotificationEvent('notificationclick', { notification: n })); return 'dispatched' } catch (e) { return String(e) } }))
  await new Promise(d => setTimeout(d, 500))
} catch (e) { console.log(e) } finally { await closeBrowser(); server.close() }
