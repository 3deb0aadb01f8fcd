import { tokenField, tokenHeader } from '../../lib/form-token.ts'

/**
 * Offers to tell the reader on this phone, only where the browser can, and says what stands in the way. The phone's address
 * goes to the server; that it knows it already is seen by a mark, which is the address's hash.
 */
const box = document.querySelector<HTMLElement>('[data-tell-here]')
const { serviceWorker } = navigator

function start(area: HTMLElement): void {
  const key = area.dataset.tellHere!
  const button = area.querySelector('button')!
  // Every form of the page says it; whoever is signed in has at least the one to sign out.
  const token = document.querySelector<HTMLInputElement>(`input[name=${tokenField}]`)!.value
  const say = (what: string, text?: string): void => {
    for (const each of area.querySelectorAll<HTMLElement>('[data-said]')) {
      each.hidden = each.dataset.said !== what
      if (text && !each.hidden) each.textContent = text
    }
  }

  async function told(found: PushSubscription | null): Promise<boolean> {
    if (!found) return false
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(found.endpoint))
    const mark = [...new Uint8Array(hash)].map(each => each.toString(16).padStart(2, '0')).join('')
    const own = document.querySelector<HTMLElement>(`[data-device="${mark}"]`)
    if (own) own.hidden = false
    return own !== null
  }

  async function subscribe({ pushManager }: ServiceWorkerRegistration): Promise<PushSubscription> {
    const asked = { userVisibleOnly: true, applicationServerKey: key }
    try {
      return await pushManager.subscribe(asked)
    } catch (error) {
      // One that was made with another key of the server is in the way, and of no use.
      const old = await pushManager.getSubscription()
      if (!old) throw error
      await old.unsubscribe()
      return pushManager.subscribe(asked)
    }
  }

  async function tell(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') {
      say('denied')
      return
    }
    try {
      await serviceWorker.register('/service-worker.js')
      const { endpoint, keys } = (await subscribe(await serviceWorker.ready)).toJSON()
      const answer = await fetch('/api/v1/me/devices', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', [tokenHeader]: token },
        body: JSON.stringify({ endpoint, keys }),
      })
      if (answer.ok) location.reload()
      else say('refused', ((await answer.json()) as { message?: string }).message)
    } catch {
      say('failed')
    }
  }

  function show(already: boolean): void {
    if (already) say('here')
    button.parentElement!.hidden = already
    area.hidden = false
  }

  button.addEventListener('click', () => {
    button.disabled = true
    void tell().finally(() => {
      button.disabled = false
    })
  })
  void serviceWorker
    .getRegistration()
    .then(found => found?.pushManager.getSubscription() ?? null)
    .then(told)
    .catch(() => false)
    .then(show)
}

if (box && 'PushManager' in window && 'Notification' in window && serviceWorker) start(box)
else if (box && (navigator as { standalone?: boolean }).standalone === false) {
  // Safari on a phone can, once the page is on the home screen.
  box.querySelector<HTMLElement>('[data-said=install]')!.hidden = false
  box.hidden = false
}
