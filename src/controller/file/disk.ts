import { constants } from 'node:fs'
import { access, lstat, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the files of one controller lie; all of it inside the one folder that the installation named. */
export interface Places {
  /** What is handed to the other system. */
  changes: string
  /** Where the other system puts its results, under the name of the file that they answer. */
  results: string
  /** The driver's own: what was handed over and what was confirmed. The other system needs no right to it. */
  own: string
  /** Copies of what was handed over. */
  handed: string
}

/** A folder's name as it may be said: no path, no dot, nothing that leads outside. */
const plainName = /^[a-z0-9][a-z0-9-]{0,39}$/

/** The places of a controller. Throws for a folder that is not a plain name: our configuration let it in. */
export function placesOf(root: string, serial: number, folder: string): Places {
  if (!plainName.test(folder)) throw new TypeError(`controller ${serial}: "${folder}" is no folder's name`)
  const own = join(root, '.own', String(serial))
  return {
    changes: join(root, folder, 'changes'),
    results: join(root, folder, 'results'),
    own,
    handed: join(own, 'handed'),
  }
}

const missing = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error
}

/**
 * Makes the places where they are not there, and sees that they can be written. The root itself is never made: a share
 * that is not mounted must not turn into a folder of this machine.
 */
export async function readyPlaces(root: string, places: Places): Promise<void> {
  await readdir(root)
  for (const place of Object.values(places)) {
    await mkdir(place, { recursive: true, mode: 0o770 })
    await access(place, constants.R_OK | constants.W_OK | constants.X_OK)
  }
}

/** Makes what was done in a folder outlast a power cut, where its file system can. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await handle.close()
  }
}

/** Writes a new file whole and makes it outlast a power cut; of what could not be written whole nothing stays. */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const handle = await open(path, 'wx', 0o660)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (error) {
    await unlink(path).catch(missing)
    throw error
  } finally {
    await handle.close()
  }
}

/** Removes a file that may be gone already. */
export const removeFile = (path: string): Promise<void> => unlink(path).catch(missing)

/** Sees that a folder has room for a file of so many bytes; throws as writing it would. */
export async function tryRoom(folder: string, name: string, bytes: number): Promise<void> {
  const path = join(folder, name)
  await removeFile(path)
  await writeWhole(path, Buffer.alloc(bytes, ' '))
  await removeFile(path)
}

/** What tells that a file was changed: where it is, how long, and when it was written last. */
export async function fingerprint(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await lstat(path, { bigint: true })
  return `${ino} ${size} ${mtimeNs}`
}

/**
 * Reads a file that somebody else wrote: null where it is no plain file (a link, a pipe, a folder) or larger than
 * `most` bytes. A link is never followed: it could name any file of this machine.
 */
export async function readPlain(path: string, most: number): Promise<Buffer | null> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP' || error.code === 'ENXIO') return null
    throw error
  })
  if (handle === null) return null
  try {
    const about = await handle.stat()
    if (!about.isFile() || about.size > most) return null
    const bytes = await handle.readFile()
    return bytes.length > most ? null : bytes
  } finally {
    await handle.close()
  }
}
