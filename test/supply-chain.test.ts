import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { projectFolder } from './project-copy.ts'

/* What is installed is what was looked at: exact versions, each package by its hash, from nowhere but the one registry. */

interface Locked {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  dependencies?: Record<string, string>
}
interface Manifest {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}
const read = async <T>(name: string) => JSON.parse(await readFile(`${projectFolder}${name}`, 'utf8')) as T
const manifest = await read<Manifest>('package.json')
const lock = await read<{ packages: Record<string, Locked> }>('package-lock.json')

/** Packages of a lock that are not known by a hash, or come from an address of their own: no registry's choice. */
const unlike = (packages: Record<string, Locked>): string[] =>
  Object.entries(packages).flatMap(([name, { integrity, resolved, link }]) =>
    name !== '' && (link || resolved !== undefined || !integrity?.startsWith('sha512-')) ? [name] : [],
  )

it('every package is known by its hash, and by no address: whoever installs says from which registry', () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
  expect(unlike(lock.packages)).toEqual([])
  const { integrity: _, ...without } = lock.packages['node_modules/fastify']!
  const planted = {
    'node_modules/a': without,
    'node_modules/b': { integrity: 'sha512-x', resolved: 'git+ssh://example.org/b.git' },
    'node_modules/c': { integrity: 'sha1-x' },
  }
  expect(unlike(planted)).toEqual(Object.keys(planted))
})

it('the lock is in step with package.json, whose versions are exact', () => {
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
    for (const [name, version] of Object.entries(manifest[kind])) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/u)
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
    }
  const { '': root } = lock.packages as Record<string, Locked & Partial<Manifest>>
  expect(root).toMatchObject({
    dependencies: manifest.dependencies,
    devDependencies: manifest.devDependencies,
    optionalDependencies: manifest.optionalDependencies,
  })
})

// Not without what tests need: npm then leaves out what both need, too.
it('npm run sbom lists everything that is installed, in CycloneDX', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
    cwd: projectFolder,
    maxBuffer: 64 * 1024 * 1024,
  })
  const { bomFormat, components } = JSON.parse(stdout) as {
    bomFormat: string
    components: { name: string; version: string }[]
  }
  expect(bomFormat).toBe('CycloneDX')
  const listed = new Map(components.map(({ name, version }) => [name, version]))
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
    expect(listed.get(name), name).toBe(version)
})
