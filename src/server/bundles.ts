import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { glob, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Plugin } from 'vite'
import type { Render } from '../web/render.tsx'
import type { Assets } from '../web/shell.ts'

/** The built pages: what renders them, where their files are called, and the folder these are served from. */
export interface Bundles {
  render: Render
  assets: Assets
  /** Holds only files whose names carry a hash of their content. */
  assetsFolder: string
  /** Whether this call had to build. */
  built: boolean
}

/** One entry of Vite's manifest, as far as it is read here. */
interface ManifestEntry {
  file: string
  css?: string[]
  imports?: string[]
}
type Manifest = Record<string, ManifestEntry>

/** What the last build was made of; kept beside it. */
interface SourcesRecord {
  hash: string
  files: string[]
}

const always = ['vite.config.ts', 'package-lock.json', 'src/web/**/*.{ts,tsx,css}', 'src/app/*.tsx']

/** The hash of every file that the bundles are made of; a missing one counts as changed. */
async function hashOf(projectFolder: string, files: readonly string[]): Promise<string> {
  const all = new Set(files)
  for await (const file of glob(always, { cwd: projectFolder }))
    if (!file.includes('.test.')) all.add(file.replaceAll('\\', '/'))
  const hash = createHash('sha256')
  for (const file of [...all].sort()) {
    hash.update(`\0${file}\0`)
    hash.update(await readFile(join(projectFolder, file)).catch(() => 'missing'))
  }
  return hash.digest('hex')
}

async function readJson<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T
  } catch {
    return null
  }
}

/** Remembers which of the project's own files went into a bundle. */
const recorder = (projectFolder: string, seen: Set<string>): Plugin => ({
  name: 'gatehouse-sources',
  generateBundle() {
    for (const id of this.getModuleIds()) {
      const file = relative(projectFolder, id.split('?')[0]!).replaceAll('\\', '/')
      if (file.startsWith('src/')) seen.add(file)
    }
  },
})

const brotli = promisify(brotliCompress)

/** Keeps a compressed copy beside each file, so that a slow phone fetches a quarter of it and nobody waits for it. */
async function compress(folder: string): Promise<void> {
  for await (const file of glob('**/*.{js,css}', { cwd: folder })) {
    const content = await readFile(join(folder, file))
    const packed = await brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
    if (packed.length < content.length) await writeFile(join(folder, `${file}.br`), packed)
  }
}

/** Whether a process of this machine still runs. */
function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Lets one process of those that start together build, while the others wait; a dead one's claim is void. */
async function oneAtATime<T>(dist: string, work: () => Promise<T>): Promise<T> {
  const claim = join(dist, '.building')
  await mkdir(dist, { recursive: true })
  for (;;) {
    try {
      await writeFile(claim, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = Number(await readFile(claim, 'utf8').catch(() => ''))
    if (holder > 0 && !runs(holder)) await rm(claim, { force: true })
    await pause(100)
  }
  try {
    return await work()
  } finally {
    await rm(claim, { force: true })
  }
}

/** Builds into a folder of its own and only then takes the place of what was there: a broken build breaks nothing. */
async function build(projectFolder: string): Promise<void> {
  const { build: viteBuild } = await import('vite')
  const dist = join(projectFolder, 'dist')
  const fresh = join(dist, `.fresh-${process.pid}`)
  const seen = new Set<string>()
  const one = (part: 'client' | 'server') =>
    viteBuild({
      root: projectFolder,
      configFile: join(projectFolder, 'vite.config.ts'),
      configLoader: 'native',
      logLevel: 'warn',
      plugins: [recorder(projectFolder, seen)],
      build: { outDir: join(fresh, part), emptyOutDir: true, ssr: part === 'server' },
    })
  // Vite reads and sets NODE_ENV for the whole process: the pages are always React's production build, and the
  // server's own behaviour must not depend on having built.
  const environment = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await mkdir(fresh, { recursive: true })
    const startedAtMs = (await stat(fresh)).mtimeMs
    // Both are waited for, also when one fails: nothing may still write into a folder that is being removed.
    const parts = await Promise.allSettled([one('client'), one('server')])
    for (const part of parts) if (part.status === 'rejected') throw part.reason
    await compress(join(fresh, 'client'))
    await rm(join(dist, '.sources'), { force: true })
    for (const part of ['client', 'server']) {
      await rm(join(dist, part), { recursive: true, force: true })
      await rename(join(fresh, part), join(dist, part))
    }
    const files = [...seen].sort()
    // A source saved while we built may not be in the bundle: without a record the next start builds again.
    const changes = await Promise.all(files.map(file => stat(join(projectFolder, file))))
    if (changes.some(({ mtimeMs }) => mtimeMs > startedAtMs)) return
    const record: SourcesRecord = { hash: await hashOf(projectFolder, files), files }
    await writeFile(join(dist, '.sources'), JSON.stringify(record, null, 1))
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = environment
    await rm(fresh, { recursive: true, force: true })
  }
}

/** The addresses of the built files, read from Vite's manifest. */
export function assetsOf(manifest: Manifest, style: string): Assets {
  const entry = (source: string): ManifestEntry => {
    const found = manifest[source]
    if (!found) throw new Error(`The build left no ${source}; run "npm run build" and look at what it says`)
    return found
  }
  const reached = (source: string, seen = new Set<string>()): Set<string> => {
    for (const next of entry(source).imports ?? []) if (!seen.has(next)) reached(next, seen.add(next))
    return seen
  }
  const start = 'src/app/staff.tsx'
  const along = [...reached(start)].map(entry)
  const islands: Record<string, string> = {}
  for (const [source, { file }] of Object.entries(manifest)) {
    const name = /^src\/web\/islands\/(.+)\.ts$/u.exec(source)?.[1]
    if (name) islands[name] = `/${file}`
  }
  return {
    style: { text: style, hash: `sha256-${createHash('sha256').update(style).digest('base64')}` },
    serviceWorker: `/${entry('src/web/service-worker.ts').file}`,
    islands,
    staff: {
      script: `/${entry(start).file}`,
      styles: [...along, entry(start)].flatMap(({ css = [] }) => css.map(file => `/${file}`)),
      preloads: along.map(({ file }) => `/${file}`),
    },
  }
}

/** What the pages are built from, and who hears of it. */
interface Building {
  projectFolder: string
  log: (message: string) => void
}

async function isFresh(projectFolder: string): Promise<boolean> {
  const record = await readJson<SourcesRecord>(join(projectFolder, 'dist/.sources'))
  return record !== null && record.hash === (await hashOf(projectFolder, record.files))
}

const buildingTakes = 'Building the pages; this takes a few seconds and is done again only when they change.'

/** Builds the pages unless they were built from these sources already; says whether it had to. */
async function buildWhereNeeded({ projectFolder, log }: Building): Promise<boolean> {
  if (await isFresh(projectFolder)) return false
  return oneAtATime(join(projectFolder, 'dist'), async () => {
    if (await isFresh(projectFolder)) return false
    log(buildingTakes)
    await build(projectFolder)
    return true
  })
}

/**
 * Has the pages built by a process of its own, unless they were built from these sources already: whoever starts has
 * other things to do meanwhile, and does not keep the builder's hundreds of megabytes.
 */
export async function buildApart({ projectFolder, log }: Building, ending: AbortSignal): Promise<void> {
  if (await isFresh(projectFolder)) return
  log(buildingTakes)
  const builder = spawn(process.execPath, [import.meta.filename, projectFolder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: ending,
  })
  let said = ''
  builder.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000)
  })
  const [code] = (await once(builder, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The pages could not be built: ${said.trim()}`)
}

/**
 * The pages as they should be now: builds them when a source, a dependency or the configuration has changed since the
 * last build (seconds), otherwise only loads them (milliseconds).
 */
export async function ensureBundles(building: Building): Promise<Bundles> {
  const built = await buildWhereNeeded(building)
  const dist = join(building.projectFolder, 'dist')
  const manifest = await readJson<Manifest>(join(dist, 'client/.vite/manifest.json'))
  if (!manifest) throw new Error('dist/client has no manifest; remove the dist folder and start again')
  // The number keeps a process that built twice from getting the first bundle again out of Node's module cache.
  const version = createHash('sha256')
    .update(await readFile(join(dist, 'server/pages.js')))
    .digest('hex')
  const pages = pathToFileURL(join(dist, 'server/pages.js'))
  pages.searchParams.set('version', version.slice(0, 12))
  const { render } = (await import(pages.href)) as { render: Render }
  const sheet = manifest['src/web/styles.css']?.file ?? ''
  const style = (await readFile(join(dist, 'client', sheet), 'utf8')).trim()
  return { render, assets: assetsOf(manifest, style), assetsFolder: join(dist, 'client/assets'), built }
}

// `npm run build`: the same build by hand, for an image or a machine that may not write at its start.
if (import.meta.main) {
  const built = await buildWhereNeeded({
    projectFolder: process.argv[2] ?? join(import.meta.dirname, '../..'),
    log: message => console.log(message),
  })
  console.log(built ? 'Built.' : 'The pages were already built from these sources.')
}
