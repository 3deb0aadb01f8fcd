import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Keys } from '../lib/keys.ts'

/** How far the moment in a sealed word may be from ours: clocks differ, and a word that was caught is of no use later. */
export const sealedForMinutes = 5

/** Fields as one text that no other fields give: each with its length before it, in this order. */
const canonical = (fields: readonly (string | number | null)[]): string =>
  fields
    .map(field => (field === null ? '-' : `${Buffer.byteLength(String(field))}:${String(field)}`))
    .join('\n')

/** The seal of some fields: HMAC-SHA-256 over their canonical text, as base64url. */
export const sealOf = ([key]: Keys, fields: readonly (string | number | null)[]): string =>
  createHmac('sha256', key).update(canonical(fields)).digest('base64url')

/** Whether this is the seal of these fields by one of the keys; how long that takes does not say how far a wrong one fits. */
export function isSealed(keys: Keys, fields: readonly (string | number | null)[], seal: string): boolean {
  const said = Buffer.from(seal)
  return keys.some(key => {
    const right = Buffer.from(sealOf([key], fields))
    return right.length === said.length && timingSafeEqual(right, said)
  })
}

/** Whether a word sealed at that moment is fresh at this one, by the campus's time. */
export const isFresh = (at: Temporal.Instant, now: Temporal.Instant): boolean =>
  Math.abs(now.since(at).total('minutes')) <= sealedForMinutes
