import { phoneCode } from '../../lib/phone-code.ts'
import { qrCode, qrPath } from '../qr-code.ts'

/**
 * Keeps the code for the desk live: counts its seconds and makes the next one before it ends, on the phone itself and so
 * without signal too, until the key that came with the page ends. It goes by our clock: how far the phone's is from it
 * is measured when the page comes, and remembered for the page that was kept. Without scripts, or where the browser has no
 * cryptography, the server's own code stays with its end.
 */
const box = document.querySelector<HTMLElement>('[data-desk-code]')
const path = box?.querySelector('path')
const left = box?.querySelector<HTMLElement>('[data-desk-code-seconds]')

/** The next code is made when so little is left of the one that is shown. */
const renewAtSeconds = 10
const shelf = 'gatehouse-clock'

/** While the code is looked at, the page asks so often whether the desk wants a signature; and for how long. */
const askEveryMs = 3_000
const askForMs = 900_000

/** Loads the page anew once a desk asks for a signature, or what it asked for is over. */
function listen(tag: string): void {
  let sinceMs = Date.now()
  const ask = async () => {
    if (document.visibilityState !== 'visible' || Date.now() > sinceMs + askForMs) return
    const answer = await fetch('/api/v1/me/signature').catch(() => null)
    if (!answer?.ok) return
    const { asked } = (await answer.json()) as { asked: { request: number; state: string } | null }
    if ((asked ? `${asked.request} ${asked.state}` : '') !== tag) location.replace('/my-card')
  }
  setInterval(() => void ask(), askEveryMs)
  document.addEventListener('visibilitychange', () => {
    sinceMs = Date.now()
    void ask()
  })
}

/** How many milliseconds our clock is ahead of the phone's. */
function aheadMs(madeAtMs: number): number {
  const isKept = document.querySelector('[data-offline]:not([hidden])') !== null
  const measured = madeAtMs - Date.now()
  try {
    if (isKept) return Number(localStorage.getItem(shelf) ?? 0)
    localStorage.setItem(shelf, String(measured))
  } catch {
    // A browser that keeps nothing: the phone's clock has to do for the page that was kept.
    if (isKept) return 0
  }
  return measured
}

function start(area: HTMLElement, drawn: SVGPathElement, seconds: HTMLElement): void {
  const { stem = '', key = '', keyEnds } = area.dataset
  const lifetimeSeconds = Number(area.dataset.seconds)
  const ahead = aheadMs(Number(area.dataset.madeAt))
  const endsMs = Number(keyEnds)
  let untilMs = 0
  let isMaking = false

  async function renew(nowMs: number): Promise<void> {
    isMaking = true
    const code = await phoneCode({ stem, key, lifetimeSeconds }, nowMs)
    const modules = qrCode(code)
    drawn.setAttribute('d', qrPath(modules))
    drawn.ownerSVGElement?.setAttribute('viewBox', `0 0 ${modules.length + 8} ${modules.length + 8}`)
    area.querySelector('[data-desk-code-text]')!.textContent = code
    untilMs = Math.min(Math.floor(nowMs / 1000) * 1000 + lifetimeSeconds * 1000, endsMs)
    isMaking = false
  }

  function look(): void {
    const nowMs = Date.now() + ahead
    const rest = Math.max(0, Math.ceil((untilMs - nowMs) / 1000))
    const isOver = nowMs >= endsMs
    if (rest <= renewAtSeconds && !isOver && !isMaking) void renew(nowMs).then(look)
    if (seconds.textContent !== String(rest)) seconds.textContent = String(rest)
    area.classList.toggle('over', isOver)
    area.querySelector<HTMLElement>('[data-desk-code-over]')!.hidden = !isOver
    area.querySelector<HTMLElement>('[data-desk-code-left]')!.hidden = isOver
  }

  area.querySelector('[data-desk-code-until]')!.remove()
  area.querySelector('[data-desk-code-again]')?.parentElement?.remove()
  const tick = () => {
    look()
    setTimeout(() => requestAnimationFrame(tick), 250)
  }
  tick()
}

if (box && !document.querySelector('[data-offline]:not([hidden])')) listen(box.dataset.signing ?? '')
if (box && path && left && globalThis.crypto?.subtle) start(box, path, left)
