import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { proofPrefix } from '../card/scan.ts'
import { type Decision, no, yes } from '../lib/decision.ts'

export type ProofRefusal = 'proof-not-ours' | 'proof-too-old' | 'proof-used'

const seal = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url').slice(0, 27)

/** When a proof that is made now runs out: at a whole second, as it is written in the proof. */
export const proofEnds = (now: Temporal.Instant, lifetimeSeconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds((Math.floor(now.epochMilliseconds / 1000) + lifetimeSeconds) * 1000)

/**
 * The app's live proof of who holds the phone (the notice's point 4): short, signed, for one person, good for
 * `lifetimeSeconds` and for one use. A screenshot is too old by the time it is shown.
 */
export function makeProof(
  key: Buffer,
  { personId, now, lifetimeSeconds }: { personId: number; now: Temporal.Instant; lifetimeSeconds: number },
): string {
  const until = proofEnds(now, lifetimeSeconds).epochMilliseconds / 1000
  const text = `${proofPrefix}${personId.toString(36)}.${until.toString(36)}.${randomBytes(6).toString('hex')}`
  return `${text}.${seal(key, text)}`
}

/**
 * Reads a live proof: whose it is, until when it is good, and the word that makes it usable once. Whether it was
 * used is the register's to say.
 */
export function readProof(
  key: Buffer,
  proof: string,
  now: Temporal.Instant,
): Decision<{ personId: number; nonce: string; until: Temporal.Instant }, ProofRefusal> {
  const parts = /^(GH1\.([0-9a-z]{1,11})\.([0-9a-z]{1,8})\.([0-9a-f]{12}))\.([\w-]{27})$/.exec(proof.trim())
  if (!parts) return no('proof-not-ours')
  const [, text, person, until, nonce, given] = parts as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  if (!timingSafeEqual(Buffer.from(seal(key, text)), Buffer.from(given))) return no('proof-not-ours')
  const ends = Temporal.Instant.fromEpochMilliseconds(Number.parseInt(until, 36) * 1000)
  if (Temporal.Instant.compare(now, ends) >= 0) return no('proof-too-old')
  return yes({ personId: Number.parseInt(person, 36), nonce, until: ends })
}
