import { tokenHeader } from '../lib/form-token.ts'
import { idleHeader } from '../lib/idle.ts'
import type { Language } from '../lib/words.ts'
import { words } from './words.ts'

/** What the API answers: a value, or a refusal with its reason as a code and as a sentence in the reader's language. */
export type Answer<Value> =
  | { ok: true; status: number; value: Value }
  | { ok: false; status: number; refusal: string; message: string }

/** How a call may be made: a signal to give it up, and for an act the key of a try that is being repeated. */
export interface CallOptions {
  signal?: AbortSignal
  idempotencyKey?: string
}

/** The API under `/api/v1` as the pages use it. Paths start with a slash: `api.get<Person>('/persons/41047001S')`. */
export interface Api {
  get<Value>(path: string, options?: CallOptions): Promise<Answer<Value>>
  post<Value>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<Value>>
  put<Value>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<Value>>
  patch<Value>(path: string, body?: unknown, options?: CallOptions): Promise<Answer<Value>>
  delete<Value>(path: string, options?: CallOptions): Promise<Answer<Value>>
  /** Sends a file or several fields (multipart), for imports. */
  upload<Value>(path: string, form: FormData, options?: CallOptions): Promise<Answer<Value>>
  /** What for the reader looks people up, as they said it; kept with each of these looks until they say otherwise. */
  reason: string
}

/** A random key (UUID version 4); unlike crypto.randomUUID it also exists on a page without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
}

/** Whether it is known what became of an act: not when nothing readable came back, or the server fell over. */
const settled = (answer: Answer<unknown>): boolean =>
  answer.ok || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)

async function readAnswer<Value>(response: Response, language: Language): Promise<Answer<Value>> {
  const w = words[language]
  const { status } = response
  const text = await response.text()
  if (response.ok && text === '') return { ok: true, status, value: undefined as Value }
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { ok: false, status, refusal: 'unreadable', message: w.unreadableRefusal }
  }
  if (response.ok) return { ok: true, status, value: body as Value }
  const problem = (body ?? {}) as { refusal?: string; message?: string; title?: string; detail?: string }
  return {
    ok: false,
    status,
    refusal: problem.refusal ?? 'fault',
    message: problem.message ?? problem.detail ?? w.noWordsRefusal(status),
  }
}

/**
 * The API client of a page. An act that is under way is not sent a second time (a double tap gets the first one's
 * answer), and one whose answer was lost is repeated under the same `Idempotency-Key`, so that it happens once.
 * Nothing is thrown: a dead network is the refusal `network`.
 */
export function makeApi(options: {
  language: Language
  /** What the page says with every act, as its shell has it. */
  formToken?: string | null
  /** Whether nobody has touched the page for a while: then what it asks by itself keeps no session alive. */
  nobodyHere?: () => boolean
  base?: string
  send?: typeof fetch
}): Api {
  const { language, formToken, nobodyHere, base = '/api/v1', send = fetch } = options
  const underWay = new Map<string, Promise<Answer<unknown>>>()
  const keysOfUnsettled = new Map<string, string>()

  async function request<Value>(
    method: string,
    path: string,
    body: BodyInit | undefined,
    type: string | null,
    { signal, key }: { signal?: AbortSignal; key?: string },
  ): Promise<Answer<Value>> {
    const headers = new Headers({ accept: 'application/json', 'accept-language': language })
    if (type) headers.set('content-type', type)
    if (key) headers.set('idempotency-key', key)
    if (nobodyHere?.()) headers.set(idleHeader, '1')
    if (formToken && method !== 'GET') headers.set(tokenHeader, formToken)
    // A header takes no Chinese, and an address would be written down on the way.
    if (api.reason !== '' && path.startsWith('/people/'))
      headers.set('look-reason', encodeURIComponent(api.reason))
    try {
      const init = { method, headers, body, signal, credentials: 'same-origin' } as const
      return await readAnswer<Value>(await send(`${base}${path}`, init), language)
    } catch {
      return { ok: false, status: 0, refusal: 'network', message: words[language].networkRefusal }
    }
  }

  function act<Value>(
    method: string,
    path: string,
    body: unknown,
    { signal, idempotencyKey }: CallOptions = {},
  ): Promise<Answer<Value>> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const same = `${method} ${path} ${text ?? ''}`
    const running = underWay.get(same)
    if (running) return running as Promise<Answer<Value>>
    const key = idempotencyKey ?? keysOfUnsettled.get(same) ?? newKey()
    keysOfUnsettled.set(same, key)
    const sent = request<Value>(method, path, text, text === undefined ? null : 'application/json', {
      signal,
      key,
    })
      .then(answer => {
        if (settled(answer)) keysOfUnsettled.delete(same)
        return answer
      })
      .finally(() => underWay.delete(same))
    underWay.set(same, sent)
    return sent
  }

  const api: Api = {
    reason: '',
    get: (path, { signal } = {}) => request('GET', path, undefined, null, { signal }),
    post: (path, body, call) => act('POST', path, body, call),
    put: (path, body, call) => act('PUT', path, body, call),
    patch: (path, body, call) => act('PATCH', path, body, call),
    delete: (path, call) => act('DELETE', path, undefined, call),
    upload: (path, form, { signal, idempotencyKey } = {}) =>
      request('POST', path, form, null, { signal, key: idempotencyKey ?? newKey() }),
  }
  return api
}
