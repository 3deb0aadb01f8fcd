import { request as askPlainly, Agent as PlainAgent } from 'node:http'
import { Agent, request as askByTls, type RequestOptions } from 'node:https'
import { type PushHost, reachable } from './push-hosts.ts'
import { notPublicCode, publicLookup, type Resolve } from './push-reach.ts'
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
  const { code } = error as { code?: unknown }
  if (code === 'ABORT_ERR') return `no answer within ${answerWithinMs / 1000} seconds`
  if (code === notPublicCode) return 'push service at no public address'
  return typeof code === 'string' ? code : 'not reached'
}

/** The rest that a push service asks for, in seconds or until a date; null where it says nothing that can be read. */
function restAsked(retryAfter: string | null, at: Temporal.Instant): number | null {
  if (retryAfter === null) return null
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter)
  const until = Date.parse(retryAfter)
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - at.epochMilliseconds) / 1000))
}

/** What a push service answered, as far as it matters here. */
interface Answer {
  status: number
  retryAfter: string | null
}

/** Posts once, over no more than one connection: whom we speak to is decided here, and a redirect is an answer like others. */
const post = (url: URL, options: RequestOptions, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? askByTls : askPlainly
    const asked = ask(url, { ...options, method: 'POST' }, answer => {
      // What it has to say beside its status is not read; it may take as long as the answer, and then it is cut off.
      answer.on('error', () => {}).resume()
      resolve({ status: answer.statusCode!, retryAfter: answer.headers['retry-after'] ?? null })
    })
    asked.on('error', reject).end(body)
  })

/**
 * Opens the way to the push services that are allowed; any other address is not spoken to, whatever the register holds, nor
 * is one that their names lead to and that is not public. `resolve` says the addresses of names.
 */
export function openPusher({ key, hosts }: PushSettings, resolve?: Resolve): Pusher {
  const [plain, byTls] = [
    new PlainAgent({ keepAlive: true }),
    new Agent({ keepAlive: true, lookup: publicLookup(resolve) }),
  ]
  return {
    async send({ endpoint, text, keptSeconds, urgency, topic, at, ...keys }) {
      const url = reachable(endpoint, hosts)
      if (url === null) return { is: 'failed', why: 'push service not allowed', restSeconds: null }
      const body = sealPush(Buffer.from(text), keys)
      try {
        const { status, retryAfter } = await post(
          url,
          {
            agent: url.protocol === 'https:' ? byTls : plain,
            signal: AbortSignal.timeout(answerWithinMs),
            headers: {
              authorization: key.proofFor(url.origin, at),
              'content-encoding': 'aes128gcm',
              'content-length': body.length,
              'content-type': 'application/octet-stream',
              ttl: String(keptSeconds),
              topic,
              urgency,
            },
          },
          body,
        )
        if (status >= 200 && status < 300) return { is: 'taken' }
        if (status === 404 || status === 410) return { is: 'gone' }
        return { is: 'failed', why: `HTTP ${status}`, restSeconds: restAsked(retryAfter, at) }
      } catch (error) {
        return { is: 'failed', why: reasonOf(error), restSeconds: null }
      }
    },
  }
}
