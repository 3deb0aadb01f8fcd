import { isAbsolute } from 'node:path'
import { type Network, parseNetworks, usualNetworks } from '../access/networks.ts'
import { type ProviderSettings, providerFrom } from '../identity/settings.ts'
import type { Keys } from '../lib/keys.ts'
import type { SmtpSettings } from '../message/deliver.ts'
import { type PushHost, parsePushHosts, usualPushHosts } from '../message/push-hosts.ts'
import type { IdleMinutes } from '../server/sessions.ts'
import { keysFrom } from './keys-from.ts'
import { idleFrom, proxiesFrom } from './web-config.ts'

/** What an installation says by its environment; everything has a default that runs the campus to try. */
export interface Config {
  projectFolder: string
  /** An existing PostgreSQL (15 or newer); without it a private one is run. */
  databaseUrl: string | null
  /** Where the private PostgreSQL keeps its files; without it a folder of the clone. */
  dataFolder: string | undefined
  host: string
  port: number
  /** The campus to try: fictional people to be, an emulator for doors, a clock that can be moved. */
  demo: boolean
  /** Which campus there is to try: 17,000 students and 60 controllers, or the small one of the tests. */
  campus: 'large' | 'small'
  /** The address of Gatehouse's own pages, for links in mail; null where it is not said. */
  pages: string | null
  /** What stands before Gatehouse, whose word is taken for whom they forward. */
  proxies: readonly string[]
  /** After how many minutes without anything done a session of the staff ends, by role. */
  idle: IdleMinutes
  /** The university's OpenID provider; null where there is none, as in the demo. */
  provider: ProviderSettings | null
  smtp: SmtpSettings | null
  /** The folder in which files for other access systems lie; without it none can be handed over. */
  filesFolder: string | null
  /** The folder into which the sealed journal is shipped; without it it is in the database alone. */
  journalFolder: string | null
  /** Where door controllers may be. */
  doorNetworks: readonly Network[]
  /** The campus's payment page, and the key shared with it; without one nobody pays online, but in the demo. */
  paymentPage: { address: string; keys: Keys } | null
  /** The key shared with the kiosks; without one they are not listened to. */
  kioskKeys: Keys | null
  /** Whom push services may turn to, and through which of them people are told; without a contact nobody is. */
  push: { contact: string; hosts: readonly PushHost[] } | null
}

const flag = (value: string | undefined, otherwise: boolean): boolean =>
  value === undefined || value === '' ? otherwise : !['0', 'no', 'false', 'off'].includes(value.toLowerCase())

function portFrom(value: string | undefined): number {
  const port = value ? Number(value) : 3000
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is "${value}"; it must be a whole number from 0 to 65535.`)
  return port
}

function campusFrom(value: string | undefined): Config['campus'] {
  const said = value?.toLowerCase() || 'large'
  if (said === 'large' || said === 'small') return said
  throw new Error(`GATEHOUSE_CAMPUS is "${value}"; it is "large" or "small".`)
}

function pagesFrom(value: string | undefined): string | null {
  if (!value) return null
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol))
    throw new Error(
      `GATEHOUSE_ADDRESS is "${value}"; it must be the address of this installation's pages, such as https://cards.example.edu.`,
    )
  return new URL(value).origin
}

function smtpFrom(environment: NodeJS.ProcessEnv): SmtpSettings | null {
  const { SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_FROM } = environment
  if (!SMTP_HOST) return null
  if (!SMTP_FROM)
    throw new Error('SMTP_HOST is set but SMTP_FROM is not: say from which address mail is sent.')
  return {
    host: SMTP_HOST,
    port: SMTP_PORT ? Number(SMTP_PORT) : 587,
    from: SMTP_FROM,
    ...(SMTP_USER ? { user: SMTP_USER } : {}),
    ...(SMTP_PASSWORD ? { pass: SMTP_PASSWORD } : {}),
  }
}

function networksFrom(value: string | undefined): readonly Network[] {
  if (!value) return usualNetworks
  const read = parseNetworks(value)
  if (read.ok) return read.networks
  throw new Error(
    `GATEHOUSE_DOOR_NETWORKS has "${read.wrong}"; it is a list of IPv4 ranges: 10.3.0.0/16, 192.168.7.0/24.`,
  )
}

function folderFrom(environment: NodeJS.ProcessEnv, name: string): string | null {
  const value = environment[name]
  if (!value) return null
  if (isAbsolute(value)) return value
  throw new Error(`${name} is "${value}"; it must be the whole path of a folder that exists.`)
}

function paymentPageFrom(environment: NodeJS.ProcessEnv): Config['paymentPage'] {
  const address = environment.GATEHOUSE_PAYMENT_PAGE
  const keys = keysFrom(environment, 'GATEHOUSE_PAYMENT_KEY')
  if (!address && keys === null) return null
  if (!address || keys === null)
    throw new Error('GATEHOUSE_PAYMENT_PAGE and GATEHOUSE_PAYMENT_KEY are set together, or neither is.')
  if (
    !URL.canParse(address) ||
    !/^https?:$/.test(new URL(address).protocol) ||
    new URL(address).search !== ''
  )
    throw new Error(
      `GATEHOUSE_PAYMENT_PAGE is "${address}"; it must be the address of a page, beginning with https:// and without a question mark.`,
    )
  return { address, keys }
}

function pushFrom({ GATEHOUSE_PUSH_CONTACT, GATEHOUSE_PUSH_HOSTS }: NodeJS.ProcessEnv): Config['push'] {
  if (!GATEHOUSE_PUSH_CONTACT) return null
  if (!/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(GATEHOUSE_PUSH_CONTACT))
    throw new Error(
      `GATEHOUSE_PUSH_CONTACT is "${GATEHOUSE_PUSH_CONTACT}"; it is an address for the push services: mailto:card-office@example.org, or https://….`,
    )
  if (!GATEHOUSE_PUSH_HOSTS) return { contact: GATEHOUSE_PUSH_CONTACT, hosts: usualPushHosts }
  const read = parsePushHosts(GATEHOUSE_PUSH_HOSTS)
  if (read.ok) return { contact: GATEHOUSE_PUSH_CONTACT, hosts: read.hosts }
  throw new Error(
    `GATEHOUSE_PUSH_HOSTS has "${read.wrong}"; it is a list of hosts: push.example.org, *.push.example.org.`,
  )
}

/** Reads the configuration; a setting that makes no sense is told in one sentence. */
export function readConfig(environment: NodeJS.ProcessEnv, projectFolder: string): Config {
  const databaseUrl = environment.DATABASE_URL || null
  const demo = flag(environment.GATEHOUSE_DEMO, true)
  const pages = pagesFrom(environment.GATEHOUSE_ADDRESS)
  return {
    projectFolder,
    databaseUrl,
    dataFolder: environment.GATEHOUSE_DATA || undefined,
    host: environment.HOST || '127.0.0.1',
    port: portFrom(environment.PORT),
    demo,
    campus: campusFrom(environment.GATEHOUSE_CAMPUS),
    pages,
    proxies: proxiesFrom(environment.GATEHOUSE_PROXY),
    idle: idleFrom(environment.GATEHOUSE_IDLE_MINUTES),
    provider: providerFrom(environment, { demo, pages }),
    smtp: smtpFrom(environment),
    filesFolder: folderFrom(environment, 'GATEHOUSE_FILES'),
    journalFolder: folderFrom(environment, 'GATEHOUSE_JOURNAL'),
    doorNetworks: networksFrom(environment.GATEHOUSE_DOOR_NETWORKS),
    paymentPage: paymentPageFrom(environment),
    kioskKeys: keysFrom(environment, 'GATEHOUSE_KIOSK_KEY'),
    push: pushFrom(environment),
  }
}
