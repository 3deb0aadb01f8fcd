import { createCipheriv, createECDH, createPrivateKey, ECDH, hkdfSync, randomBytes, sign } from 'node:crypto'

const curve = 'prime256v1'

/** What a device gave us to seal with: its public key, 65 bytes, and its secret, 16 (RFC 8291, 2). */
export interface DeviceKeys {
  p256dh: Buffer
  auth: Buffer
}

/** Whether these are keys that something can be sealed with: their lengths, and a point that lies on the curve. */
export function areDeviceKeys({ p256dh, auth }: DeviceKeys): boolean {
  if (p256dh.length !== 65 || p256dh[0] !== 4 || auth.length !== 16) return false
  try {
    ECDH.convertKey(p256dh, curve)
    return true
  } catch {
    return false
  }
}

/** Every text is filled up to so many bytes, so that what passes on the way tells nothing by its length. */
export const sealedBytes = 1024

/** The record size that is declared; all we send is one record, smaller than it. */
const recordBytes = 4096

const expand = (secret: Buffer, salt: Buffer, info: string | Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))

/**
 * Seals a text so that only one device reads it (RFC 8291, with one record of RFC 8188's aes128gcm). `chance` is for the
 * RFC's own example; otherwise each text has a key and a salt of its own. Throws where the text is longer than `filledTo`.
 */
export function sealPush(
  text: Buffer,
  { p256dh, auth }: DeviceKeys,
  {
    filledTo = sealedBytes,
    chance,
  }: { filledTo?: number; chance?: { privateKey: Buffer; salt: Buffer } } = {},
): Buffer {
  if (text.length > filledTo)
    throw new Error(`A push of ${text.length} bytes is more than the ${filledTo} it may have`)
  const ours = createECDH(curve)
  if (chance) ours.setPrivateKey(chance.privateKey)
  else ours.generateKeys()
  const salt = chance?.salt ?? randomBytes(16)
  const publicKey = ours.getPublicKey()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, publicKey])
  const shared = expand(ours.computeSecret(p256dh), auth, info, 32)
  const key = expand(shared, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = expand(shared, salt, 'Content-Encoding: nonce\0', 12)
  const head = Buffer.alloc(5)
  head.writeUInt32BE(recordBytes)
  head.writeUInt8(publicKey.length, 4)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // 2: the last record; what follows it is filling.
  const record = Buffer.concat([text, Buffer.from([2]), Buffer.alloc(filledTo - text.length)])
  return Buffer.concat([salt, head, publicKey, cipher.update(record), cipher.final(), cipher.getAuthTag()])
}

/** The key by which push services know this installation (RFC 8292): its secret half is 32 bytes. */
export interface PushKey {
  /** As browsers are told it: 65 bytes in base64url. */
  publicKey: string
  /** What proves to the push service at an origin that we send; `at` is the raw clock's. */
  proofFor(origin: string, at: Temporal.Instant): string
}

/** How long such a proof is good; a push service takes none for longer than a day. */
const proofHours = 12

const jsonOf = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A new secret half. */
export function newPushSecret(): Buffer {
  const made = createECDH(curve)
  made.generateKeys()
  const secret = made.getPrivateKey()
  return Buffer.concat([Buffer.alloc(32 - secret.length), secret])
}

/** Opens the key of its secret half; throws where it is none. `contact` is a mailto: or https: address for the services. */
export function openPushKey(secret: Buffer, contact: string): PushKey {
  const pair = createECDH(curve)
  pair.setPrivateKey(secret)
  const point = pair.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(each => each.toString('base64url'))
  const d = secret.toString('base64url')
  const signing = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d, x, y } })
  const publicKey = point.toString('base64url')
  return {
    publicKey,
    proofFor(origin, at) {
      const exp = Math.floor(at.add({ hours: proofHours }).epochMilliseconds / 1000)
      const said = `${jsonOf({ typ: 'JWT', alg: 'ES256' })}.${jsonOf({ aud: origin, exp, sub: contact })}`
      const signature = sign('sha256', Buffer.from(said), { key: signing, dsaEncoding: 'ieee-p1363' })
      return `vapid t=${said}.${signature.toString('base64url')}, k=${publicKey}`
    },
  }
}
