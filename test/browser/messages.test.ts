import type { Worker } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusClock } from '../../src/app/clock.ts'
import { type Language, languages } from '../../src/lib/words.ts'
import { pushDue } from '../../src/message/push-outgoing.ts'
import { pushText } from '../../src/message/push-rules.ts'
import { newPushSecret, openPushKey } from '../../src/message/push-seal.ts'
import { pushWords } from '../../src/message/push-words.ts'
import { openPusher, type PushSettings } from '../../src/message/pusher.ts'
import { toldKeys, trialDevice } from '../../src/message/trial-device.ts'
import { openPushService } from '../../src/message/trial-pushes.ts'
import { openDatabase } from '../../src/server/database.ts'
import { collect, people } from '../people.ts'
import { expectAccessible, expectNoSideScroll, type Look, looks, screenshot, type Visit } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site
let service: Awaited<ReturnType<typeof openPushService>>
let push: PushSettings
const { aEarly, bOnTheStroke } = people
const path = '/my-card/messages'

beforeAll(async () => {
  service = await openPushService()
  push = { key: openPushKey(newPushSecret(), 'mailto:cards@example.org'), hosts: service.hosts }
  site = await openSite({ from: '2023-10-18T10:05', push, mails: true })
  await tellOn('/phone')
  expect(await collect(site.campus, aEarly)).toMatchObject({ ok: true })
}, 120_000)

afterAll(async () => {
  await site.close()
  await service.close()
})

/** Has the student told on a device that is not this browser. */
async function tellOn(address: string): Promise<void> {
  const device = trialDevice()
  const answer = await site.campus.gatehouse.server.inject({
    url: '/api/v1/me/devices',
    method: 'POST',
    headers: { cookie: await site.campus.signIn(aEarly.number) },
    payload: { endpoint: service.subscribe(address, device), keys: toldKeys(device) },
  })
  expect(answer.statusCode).toBe(200)
}

/** The page, by its link on My card. */
async function messagesOf(number: string, look: Look = {}): Promise<Visit> {
  const visit = await site.as(number, { width: 360, ...look })
  await visit.page.goto('/my-card')
  await visit.page.locator(`a[href="${path}"]`).click()
  await visit.page.waitForURL(`**${path}`)
  return visit
}

async function lookedAt(number: string, name: string): Promise<void> {
  for (const look of looks) {
    const { page, troubles, close } = await messagesOf(number, look)
    await page.getByRole('button', { name: /^(Tell me on this phone|在這支手機上通知我)$/ }).waitFor()
    for (const details of await page.locator('main details').all()) await details.locator('summary').click()
    await screenshot(page, `${name}-${look.width}-${look.theme}-${look.language}`)
    await expectAccessible(page)
    await expectNoSideScroll(page)
    expect(troubles).toEqual([])
    await close()
  }
}

describe('the page of messages', () => {
  it('tells what was told, when, and by which ways (scripts: off)', async () => {
    const visit = await messagesOf(aEarly.number, { scripts: false })
    const { page } = visit
    expect(await page.locator('main').innerText()).toContain('Each message is mailed to you as well.')
    const first = page.locator('main details').first()
    expect(await first.locator('summary').innerText()).toMatch(
      /10:05.* · e-mail not sent yet · phone not reached yet$/,
    )
    // The message is in the person's language, and says so.
    expect(await first.locator('summary span').getAttribute('lang')).toBe('zh-TW')
    const database = openDatabase(site.campus.url, 'chores')
    expect(await pushDue({ database, clock: campusClock }, openPusher(push))).toBe(1)
    await database.close()
    await page.reload()
    expect(await first.locator('summary').innerText()).toMatch(/ · phone .*10:0\d/)
    // There is nothing to press that would do nothing.
    expect(await page.getByRole('button', { name: 'Tell me on this phone' }).isVisible()).toBe(false)
    expect(await page.getByText('You are told on this phone.').isVisible()).toBe(false)
    await visit.close()
  })

  it('can be read by everybody: who was told something, on a device', () =>
    lookedAt(aEarly.number, 'messages'))
  it('can be read by everybody: who was told nothing yet', () => lookedAt(bOnTheStroke.number, 'none'))
})

const words = (language: Language) => pushWords[language]

/** Answers in the page's place whether it may notify: the browser of these tests has nothing to ask with. */
const permitted = ({ page }: Visit, answer: NotificationPermission): Promise<void> =>
  page.evaluate(given => {
    Notification.requestPermission = async () => given
  }, answer)

describe.each(languages)('being told on this phone (%s)', language => {
  const w = words(language)

  async function pressed(answer: NotificationPermission | null): Promise<Visit> {
    const visit = await messagesOf(aEarly.number, { language })
    if (answer) await permitted(visit, answer)
    await visit.page.getByRole('button', { name: w.tellHere }).click()
    return visit
  }

  it('is refused by the browser: what to do is said, and the button is there again', async () => {
    // The browser itself answers: nobody has let it notify.
    const visit = await pressed(null)
    const said = visit.page.getByRole('status').filter({ hasText: w.said.denied })
    await said.waitFor()
    expect((await said.innerText()).trim()).toBe(w.said.denied)
    expect(await visit.page.getByRole('button', { name: w.tellHere }).isEnabled()).toBe(true)
    await expectAccessible(visit.page)
    await expectNoSideScroll(visit.page)
    await screenshot(visit.page, `denied-360-${language}`)
    await visit.close()
  })

  it('fails where the browser reaches no push service: it is said, and nothing is told of', async () => {
    const visit = await pressed('granted')
    await visit.page.getByText(w.said.failed).waitFor()
    expect(await visit.page.getByText(w.said.here).isVisible()).toBe(false)
    expect(await visit.page.getByRole('button', { name: w.tellHere }).isEnabled()).toBe(true)
    expect(await visit.page.locator('[data-device]').count()).toBe(1)
    await screenshot(visit.page, `failed-360-${language}`)
    await visit.close()
  })
})

describe('a device', () => {
  it('is told no more by a button that needs no script', async () => {
    await tellOn('/tablet')
    const visit = await messagesOf(aEarly.number, { scripts: false })
    const { page } = visit
    const stops = page.getByRole('button', { name: 'Stop: 127.0.0.1' })
    expect(await stops.count()).toBe(2)
    await stops.last().click()
    await page.waitForURL(`**${path}#phone`)
    expect(await stops.count()).toBe(1)
    await visit.close()
  })

  it('that was stopped is not shown again without signal: the page is kept as it was last', async () => {
    const visit = await messagesOf(aEarly.number)
    const { page, context } = visit
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
    await page.reload()
    await page.getByRole('button', { name: 'Stop: 127.0.0.1' }).click()
    await page.waitForURL(`**${path}#phone`)
    expect(await page.locator('[data-device]').count()).toBe(0)
    await context.setOffline(true)
    await page.goto(path)
    await page.getByText(/^No connection: this is from Wed 18 Oct 10:0/).waitFor()
    expect(await page.locator('main details summary').innerText()).toContain('phone')
    expect(await page.locator('[data-device]').count()).toBe(0)
    await expectAccessible(page)
    await screenshot(page, 'offline-360-light-en')
    await visit.close()
  })
})

describe('what is pushed to a phone', () => {
  interface Shown {
    title: string
    body?: string
    lang?: string
    tag?: string
  }
  type Heard = typeof globalThis & {
    shown: Shown[]
    faults: string[]
    registration: { showNotification(title: string, options: object): Promise<void> }
  }
  let visit: Visit
  let worker: Worker
  let push: (data: string) => Promise<void>

  beforeAll(async () => {
    visit = await messagesOf(aEarly.number)
    const { page, context } = visit
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    worker = context.serviceWorkers()[0]!
    // This browser has nothing to show notices with, and refuses: what it is asked to show is kept here instead.
    await worker.evaluate(() => {
      const heard = globalThis as Heard
      heard.shown = []
      heard.faults = []
      heard.registration.showNotification = async (title, options) =>
        void heard.shown.push({ title, ...options })
      addEventListener('error', ({ message }) => heard.faults.push(message))
      addEventListener('unhandledrejection', ({ reason }) => heard.faults.push(String(reason)))
    })
    const debug = await context.newCDPSession(page)
    const registered = new Promise<string>(found => {
      debug.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [first] = registrations
        if (first) found(first.registrationId)
      })
    })
    await debug.send('ServiceWorker.enable')
    const registrationId = await registered
    push = async data => {
      await debug.send('ServiceWorker.deliverPushMessage', { origin: site.origin, registrationId, data })
    }
  })
  afterAll(() => visit.close())

  const heard = () => worker.evaluate(() => (globalThis as Heard).shown)

  it.each(languages)('is shown as it is written, in its own language (%s)', async language => {
    const subject = language === 'en' ? 'Your card was reported lost' : '您的學生證已掛失'
    const text = pushText({ id: 7, language, subject })
    await push(text)
    await expect.poll(async () => (await heard()).at(-1)).toMatchObject(JSON.parse(text))
  })

  it('is shown as nothing where it cannot be read, and the next one is shown', async () => {
    const before = (await heard()).length
    for (const garbage of ['', 'hello', 'null', '[]', '{"title":7}']) await push(garbage)
    await push(pushText({ id: 8, language: 'en', subject: 'The next one' }))
    await expect.poll(async () => (await heard()).at(-1)?.title).toBe('The next one')
    expect(await heard()).toHaveLength(before + 1)
    expect(await worker.evaluate(() => (globalThis as Heard).faults)).toEqual([])
  })

  it('opens My card as it is now, where that is open already, when it is tapped', async () => {
    const { page } = visit
    await page.goto('/my-card')
    await page.evaluate(() => {
      document.title = 'as it was'
    })
    // A tap cannot be made here, as nothing is shown: the event is.
    const closed = await worker.evaluate(async () => {
      let gone = false
      const event = new (globalThis as unknown as { ExtendableEvent: typeof Event }).ExtendableEvent(
        'notificationclick',
      )
      Object.assign(event, { notification: { close: () => (gone = true) } })
      dispatchEvent(event)
      return gone
    })
    expect(closed).toBe(true)
    await expect.poll(() => page.title()).not.toBe('as it was')
    expect(new URL(page.url()).pathname).toBe('/my-card')
  })
})
