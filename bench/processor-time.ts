import { readdir, readFile } from 'node:fs/promises'
import type { Database } from '../src/server/database.ts'

/** Linux counts processor time in hundredths of a second, whatever the machine. */
const ticksASecond = 100

/** A process's parent and the processor time that it and its ended children used, in seconds. */
async function timesOf(pid: string): Promise<{ parent: number; own: number; children: number } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  // The name in brackets may hold anything; the numbers begin behind it.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent, user, system, childUser, childSystem] = [1, 11, 12, 13, 14].map(at => fields[at]!)
  return {
    parent: parent!,
    own: (user! + system!) / ticksASecond,
    children: (childUser! + childSystem!) / ticksASecond,
  }
}

/**
 * Processor seconds that PostgreSQL has used since it started, all its processes together; null where they cannot
 * be seen (another machine, another operating system).
 */
export async function postgresSeconds(owner: Database): Promise<number | null> {
  const { rows } = await owner.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = await timesOf(String(rows[0]!.pid))
  if (backend === null) return null
  const server = await timesOf(String(backend.parent))
  if (server === null) return null
  let seconds = server.own + server.children
  for (const pid of await readdir('/proc')) {
    const times = /^\d+$/.test(pid) ? await timesOf(pid) : null
    if (times?.parent === backend.parent) seconds += times.own
  }
  return seconds
}
