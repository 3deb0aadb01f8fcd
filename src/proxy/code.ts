import { createHash, createHmac } from 'node:crypto'
import { codeLetters } from '../card/carrier-code.ts'
import { proxyCodeLetters } from '../card/proxy-code.ts'
import type { Keys } from '../lib/keys.ts'

/**
 * The one-time code of a naming, made from its nonce with a key that is not in the database: so that it can be said again
 * to a second tap and written into a letter at the moment of mailing, and stands in no row, backup or log.
 */
export function newProxyCode([key]: Keys, nonce: Buffer): string {
  const sealed = createHmac('sha256', key).update('proxy code ').update(nonce).digest()
  // Thirty-two letters: each byte's lowest five bits choose one, evenly.
  return [...sealed.subarray(0, proxyCodeLetters)].map(byte => codeLetters[byte % 32]).join('')
}

/** What is kept of a code: it cannot be read back. */
export const proxyCodeHash = (code: string): Buffer => createHash('sha256').update(`proxy ${code}`).digest()

/** The code of a naming once more, whichever of the keys made it; null where the one that did is no longer among them. */
export function proxyCodeAgain(
  keys: Keys,
  { nonce, codeHash }: { nonce: Buffer; codeHash: Buffer },
): string | null {
  const codes = keys.map(key => newProxyCode([key], nonce))
  return codes.find(code => proxyCodeHash(code).equals(codeHash)) ?? null
}
