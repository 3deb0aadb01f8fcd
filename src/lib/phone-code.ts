/** What a phone is given to make live proofs by itself, also without signal: for one person, and only until the key ends. */
export interface PhoneKey {
  /** What each of its codes begins with: whose it is, and until when the key is good. */
  stem: string
  /** 32 bytes as base64url. */
  key: string
  /** How long each code is good for. */
  lifetimeSeconds: number
}

/** How many characters of the seal a code carries: 162 bits. */
export const sealLength = 27

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0))

/**
 * Makes one live proof on the phone: good from now for its lifetime, with a word that makes it usable once. The desk
 * reads it as one that the server made (handover/proof.ts). Runs in browsers and in Node.js: Web Cryptography alone.
 */
export async function phoneCode({ stem, key, lifetimeSeconds }: PhoneKey, nowMs: number): Promise<string> {
  const until = Math.floor(nowMs / 1000) + lifetimeSeconds
  const word = [...crypto.getRandomValues(new Uint8Array(6))]
    .map(each => each.toString(16).padStart(2, '0'))
    .join('')
  const text = `${stem}.${until.toString(36)}.${word}`
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const own = await crypto.subtle.importKey('raw', bytesOf(key), algorithm, false, ['sign'])
  const seal = new Uint8Array(await crypto.subtle.sign('HMAC', own, new TextEncoder().encode(text)))
  const written = btoa(String.fromCharCode(...seal))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
  return `${text}.${written.slice(0, sealLength)}`
}
