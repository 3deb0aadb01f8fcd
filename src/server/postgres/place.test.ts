import { chmod, chown, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findBinaries, hydrateLinks, program } from './binaries.ts'
import { choosePlace } from './place.ts'
import { ask, dataIn, folderForThisTest, launch, projectFolder } from './trial.ts'
import { isRoot } from './user.ts'

const root = isRoot()

/** A clone in `where` with nothing but the programs' package; gives the folder of the programs. */
async function copiedClone(where: string): Promise<string> {
  const { folder: native } = await findBinaries(projectFolder)
  const name = dirname(native).split('node_modules').at(-1) ?? ''
  const copy = join(where, 'node_modules', name)
  await cp(dirname(native), copy, { recursive: true, verbatimSymlinks: true })
  await writeFile(join(where, 'package.json'), '{}')
  return join(copy, 'native')
}

describe('the programs of PostgreSQL', () => {
  it('get their missing links back, and a second time changes nothing', async () => {
    const binaries = await copiedClone(await folderForThisTest())
    const links = JSON.parse(await readFile(join(binaries, 'pg-symlinks.json'), 'utf8')) as {
      target: string
    }[]
    const paths = links.map(({ target }) => join(dirname(binaries), target))
    for (const path of paths) await rm(path)
    expect(await hydrateLinks(binaries)).toBe(true)
    expect(await hydrateLinks(binaries)).toBe(true)
    for (const path of paths) expect((await stat(path)).isFile()).toBe(true)
  })

  it('says what to do where the package with the programs is missing', async () => {
    await expect(launch({ projectFolder: await folderForThisTest() })).rejects.toThrow(
      /is not installed: .* set DATABASE_URL/,
    )
  })

  it('refuses data of another major version, and says what to do', async () => {
    const dataFolder = await folderForThisTest()
    await mkdir(dataIn(dataFolder), { recursive: true })
    if (root) await chown(dataIn(dataFolder), 65_534, 65_534)
    await writeFile(join(dataIn(dataFolder), 'PG_VERSION'), '17\n')
    await expect(launch({ dataFolder })).rejects.toThrow(
      /made by PostgreSQL 17 and the installed programs are version 18/,
    )
  })
})

describe('a clone that everyone may enter', () => {
  it('keeps its data in .gatehouse and uses the programs where npm put them', async () => {
    const clone = await folderForThisTest()
    const native = await copiedClone(clone)
    expect(await choosePlace(clone)).toMatchObject({
      home: join(clone, '.gatehouse', 'postgres'),
      binaries: native,
    })
  })
})

describe('a clone that only root may enter', () => {
  it.runIf(root)('puts its data and a copy of the programs under /var/lib/gatehouse', async () => {
    const parent = await folderForThisTest()
    const clone = join(parent, 'private', 'clone')
    await mkdir(clone, { recursive: true })
    await copiedClone(clone)
    await chmod(join(parent, 'private'), 0o700)
    const { home, binaries } = await choosePlace(clone)
    const made = dirname(home)
    try {
      expect(made).toMatch(/^\/var\/lib\/gatehouse\/[0-9a-f]{12}$/)
      expect(binaries.startsWith(made)).toBe(true)
      const first = await launch({ projectFolder: clone })
      await ask(
        first.url,
        `drop table if exists kept; create table kept (row int); insert into kept values (1)`,
      )
      await first.stop()

      // The permission changes: the register must be found where it is, not begun anew in the clone.
      await chmod(join(parent, 'private'), 0o755)
      const second = await launch({ projectFolder: clone })
      expect(await ask(second.url, 'select row from kept')).toEqual([{ row: 1 }])
      await second.stop()
    } finally {
      await rm(made, { recursive: true, force: true })
    }
  })

  it.runIf(root)(
    'honours a data folder that can be reached, and copies only the programs there',
    async () => {
      const parent = await folderForThisTest()
      const clone = join(parent, 'private', 'clone')
      const data = join(parent, 'elsewhere', 'data')
      await mkdir(clone, { recursive: true })
      await copiedClone(clone)
      await chmod(join(parent, 'private'), 0o700)
      const postgres = await launch({ projectFolder: clone, dataFolder: data })
      expect(await ask(postgres.url, 'select 1 as alive')).toEqual([{ alive: 1 }])
      expect((await stat(dataIn(data))).uid).not.toBe(0)
      expect((await choosePlace(clone, data)).binaries.startsWith(data)).toBe(true)
    },
  )

  it.runIf(root)('refuses a data folder that PostgreSQL could not enter, and says what to do', async () => {
    const closed = join(await folderForThisTest(), 'private')
    await mkdir(closed, { mode: 0o700 })
    await expect(launch({ dataFolder: join(closed, 'data') })).rejects.toThrow(/cannot enter .*chmod o\+x/)
  })

  it.runIf(!root)('is the ordinary case for an ordinary user: nothing is copied', async () => {
    const dataFolder = await folderForThisTest()
    await chmod(dataFolder, 0o700)
    const postgres = await launch({ dataFolder })
    expect(await ask(postgres.url, 'select 1 as alive')).toEqual([{ alive: 1 }])
    const { binaries } = await choosePlace(projectFolder, dataFolder)
    expect(program(binaries, 'postgres').startsWith(projectFolder)).toBe(true)
  })
})
