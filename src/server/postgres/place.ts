import { createHash } from 'node:crypto'
import { chmod, mkdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { copyBinaries, findBinaries, hydrateLinks, program, wholePackage } from './binaries.ts'
import { canReach, isRoot, type SystemUser, unprivilegedUser } from './user.ts'

/** Where the embedded PostgreSQL lives, and who runs it. */
export interface Place {
  /** The folder that holds all of it; replaced as a whole when a cluster is made. */
  home: string
  /** PostgreSQL's own files, which only the user that runs it may enter. */
  data: string
  /** The password of the superuser `gatehouse`, readable by the app's user only. */
  passwordFile: string
  logFile: string
  /** bin, lib and share, where the user that runs PostgreSQL can reach them. */
  binaries: string
  /** The major version of the programs, such as "18". */
  major: string
  /** Whom to become before starting a program; undefined: stay who we are. */
  runAs: SystemUser | undefined
}

/** Where data go when the user that runs PostgreSQL cannot enter the clone: a folder for each clone. */
const systemFolder = '/var/lib/gatehouse'

/**
 * Decides where the data go and as whom PostgreSQL runs, and makes that folder.
 * The data-folder setting is always honoured, or refused with its reason, never exchanged for another folder. Without
 * one the data are in the clone's `.gatehouse`; for root, when the unprivileged user cannot reach that or the programs,
 * in a folder of /var/lib/gatehouse named after the clone's path, together with a copy of the programs.
 */
export async function choosePlace(projectFolder: string, dataFolder?: string): Promise<Place> {
  const found = await findBinaries(projectFolder)
  const linked = await hydrateLinks(found.folder)
  const inClone = join(resolve(projectFolder), '.gatehouse')
  const inSystem = join(systemFolder, await nameOfClone(projectFolder))

  let folder = dataFolder === undefined ? await whereDataAre(inClone, inSystem) : resolve(dataFolder)
  const runAs = await runner(folder ?? inClone)
  const reachesBinaries =
    runAs === undefined ||
    ((await canReach(program(found.folder, 'postgres'), runAs)) &&
      (await canReach(wholePackage(found.folder), runAs)))

  if (folder === undefined) {
    const stay = runAs === undefined || (reachesBinaries && (await canReach(inClone, runAs)))
    folder = stay ? inClone : inSystem
  }
  await makeFolder(folder)
  if (runAs !== undefined && !(await canReach(folder, runAs))) {
    throw new Error(
      `PostgreSQL runs as an unprivileged user (number ${runAs.uid}), who cannot enter ${folder}: ` +
        'let others enter its parent folders (chmod o+x), or set GATEHOUSE_DATA to a folder that can be reached.',
    )
  }

  const copy = join(folder, `postgres-${found.version}`)
  const copied = !reachesBinaries || !linked
  if (copied) await copyBinaries(found.folder, copy)
  const home = join(folder, 'postgres')
  return {
    home,
    data: join(home, 'data'),
    passwordFile: join(home, 'password'),
    logFile: join(home, 'server.log'),
    binaries: copied ? copy : found.folder,
    major: found.version.split('.')[0] ?? '',
    runAs,
  }
}

/** The one of the two folders that already holds data: a register must not seem empty because a permission changed. */
async function whereDataAre(inClone: string, inSystem: string): Promise<string | undefined> {
  const holding: string[] = []
  for (const folder of [inClone, inSystem])
    if ((await ownerOfData(folder)) !== undefined) holding.push(folder)
  if (holding.length > 1) {
    throw new Error(
      `Both ${inClone} and ${inSystem} hold a database: set GATEHOUSE_DATA to the one that is to be used.`,
    )
  }
  return holding[0]
}

/** As whom to run: the data's owner where there are data, so that it does not matter who started it the first time. */
async function runner(folder: string): Promise<SystemUser | undefined> {
  if (process.getuid === undefined) return undefined
  const owner = await ownerOfData(folder)
  if (isRoot()) return owner === undefined || owner.uid === 0 ? unprivilegedUser() : owner
  if (owner === undefined || owner.uid === process.getuid()) return undefined
  throw new Error(
    `The database in ${folder} belongs to another user (number ${owner.uid}): start Gatehouse as that user or as root, ` +
      'or set GATEHOUSE_DATA to another folder.',
  )
}

async function ownerOfData(folder: string): Promise<SystemUser | undefined> {
  try {
    const { uid, gid } = await stat(join(folder, 'postgres', 'data'))
    return { uid, gid }
  } catch (fault) {
    if (['ENOENT', 'ENOTDIR'].includes((fault as NodeJS.ErrnoException).code ?? '')) return undefined
    throw fault
  }
}

async function nameOfClone(projectFolder: string): Promise<string> {
  const path = await realpath(projectFolder)
  return createHash('sha256').update(path).digest('hex').slice(0, 12)
}

/** Root's umask may be 077; folders made here must let the unprivileged user through, older ones are left alone. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined || !isRoot()) return
  for (let at = folder; at.length >= first.length; at = dirname(at)) await chmod(at, 0o755)
}
