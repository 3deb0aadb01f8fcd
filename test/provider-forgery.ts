import { decodeJwt, decodeProtectedHeader, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'

/** How an identity token is made that nobody may believe; claims that are null are left out. */
export interface Forgery {
  claims?: Record<string, unknown>
  /**
   * By whom it is signed: the provider itself, somebody else under the provider's key id or under one of their own, with a
   * secret in place of a key, or by nobody.
   */
  signedBy?: 'provider' | 'stranger' | 'stranger-own-key' | 'secret' | 'nobody'
  secret?: string
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The token as a forger would hand it over. */
export async function forged(
  token: string,
  { claims = {}, signedBy = 'provider', secret = '' }: Forgery,
  key: JWK,
) {
  const { kid, typ } = decodeProtectedHeader(token)
  const payload = Object.fromEntries(
    Object.entries({ ...decodeJwt(token), ...claims }).filter(([, value]) => value !== null),
  )
  if (signedBy === 'nobody') return `${base64({ alg: 'none', typ: 'JWT' })}.${base64(payload)}.`
  const named = { ...(kid !== undefined && { kid }), ...(typ !== undefined && { typ }) }
  if (signedBy === 'secret')
    return new SignJWT(payload).setProtectedHeader({ alg: 'HS256', ...named }).sign(Buffer.from(secret))
  const signing =
    signedBy === 'provider' ? await importJWK(key, 'RS256') : (await generateKeyPair('RS256')).privateKey
  const header = signedBy === 'stranger-own-key' ? { ...named, kid: 'a-key-of-a-stranger' } : named
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', ...header }).sign(signing)
}
