import { createHash } from 'node:crypto'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bundles, buildApart, ensureBundles } from '../../src/server/bundles.ts'
import type { Shell } from '../../src/web/shell.ts'

const here = join(import.meta.dirname, '../..')
let projectFolder: string

beforeAll(async () => {
  projectFolder = await mkdtemp(join(tmpdir(), 'gatehouse-pages-'))
  for (const part of ['src', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'])
    await cp(join(here, part), join(projectFolder, part), { recursive: true })
  await symlink(join(here, 'node_modules'), join(projectFolder, 'node_modules'))
})

afterAll(() => rm(projectFolder, { recursive: true, force: true }))

const ensure = (): Promise<Bundles> => ensureBundles({ projectFolder, log: () => {} })

const apart = (): Promise<void> => buildApart({ projectFolder, log: () => {} }, new AbortController().signal)

const missingPage = ({ render, assets }: Bundles): string => {
  const shell: Shell = {
    campusName: { 'zh-TW': '示例大學', en: 'Example University' },
    zone: 'Asia/Taipei',
    begun: true,
    today: '2024-02-29',
    reader: null,
    helpHref: '/help',
    ways: [],
    signInHref: null,
    signOutHref: null,
    formToken: null,
    changeRoleHref: null,
    language: 'en',
    theme: 'auto',
    path: '/',
    nonce: null,
    assets,
  }
  return render('not-found', {}, shell)
}

describe('the pages are built', () => {
  it('once by those who start together, and then not again', async () => {
    const together = await Promise.all([ensure(), ensure()])
    expect(together.filter(({ built }) => built)).toHaveLength(1)
    expect((await ensure()).built).toBe(false)
  })

  it('again when words of a page change, and then say the new ones', async () => {
    const file = join(projectFolder, 'src/web/words.ts')
    const words = await readFile(file, 'utf8')
    await writeFile(file, words.replace('There is no such page', 'This page has moved away'))
    const bundles = await ensure()
    expect(bundles.built).toBe(true)
    expect(missingPage(bundles)).toContain('This page has moved away')
  })

  it('with the new styles when these change, and with a hash that lets exactly them in', async () => {
    const before = await ensure()
    await appendFile(join(projectFolder, 'src/web/field.css'), '\n.field { color: rebeccapurple }\n')
    const after = await ensure()
    expect(after.built).toBe(true)
    expect(after.assets.style.hash).not.toEqual(before.assets.style.hash)
    const [, carried = ''] = /<style>(.*?)<\/style>/su.exec(missingPage(after)) ?? []
    const hash = createHash('sha256').update(carried).digest('base64')
    expect(after.assets.style.hash).toBe(`sha256-${hash}`)
    expect(carried).toContain('#639')
  })

  it('not when only the server changed', async () => {
    await mkdir(join(projectFolder, 'src/server'), { recursive: true })
    await writeFile(join(projectFolder, 'src/server/another.ts'), 'export const another = 1\n')
    expect((await ensure()).built).toBe(false)
  })

  it('without harm when a build fails: the old pages stay, and the next good sources are built', async () => {
    const file = join(projectFolder, 'src/web/facts.tsx')
    const good = await readFile(file, 'utf8')
    await writeFile(file, 'export const Facts = (')
    await expect(ensure()).rejects.toThrow(/facts\.tsx/u)
    await expect(apart()).rejects.toThrow(/could not be built: .*facts\.tsx/su)
    expect(await readdir(join(projectFolder, 'dist'))).toEqual(expect.arrayContaining(['client', 'server']))
    await writeFile(file, good)
    await apart()
    expect((await ensure()).built).toBe(false)
  })

  it('after a builder that was killed: its claim is void', async () => {
    // No process has this number: Linux's largest is below 2^22.
    await writeFile(join(projectFolder, 'dist/.building'), '2147483646')
    await appendFile(join(projectFolder, 'src/web/field.css'), '\n')
    expect((await ensure()).built).toBe(true)
  })
})
