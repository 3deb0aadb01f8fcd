/** The university's OpenID provider, as an installation knows it. */
export interface ProviderSettings {
  issuer: URL
  clientId: string
  clientSecret: string
  /** What is asked for at the provider, beside `openid`: words with blanks between. */
  scope: string
  /** For whom access tokens of other programs must be: this API's own name at the provider. */
  audience: string
  /** By how many seconds the provider's clock may differ from ours. */
  skewSeconds: number
}

const usualScope = 'openid profile email'
const usualSkewSeconds = 60
const mostSkewSeconds = 300

/** Whether an address stays on this machine: what is sent there is read by nobody else. */
export const onThisMachine = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

function issuerFrom(said: string): URL {
  const wrong = `GATEHOUSE_OIDC_ISSUER is "${said}"; it must be the provider's issuer, such as https://login.example.edu.`
  if (!URL.canParse(said)) throw new Error(wrong)
  const issuer = new URL(said)
  if (issuer.protocol === 'https:') return issuer
  if (issuer.protocol !== 'http:') throw new Error(wrong)
  if (onThisMachine(issuer)) return issuer
  throw new Error(`${wrong} http:// is for a provider on this machine alone.`)
}

function skewFrom(said: string | undefined): number {
  const seconds = said ? Number(said) : usualSkewSeconds
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= mostSkewSeconds) return seconds
  throw new Error(
    `GATEHOUSE_OIDC_SKEW_SECONDS is "${said}"; it must be a whole number from 0 to ${mostSkewSeconds}.`,
  )
}

/** The provider that an environment names, or null; one that is named in part, or beside the demo, is told in one sentence. */
export function providerFrom(
  environment: NodeJS.ProcessEnv,
  { demo, pages }: { demo: boolean; pages: string | null },
): ProviderSettings | null {
  const {
    GATEHOUSE_OIDC_ISSUER: issuer,
    GATEHOUSE_OIDC_CLIENT_ID: clientId,
    GATEHOUSE_OIDC_CLIENT_SECRET: clientSecret,
  } = environment
  if (!issuer && !clientId && !clientSecret) return null
  if (!issuer || !clientId || !clientSecret)
    throw new Error(
      'GATEHOUSE_OIDC_ISSUER, GATEHOUSE_OIDC_CLIENT_ID and GATEHOUSE_OIDC_CLIENT_SECRET (or GATEHOUSE_OIDC_CLIENT_SECRET_FILE) are set together, or none is.',
    )
  if (demo)
    throw new Error(
      'GATEHOUSE_OIDC_ISSUER is set, and this is the demo, in which everybody may be anybody: set GATEHOUSE_DEMO=0, or take the provider away.',
    )
  if (pages === null)
    throw new Error(
      'GATEHOUSE_OIDC_ISSUER is set but GATEHOUSE_ADDRESS is not: the provider sends people back to that address.',
    )
  const scope = environment.GATEHOUSE_OIDC_SCOPE || usualScope
  return {
    issuer: issuerFrom(issuer),
    clientId,
    clientSecret,
    scope: scope.split(/\s+/).includes('openid') ? scope : `openid ${scope}`,
    audience: environment.GATEHOUSE_OIDC_AUDIENCE || `${pages}/api`,
    skewSeconds: skewFrom(environment.GATEHOUSE_OIDC_SKEW_SECONDS),
  }
}
