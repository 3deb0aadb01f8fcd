import { readFileSync, statSync } from 'node:fs'

/** The settings that are secrets: each may stand in a file, which the setting of the same name with `_FILE` names. */
export const secretSettings = [
  'DATABASE_URL',
  'SMTP_PASSWORD',
  'GATEHOUSE_PROOF_KEY',
  'GATEHOUSE_PAYMENT_KEY',
  'GATEHOUSE_KIOSK_KEY',
  'GATEHOUSE_PUSH_KEY',
  'GATEHOUSE_OIDC_CLIENT_SECRET',
] as const

/** Far more than any secret is long, in bytes. */
const longestBytes = 10_000

function secretIn(name: string, file: string): string {
  const why = (what: string) => new Error(`${name}_FILE is "${file}", ${what}`)
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) throw why('which is no file: name the file that holds the secret.')
  if ((found.mode & 0o007) !== 0)
    throw why('which every account of this machine may read: run chmod 600 on it (640 for a group).')
  if (found.size > longestBytes) throw why('which is too long for a secret.')
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch {
    throw why('which this account may not read.')
  }
  if (text === '') throw why('which is empty.')
  return text
}

/**
 * The settings with what their files hold: as Docker and systemd hand secrets over, so that none stands in an environment that
 * every program of the account may read. A file that is missing, empty or open to all is told in one sentence, without what is
 * in it; so is a secret that is said twice.
 */
export function withSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const all = { ...environment }
  for (const name of secretSettings) {
    const file = environment[`${name}_FILE`]
    if (!file) continue
    if (environment[name]) throw new Error(`${name} and ${name}_FILE are both set: say the secret once.`)
    all[name] = secretIn(name, file)
  }
  return all
}
