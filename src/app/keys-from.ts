import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Keys, mostKeys } from '../lib/keys.ts'
import { newPushSecret } from '../message/push-seal.ts'

/** The keys as they are written: one after the other, each on a line of its own or with a space between. */
export const keysWritten = (text: string): string[] => text.split(/\s+/).filter(key => key !== '')

const isKey = (text: string): boolean => /^([0-9a-fA-F]{2}){32,}$/.test(text)

function keysOf(text: string): Keys | null {
  const written = keysWritten(text)
  if (written.length > mostKeys || !written.every(isKey)) return null
  const [first, ...others] = written.map(key => Buffer.from(key, 'hex'))
  return first ? [first, ...others] : null
}

/**
 * The keys shared with somebody: 64 hexadecimal digits each or more. Where there are several the first seals and any opens, so
 * that one is turned over without a moment in which neither is right (`docs/operating.md`).
 */
export function keysFrom(environment: NodeJS.ProcessEnv, name: string): Keys | null {
  const given = environment[name]
  if (!given) return null
  const keys = keysOf(given)
  if (keys === null)
    throw new Error(
      `${name} must be at least 64 hexadecimal digits; while it is turned over, up to ${mostKeys} such keys with spaces between.`,
    )
  return keys
}

/** A secret of an installation, made once and kept in a file that only its user reads. */
async function secretFrom<Read>(
  folder: string,
  { name, make, read }: { name: string; make: () => Buffer; read: (text: string) => Read | null },
): Promise<Read> {
  const file = join(folder, name)
  await mkdir(folder, { recursive: true })
  await writeFile(file, make().toString('hex'), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  const kept = read(await readFile(file, 'utf8'))
  if (kept === null)
    throw new Error(
      `${file} must hold 64 hexadecimal digits: put back the one of your backup, or remove it for a new one.`,
    )
  return kept
}

/** The keys that seal live proofs and make the codes of proxies: one is made once for an installation. */
export async function proofKeysFrom(environment: NodeJS.ProcessEnv, folder: string): Promise<Keys> {
  const given = keysFrom(environment, 'GATEHOUSE_PROOF_KEY')
  return given ?? secretFrom(folder, { name: 'proof-key', make: () => randomBytes(32), read: keysOf })
}

const pushSecretOf = (text: string): Buffer | null =>
  /^[0-9a-fA-F]{64}$/.test(text.trim()) ? Buffer.from(text.trim(), 'hex') : null

/** The secret half of the key by which push services know this installation (RFC 8292): made once, and one alone. */
export async function pushSecretFrom(environment: NodeJS.ProcessEnv, folder: string): Promise<Buffer> {
  const given = environment.GATEHOUSE_PUSH_KEY
  if (!given) return secretFrom(folder, { name: 'push-key', make: newPushSecret, read: pushSecretOf })
  const secret = pushSecretOf(given)
  if (secret === null) throw new Error('GATEHOUSE_PUSH_KEY must be 64 hexadecimal digits.')
  return secret
}
