import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import type { DeviceKeys } from './push-seal.ts'

/** A device of the tests' own, which can open what is sealed for it. */
export interface TrialDevice {
  keys: DeviceKeys
  pair: ECDH
}

/** Makes a device with keys of its own. */
export function trialDevice(): TrialDevice {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  return { pair, keys: { p256dh: pair.getPublicKey(), auth: randomBytes(16) } }
}

/** Its keys as a browser tells them. */
export const toldKeys = ({ keys }: TrialDevice) => ({
  p256dh: keys.p256dh.toString('base64url'),
  auth: keys.auth.toString('base64url'),
})

/** Opens what was sealed for a device, as a browser does (RFC 8188, RFC 8291); throws where it was sealed for another. */
export function openSealed({ pair, keys }: TrialDevice, sealed: Buffer): Buffer {
  const expand = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, length))
  const salt = sealed.subarray(0, 16)
  const sender = sealed.subarray(21, 21 + sealed.readUInt8(20))
  const record = sealed.subarray(21 + sender.length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.p256dh, sender])
  const shared = expand(pair.computeSecret(sender), keys.auth, info, 32)
  const key = expand(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = expand(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const opening = createDecipheriv('aes-128-gcm', key, nonce)
  opening.setAuthTag(record.subarray(-16))
  const text = Buffer.concat([opening.update(record.subarray(0, -16)), opening.final()])
  return text.subarray(0, text.lastIndexOf(2))
}
