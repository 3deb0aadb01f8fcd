import { type PushHost, reachable } from './push-hosts.ts'
import { type DeviceKeys, type PushKey, sealPush } from './push-seal.ts'

/** With what, and through whom, an installation pushes. */
export interface PushSettings {
  key: PushKey
  hosts: readonly PushHost[]
}

/** One push as it goes out. */
export interface Pushed extends DeviceKeys {
  endpoint: string
  text: string
  /** How long it is kept for a phone that is off. */
  keptSeconds: number
  urgency: 'high' | 'normal'
  /** What a repeat replaces, where the first one still waits (RFC 8030, 5.4): 32 characters of base64url at most. */
  topic: string
  /** The raw clock: push services look at real hours. */
  at: Temporal.Instant
}

/** What became of it: taken on; or the device is no more; or not now, and why, and for how long at least. */
export type PushOutcome =
  | { is: 'taken' }
  | { is: 'gone' }
  | { is: 'failed'; why: string; restSeconds: number | null }

/** Hands pushes to push services. */
export interface Pusher {
  send(push: Pushed): Promise<PushOutcome>
}

const answerWithinMs = 10_000

/** What went wrong, without the device's address, which is a secret of its own. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } }
  if (name === 'TimeoutError') return `no answer within ${answerWithinMs / 1000} seconds`
  return typeof cause?.code === 'string' ? cause.code : 'not reached'
}

/** The rest that a push service asks for, in seconds or until a date; null where it says nothing that can be read. */
function restAsked(retryAfter: string | null, at: Temporal.Instant): number | null {
  if (retryAfter === null) return null
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter)
  const until = Date.parse(retryAfter)
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - at.epochMilliseconds) / 1000))
}

/** Opens the way to the push services that are allowed; any other address is not spoken to, whatever the register holds. */
export function openPusher({ key, hosts }: PushSettings): Pusher {
  return {
    async send({ endpoint, text, keptSeconds, urgency, topic, at, ...keys }) {
      const url = reachable(endpoint, hosts)
      if (url === null) return { is: 'failed', why: 'push service not allowed', restSeconds: null }
      try {
        const answer = await fetch(url, {
          method: 'POST',
          // Whom we speak to is decided here, and not by an answer.
          redirect: 'manual',
          signal: AbortSignal.timeout(answerWithinMs),
          headers: {
            authorization: key.proofFor(url.origin, at),
            'content-encoding': 'aes128gcm',
            'content-type': 'application/octet-stream',
            ttl: String(keptSeconds),
            topic,
            urgency,
          },
          body: new Uint8Array(sealPush(Buffer.from(text), keys)),
        })
        await answer.body?.cancel()
        if (answer.ok) return { is: 'taken' }
        if (answer.status === 404 || answer.status === 410) return { is: 'gone' }
        const rest = restAsked(answer.headers.get('retry-after'), at)
        return { is: 'failed', why: `HTTP ${answer.status}`, restSeconds: rest }
      } catch (error) {
        return { is: 'failed', why: reasonOf(error), restSeconds: null }
      }
    },
  }
}
