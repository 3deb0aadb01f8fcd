import { createHash, randomBytes } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { ClientMetadata } from 'oidc-provider'
import type { Forgery } from './provider-forgery.ts'
import { type ProviderClaims, providerPassword } from './provider-people.ts'
import type { Question } from './provider-process.ts'

/** The audience of tokens for Gatehouse's API, and one of somebody else's. */
export const apiAudience = 'https://gatehouse.example/api'
export const otherAudience = 'https://other.example/api'

/** Gatehouse itself, as the provider knows it. */
export const gatehouseClient = { id: 'gatehouse', secret: 'secret-of-gatehouse-in-tests' }

/** Where the university's own app is sent back to with its code. */
const appReturn = 'https://app.university.example/back'

/** The secret of each client but Gatehouse. */
const clientSecret = 'secret-of-a-client-in-tests'

/** What each client may ask for at the API's audience: the university's app with a student's token, systems with their own. */
const clientScopes: Record<string, string> = {
  'campus-app': 'card:read card:activate card:manage card:data',
  'other-app': 'card:read',
  registrar: 'roster:write',
  archive: 'exports:read',
  integration: 'roster:write exports:read',
}

const clientsFor = (origin: string): ClientMetadata[] => [
  {
    client_id: gatehouseClient.id,
    client_secret: gatehouseClient.secret,
    redirect_uris: [`${origin}/sign-in/back`],
    post_logout_redirect_uris: [`${origin}/`],
    backchannel_logout_uri: `${origin}/sign-in/ended`,
    backchannel_logout_session_required: true,
    response_types: ['code'],
    grant_types: ['authorization_code'],
  },
  ...['campus-app', 'other-app'].map(client_id => ({
    client_id,
    client_secret: clientSecret,
    redirect_uris: [appReturn],
    response_types: ['code' as const],
    grant_types: ['authorization_code'],
  })),
  ...['registrar', 'archive', 'integration'].map(client_id => ({
    client_id,
    client_secret: clientSecret,
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
  })),
]

/** The cookies of one browser at the provider; without scripts, as the flow itself needs none. */
export class CookieJar {
  readonly #cookies = new Map<string, string>()
  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = /^([^=]+)=([^;]*)/.exec(line)!.slice(1) as [string, string]
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}

/** A real OpenID provider beside the tests, on loopback, with fictional people (test/provider-people.ts). */
export interface Provider {
  issuer: string
  /** Says where Gatehouse is: where it may send people back to, and where it is told of sign-outs. */
  knows(origin: string): Promise<void>
  /** Signs with a new key from now on; the old one is no longer published unless it is said to be kept. */
  rotateKeys(options?: { keepOld: boolean }): Promise<void>
  /** How often somebody has asked for its keys. */
  fetchedKeys(): Promise<number>
  /** Puts its clock ahead of the machine's, or behind it. */
  setClock(aheadMs: number): Promise<void>
  /** Changes what it says of somebody from their next sign-in on; null: it knows them no more. */
  changePerson(username: string, changed: Partial<ProviderClaims> | null): Promise<void>
  /** Hands out forged identity tokens until it is told null. */
  forge(forgery: Forgery | null): Promise<void>
  /** Signs somebody in at an address of its own, as a browser without scripts does; where it sends them back to. */
  signIn(username: string, authorizationUrl: string, jar?: CookieJar): Promise<string>
  /** Signs the browser out at the provider, which tells its clients; where it sends the browser afterwards. */
  signOut(jar: CookieJar, endSessionUrl?: string): Promise<string | null>
  /** An access token of the university's app for a student, or what the token endpoint refuses. */
  delegatedToken(
    username: string,
    ask?: { scope?: string; audience?: string; client?: string },
  ): Promise<string>
  /** An access token of a system for itself (client credentials). */
  clientToken(client: string, ask?: { scope?: string; audience?: string }): Promise<string>
  /** Nobody answers at its address until `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

async function visit(url: string, jar: CookieJar, form?: Record<string, string>): Promise<Response> {
  const response = await fetch(url, {
    method: form ? 'POST' : 'GET',
    headers: { cookie: jar.header },
    redirect: 'manual',
    ...(form && { body: new URLSearchParams(form) }),
  })
  jar.keep(response)
  return response
}

/** Follows its redirects until a page comes, or an address that is not its own. */
async function follow(issuer: string, first: Response, at: string, jar: CookieJar) {
  let [response, url] = [first, at]
  for (let step = 0; step < 10; step += 1) {
    const location = response.headers.get('location')
    if (location === null) return { url, html: await response.text(), outside: false }
    await response.body?.cancel()
    url = new URL(location, url).href
    if (new URL(url).origin !== new URL(issuer).origin) return { url, html: '', outside: true }
    response = await visit(url, jar)
  }
  throw new Error('the provider redirects without end')
}

/** Starts the provider; it ends with `close`. `origin` is where Gatehouse listens, where that is known already. */
export async function openProvider(origin = 'http://127.0.0.1:1'): Promise<Provider> {
  const worker = new Worker(new URL('./provider-process.ts', import.meta.url), {
    workerData: { clients: clientsFor(origin), audiences: [apiAudience, otherAudience], clientScopes },
  })
  let last = 0
  const ask = <T>(what: Question['ask'], ...given: unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      last += 1
      const id = last
      const answered = (answer: { id: number; value?: T; error?: string }) => {
        if (answer.id !== id) return
        worker.off('message', answered).off('error', reject)
        if (answer.error === undefined) resolve(answer.value as T)
        else reject(new Error(`the provider: ${answer.error}`))
      }
      worker.on('message', answered).on('error', reject)
      worker.postMessage({ id, ask: what, with: given } satisfies Question, [])
    })
  const issuer = await ask<string>('start')

  async function signIn(username: string, authorizationUrl: string, jar = new CookieJar()): Promise<string> {
    const login = await follow(issuer, await visit(authorizationUrl, jar), authorizationUrl, jar)
    if (login.outside) return login.url
    if (!login.html.includes('name="password"')) throw new Error(`the provider says: ${login.html}`)
    const form = { username, password: providerPassword }
    const back = await follow(issuer, await visit(login.url, jar, form), login.url, jar)
    if (!back.outside) throw new Error(`the provider says: ${back.html}`)
    return back.url
  }

  async function tokenFor(client: string, form: Record<string, string>): Promise<string> {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams(form),
    })
    const answer = (await response.json()) as { access_token?: string; error_description?: string }
    if (!answer.access_token) throw new Error(`the provider gives no token: ${answer.error_description}`)
    return answer.access_token
  }

  return {
    issuer,
    knows: where => ask('setClients', clientsFor(where)),
    rotateKeys: ({ keepOld } = { keepOld: false }) => ask('rotateKeys', keepOld),
    fetchedKeys: () => ask('fetchedKeys'),
    setClock: aheadMs => ask('setClock', aheadMs),
    async changePerson(username, changed) {
      const known = await ask<ProviderClaims | null>('person', username)
      await ask('setPerson', username, changed && { name: username, email: '', ...known, ...changed })
    },
    forge: forgery => ask('forge', forgery),
    signIn,
    async signOut(jar, url = `${issuer}/session/end?client_id=${gatehouseClient.id}`) {
      const asking = await (await visit(url, jar)).text()
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(asking)?.[1]
      const action = /action="([^"]+)"/.exec(asking)?.[1]
      if (!xsrf || !action) throw new Error(`the provider says: ${asking}`)
      const answer = await visit(action, jar, { xsrf, logout: 'yes' })
      const end = await follow(issuer, answer, action, jar)
      return end.outside ? end.url : null
    },
    async delegatedToken(username, wanted = {}) {
      const { scope = 'card:read card:activate', audience = apiAudience, client = 'campus-app' } = wanted
      const verifier = randomBytes(32).toString('base64url')
      const asking = new URLSearchParams({
        client_id: client,
        response_type: 'code',
        redirect_uri: appReturn,
        scope: `openid ${scope}`,
        resource: audience,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      })
      const back = await signIn(username, `${issuer}/auth?${asking}`)
      const code = new URL(back).searchParams.get('code')
      if (code === null) throw new Error(`the provider sends back ${back}`)
      return tokenFor(client, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: appReturn,
        code_verifier: verifier,
        resource: audience,
      })
    },
    clientToken: (client, { scope, audience = apiAudience } = {}) =>
      tokenFor(client, {
        grant_type: 'client_credentials',
        resource: audience,
        scope: scope ?? clientScopes[client] ?? '',
      }),
    stop: () => ask('stop'),
    start: async () => void (await ask('start')),
    async close() {
      await worker.terminate()
    },
  }
}
