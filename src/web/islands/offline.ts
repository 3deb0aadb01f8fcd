/** Has the last "my card" kept on the phone, once the page is there and nothing else is waited for. */
if ('serviceWorker' in navigator) {
  const register = () => void navigator.serviceWorker.register('/service-worker.js').catch(() => {})
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}

/** A phone also says that it has a connection where ours cannot be reached yet, so it is asked for as well. */
const askEveryMs = 10_000
const atMostMs = 300_000
const shelf = 'gatehouse-renewals'

/** How often in a row a kept page came back when it was asked for anew: each time the next asking waits twice as long. */
function inARow(count?: number): number {
  try {
    if (count !== undefined) sessionStorage.setItem(shelf, String(count))
    return Number(sessionStorage.getItem(shelf) ?? 0)
  } catch {
    return 0
  }
}

/** Whether something is typed that would be lost. */
const isTyped = (): boolean =>
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('main input, main textarea')].some(
    field => field.value !== field.defaultValue,
  )

/**
 * A page that was kept is asked for anew once an answer is to be had. Where a form got no answer, my card says what became
 * of it: the form is not sent a second time.
 */
async function renew(): Promise<void> {
  if (isTyped()) return
  const answer = await fetch('/health', { cache: 'no-store' }).catch(() => null)
  if (!answer?.ok || isTyped()) return
  inARow(inARow() + 1)
  if (document.querySelector('[data-unsent]:not([hidden])')) location.replace('/my-card')
  else location.reload()
}

if (document.querySelector('[data-offline]:not([hidden])')) {
  addEventListener('online', () => void renew())
  setInterval(() => void renew(), Math.min(askEveryMs * 2 ** inARow(), atMostMs))
} else inARow(0)
