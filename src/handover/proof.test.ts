import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestScan } from '../card/scan.ts'
import type { Keys } from '../lib/keys.ts'
import { phoneCode } from '../lib/phone-code.ts'
import { makeProof, phoneKey, readAwaited, readProof } from './proof.ts'

const now = Temporal.Instant.from('2023-10-18T02:40:00Z')
const keys: Keys = [Buffer.alloc(32, 7)]
const personId = 12
const lifetimeSeconds = 60
const read = (proof: string, at = now, by = keys) => readProof(by, proof, at, lifetimeSeconds)

describe('a live proof that the server made', () => {
  const made = makeProof(keys, { personId, now, lifetimeSeconds })

  it('says whose it is for its lifetime, and not a moment longer', () => {
    expect(read(made, now.add({ seconds: 59 }))).toMatchObject({ ok: true, personId })
    expect(read(made, now.add({ seconds: 60 }))).toMatchObject({ refusal: 'proof-too-old' })
  })

  it('is not ours with one letter changed, or of another key', () => {
    expect(read(made.replace('GH1.c.', 'GH1.d.'))).toMatchObject({ refusal: 'proof-not-ours' })
    expect(read(made, now, [Buffer.alloc(32, 8)])).toMatchObject({ refusal: 'proof-not-ours' })
    expect(read(made, now, [Buffer.alloc(32, 8), ...keys])).toMatchObject({ ok: true, personId })
    expect(read('https://example.org/qr')).toMatchObject({ refusal: 'proof-not-ours' })
  })
})

describe('a live proof that the phone made without signal', () => {
  const phone = phoneKey(keys, { personId, now, lifetimeSeconds, withoutSignalHours: 12 })
  const madeAt = (at: Temporal.Instant, by = phone) => phoneCode(by, at.epochMilliseconds)

  it('is read like any other, hours later', async () => {
    const later = now.add({ hours: 11, minutes: 59 })
    const code = await madeAt(later)
    expect(read(code, later)).toMatchObject({ ok: true, personId, until: later.add({ seconds: 60 }) })
    expect(read(code, later.add({ seconds: 60 }))).toMatchObject({ refusal: 'proof-too-old' })
  })

  it('is never the same twice, so that each is used once', async () => {
    expect(await madeAt(now)).not.toBe(await madeAt(now))
  })

  it('is too old once the key has ended: at the end of its hour', async () => {
    expect(phone.until.toString()).toBe('2023-10-18T15:00:00Z')
    expect(read(await madeAt(phone.until), phone.until)).toMatchObject({ refusal: 'proof-too-old' })
  })

  it('made by a clock that is ahead: a minute is forgiven, more is told', async () => {
    expect(read(await madeAt(now.add({ seconds: 60 })))).toMatchObject({ ok: true })
    expect(read(await madeAt(now.add({ seconds: 61 })))).toMatchObject({ refusal: 'proof-from-later' })
  })

  it('a key makes codes of nobody else, and its own end cannot be put off', async () => {
    for (const stem of ['GH1.d.am1z', phone.stem.replace(/.$/u, 'z')])
      expect(read(await madeAt(now, { ...phone, stem }))).toMatchObject({ refusal: 'proof-not-ours' })
  })

  it('fits into a scan, for every person and every day of this century', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60_000_000 }),
        fc.integer({ min: 1_690_000_000, max: 4_102_444_800 }),
        async (someone, second) => {
          const at = Temporal.Instant.fromEpochMilliseconds(second * 1000)
          const own = phoneKey(keys, { personId: someone, now: at, lifetimeSeconds, withoutSignalHours: 168 })
          const code = await madeAt(at, own)
          expect(code.length).toBeLessThanOrEqual(longestScan)
          expect(read(code, at)).toMatchObject({ ok: true, personId: someone })
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a live proof that is shown while a signature is awaited', () => {
  const since = (minutes: number) => ({ since: now, now: now.add({ minutes }) })
  const madeLater = makeProof(keys, { personId: 12, now: now.add({ minutes: 3 }), lifetimeSeconds })
  const awaited = (minutes: number, proof = madeLater) =>
    readAwaited(keys, proof, since(minutes), lifetimeSeconds)

  it('was good at some moment of that, be it the first or a later one', () => {
    expect(awaited(10)).toMatchObject({ ok: true, personId: 12 })
    expect(awaited(10, makeProof(keys, { personId: 12, now, lifetimeSeconds }))).toMatchObject({ ok: true })
  })

  it('is refused where it was over before, or is still to come', () => {
    expect(awaited(1)).toMatchObject({ refusal: 'proof-from-later' })
    const before = makeProof(keys, { personId: 12, now: now.subtract({ minutes: 5 }), lifetimeSeconds })
    expect(awaited(10, before)).toMatchObject({ refusal: 'proof-too-old' })
  })
})
