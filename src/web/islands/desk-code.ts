import { qrCode, qrPath } from '../qr-code.ts'

/**
 * Keeps the code for the desk live: counts its seconds and asks for a new one before the old one ends, while the
 * page is looked at. Without a network the old one counts down to nothing and says so by its zero.
 */
const box = document.querySelector<HTMLElement>('[data-desk-code]')
const path = box?.querySelector('path')
const left = box?.querySelector<HTMLElement>('[data-desk-code-seconds]')

/** A new code is asked for when so little is left of the old one. */
const renewAtSeconds = 10

function start(area: HTMLElement, drawn: SVGPathElement, seconds: HTMLElement): void {
  let lifetime = Number(area.dataset.seconds)
  let beganMs: number | undefined
  let asking = false
  let triedAtMs = Number.NEGATIVE_INFINITY

  async function renew(nowMs: number): Promise<void> {
    asking = true
    triedAtMs = nowMs
    try {
      const answer = await fetch('/api/v1/me/proof', { headers: { accept: 'application/json' } })
      if (!answer.ok) return
      const { proof, lifetimeSeconds } = (await answer.json()) as { proof: string; lifetimeSeconds?: number }
      const modules = qrCode(proof)
      drawn.setAttribute('d', qrPath(modules))
      drawn.ownerSVGElement?.setAttribute('viewBox', `0 0 ${modules.length + 8} ${modules.length + 8}`)
      area.querySelector('[data-desk-code-text]')!.textContent = proof
      lifetime = lifetimeSeconds ?? lifetime
      // Counted from the asking: what the network took is no longer good.
      beganMs = nowMs
    } catch {
      // The next look tries again.
    } finally {
      asking = false
    }
  }

  function look(nowMs: number): void {
    beganMs ??= nowMs
    const rest = Math.max(0, Math.ceil(lifetime - (nowMs - beganMs) / 1000))
    if (seconds.textContent !== String(rest)) seconds.textContent = String(rest)
    area.classList.toggle('over', rest === 0)
    if (rest <= renewAtSeconds && !asking && nowMs - triedAtMs > 3000) void renew(nowMs)
    setTimeout(() => requestAnimationFrame(look), 250)
  }

  area.querySelector('[data-desk-code-until]')!.remove()
  area.querySelector<HTMLElement>('[data-desk-code-left]')!.hidden = false
  area.querySelector('[data-desk-code-again]')?.parentElement?.remove()
  requestAnimationFrame(look)
}

if (box && path && left) start(box, path, left)
