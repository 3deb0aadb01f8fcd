/** Has the last "my card" kept on the phone, once the page is there and nothing else is waited for. */
if ('serviceWorker' in navigator) {
  const register = () => void navigator.serviceWorker.register('/service-worker.js').catch(() => {})
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}

/** A phone also says that it has a connection where ours cannot be reached yet, so it is asked for as well. */
const askEveryMs = 10_000

/**
 * A page that was kept is asked for anew once an answer is to be had. Where a form got no answer, my card says what became
 * of it: the form is not sent a second time.
 */
async function renew(): Promise<void> {
  const answer = await fetch('/health', { cache: 'no-store' }).catch(() => null)
  if (!answer?.ok) return
  if (document.querySelector('[data-unsent]:not([hidden])')) location.replace('/my-card')
  else location.reload()
}

if (document.querySelector('[data-offline]:not([hidden])')) {
  addEventListener('online', () => void renew())
  setInterval(() => void renew(), askEveryMs)
}
