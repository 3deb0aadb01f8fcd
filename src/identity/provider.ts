import { createHash } from 'node:crypto'
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import * as client from 'openid-client'
import type { Claims } from './rules.ts'
import type { ProviderSettings } from './settings.ts'

/** The provider does not answer, or not as one: nobody can sign in until it does again. */
export class ProviderDown extends Error {}

/** What came back from the provider is not what it would say: nobody is signed in by it. `why` is a code for the log. */
export class NotBelieved extends Error {
  readonly why: string
  constructor(why: string) {
    super(`the provider's answer is not believed: ${why}`)
    this.why = why
  }
}

/** Somebody for whom the provider vouches. */
export interface Vouched {
  claims: Claims
  /** Who it is at the provider, and in which of its sessions: sha-256 of the issuer and its own words. */
  subject: Buffer
  session: Buffer | null
}

/** Whose sessions the provider has ended: somebody's all, or those of one sign-in; those that began by then. */
export type Ended = { subject: Buffer | null; session: Buffer | null; saidAt: Temporal.Instant }

/** What an access token says: which program has it, for what, and in whose name. */
export interface Bears {
  client: string
  subject: string
  scopes: readonly string[]
  claims: Claims
}

/** What a sign-in is begun with, and known again by. */
export interface Attempt {
  state: string
  nonce: string
  verifier: string
}

/** The university's OpenID provider: where people are sent, and what it says of those who come back. */
export interface Provider {
  issuer: string
  /** Where somebody is sent to sign in; throws `ProviderDown`. */
  authorizationUrl(attempt: Attempt): Promise<string>
  /** Who came back to an address, by what the attempt knows; throws `ProviderDown` or `NotBelieved`. */
  vouchedFor(query: string, attempt: Attempt): Promise<Vouched>
  /** Where somebody is sent to be signed out there, too; null where it has no such page or does not answer. */
  endSessionUrl(): Promise<string | null>
  /** What an access token says that is for us; throws `ProviderDown` or `NotBelieved`. */
  bears(accessToken: string): Promise<Bears>
  /** What a logout token says; throws `ProviderDown` or `NotBelieved`. */
  endedBy(logoutToken: string): Promise<Ended>
}

/** How long the provider may take for one answer, and how long that answer may be. */
const patienceSeconds = 5
const longestAnswer = 1024 * 1024

/** How long what the provider says of itself is known, and how often its keys are asked for at most. */
const knownForMs = 10 * 60_000
const usualKeysRestMs = 5_000

/** How old what it says of a sign-in may be. */
const oldest = '10 minutes'

/** Keys that others can check with; a secret that we share proves nothing about who signed. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

/** Fetches as usual, but never more than an answer should have. */
async function fetchShort(url: string, options: object): Promise<Response> {
  const response = await fetch(url, options)
  if (response.body === null) return response
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.length
    if (length > longestAnswer) throw new TypeError('the answer is too long')
    chunks.push(chunk)
  }
  const { status, statusText, headers } = response
  return new Response([204, 304].includes(status) ? null : Buffer.concat(chunks), {
    status,
    statusText,
    headers,
  })
}

/** Codes of the libraries that say: nobody there, or nobody who speaks the language. */
const downCodes = [
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_PARSE_ERROR',
  'ERR_JWKS_TIMEOUT',
]

/** A fault of the libraries as one of the two that we know; the library's own words may quote a token, so only codes stay. */
function told(error: unknown): Error {
  if (error instanceof NotBelieved || error instanceof ProviderDown) return error
  const { code, name, error: said } = error as { code?: string; name?: string; error?: string }
  const why = [code ?? name ?? 'unknown', said].filter(each => each !== undefined).join(' ')
  const lost = error instanceof TypeError && code === undefined
  const noKeys = error instanceof errors.JOSEError && code === 'ERR_JOSE_GENERIC'
  if (lost || noKeys || name === 'TimeoutError' || (code !== undefined && downCodes.includes(code)))
    return new ProviderDown(why)
  return new NotBelieved(why.replaceAll(/[^\w .-]/g, '').slice(0, 100))
}

const known = (issuer: string, ...said: string[]): Buffer =>
  createHash('sha256')
    .update([issuer, ...said].join('\n'))
    .digest()

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What a provider has told about itself. */
interface Known {
  config: client.Configuration
  keys: ReturnType<typeof createRemoteJWKSet>
}

/**
 * Opens a provider; nothing is asked of it before somebody signs in. `pages` is our own address, `monotonicMs` a clock that
 * only goes on. Keys are asked for anew when a token names one that is not known, at most once in `keysRestMs`.
 */
export function openProvider({
  settings,
  pages,
  monotonicMs,
  keysRestMs = usualKeysRestMs,
}: {
  settings: ProviderSettings
  pages: string
  monotonicMs: () => number
  keysRestMs?: number
}): Provider {
  const { clientId, clientSecret, scope, audience, skewSeconds } = settings
  const plain = settings.issuer.protocol === 'http:'
  const issuer = settings.issuer.href.replace(/\/$/, '')
  const back = `${pages}/sign-in/back`
  const metadata = { client_secret: clientSecret, [client.clockTolerance]: skewSeconds }
  let asked: { known: Promise<Known>; sinceMs: number } | null = null

  async function discover(): Promise<Known> {
    const found = await client.discovery(settings.issuer, clientId, metadata, client.None(), {
      timeout: patienceSeconds,
      [client.customFetch]: fetchShort,
      execute: plain ? [client.allowInsecureRequests] : [],
    })
    const server = found.serverMetadata()
    const methods = server.token_endpoint_auth_methods_supported
    const authentication =
      methods === undefined || methods.includes('client_secret_basic')
        ? client.ClientSecretBasic(clientSecret)
        : client.ClientSecretPost(clientSecret)
    const config = new client.Configuration({ ...server }, clientId, metadata, authentication)
    config.timeout = patienceSeconds
    config[client.customFetch] = fetchShort
    if (plain) client.allowInsecureRequests(config)
    if (!server.jwks_uri || (!plain && !server.jwks_uri.startsWith('https:')))
      throw new ProviderDown('it publishes no keys')
    const keys = createRemoteJWKSet(new URL(server.jwks_uri), {
      cooldownDuration: keysRestMs,
      timeoutDuration: patienceSeconds * 1000,
      [customFetch]: fetchShort,
    })
    return { config, keys }
  }

  /** What the provider says of itself, asked once for all who sign in meanwhile; asked anew where it did not answer. */
  function knowing(): Promise<Known> {
    if (asked === null || monotonicMs() - asked.sinceMs >= knownForMs) {
      const known = discover().catch((error: unknown) => {
        if (asked === now) asked = null
        const { why } = told(error) as { why?: string }
        throw new ProviderDown(why ?? 'no answer')
      })
      const now = { known, sinceMs: monotonicMs() }
      asked = now
    }
    return asked.known
  }

  const checked = (token: string, { keys, config }: Known, typ?: string) =>
    jwtVerify(token, keys, {
      issuer: config.serverMetadata().issuer,
      audience: clientId,
      algorithms,
      clockTolerance: skewSeconds,
      maxTokenAge: oldest,
      ...(typ !== undefined && { typ }),
    })

  return {
    issuer,
    async authorizationUrl({ state, nonce, verifier }) {
      const { config } = await knowing()
      return client.buildAuthorizationUrl(config, {
        redirect_uri: back,
        scope,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href
    },

    async vouchedFor(query, { state, nonce, verifier }) {
      const now = await knowing()
      try {
        const tokens = await client.authorizationCodeGrant(now.config, new URL(`${back}${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const { payload } = await checked(tokens.id_token!, now)
        const subject = payload.sub!
        const more = now.config.serverMetadata().userinfo_endpoint
          ? await client.fetchUserInfo(now.config, tokens.access_token, subject)
          : {}
        const sid = text(payload.sid)
        return {
          claims: { ...more, ...payload },
          subject: known(issuer, 'sub', subject),
          session: sid === null ? null : known(issuer, 'sid', sid),
        }
      } catch (error) {
        throw told(error)
      }
    },

    async endSessionUrl() {
      const now = await knowing().catch(() => null)
      if (!now?.config.serverMetadata().end_session_endpoint) return null
      return client.buildEndSessionUrl(now.config, { post_logout_redirect_uri: `${pages}/` }).href
    },

    async bears(accessToken) {
      const { keys, config } = await knowing()
      // RFC 9068: it is an access token by its type, ours by its audience, and says which client has it.
      const { payload } = await jwtVerify(accessToken, keys, {
        issuer: config.serverMetadata().issuer,
        audience,
        algorithms,
        clockTolerance: skewSeconds,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'sub', 'client_id'],
      }).catch((error: unknown) => {
        throw told(error)
      })
      const [client, subject] = [text(payload.client_id), text(payload.sub)]
      if (client === null || subject === null) throw new NotBelieved('nobody in it')
      return { client, subject, claims: payload, scopes: (text(payload.scope) ?? '').split(' ') }
    },

    async endedBy(logoutToken) {
      const now = await knowing()
      const { payload } = await checked(logoutToken, now).catch((error: unknown) => {
        throw told(error)
      })
      // OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6: it says so by an event, and is no identity token.
      const events = payload.events as Record<string, unknown> | undefined
      const says = events?.['http://schemas.openid.net/event/backchannel-logout']
      if (typeof says !== 'object' || says === null) throw new NotBelieved('no logout event')
      if (payload.nonce !== undefined) throw new NotBelieved('an identity token')
      const [sub, sid] = [text(payload.sub), text(payload.sid)]
      if (sub === null && sid === null) throw new NotBelieved('neither sub nor sid')
      return {
        subject: sub === null ? null : known(issuer, 'sub', sub),
        session: sid === null ? null : known(issuer, 'sid', sid),
        saidAt: Temporal.Instant.fromEpochMilliseconds((payload.iat! + skewSeconds) * 1000),
      }
    },
  }
}
