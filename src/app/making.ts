import type { Network } from '../access/networks.ts'
import type { ProviderSettings } from '../identity/settings.ts'
import type { Keys } from '../lib/keys.ts'
import type { PushSettings } from '../message/pusher.ts'
import type { Bundles } from '../server/bundles.ts'
import type { IdleMinutes } from '../server/sessions.ts'

/** What one process is made with. */
export interface Making {
  databaseUrl: string
  bundles: Bundles
  proofKeys: Keys
  demo: boolean
  /** Whether a mail server is configured; without one messages stay in the outbox. */
  mails?: boolean
  /** With what people are told on their phones; without it nobody is. */
  push?: PushSettings | null
  /** Where door controllers may be; this machine and private ranges where nothing is said. */
  doorNetworks?: readonly Network[]
  /** The folder in which files for other access systems lie; without it none can be handed over. */
  filesFolder?: string | null
  /** The folder into which the sealed journal is shipped; without it it is in the database alone. */
  journalFolder?: string | null
  /** Where it is kept, outside of the database, what was last seen of it; without one only its server is asked. */
  dataFolder?: string | null
  /** The campus's payment page and the key shared with it; without one nobody pays online, but in the demo. */
  paymentPage?: { address: string; keys: Keys } | null
  /** The key shared with the kiosks; without one they are not listened to, but in the demo. */
  kioskKeys?: Keys | null
  /** The address of Gatehouse's own pages, as people outside of it write it; without one mail names paths alone. */
  pages?: string | null
  /** What stands before it, whose word is taken for whom they forward. */
  proxies?: readonly string[]
  /** After how many minutes without anything done a session of the staff ends. */
  idle?: IdleMinutes
  /** The university's OpenID provider; without one people sign in by emergency codes alone, but in the demo. */
  provider?: ProviderSettings | null
  /** How often its keys are asked for at most; tests do not wait. */
  keysRestMs?: number
  /** This process's own name among those that share the database. */
  owner: string
  log(line: string): void
  /** How often windows and lanes are looked for; without it only when asked (tests). */
  everyMs?: number
  /** How patient the driver is with silent controllers; tests are less so. */
  patience?: { tries?: number; shortestWaitMs?: number }
  /** In place of the programme's; tests are less patient. */
  quietSeconds?: number
  leaseSeconds?: number
}
