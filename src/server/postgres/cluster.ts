import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Place } from './place.ts'
import { ProgramFailed, runProgram } from './programs.ts'

/** The name of the superuser, and of the database. */
export const superuser = 'gatehouse'

/** How a cluster is to be made, and who hears of it. */
interface ClusterWish {
  durable: boolean
  log: (line: string) => void
  /** Called when PostgreSQL's program has begun to make it. */
  meanwhile: () => void
}

/**
 * Makes the files of an empty PostgreSQL, unless they are there. It is made beside its place and moved there as a whole:
 * a start that is killed half-way leaves nothing behind that looks finished, and of two at once one wins.
 * Refuses data that were made by another major version of PostgreSQL.
 */
export async function makeCluster(place: Place, wish: ClusterWish): Promise<void> {
  const version = await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version !== undefined) return refuseOtherVersion(place, version.trim())

  wish.log(`Making a new PostgreSQL database in ${place.home}`)
  const unfinished = `${place.home}.new-${randomBytes(6).toString('hex')}`
  const password = randomBytes(24).toString('base64url')
  try {
    await mkdir(unfinished)
    await chmod(unfinished, 0o755)
    await writeFile(join(unfinished, 'password'), password, { mode: 0o600, flush: true })
    await initialise(place, unfinished, password, wish)
    await keepFolder(unfinished)
    await rename(unfinished, place.home)
    await keepFolder(dirname(place.home))
  } catch (fault) {
    await rm(unfinished, { recursive: true, force: true })
    if (!(await stat(join(place.data, 'PG_VERSION')).catch(() => false))) throw fault
  }
}

async function initialise(
  place: Place,
  unfinished: string,
  password: string,
  { durable, meanwhile }: ClusterWish,
) {
  const data = join(unfinished, 'data')
  // initdb reads the password as the user it runs as, so that user gets a copy for as long as it takes.
  const handed = join(unfinished, 'password-for-initdb')
  await writeFile(handed, password, { mode: 0o600 })
  if (place.runAs) await chown(handed, place.runAs.uid, place.runAs.gid)
  for (const characters of characterSets) {
    await mkdir(data, { mode: 0o700 })
    if (place.runAs) await chown(data, place.runAs.uid, place.runAs.gid)
    try {
      const made = runProgram(place, data, 'initdb', [
        `--pgdata=${data}`,
        `--username=${superuser}`,
        `--pwfile=${handed}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${characters}`,
        ...(durable ? [] : ['--no-sync']),
      ])
      meanwhile()
      await made
      await rm(handed)
      return
    } catch (fault) {
      const unknown = fault instanceof ProgramFailed && /invalid locale/.test(fault.output)
      if (!unknown || characters === characterSets.at(-1)) throw fault
      await rm(data, { recursive: true, force: true })
    }
  }
}

/** A file is only safe from a power cut when the folder that names it is; Windows needs no such thing. */
async function keepFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * The system's names for "every letter of Unicode", tried in turn. pg_trgm asks the system what a letter is: with plain
 * "C", the last resort, it would drop every Chinese character and a search by name would find nobody.
 */
const characterSets = ['C.UTF-8', 'en_US.UTF-8', '.UTF8', 'C'] as const

function refuseOtherVersion(place: Place, version: string): void {
  if (version === place.major) return
  throw new Error(
    `The database in ${dirname(place.data)} was made by PostgreSQL ${version} and the installed programs are version ` +
      `${place.major}: install the Gatehouse that made it and dump it there, or set GATEHOUSE_DATA to a new folder.`,
  )
}
