/** Has the last "my card" kept on the phone, once the page is there and nothing else is waited for. */
if ('serviceWorker' in navigator) {
  const register = () => void navigator.serviceWorker.register('/service-worker.js').catch(() => {})
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}

// A page that was kept is asked for again once there is a connection; where none comes, the kept one comes back.
if (document.querySelector('[data-offline]:not([hidden])'))
  addEventListener('online', () => location.reload(), { once: true })
