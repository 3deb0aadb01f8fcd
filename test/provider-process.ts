import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { type ClientMetadata, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { type Forgery, forged } from './provider-forgery.ts'
import { type ProviderClaims, providerPassword, providerPeople } from './provider-people.ts'

/*
 * The tests' OpenID provider, in a thread of its own: its clock is its own (`setClock`), and it is down when it is told to
 * be. test/provider.ts starts it and says what it can be asked.
 */

const { clients, audiences, clientScopes } = workerData as {
  clients: ClientMetadata[]
  audiences: string[]
  clientScopes: Record<string, string>
}

// Each start would remind every test that a provider for tests keeps nothing on a disk.
console.warn = () => {}

let aheadMs = 0
const machineNow = Date.now.bind(Date)
Date.now = () => machineNow() + aheadMs

const people = new Map<string, ProviderClaims>(Object.entries(providerPeople))
let keys: JWK[] = []
let forgery: Forgery | null = null
let fetchedKeys = 0
let handle: ReturnType<Provider['callback']>

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: crypto.randomUUID() }
}

const page = (title: string, inner: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${title}</title><h1>${title}</h1>${inner}</html>`

/** The same for everybody who has signed in: nobody is asked whether an application may know them. */
async function grantOf(ctx: KoaContextWithOIDC) {
  const { oidc } = ctx
  const id = oidc.result?.consent?.grantId ?? oidc.session!.grantIdFor(oidc.client!.clientId)
  const known = id && (await oidc.provider.Grant.find(id))
  const grant =
    known || new oidc.provider.Grant({ accountId: oidc.session!.accountId!, clientId: oidc.client!.clientId })
  grant.addOIDCScope('openid profile email university')
  for (const audience of audiences)
    grant.addResourceScope(audience, clientScopes[oidc.client!.clientId] ?? '')
  await grant.save()
  return grant
}

/** A provider over the keys and clients of now; what is signed in at it goes on. */
function build(issuer: string): void {
  const provider = new Provider(issuer, {
    clients: clients.map(client => structuredClone(client)),
    jwks: { keys: structuredClone(keys) },
    cookies: { keys: ['the tests’ provider'] },
    scopes: ['openid'],
    claims: {
      profile: ['name', 'preferred_username'],
      email: ['email'],
      university: ['student_number', 'groups', 'eduperson_affiliation'],
    },
    pkce: { required: () => true },
    responseTypes: ['code'],
    issueRefreshToken: () => false,
    ttl: {
      AccessToken: 600,
      ClientCredentials: 600,
      IdToken: 300,
      Session: 3600,
      Interaction: 600,
      Grant: 3600,
    },
    findAccount: (_, sub) => {
      const claims = people.get(sub)
      return claims && { accountId: sub, claims: () => ({ sub, preferred_username: sub, ...claims }) }
    },
    loadExistingGrant: grantOf,
    extraTokenClaims: (_, token) => {
      const of = 'accountId' in token ? people.get(token.accountId) : undefined
      return of?.student_number ? { student_number: of.student_number } : undefined
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      ctx.body = page('Provider', `<p>${out.error}</p><p>${out.error_description ?? ''}</p>`)
    },
    // Its own guard against private addresses would keep it from the loopback that Gatehouse listens on here.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = page(
            'Sign out of the university',
            `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
          )
        },
        postLogoutSuccessSource: ctx => {
          ctx.body = page('Signed out', '')
        },
      },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => false,
        getResourceServerInfo: (_, audience, client) => {
          if (!audiences.includes(audience)) throw new errors.InvalidTarget()
          return {
            scope: clientScopes[client.clientId] ?? '',
            audience,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }
        },
      },
    },
  })
  provider.use(async (ctx, next) => {
    if (ctx.path === '/jwks') fetchedKeys += 1
    await next()
    const answer = ctx.body as { id_token?: string } | undefined
    if (forgery && ctx.path === '/token' && answer?.id_token)
      ctx.body = { ...answer, id_token: await forged(answer.id_token, forgery, keys[0]!) }
  })
  provider.use(async (ctx, next) => {
    const uid = /^\/interaction\/([\w-]+)$/.exec(ctx.path)?.[1]
    if (!uid) {
      await next()
      return
    }
    let wrong = ''
    if (ctx.method === 'POST') {
      const chunks: Buffer[] = []
      for await (const chunk of ctx.req) chunks.push(chunk as Buffer)
      const form = new URLSearchParams(Buffer.concat(chunks).toString())
      const username = form.get('username') ?? ''
      if (people.has(username) && form.get('password') === providerPassword) {
        ctx.respond = false
        await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: username } })
        return
      }
      wrong = '<p role="alert">Wrong user name or password.</p>'
    }
    ctx.type = 'html'
    ctx.body = page(
      'Sign in to the university',
      `${wrong}<form method="post"><p><label>User name <input name="username" autocomplete="off" required></label></p>` +
        '<p><label>Password <input name="password" type="password" required></label></p><button>Sign in</button></form>',
    )
  })
  handle = provider.callback()
}

const server = createServer((request, response) => void handle(request, response))
const listen = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

let port = 0
let issuer = ''

/** What the process can be asked; test/provider.ts has a sentence for each. */
const asked = {
  async start() {
    port = await listen(port)
    if (issuer === '') {
      issuer = `http://localhost:${port}`
      keys = [await newKey()]
      build(issuer)
    }
    return issuer
  },
  async stop() {
    const closed = new Promise(resolve => server.close(resolve))
    server.closeAllConnections()
    await closed
  },
  setClients(changed: ClientMetadata[]) {
    clients.splice(0, clients.length, ...changed)
    build(issuer)
  },
  async rotateKeys(keepOld: boolean) {
    keys = [await newKey(), ...(keepOld ? keys : [])]
    build(issuer)
  },
  setClock(ms: number) {
    aheadMs = ms
  },
  setPerson(username: string, claims: ProviderClaims | null) {
    if (claims) people.set(username, claims)
    else people.delete(username)
  },
  person: (username: string) => people.get(username) ?? null,
  forge(next: Forgery | null) {
    forgery = next
  },
  fetchedKeys: () => fetchedKeys,
}

/** A question to the process: which, with what, under a number that its answer bears. */
export interface Question {
  id: number
  ask: keyof typeof asked
  with: unknown[]
}

parentPort!.on('message', ({ id, ask, with: given }: Question) => {
  const answering = async () => (asked[ask] as (...all: unknown[]) => unknown)(...given)
  answering().then(
    value => parentPort!.postMessage({ id, value }, []),
    (error: Error) => parentPort!.postMessage({ id, error: error.message }, []),
  )
})
