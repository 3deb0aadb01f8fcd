/** What `GET /api/v1/me/proof` answers. */
export interface Proof {
  proof: string
  /** UTC; `lifetimeSeconds` after the moment of the answer on the university's clock. */
  expiresAt: string
  lifetimeSeconds: number
  phone: { stem: string; key: string; until: string }
}

/** What the app keeps to make live proofs without signal; it is a secret of this phone, for as long as it is good. */
export interface Kept {
  stem: string
  /** 32 bytes as base64url. */
  key: string
  lifetimeSeconds: number
  /** From when on the key is good for nothing, in milliseconds of the university's clock. */
  untilMs: number
  /** How far the university's clock is ahead of this one. */
  aheadMs: number
}

/** What to keep of an answer that came at a moment of this machine's clock. */
export function toKeep({ expiresAt, lifetimeSeconds, phone }: Proof, nowMs: number): Kept {
  const theirsMs = Date.parse(expiresAt) - lifetimeSeconds * 1000
  return {
    stem: phone.stem,
    key: phone.key,
    lifetimeSeconds,
    untilMs: Date.parse(phone.until),
    aheadMs: theirsMs - nowMs,
  }
}

/** Makes one live proof without signal, usable once; null when the key is over and the phone needs signal again. */
export async function makeProof(kept: Kept, nowMs: number): Promise<string | null> {
  const theirsMs = nowMs + kept.aheadMs
  if (theirsMs >= kept.untilMs) return null
  const until = Math.floor(theirsMs / 1000) + kept.lifetimeSeconds
  const word = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex')
  const text = `${kept.stem}.${until.toString(36)}.${word}`
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', Buffer.from(kept.key, 'base64url'), algorithm, false, [
    'sign',
  ])
  const seal = await crypto.subtle.sign('HMAC', key, Buffer.from(text))
  return `${text}.${Buffer.from(seal).toString('base64url').slice(0, 27)}`
}
