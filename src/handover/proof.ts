import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { proofPrefix } from '../card/scan.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import { type PhoneKey, sealLength } from '../lib/phone-code.ts'

export type ProofRefusal = 'proof-not-ours' | 'proof-too-old' | 'proof-from-later' | 'proof-used'

/** By so much the clock of a phone may be ahead of ours since it last heard from us. */
const aheadSeconds = 60
const hourMs = 3_600_000

const digest = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sealOf = (key: Buffer, text: string): string =>
  digest(key, text).toString('base64url').slice(0, sealLength)

/** The key of one stem: who holds it can make codes of this person until its hour, and of nobody else. */
const keyOf = (key: Buffer, stem: string): Buffer => digest(key, `phone ${stem}`)

const isOurs = (key: Buffer, { stem, text, given }: { stem: string; text: string; given: string }): boolean =>
  timingSafeEqual(Buffer.from(sealOf(keyOf(key, stem), text)), Buffer.from(given))

const stemOf = (personId: number, endsInHours: number): string =>
  `${proofPrefix}${personId.toString(36)}.${endsInHours.toString(36)}`

/** When a proof that is made now runs out: at a whole second, as it is written in the proof. */
export const proofEnds = (now: Temporal.Instant, lifetimeSeconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds((Math.floor(now.epochMilliseconds / 1000) + lifetimeSeconds) * 1000)

/**
 * What a person's phone is given so that it makes live proofs by itself while there is no signal: good for
 * `withoutSignalHours` from now, to the end of that hour. It proves that the phone was signed in so lately, no more.
 */
export function phoneKey(
  [key]: Keys,
  {
    personId,
    now,
    lifetimeSeconds,
    withoutSignalHours,
  }: { personId: number; now: Temporal.Instant; lifetimeSeconds: number; withoutSignalHours: number },
): PhoneKey & { until: Temporal.Instant } {
  const ends = Math.ceil(now.epochMilliseconds / hourMs) + withoutSignalHours
  const stem = stemOf(personId, ends)
  const until = Temporal.Instant.fromEpochMilliseconds(ends * hourMs)
  return { stem, key: keyOf(key, stem).toString('base64url'), lifetimeSeconds, until }
}

/**
 * The app's live proof of who holds the phone (the notice's point 4): short, signed, for one person, good for
 * `lifetimeSeconds` and for one use. A screenshot is too old by the time it is shown.
 */
export function makeProof(
  [key]: Keys,
  { personId, now, lifetimeSeconds }: { personId: number; now: Temporal.Instant; lifetimeSeconds: number },
): string {
  const ends = proofEnds(now, lifetimeSeconds).epochMilliseconds
  const stem = stemOf(personId, Math.ceil(ends / hourMs))
  const text = `${stem}.${(ends / 1000).toString(36)}.${randomBytes(6).toString('hex')}`
  return `${text}.${sealOf(keyOf(key, stem), text)}`
}

/**
 * Reads a live proof, whether we made it or the person's phone did: whose it is, until when it is good, and the word
 * that makes it usable once. Whether it was used is the register's to say. Refuses one that is good for longer than
 * `lifetimeSeconds` from now: the phone's clock is ahead, or somebody would keep it for later.
 */
export const readProof = (
  keys: Keys,
  proof: string,
  now: Temporal.Instant,
  lifetimeSeconds: number,
): ReadProof => readAwaited(keys, proof, { since: now, now }, lifetimeSeconds)

type ReadProof = Decision<{ personId: number; nonce: string; until: Temporal.Instant }, ProofRefusal>

/** Reads one as `readProof` does that may have been shown at any moment from `since` on: it has to have been good at one of them. */
export function readAwaited(
  keys: Keys,
  proof: string,
  { since, now }: { since: Temporal.Instant; now: Temporal.Instant },
  lifetimeSeconds: number,
): ReadProof {
  const parts =
    /^(GH1\.([0-9a-z]{1,11})\.([0-9a-z]{1,5}))\.([0-9a-z]{1,8})\.([0-9a-f]{12})\.([\w-]{27})$/.exec(
      proof.trim(),
    )
  if (!parts) return no('proof-not-ours')
  const [, stem, person, keyEnds, until, nonce, given] = parts as unknown as Record<number, string> & string[]
  const text = `${stem}.${until}.${nonce}`
  if (!keys.some(key => isOurs(key, { stem: stem!, text, given: given! }))) return no('proof-not-ours')
  const endsMs = Number.parseInt(until!, 36) * 1000
  const overMs = Math.min(endsMs, Number.parseInt(keyEnds!, 36) * hourMs)
  if (since.epochMilliseconds >= overMs) return no('proof-too-old')
  const goodMs = Math.max(since.epochMilliseconds, endsMs - (lifetimeSeconds + aheadSeconds) * 1000)
  if (goodMs > now.epochMilliseconds) return no('proof-from-later')
  if (goodMs >= overMs) return no('proof-too-old')
  const ends = Temporal.Instant.fromEpochMilliseconds(endsMs)
  return yes({ personId: Number.parseInt(person!, 36), nonce: nonce!, until: ends })
}
