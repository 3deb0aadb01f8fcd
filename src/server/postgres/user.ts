import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** A user of the operating system, as PostgreSQL is started by: numbers, because that is what a process is given. */
export interface SystemUser {
  uid: number
  gid: number
}

/** True when this process is root, which PostgreSQL refuses to be run by. */
export const isRoot = (): boolean => process.getuid?.() === 0

/**
 * The unprivileged user that root runs PostgreSQL as: `postgres` where there is one, else `nobody`.
 * No user is created and nothing of the system is changed.
 */
export async function unprivilegedUser(): Promise<SystemUser> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const line = lines.find(fields => fields[0] === name)
    const user = { uid: Number(line?.[2]), gid: Number(line?.[3]) }
    if (Number.isInteger(user.uid) && Number.isInteger(user.gid) && user.uid !== 0) return user
  }
  throw new Error(
    'PostgreSQL cannot be run by root, and this machine has neither a user "postgres" nor "nobody": ' +
      'start Gatehouse as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

/**
 * True when the user may get to the path: enter every folder above it, and read the file (enter the folder) itself.
 * A path that does not exist yet is judged by the part of it that does.
 */
export async function canReach(path: string, user: SystemUser): Promise<boolean> {
  const there = await nearestExisting(resolve(path))
  if (!(await allows(there, user, (await stat(there)).isDirectory() ? 0o1 : 0o4))) return false
  for (let at = there; at !== dirname(at); at = dirname(at)) {
    if (!(await allows(dirname(at), user, 0o1))) return false
  }
  return true
}

async function nearestExisting(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT' || path === dirname(path)) throw fault
    return nearestExisting(dirname(path))
  }
}

/** POSIX: the owner is judged by the owner's bits alone, a member of the group by the group's, anyone else by the last. */
async function allows(path: string, user: SystemUser, bits: number): Promise<boolean> {
  const { uid, gid, mode } = await stat(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & bits) === bits
}
