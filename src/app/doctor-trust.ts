import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openProvider } from '../identity/provider.ts'
import { publishedInForce } from '../programme/store.ts'
import { verifyNewest } from '../server/journal/verify.ts'
import { nightDue } from '../update/retention-rules.ts'
import { monotonicMs } from './clock.ts'
import { type Check, fail, pass, unknown } from './doctor-run.ts'
import { keysWritten } from './keys-from.ts'
import { secretSettings } from './secret-files.ts'
import { knownSecret } from './secrets-known.ts'

/** So many seals are followed back from the newest: some hours of an ordinary day, in a second or two. */
const newestSeals = 200

/** Tables that have policies or tell of somebody, and that row-level security does not hold for everybody. */
const openTablesSql = `
  select c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and not (c.relrowsecurity and c.relforcerowsecurity)
    and (exists (select from pg_policy p where p.polrelid = c.oid)
      or exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 and a.attname in ('person_id', 'student_number', 'staff_id', 'card_id')))
  order by 1`

const nightSql = `
  select what, ended_at is not null as ended from forgetting
  where on_date = $1 order by what`
const lastNightSql = 'select max(on_date) as "on" from forgetting'

/** Files that hold a secret of ours in the data folder: those that were made at the first start. */
const keyFiles = { GATEHOUSE_PROOF_KEY: 'proof-key', GATEHOUSE_PUSH_KEY: 'push-key' } as const

/** The secrets in use, by their settings: as they are said, else as the data folder has them. */
async function secretsInUse(environment: NodeJS.ProcessEnv, dataFolder: string): Promise<[string, string][]> {
  const found: [string, string][] = []
  for (const name of secretSettings) {
    const file = keyFiles[name as keyof typeof keyFiles]
    const said =
      environment[name] || (file && (await readFile(join(dataFolder, file), 'utf8').catch(() => undefined)))
    // While a key is turned over there are several, each to be looked at.
    const each = name.endsWith('_KEY') ? keysWritten : (text: string) => [text.trim()]
    if (said) for (const secret of each(said)) found.push([name, secret])
  }
  return found
}

/** What of a database's address is a secret: its password. Without one its machine decides who comes in. */
const passwordIn = (url: string): string | null =>
  URL.canParse(url) ? decodeURIComponent(new URL(url).password) || null : null

/** What others than Gatehouse's account, and a group that reads, may do with a secret's file or its folder. */
async function openToOthers(file: string): Promise<string | null> {
  const [own, folder] = await Promise.all([
    stat(file).catch(() => null),
    stat(dirname(file)).catch(() => null),
  ])
  if (own === null) return `${file} –`
  const octal = (mode: number) => (mode & 0o7777).toString(8).padStart(3, '0')
  if ((own.mode & 0o027) !== 0) return `${file} ${octal(own.mode)}`
  // Who may write to a folder may put another file in this one's place, but where only owners may ("sticky").
  const loose = folder !== null && (folder.mode & 0o002) !== 0 && (folder.mode & 0o1000) === 0
  return loose ? `${dirname(file)} ${octal(folder.mode)}` : null
}

/** What the walls are asked that others rely on: rows, the journal, secrets, the provider, what is forgotten. */
export const trustChecks: readonly Check[] = [
  {
    name: 'row-security-in-force',
    async look({ app }) {
      const { rows } = await app.pool.query<{ name: string }>(openTablesSql)
      return rows.length === 0 ? pass() : fail(rows.map(({ name }) => name).join(', '))
    },
  },
  {
    name: 'journal-is-whole',
    async look({ chores }) {
      const found = await verifyNewest(chores, newestSeals)
      if (!found.whole)
        return fail(found.what === 'seal' ? `seal ${found.seal}` : `entry ${found.entry} ${found.what}`)
      return found.seals === 0 ? unknown('0') : pass(`${found.entries}, ${found.seals}`)
    },
  },
  {
    name: 'secrets-are-own',
    async look({ environment, dataFolder }) {
      const secrets = await secretsInUse(environment, dataFolder)
      const said = secrets.flatMap(([name, value]): [string, string][] => {
        const secret = name === 'DATABASE_URL' ? passwordIn(value) : value
        return secret === null ? [] : [[name, secret]]
      })
      if (said.length === 0) return unknown()
      const twice = said.filter(([, value], at) => said.some(([, other], of) => of !== at && other === value))
      const known = said.filter(([, value]) => knownSecret(value))
      // Names alone: a secret is told to nobody, a bad one neither.
      const wrong = [...new Set([...known, ...twice].map(([name]) => name))]
      return wrong.length === 0 ? pass(`${said.length}`) : fail(wrong.join(', '))
    },
  },
  {
    name: 'secret-files-are-ours',
    async look({ environment }) {
      const files = secretSettings.flatMap(name => environment[`${name}_FILE`] || [])
      if (files.length === 0) return unknown('…_FILE')
      const open = (await Promise.all(files.map(openToOthers))).filter(each => each !== null)
      return open.length === 0 ? pass(`${files.length}`) : fail(open.join(', '))
    },
  },
  {
    name: 'provider-reachable',
    async look({ config: { provider: settings, pages } }) {
      if (settings === null) return unknown('GATEHOUSE_OIDC_ISSUER')
      const provider = openProvider({ settings, pages: pages ?? '', monotonicMs })
      const nobody = { state: 'doctor', nonce: 'doctor', verifier: 'doctor'.repeat(8) }
      try {
        await provider.authorizationUrl(nobody)
        return pass(provider.issuer)
      } catch (error) {
        return fail(`${provider.issuer}: ${(error as Error).message}`)
      }
    },
  },
  {
    name: 'forgotten-last-night',
    async look({ app, now }) {
      const [published, last] = [
        await app.transaction(publishedInForce),
        await app.pool.query<{ on: Temporal.PlainDate | null }>(lastNightSql),
      ]
      const on = last.rows[0]!.on
      if (published === null || on === null) return unknown()
      const due = nightDue(now, published.programme.campus.zone)
      if (Temporal.PlainDate.compare(on, due) < 0) return fail(on.toString())
      const { rows } = await app.pool.query<{ what: string; ended: boolean }>(nightSql, [due.toString()])
      const open = rows.filter(({ ended }) => !ended).map(({ what }) => what)
      return open.length === 0 ? pass(due.toString()) : fail(`${due.toString()}: ${open.join(', ')}`)
    },
  },
]
