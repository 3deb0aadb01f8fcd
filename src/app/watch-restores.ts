import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sayFault } from '../lib/say-fault.ts'
import type { Register } from '../server/register.ts'
import { type Repeated, repeat } from '../server/repeat.ts'
import { lookForRestore, type Remembered } from '../update/restored.ts'

/** Where it is kept what was last seen of the database: beside it, so that an older copy of the database is told by it. */
const fileName = 'last-seen.json'

const isText = (value: unknown): value is string => typeof value === 'string'

/** What a file says; null where it is not there, or is none of ours: then nothing is remembered. */
async function remembered(file: string): Promise<Remembered | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const { ownId, written } = JSON.parse(text) as Partial<Remembered>
    if (!isText(ownId)) return null
    const isEntry = Number.isSafeInteger(written?.id) && isText(written?.at)
    return { ownId, written: isEntry ? written : null }
  } catch {
    return null
  }
}

/** Looks again and again whether the database was brought back from an older copy. */
export interface RestoreWatch extends Repeated {
  /** Looks once. */
  look(): Promise<void>
}

/**
 * Looks whether the database was brought back from an older copy: once before anything is sent to a controller, then again
 * and again. What was last seen is kept in `folder`, outside of the database; without one only the server is asked.
 */
export async function watchRestores(
  register: Register,
  {
    folder,
    everyMs,
    log,
  }: { folder: string | null; everyMs?: number | undefined; log: (line: string) => void },
): Promise<RestoreWatch> {
  const file = folder && join(folder, fileName)
  let known = file ? await remembered(file) : null

  async function look(): Promise<void> {
    const { sign, controllers, remember } = await register.aside({ kind: 'system', id: 'restore' }, act =>
      lookForRestore(act, known),
    )
    if (sign)
      log(
        `The database was brought back from an older copy (${sign}): nothing is sent to ${controllers} controllers ` +
          'before their lists were read and somebody has let them go at /staff/controllers.',
      )
    if (folder && file && JSON.stringify(known) !== JSON.stringify(remember)) {
      await mkdir(folder, { recursive: true })
      const next = `${file}.${process.pid}`
      await writeFile(next, JSON.stringify(remember), { mode: 0o600 })
      await rename(next, file)
    }
    known = remember
  }

  await look()
  const looking = repeat(look, {
    everyMs,
    onFault: error => log(`looking for a restore: ${sayFault(error)}`),
  })
  return { ...looking, look }
}
