import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { removeFile } from './disk.ts'

/** What lies in a folder; nothing where it is not there. */
const listed = (folder: string): Promise<Dirent[]> =>
  readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

/** The plain files of a folder that were written before a moment. A link is no plain file and is left alone. */
async function writtenBefore(folder: string, before: Temporal.Instant): Promise<string[]> {
  const old: string[] = []
  for (const entry of await listed(folder)) {
    if (!entry.isFile()) continue
    const { mtimeMs } = await lstat(join(folder, entry.name))
    if (mtimeMs < before.epochMilliseconds) old.push(entry.name)
  }
  return old
}

const folders = async (root: string): Promise<string[]> =>
  (await listed(root)).filter(entry => entry.isDirectory()).map(({ name }) => name)

/**
 * Removes files that were handed to other access systems, their results and our copies, when they were written before a
 * moment: they may name people. A file of changes goes only together with the result that answers it; what the other
 * system has not answered yet waits for it, however old. What was handed over and confirmed stays known: it is kept
 * beside them, by numbers alone. Says how many files were removed.
 */
export async function forgetHanded(root: string, before: Temporal.Instant): Promise<number> {
  let gone = 0
  const remove = async (folder: string, name: string) => {
    await removeFile(join(folder, name))
    gone += 1
  }
  for (const serial of await folders(join(root, '.own'))) {
    const handed = join(root, '.own', serial, 'handed')
    for (const name of await writtenBefore(handed, before)) await remove(handed, name)
  }
  for (const folder of await folders(root)) {
    if (folder === '.own') continue
    const [changes, results] = [join(root, folder, 'changes'), join(root, folder, 'results')]
    const answered = new Set((await listed(results)).map(({ name }) => name))
    for (const name of await writtenBefore(changes, before))
      if (answered.has(name)) await remove(changes, name)
    const open = new Set((await listed(changes)).map(({ name }) => name))
    // A result of a file that still lies there is younger than its limit, or would have gone with it.
    for (const name of await writtenBefore(results, before)) if (!open.has(name)) await remove(results, name)
  }
  return gone
}
