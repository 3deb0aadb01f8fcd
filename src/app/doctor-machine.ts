import { execFile } from 'node:child_process'
import { access, constants, readdir, readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openMailer } from '../message/mailer.ts'
import { type Check, fail, pass, unknown } from './doctor-run.ts'

/** The smallest room that is enough for what an ordinary term brings, in GB. */
const roomGb = 5
/** A backup is no older than a day and what it takes. */
const backupHours = 26
const controllersPort = 60_000

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(3, '0')

/** The names of a folder's files that other accounts of the machine could read. */
async function readableByOthers(folder: string, names: readonly string[]): Promise<string[]> {
  const open: string[] = []
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found && (found.mode & 0o077) !== 0) open.push(`${name} ${octal(found.mode)}`)
  }
  return open
}

async function keyFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter(name => /-key$|password/u.test(name))
}

/** Ports that the kernel hands to nobody by itself, "1000,60000-60010". */
export const isReserved = (list: string, port: number): boolean =>
  list
    .trim()
    .split(',')
    .some(part => {
      const [from, to = from] = part.split('-').map(Number)
      return from! <= port && port <= to!
    })

/** What npm's audit of what runs says: how many packages have known faults, high or worse; null where it says nothing. */
export function auditSays(output: string): { bad: number; all: number } | null {
  try {
    const { metadata } = JSON.parse(output) as {
      metadata?: { vulnerabilities?: Record<'high' | 'critical' | 'total', number> }
    }
    const found = metadata?.vulnerabilities
    return found ? { bad: found.high + found.critical, all: found.total } : null
  } catch {
    return null
  }
}

/** What an installation's settings, files and machine are asked. */
export const machineChecks: readonly Check[] = [
  {
    name: 'demo-off',
    look: async ({ config }) => (config.demo ? fail('GATEHOUSE_DEMO') : pass()),
  },
  {
    name: 'address-is-https',
    look: async ({ config: { pages } }) =>
      pages === null ? fail('GATEHOUSE_ADDRESS') : pages.startsWith('https:') ? pass(pages) : fail(pages),
  },
  {
    name: 'mail-reachable',
    async look({ config: { smtp } }) {
      if (smtp === null) return unknown('SMTP_HOST')
      const mailer = openMailer(smtp)
      const place = `${smtp.host}:${smtp.port}`
      try {
        await mailer.check()
        return pass(place)
      } catch (error) {
        return fail(`${place}: ${(error as Error).message}`)
      } finally {
        mailer.close()
      }
    },
  },
  {
    name: 'push-configured',
    look: async ({ config: { push } }) =>
      push === null ? unknown('GATEHOUSE_PUSH_CONTACT') : pass(push.contact),
  },
  {
    name: 'files-folder',
    async look({ config: { filesFolder } }) {
      if (filesFolder === null) return unknown('GATEHOUSE_FILES')
      const usable = await access(filesFolder, constants.R_OK | constants.W_OK | constants.X_OK).then(
        () => true,
        () => false,
      )
      return usable ? pass(filesFolder) : fail(filesFolder)
    },
  },
  {
    name: 'data-folder-is-ours',
    async look({ dataFolder }) {
      const found = await stat(dataFolder).catch(() => null)
      if (found === null) return unknown(dataFolder)
      return (found.mode & 0o022) === 0 ? pass(octal(found.mode)) : fail(`${dataFolder} ${octal(found.mode)}`)
    },
  },
  {
    name: 'key-files-are-ours',
    async look({ dataFolder }) {
      const names = await keyFiles(dataFolder)
      if (names.length === 0) return unknown(dataFolder)
      const open = await readableByOthers(dataFolder, names)
      return open.length === 0 ? pass(names.join(', ')) : fail(open.join(', '))
    },
  },
  {
    name: 'room-on-disk',
    async look({ dataFolder }) {
      const { bavail, bsize } = await statfs(dataFolder)
      const free = (bavail * bsize) / 1e9
      return free >= roomGb ? pass(`${free.toFixed(1)} GB`) : fail(`${free.toFixed(1)} GB < ${roomGb} GB`)
    },
  },
  {
    name: 'port-reserved',
    async look() {
      const list = await readFile('/proc/sys/net/ipv4/ip_local_reserved_ports', 'utf8').catch(() => null)
      if (list === null) return unknown('ip_local_reserved_ports')
      return isReserved(list, controllersPort)
        ? pass(list.trim())
        : fail(`ip_local_reserved_ports "${list.trim()}"`)
    },
  },
  {
    name: 'backup-lately',
    async look({ dataFolder, now }) {
      const found = await stat(join(dataFolder, 'last-backup')).catch(() => null)
      if (found === null) return unknown(join(dataFolder, 'last-backup'))
      const at = Temporal.Instant.fromEpochMilliseconds(Math.round(found.mtimeMs))
      return now.since(at).total('hours') <= backupHours ? pass(String(at)) : fail(String(at))
    },
  },
  {
    name: 'no-known-faults',
    async look({ config: { projectFolder } }) {
      const ran = promisify(execFile)('npm', ['audit', '--omit=dev', '--json'], {
        cwd: projectFolder,
        timeout: 25_000,
        maxBuffer: 64 * 1024 * 1024,
      })
      // It ends with 1 where it found something, and then says what.
      const { stdout } = await ran.catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }))
      const said = auditSays(stdout)
      if (said === null) return unknown('npm audit')
      return said.bad === 0 ? pass(`${said.all}`) : fail(`${said.bad}`)
    },
  },
]
